"""What an advocate may know is the person's own choice, given and taken back by them."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import select

from portal.audit.services import record
from portal.cases.events import ADVOCATE_CONSENT_CHANGED, FOLLOW_UP_TOLD
from portal.cases.models import Case, CaseAccess, FollowUp, FollowUpKind
from portal.cases.services.locked_case import locked_case
from portal.cases.services.walls import end_access
from portal.database import db
from portal.people.queries import people_with
from portal.people.roles import Role


class MayKnow(StrEnum):
    """What an advocate may be told."""

    ALL = "all"
    NAME = "name"
    NOTHING = "nothing"


def may_know(case: Case) -> MayKnow | None:
    """What the person agreed that an advocate may know; None when they were not asked."""
    chosen = case.person.get("advocate_may_know")
    return MayKnow(chosen) if chosen else None


def knows_only_the_name(case: Case) -> bool:
    """Whether an advocate who was let in may see no more than the name: on a child's case until the child agrees to more."""
    return not case.person.get("is_adult") and may_know(case) is not MayKnow.ALL


def choose_what_advocate_knows(case_id: int, chosen: MayKnow, *, at: datetime, by_id: int | None = None) -> None:
    """The person chooses; whoever wants an advocate for the first time is found one, and 'nothing' shuts advocates out.

    `by_id` is the colleague whom they told, when they did not choose it themselves on their page.
    """
    with locked_case(case_id) as case:
        wanted_before = case.person.get("advocate") == "yes" and may_know(case) is not MayKnow.NOTHING
        case.person = {**case.person, "advocate_may_know": chosen.value, "advocate": "yes"}
        record(ADVOCATE_CONSENT_CHANGED, case.about, at=at, by_id=by_id, may_know=chosen)
        if chosen is not MayKnow.NOTHING and not wanted_before:
            case.follow_ups.append(FollowUp(kind=FollowUpKind.WANTS_SIDE, at=at))
            record(FOLLOW_UP_TOLD, case.about, at=at, kind=FollowUpKind.WANTS_SIDE)
        for one in case.follow_ups if chosen is MayKnow.NOTHING else ():
            if one.kind is FollowUpKind.WANTS_SIDE and one.waits:
                one.settled_at, one.settled_words = at, "They want no advocate any more."
        for person_id in advocates_of(case_id) if chosen is MayKnow.NOTHING else ():
            end_access(case_id, person_id, at=at, by_id=by_id)


def caseload_of(advocate_id: int, on: date) -> list[tuple[Case, CaseAccess]]:
    """The cases that an advocate was let into and may still read, those with the nearest date first."""
    wanted = (
        select(Case, CaseAccess)
        .join(CaseAccess, CaseAccess.case_id == Case.id)
        .where(CaseAccess.person_id == advocate_id, CaseAccess.until_on >= on)
        .order_by(Case.is_open.desc(), Case.next_due_on, Case.id)
    )
    return [(case, access) for case, access in db.session.execute(wanted)]


def advocates_of(case_id: int) -> list[int]:
    """The advocates who were let into a case."""
    advocates = [person.id for person in people_with(Role.ADVOCATE)]
    wanted = select(CaseAccess.person_id).where(CaseAccess.case_id == case_id, CaseAccess.person_id.in_(advocates))
    return list(db.session.scalars(wanted))
