"""Stages 2 and 3 for tests: people of the register, a case brought to a point."""

from datetime import UTC, datetime, time

from portal.clock import LONDON
from portal.config import DEMO_COUNCIL
from portal.independent_people.services import Listing, list_person
from portal.later_stages.services import answers, appointments, investigation, later_stages, panel, statement
from portal.later_stages.services.investigation import Found
from portal.procedure.findings import Finding
from portal.procedure.independence import Seat
from portal.procedure.panel import Recipient
from portal.stage_1.services import stage_1
from portal.working_days.queries import working_calendar
from tests.factories.cases import MONDAY, ready_to_answer

CLEAR = {"in_line_of_management": False, "knew_of_complaint": False}


def at(day, hour=10):
    """An hour of a London day."""
    return datetime.combine(day, time(hour), LONDON).astimezone(UTC)


def on_day(start, working_days):
    """So many working days after a day."""
    return working_calendar().add_working_days(start, working_days)


def listed(name, **more):
    given = {"can_be_independent": True, "can_investigate": True, "can_chair": True} | more
    return list_person(Listing(name, **given), at=MONDAY, by_id=None).id


def who(person_id, day, hour=10):
    """When and by whom: what every action is told."""
    return {"at": at(day, hour), "by_id": person_id}


def answered(people, *, received=MONDAY, on=None, finding=Finding.PARTIALLY_UPHELD, **more):
    """A case whose stage 1 was answered on a day."""
    case = ready_to_answer(people["officer"], people["senior"], people["manager"], at=received, **more)
    day = on or on_day(case.received_on, 7)
    stage_1.write_answer(case.id, "We are sorry. It starts again on Friday.", **who(people["manager"], day, 9))
    stage_1.check_answer_text(case.id, good=True, **who(people["officer"], day, 10))
    stage_1.send_answer(case.id, {1: finding}, council=DEMO_COUNCIL, **who(people["officer"], day, 11))
    return case


def in_stage_2(people, *, asked=None, **more):
    case = answered(people, **more)
    day = asked or on_day(case.stages[0].responded_on, 3)
    later_stages.ask_for_stage(case.id, 2, requested_on=day, **who(people["officer"], day))
    return case


def appoint(case, seat, key, day, people, **more):
    appointments.appoint(case.id, seat, key, **CLEAR | more, on=day, **who(people["officer"], day))


def agreed(case, people, *, on, elements=("The support stopped",)):
    """The statement of complaint, agreed on a day, with both people in post."""
    appoint(case, Seat.INVESTIGATING_OFFICER, listed("Indra Investigator"), on, people)
    appoint(case, Seat.INDEPENDENT_PERSON, listed("Robin Independent"), on, people)
    statement.write_statement(case.id, elements, "A plan", by_person=False, **who(people["officer"], on))
    statement.send_statement(case.id, council=DEMO_COUNCIL, **who(people["officer"], on))
    statement.agree_statement(case.id, on=on, how="By email", **who(people["officer"], on))


def reported(case, people, *, on, finding=Finding.UPHELD):
    """Both reports, on a day."""
    action = who(people["officer"], on)
    found = Found("The record", finding, "The record shows it", "Write within two days")
    for element in case.stage(2).elements:
        investigation.find_on_element(case.id, 2, element.position, found, **action)
    investigation.hand_in_report(case.id, "We asked everyone.", **action)
    for element in case.stage(2).elements:
        investigation.comment_on_element(case.id, element.position, agrees=True, comment="", **action)
    investigation.hand_in_independent_report(case.id, "It was open and fair.", **action)


def stage_2_answered(people, *, on=None, finding=Finding.UPHELD, **more):
    """A case whose stage 2 was answered on a day."""
    case = in_stage_2(people, **more)
    start = case.stage(2).requested_on
    agreed(case, people, on=on_day(start, 2))
    reported(case, people, on=on_day(start, 10), finding=finding)
    day = on or on_day(start, 15)
    decided = {element.position: (finding, "") for element in case.stage(2).elements}
    investigation.decide_stage(case.id, 2, decided, **who(people["senior"], day, 9))
    answers.answer_stage(case.id, 2, council=DEMO_COUNCIL, **who(people["officer"], day))
    return case


def panel_in_post(case, people, day, names=("Pat Chair", "Ari Member", "Lou Member")):
    for name, seat in zip(names, (Seat.PANEL_CHAIR, Seat.PANEL_MEMBER, Seat.PANEL_MEMBER), strict=True):
        appoint(case, seat, listed(name), day, people)


def panel_reported(case, people, *, met, on, received=None, finding=Finding.UPHELD):
    """The panel met on a day and reported on another."""
    panel.note_panel_met(case.id, on=met, **who(people["officer"], met))
    found = Found("Both reports", finding, "We agree with stage 2", "Ring each month")
    for element in case.stage(3).elements:
        investigation.find_on_element(case.id, 3, element.position, found, **who(people["officer"], on))
    days = {"on": on, "received_on": received or on, "sent_to": list(Recipient), "council": DEMO_COUNCIL}
    panel.hand_in_panel_report(case.id, "We heard both sides.", **days, **who(people["officer"], received or on))
