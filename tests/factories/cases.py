"""Cases for tests. What matters to a test is given; the rest is ordinary."""

from datetime import UTC, datetime

from portal.cases.confirmation import Confirmation, ToldBy, ToldHow
from portal.cases.models import Kind
from portal.cases.representation import Answer, PersonDetails, Representation
from portal.cases.services.opening import open_case
from portal.clock import london_day
from portal.config import DEMO_COUNCIL
from portal.procedure.eligibility import Complainant, Standing
from portal.procedure.grounds import Ground, Matter
from portal.procedure.receipt import Method, PointOfReceipt
from portal.procedure.routes import Route
from portal.stage_1.services import stage_1
from portal.triage.services import telling, triage

MONDAY = datetime(2026, 6, 1, 9, tzinfo=UTC)
A_PART = triage.PartFacts(words="The support stopped", matter=Matter.SERVICE_FOR_A_CHILD, still_going_on=True)


def their_word(on=MONDAY, by=ToldBy.THE_PERSON):
    """That they said it ends, by phone on the day of a moment; and the council whose letter they get."""
    return {"said": Confirmation(by, ToldHow.PHONE, london_day(on)), "words": "", "council": DEMO_COUNCIL}


def a_case(*, words="The support that we were promised has stopped", who=Complainant.PARENT, at=MONDAY, drawn=None, **more):
    given = {"person": {"is_adult": True, "name": "Pat Example"}} | more
    how = {name: given.pop(name) for name in ("received_at", "read_first", "letter_form") if name in given}
    person = dict(given.pop("person"))
    told = Representation(
        method=Method.ONLINE_FORM,
        point_of_receipt=PointOfReceipt.CUSTOMER_RELATIONS_TEAM,
        complainant=who,
        told=(Answer("What is your complaint about?", words),),
        person=PersonDetails.of(**person),
        **given,
    )
    return open_case(Kind.COMPLAINT, told, at=at, drawn=drawn, **how)


def checked(case, by_id, *, at=MONDAY):
    triage.check_safeguarding(case.id, at_risk=False, handed_over_to="", at=at, by_id=by_id)


def decided(case, by_id, position=1, *, route=Route.STATUTORY, said=A_PART, at=MONDAY, reasons="We looked at it."):
    triage.describe_part(case.id, position, said, at=at, by_id=by_id)
    standing = Standing.ELIGIBLE if route is Route.STATUTORY else Standing.NOT_ELIGIBLE
    triage.decide_part(
        case.id,
        position,
        decision=standing,
        route=route,
        ground=Ground.STATUTORY_MATTER if route is Route.STATUTORY else Ground.CHILD_PROTECTION,
        reasons=reasons,
        at=at,
        by_id=by_id,
    )


def in_stage_1(by_id, *, at=MONDAY, **more):
    case = a_case(at=at, **more)
    checked(case, by_id, at=at)
    decided(case, by_id, at=at)
    telling.tell_decision(case.id, council=DEMO_COUNCIL, at=at, by_id=by_id)
    return case


def ready_to_answer(officer, senior, manager, *, at=MONDAY, **more):
    case = in_stage_1(officer, at=at, **more)
    stage_1.acknowledge(case.id, council=DEMO_COUNCIL, at=at, by_id=officer)
    stage_1.choose_senior_manager(case.id, senior, at=at, by_id=officer)
    stage_1.appoint_team_manager(case.id, manager, at=at, by_id=senior)
    return case
