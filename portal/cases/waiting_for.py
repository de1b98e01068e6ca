"""Which cases wait for one colleague: their next action is that person's, by the place that they hold on the case."""

from sqlalchemy import ColumnElement, Select, and_, or_, select

from portal.cases.models import Appointment, Case, Stage
from portal.cases.next_actions import OF_SEAT, OF_SENIOR_MANAGER, OF_TEAM_MANAGER
from portal.independent_people.models import IndependentPerson


def waits_for(person_id: int) -> ColumnElement[bool]:
    """The open cases that wait for an answer, a decision, an appointment, findings or a comment of this person."""
    ways = [
        and_(Case.next_action.in_(OF_TEAM_MANAGER), Case.id.in_(_running(Stage.team_manager_id == person_id))),
        and_(Case.next_action.in_(OF_SENIOR_MANAGER), Case.id.in_(_running(Stage.senior_manager_id == person_id))),
    ]
    for action, seat in OF_SEAT.items():
        theirs = select(IndependentPerson.id).where(IndependentPerson.person_id == person_id)
        appointed = select(Appointment.stage_id).where(
            Appointment.seat == seat, Appointment.ended_on.is_(None), Appointment.independent_person_id.in_(theirs)
        )
        ways.append(and_(Case.next_action == action, Case.id.in_(_running(Stage.id.in_(appointed)))))
    return and_(Case.is_open, or_(*ways))


def _running(held: ColumnElement[bool]) -> Select[int]:
    return select(Stage.case_id).where(held, Stage.closed_on.is_(None))
