"""The visitor's drafts. Each page belongs to one of them by its address; a session never holds what was typed.

The first draft of a visit at a door has the plain addresses. A further one, begun in another tab, has a short key in its
addresses, which leads to nothing but in this browser's session.
"""

import re
import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from flask import g, has_request_context, request, session

from portal.clock import LONDON, now
from portal.database import transaction
from portal.intake.models import Draft, DraftFile
from portal.intake.services.drafts import (
    KEPT_FOR,
    Build,
    Then,
    files_of_draft,
    find_draft,
    keep_answers,
    send_draft,
    start_draft,
    wipe,
)
from portal.intake.services.visits import end_visit
from portal.intake.submission import Receipt, SentFile, Submission
from portal.languages.catalogues import ENGLISH
from portal.web.language import language
from portal.web.settings import settings
from portal.web.visits import current_mark

VISIT = "visit"  # on a visitor's tablet
NOT_SAFE = "not_safe"
DRAFTS, MAX_DRAFTS = "drafts", 30  # what a cookie holds easily
KEY, A_KEY = "d", re.compile("[a-z0-9]{8}", re.ASCII)
TYPED = "typed"  # what stands in a page that was not sent yet, by its path
BEGUN_WITH = {"batch_id", "by_card", "on_a_visit", "noted", TYPED}  # answers that nobody gave
START_OF = {
    "y": "child.start",
    "complain": "journeys.start",
    "helping": "journeys.start",
    "back": "back.come_back",
    "thanks": "thanks.say",
    "sorted": "doors.sorted_already",
}
DOOR_OF = {"child": "y", "back": "back", "thanks.say": "thanks", "thanks.say_at": "thanks", "doors.sorted_already": "sorted"}


def door_of(endpoint: str | None, values: Mapping[str, Any] | None) -> str:
    """The door that a page belongs to; none for a page where nothing is told."""
    room = (endpoint or "").partition(".")[0]
    if room == "journeys":
        return str((values or {}).get("door", ""))
    return DOOR_OF.get(room) or DOOR_OF.get(endpoint or "", "")


def door_here() -> str:
    """The door of the page that is asked for."""
    return door_of(request.endpoint, request.view_args)


def key_of(door: str) -> str:
    """The key of the draft that the page belongs to; empty for the first of the visit."""
    if not has_request_context():
        return ""
    begun: dict[str, str] = g.get("begun", {})
    asked = request.args.get(KEY, "") if door == door_here() else ""
    return begun.get(door, asked if A_KEY.fullmatch(asked) else "")


def token_here(door: str) -> str | None:
    """What leads to the draft of this page, when this visit has one."""
    here = (door, key_of(door))
    return next((token for at, key, token in _drafts() if (at, key) == here), None)


def current_draft(door: str) -> Draft | None:
    """What was written so far in the draft of this page, if it was not wiped."""
    token = token_here(door)
    draft = find_draft(token, door, at=now()) if token else None
    if has_request_context():
        g.draft_here = draft  # the database's session reads once what somebody holds
    return draft


def current_answers(door: str) -> dict[str, Any]:
    """The answers given so far; none after sending."""
    draft = current_draft(door)
    return dict(draft.answers) if draft is not None and draft.receipt is None else {}


def answers_to_show(door: str) -> dict[str, Any]:
    """The answers given so far, for a page that is opened; none for one that is sent, which holds its own."""
    return current_answers(door) if request.method == "GET" else {}


def current_files(door: str) -> Sequence[DraftFile]:
    """The recordings and photos of the draft of this page."""
    token = token_here(door)
    return files_of_draft(token) if token and current_draft(door) is not None else ()


def kept_until(door: str) -> str:
    """The time of day, in London, at which what was written is wiped when nothing more is done."""
    draft = current_draft(door)
    return f"{(draft.touched_at if draft else now()).astimezone(LONDON) + KEPT_FOR:%H:%M}"


def keep(door: str, answers: dict[str, Any]) -> None:
    """Keep answers in the draft of this page; a new one is begun when it was wiped, or was sent."""
    with transaction():
        draft = current_draft(door)
        if draft is not None and draft.receipt is None:
            keep_answers(draft, answers, at=now())
        elif draft is not None:
            begin(door, answers)
        else:
            not_safe = {"kind": "not_safe"} if door == "y" and is_not_safe() else {}
            _enter(door, key_of(door), start_draft(door, not_safe | answers, at=now()))


def send(door: str, build: Build, then: Then = lambda answers: None) -> Receipt:
    """Send what is in the draft of this page, once, and the language it was told in with it. Raises NothingToSend.

    `then` is done with the answers last in the same action.
    """
    told_in = {"language": language().english_name} if language().code != ENGLISH else {}

    def built(answers: Mapping[str, Any], once_key: str, files: tuple[SentFile, ...]) -> Submission:
        return build({**answers, **told_in}, once_key, files)

    receipt = send_draft(token_here(door) or "", door, built, at=now(), scanner=settings().clamav, then=then)
    g.holds_nothing_typed = True
    return receipt


def is_not_safe() -> bool:
    """Whether this visitor said that they are not safe: it outlives a draft that was wiped, and a cookie that was lost.

    The page that they are at carries it too.
    """
    return bool(session.get(NOT_SAFE) or request.form.get(NOT_SAFE))


def note_not_safe(says_so: bool) -> None:
    """Remember in this visit that somebody is not safe, or that they chose otherwise."""
    session.pop(NOT_SAFE, None)
    if says_so:
        session[NOT_SAFE] = True


def begin(door: str, answers: dict[str, Any]) -> None:
    """Begin a new draft; those that other tabs are at stay as they are."""
    enter(door, start_draft(door, answers, at=now()))
    g.holds_nothing_typed = True


def enter(door: str, token: str) -> None:
    """Make a draft one of this visit; the pages from here on belong to it."""
    _enter(door, a_new_key() if any(at == door for at, *_ in _drafts()) else "", token)


def begun_before(door: str) -> Draft | None:
    """The last draft of this visit at this door in which something was told and not sent; the page goes over to it."""
    for at, key, token in reversed(_drafts()):
        draft = find_draft(token, door, at=now()) if at == door else None
        if draft is not None and draft.receipt is None and (_is_told(draft) or files_of_draft(token)):
            g.begun = g.get("begun", {}) | {door: key}
            return draft
    return None


def a_new_key() -> str:
    """A key that says nothing."""
    return secrets.token_hex(4)


def forget(door: str) -> None:
    """Wipe the draft of this page."""
    token = token_here(door)
    if token:
        let_go(door)
        wipe(token)


def let_go(door: str) -> None:
    """Take the way to the draft of this page out of the session."""
    session[DRAFTS] = [one for one in _drafts() if one[2] != token_here(door)]


def forget_everything() -> None:
    """Wipe all that this visitor wrote, and the session itself; no page of this visit is taken or shown again."""
    for _, _, token in _drafts():
        wipe(token)
    mark = current_mark()
    if mark:
        end_visit(mark, at=now())
    session.clear()


def _enter(door: str, key: str, token: str) -> None:
    others = [one for one in _drafts() if (one[0], one[1]) != (door, key)]
    session[DRAFTS] = [*others, [door, key, token]][-MAX_DRAFTS:]
    g.begun = g.get("begun", {}) | {door: key}


def _drafts() -> list[list[str]]:
    kept: list[list[str]] = session.get(DRAFTS, [])
    return kept


def _is_told(draft: Draft) -> bool:
    return bool(draft.answers.get(TYPED)) or any(answer for name, answer in draft.answers.items() if name not in BEGUN_WITH)
