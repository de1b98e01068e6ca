"""What holds for every page where something is told: it belongs to a draft, and to a visit that has not ended.

A page whose draft is gone is not shown. A button beside a form's own, such as Get help, keeps what was typed so far.
"""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from flask import Flask, Response, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import validate_csrf
from wtforms.validators import ValidationError

from portal.intake.services.visits import has_ended
from portal.intake.sessions import (
    KEY,
    NOT_SAFE,
    START_OF,
    TYPED,
    VISIT,
    a_new_key,
    current_answers,
    current_draft,
    door_here,
    door_of,
    is_not_safe,
    keep,
    key_of,
    note_not_safe,
    token_here,
)
from portal.web.language import can_come_back_to, choose, is_for_a_child
from portal.web.visits import IN_FORMS, current_mark, mark_in

GO, STAY, SPEAK = "go", "stay", "speak-"
NOT_TYPED = {"csrf_token", "made", "once", "extra", "save", GO, "voice", "photo"}
NEEDS_A_DRAFT: dict[str, frozenset[str]] = {}  # pages that are there only beside what was begun, with their slugs
WITHOUT_A_TOUCH, AFTER_SENDING, AFTER_ASKING = 600, 120, 60
CARRIES_NO_KEY = {
    "child.still_there",
    "child.start",
    "child.begin_telling",
    "child.clear",
    "journeys.start",
    "journeys.come_back",
}
BEGUN_BY_A_START = {"y", "complain", "helping"}


def need_a_draft(endpoint: str, slugs: Iterable[str] = ()) -> None:
    """Say that a page of a door, or those of its pages that have these slugs, is there only beside what was begun."""
    NEEDS_A_DRAFT[endpoint] = frozenset(slugs)


def add_visits(app: Flask) -> None:
    """Hold every page to its draft and its visit."""
    app.before_request(_before)
    app.after_request(_forget_what_was_sent)
    app.url_defaults(_carry_key)
    app.jinja_env.globals.update(
        here=here,
        is_not_safe=is_not_safe,
        with_key=with_key,
        help_address=help_address,
        visit_mark=visit_mark,
        clears_after=clears_after,
        asks_at=asks_at,
    )


def here(**more: Any) -> str:
    """The address of this page, with the key of its draft."""
    return with_key(request.path, **more)


def with_key(path: str, **more: Any) -> str:
    """An address of this door, with the key of this page's draft."""
    key = key_of(door_here())
    asked = {**({KEY: key} if key else {}), **more}
    return f"{path}?{urlencode(asked)}" if asked else path


def visit_mark() -> str:
    """What a page knows its visit by."""
    return current_mark()[:12]


def clears_after() -> int:
    """On a visitor's tablet: after how many seconds without a touch this page clears itself; 0 anywhere else."""
    if not (session.get(VISIT) and is_for_a_child(request.path)):
        return 0
    return {"child.sent": AFTER_SENDING, "child.still_there": AFTER_ASKING}.get(request.endpoint or "", WITHOUT_A_TOUCH)


def asks_at() -> str:
    """Where a page goes by itself that has no scripts: first to a question, from there to the page that forgets."""
    if request.endpoint == "child.still_there":
        return url_for("doors.visit")
    return url_for("child.still_there", back=here() if can_come_back_to(here()) else None)


def help_address() -> str:
    """Get help, and the way back to where they are."""
    is_left = door_here() and request.endpoint not in CARRIES_NO_KEY and can_come_back_to(here())
    return url_for("doors.help_now", back=here() if is_left else None)


def where_they_were() -> str:
    """The page that somebody left to get help, if it is one of ours."""
    back = request.args.get("back", "")
    return back if can_come_back_to(back) else ""


def start_of(door: str) -> str:
    """The first page of a door."""
    return url_for(START_OF[door], door=door if START_OF[door] == "journeys.start" else None)


def _before() -> ResponseReturnValue | None:
    door = door_here()
    if request.method == "POST" and not request.path.startswith("/staff"):
        if door == "y" and request.form.get(NOT_SAFE):
            note_not_safe(True)
        return _refuse_ended(door) or (_part(door) or _step_aside(door) if door else None)
    if request.method == "GET" and door:
        if _is_of_a_draft() and current_draft(door) is None:
            return redirect(start_of(door))
        g.typed = current_answers(door).get(TYPED, {}).get(request.path)
    return None


def _is_of_a_draft() -> bool:
    """Whether the page is there only beside what was begun."""
    slugs = NEEDS_A_DRAFT.get(request.endpoint or "")
    return slugs is not None and (not slugs or str((request.view_args or {}).get("slug", "")) in slugs)


def _refuse_ended(door: str) -> ResponseReturnValue | None:
    """A form of a visit that was left, sent again by a browser that kept it: nothing of it is taken or shown."""
    marks = {mark for mark in (mark_in(request.form.get(IN_FORMS, "")), current_mark()) if mark}
    if marks and has_ended(marks):
        return redirect(start_of(door or "y"), 303)
    return None


def _part(door: str) -> ResponseReturnValue | None:
    """A page of a visit whose cookie was lost is not taken for a page of the draft that was begun since."""
    is_of_this_visit = mark_in(request.form.get(IN_FORMS, "")) == current_mark()
    if is_of_this_visit or KEY in request.args or token_here(door) is None:
        return None
    return redirect(f"{request.path}?{KEY}={a_new_key()}", 307)


def _step_aside(door: str) -> ResponseReturnValue | None:
    """Keep what was typed, whether it is right or not, then go where they want; a form that is not ours is shown again."""
    go = request.form.get(GO, "")
    if not go:
        return None
    try:
        validate_csrf(request.form.get(IN_FORMS))
    except ValidationError:
        return None
    g.stays_typed = True
    _keep_typed(door, begins=go != STAY or door not in BEGUN_BY_A_START)
    if go == STAY:
        return "", 204
    if go.startswith(SPEAK):
        choose(go.removeprefix(SPEAK))
        return redirect(here(), 303)
    return redirect(url_for("doors.help_now", back=here()), 303)


def _keep_typed(door: str, *, begins: bool) -> None:
    typed = {name: values for name, values in request.form.to_dict(flat=False).items() if name not in NOT_TYPED}
    answers = {TYPED: {**current_answers(door).get(TYPED, {}), request.path: typed}}
    draft = current_draft(door)
    if begins or (draft is not None and draft.receipt is None):
        keep(door, answers)


def _forget_what_was_sent(answer: Response) -> Response:
    """What a page was left with is done with when the page is sent."""
    is_sent = request.method == "POST" and answer.status_code in (302, 303) and not g.get("stays_typed")
    if not is_sent or g.get("holds_nothing_typed") or not door_here():
        return answer
    typed = current_answers(door_here()).get(TYPED, {})
    if request.path in typed:
        keep(door_here(), {TYPED: {path: one for path, one in typed.items() if path != request.path}})
    return answer


def _carry_key(endpoint: str, values: dict[str, Any]) -> None:
    """The pages that a page leads to belong to its draft."""
    door = door_of(endpoint, values)
    if door and endpoint not in CARRIES_NO_KEY and key_of(door):
        values.setdefault(KEY, key_of(door))
