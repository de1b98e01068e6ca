"""A second pair of eyes on what ended without an investigation: a few cases a month, drawn so that nobody chooses."""

from collections.abc import Sequence
from datetime import date, datetime
from hashlib import sha256

from sqlalchemy import select

from portal.audit.services import record
from portal.cases.errors import NotComplete
from portal.cases.models import Case, Disposition
from portal.cases.services.locked_case import locked_case
from portal.cases.visibility import Viewer, visible_to
from portal.database import db
from portal.procedure.errors import MoveNotAllowed
from portal.triage.events import SECOND_LOOK_TAKEN
from portal.triage.models import SecondLook

DRAWN_EACH_MONTH = 5
LOOKED_AT = (Disposition.INELIGIBLE, Disposition.RESOLVED_NEXT_DAY, Disposition.RESOLVED_LOCALLY)


def drawn_for(month: date, viewer: Viewer) -> Sequence[Case]:
    """The cases of a month to look at again: the same for whoever asks, and not known before the month ends."""
    first = month.replace(day=1)
    after = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    ended = (Case.disposition.in_(LOOKED_AT), Case.closed_on >= first, Case.closed_on < after)
    found = db.session.scalars(select(Case).where(*ended, visible_to(viewer)).order_by(Case.id)).all()
    return sorted(found, key=lambda case: sha256(f"{first} {case.reference}".encode()).digest())[:DRAWN_EACH_MONTH]


def looks_at(case_ids: Sequence[int]) -> dict[int, SecondLook]:
    """The second looks that were taken at some cases."""
    return {row.case_id: row for row in db.session.scalars(select(SecondLook).where(SecondLook.case_id.in_(case_ids)))}


def take_second_look(
    case_id: int, *, agrees: bool, words: str, at: datetime, by_id: int, version: int | None = None
) -> None:
    """Say whether the decision was right, and why; by someone who took no part in it."""
    if not words.strip():
        raise NotComplete("Say what you looked at, and why the decision was or was not right.")
    with locked_case(case_id, version) as case:
        if case.disposition not in LOOKED_AT:
            raise NotComplete("This case did not end as ineligible or settled early.")
        decided = {part.decided_by_id for part in case.parts} | {part.signed_by_id for part in case.parts}
        if by_id in decided | {case.assignee_id}:
            raise MoveNotAllowed("second_look", "You took part in this decision. Someone else must look at it.")
        if db.session.get(SecondLook, case_id) is not None:
            raise NotComplete("Someone has already looked at this case.")
        db.session.add(SecondLook(case_id=case_id, agrees=agrees, words=words, by_id=by_id, at=at))
        record(SECOND_LOOK_TAKEN, case.about, at=at, by_id=by_id, agrees=agrees, words=words)
