"""How long a sign-in lasts, and what comes before anything else: a first password is changed, recovery codes are kept."""

from datetime import timedelta

from flask import redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user

from portal import clock

IDLE, IN_ALL, JUST_NOW = timedelta(minutes=30), timedelta(hours=10), timedelta(minutes=5)
ENDED, AGAIN = "ended", "again"
MAKES_WAYS_IN = {
    "security.two_factor_setup",
    "security.two_factor_setup_validate",
    "security.mf_recovery_codes",
    "security.wan_register",
    "security.wan_register_response",
    "security.wan_delete",
}
SIGNED_IN_AT, SEEN_AT = "signed_in_at", "seen_at"
WAITS_FOR_CODES = "waits_for_codes"
ALWAYS = frozenset({"static", "security.logout", "security.change_password", "doors.leave", "doors.help_now"})


def end_old_session() -> ResponseReturnValue | None:
    """Before every request of someone signed in: after half an hour without one, or ten hours in all, sign in again.

    New ways in, an authenticator or recovery codes, are made only by someone who gave password and code just now.
    A style, or an icon that a browser asks for by itself, is not somebody at work: it neither ends a sign-in, which would
    leave nobody told, nor prolongs it.
    """
    if request.endpoint in (None, "static") or not current_user.is_authenticated:
        return None
    now = int(clock.now().timestamp())
    began, seen = session.get(SIGNED_IN_AT), session.get(SEEN_AT)
    if began is None or seen is None or now - seen > IDLE.total_seconds() or now - began > IN_ALL.total_seconds():
        return _ask_again(ENDED)
    if request.endpoint in MAKES_WAYS_IN and now - began > JUST_NOW.total_seconds():
        return _ask_again(AGAIN)
    session[SEEN_AT] = now
    return None


def begin_session() -> None:
    """The times of a sign-in, from its first answer on: a session without them is none.

    A password that is changed signs in anew; the sign-in is as old as it was.
    """
    session[SEEN_AT] = int(clock.now().timestamp())
    if request.endpoint != "security.change_password" or SIGNED_IN_AT not in session:
        session[SIGNED_IN_AT] = session[SEEN_AT]


def _ask_again(why: str) -> ResponseReturnValue:
    session.clear()
    after = request.full_path if request.method == "GET" else None
    return redirect(url_for("security.login", next=after, **{why: "1"}))  # type: ignore[arg-type]


def change_first_password() -> ResponseReturnValue | None:
    """Someone with a first password that another person gave them changes it before they see anything."""
    if current_user.is_authenticated and current_user.must_change_password and request.endpoint not in ALWAYS:
        return redirect(url_for("security.change_password", first=1))
    return None


def keep_recovery_codes() -> ResponseReturnValue | None:
    """Someone who set up their first second factor sees their recovery codes before anything else, once."""
    waits = current_user.is_authenticated and session.get(WAITS_FOR_CODES)
    if waits and request.endpoint not in ALWAYS | {"security.mf_recovery_codes"}:
        return redirect(url_for("security.mf_recovery_codes"))
    return None
