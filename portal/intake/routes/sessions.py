"""The visitor's drafts, each found by a token in their session. A session never holds what was typed."""

from collections.abc import Sequence
from typing import Any

from flask import session

from portal.clock import LONDON, now
from portal.intake.models import Draft, DraftFile
from portal.intake.services.drafts import KEPT_FOR, files_of_draft, find_draft, keep_answers, start_draft, wipe

VISIT, VISIT_IDLE, VISIT_SENT = "visit", 600, 120  # on a visitor's tablet: seconds until a screen clears itself
DOORS = ("y", "complain", "helping")


def current_draft(door: str) -> Draft | None:
    """What this visitor wrote at this door so far, if it was not wiped."""
    token = session.get(door)
    return find_draft(token, door, at=now()) if token else None


def current_answers(door: str) -> dict[str, Any]:
    """The answers given so far; none after sending."""
    draft = current_draft(door)
    return dict(draft.answers) if draft is not None and draft.receipt is None else {}


def current_files(door: str) -> Sequence[DraftFile]:
    """The recordings and photos of this visitor's draft."""
    return files_of_draft(session[door]) if current_draft(door) is not None else ()


def kept_until(door: str) -> str:
    """The time of day, in London, at which what was written is wiped when nothing more is done."""
    draft = current_draft(door)
    return f"{(draft.touched_at if draft else now()).astimezone(LONDON) + KEPT_FOR:%H:%M}"


def keep(door: str, answers: dict[str, Any]) -> None:
    """Keep answers in this visitor's draft; a new one is begun when there is none."""
    draft = current_draft(door)
    if draft is None or draft.receipt is not None:
        begin(door, answers)
    else:
        keep_answers(session[door], answers, at=now())


def begin(door: str, answers: dict[str, Any]) -> None:
    """Begin a new draft."""
    forget(door)
    session[door] = start_draft(door, answers, at=now())


def forget(door: str) -> None:
    """Wipe what this visitor wrote at this door."""
    token = session.pop(door, None)
    if token:
        wipe(token)


def forget_everything() -> None:
    """Wipe all that this visitor wrote, and the session itself."""
    for door in DOORS:
        forget(door)
    session.clear()
