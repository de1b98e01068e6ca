"""Wrong tries at getting in: counted by account and by place, and written down. A right one counts for nothing.

Whoever has signed in from a device before is counted by that device alone (OWASP, "device cookies"): what others get wrong
somewhere else never holds them up.
"""

import secrets
import unicodedata
from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Response, abort, current_app, make_response, request, session, url_for
from flask_security import current_user
from itsdangerous import BadSignature
from limits import RateLimitItem, parse

from portal.extensions import limiter, visitor
from portal.people.queries import person_by_email, person_by_mark
from portal.people.services import note_failed
from portal.sealing.hashes import signer_of_forms
from portal.web.reading_only import note_if_possible

HERE = parse("10 per minute")  # one account from one place, or from one device that is known
ALL_IN_ALL = (parse("30 per 15 minutes"), parse("100 per day"))  # one account from everywhere
ALL_OF_A_DEVICE = (parse("30 per 15 minutes"), parse("60 per day"))  # one that is known, for its own person
FROM_ONE = parse("100 per 10 minutes")  # any account from one place: a whole council may stand behind one address
KNOWN, KNOWN_FOR, MAX_ON_A_DEVICE = "known_device", 180 * 24 * 3600, 8
STEPS = {
    "security.login": "password",
    "security.two_factor_token_validation": "code",
    "security.mf_recovery": "recovery code",
    "security.wan_signin_response": "passkey",
    "security.change_password": "password change",
}
Count = tuple[RateLimitItem, tuple[str, ...]]


def counted(view: Callable[..., Any]) -> Callable[..., Any]:
    """A page on which somebody can be wrong: refused when they were too often, and counted when it is shown again."""

    @wraps(view)
    def tried(**values: Any) -> Any:
        if request.method != "POST":
            return view(**values)
        person_id, counts = _who_tries()
        if not all(limiter.test(limit, *names) for limit, names in counts):
            current_app.logger.warning("a limit holds: %s", request.endpoint)
            abort(429)
        answer = make_response(view(**values))
        if answer.status_code != 302 or answer.location == url_for("security.wan_signin"):  # only who is right is led on
            for limit, names in counts:
                limiter.hit(limit, *names)
            if person_id is not None:
                note_if_possible(note_failed, person_id, STEPS[request.endpoint or ""])
        return answer

    return tried


def know_device(response: Response, person_id: int) -> None:
    """Remember on a device that somebody signed in on it. It lets nobody in."""
    if _known_device(person_id) is None:
        others = _known_here()[-MAX_ON_A_DEVICE + 1 :]
        known = signer_of_forms("known device").sign(" ".join([*others, f"{person_id}.{secrets.token_hex(16)}"])).decode()
        is_secure = bool(current_app.config["SESSION_COOKIE_SECURE"])
        about = {"path": "/staff", "secure": is_secure, "httponly": True, "samesite": "Strict"}
        response.set_cookie(_cookie_name(), known, max_age=KNOWN_FOR, **about)  # type: ignore[arg-type]


def _who_tries() -> tuple[int | None, list[Count]]:
    """The account that is tried, as far as there is one, and what counts it. No field but the address names it."""
    if request.endpoint == "security.login":
        address = plain_address(request.form.get("email", ""))
        person = person_by_email(address) if address else None
    else:
        address, person = "", person_by_mark(session["tf_user_id"]) if session.get("tf_user_id") else None
        person = current_user if current_user.is_authenticated else person
    person_id = person.id if person is not None else None
    account = f"person {person_id}" if person_id is not None else f"address {address}"
    if person_id is not None and (device := _known_device(person_id)) is not None:
        return person_id, [(limit, ("device", device)) for limit in (HERE, *ALL_OF_A_DEVICE)]
    counts: list[Count] = [(HERE, ("account here", account, visitor())), (FROM_ONE, ("place", visitor()))]
    return person_id, [*counts, *((limit, ("account", account)) for limit in ALL_IN_ALL)]


def plain_address(typed: str) -> str:
    """An address in the one form in which it is counted and looked up, however it is written."""
    local, at, domain = unicodedata.normalize("NFKC", typed).strip().casefold()[:320].rpartition("@")
    try:
        return f"{local}{at}{domain.encode('idna').decode()}"
    except UnicodeError:
        return f"{local}{at}{domain}"


def _known_device(person_id: int) -> str | None:
    return next((one for one in _known_here() if one.partition(".")[0] == str(person_id)), None)


def _known_here() -> list[str]:
    """Everyone who signed in on this device before, each with a mark of their own: colleagues share a computer."""
    try:
        return signer_of_forms("known device").unsign(request.cookies.get(_cookie_name(), "")).decode().split()
    except (BadSignature, UnicodeDecodeError):
        return []


def _cookie_name() -> str:
    return f"__Secure-{KNOWN}" if current_app.config["SESSION_COOKIE_SECURE"] else KNOWN
