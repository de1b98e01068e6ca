"""Asking people, four and twelve weeks after an answer, whether it got sorted: until they said so, or that it did not."""

from datetime import date, datetime, timedelta

from sqlalchemy import select

from portal import wording
from portal.cases.models import HOW_IT_IS, Case, FollowUpKind, Stage
from portal.cases.services.locked_case import locked_case
from portal.clock import london_day
from portal.config import Council
from portal.correspondence.models import Reminder
from portal.correspondence.services.messages import letter_facts, post
from portal.database import db
from portal.procedure.routes import Route
from portal.procedure.stages import Status

ASKED_AFTER = (4, 12)  # weeks
STILL_ASKED = timedelta(weeks=2)  # a question that was missed for longer is not made up for
KIND = "asked_if_sorted"


def ask_if_sorted(council: Council, *, at: datetime) -> int:
    """Ask everyone whose four or twelve weeks are over; says how many were asked."""
    return sum(_ask(case_id, weeks, council, at) for weeks in ASKED_AFTER for case_id in _due(london_day(at), weeks))


def _due(on: date, weeks: int) -> list[int]:
    latest = on - timedelta(weeks=weeks)
    answered = (
        select(Case.id)
        .join(Stage, (Stage.case_id == Case.id) & (Stage.route == Route.STATUTORY))
        .where(Case.status == Status.ANSWERED, Stage.responded_on <= latest, Stage.responded_on > latest - STILL_ASKED)
    )
    asked = select(Reminder.case_id).where(Reminder.kind == KIND, Reminder.key == str(weeks))
    return list(db.session.scalars(answered.where(Case.id.not_in(asked)).distinct()))


def _ask(case_id: int, weeks: int, council: Council, at: datetime) -> bool:
    with locked_case(case_id) as case:
        said = next((one.kind for one in reversed(case.follow_ups) if one.kind in HOW_IT_IS), None)
        if said not in (None, FollowUpKind.PARTLY_SORTED):
            return False
        words = wording.render("letters/sorted_question.txt", weeks=weeks, **letter_facts(case, council))
        post(case, "sorted_question", words, at=at, by_id=None)
        db.session.add(Reminder(case_id=case.id, kind=KIND, key=str(weeks), on=london_day(at)))
    return True
