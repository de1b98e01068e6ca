"""The safety of a child has a clock of its own, and a hand-over to safeguarding ends no promise."""

from datetime import UTC, date, datetime

import pytest

from portal.cases.models import NextAction
from portal.config import DEMO_COUNCIL
from portal.database import db
from portal.other_routes.services import strands
from portal.people.roles import Role
from portal.procedure.eligibility import Standing
from portal.procedure.grounds import Ground, Matter
from portal.procedure.routes import Route
from portal.procedure.stages import Status
from portal.triage.services import telling, triage
from tests.factories.cases import MONDAY, a_case, checked
from tests.factories.people import a_person

pytestmark = pytest.mark.usefixtures("in_app")


@pytest.mark.parametrize(
    ("came_at", "due_on"),
    [
        (datetime(2026, 6, 1, 8, 0, tzinfo=UTC), date(2026, 6, 1)),
        (datetime(2026, 6, 1, 15, 59, tzinfo=UTC), date(2026, 6, 1)),
        (datetime(2026, 6, 1, 21, 0, tzinfo=UTC), date(2026, 6, 2)),
        (datetime(2026, 6, 5, 21, 0, tzinfo=UTC), date(2026, 6, 8)),
    ],
    ids=["in the morning", "before five", "at night", "on Friday night"],
)
def test_the_safety_check_is_due_the_same_day_or_the_next_working_morning(came_at, due_on):
    case = a_case(at=came_at)
    assert (case.next_action, case.next_due_on) == (NextAction.CHECK_SAFEGUARDING, due_on)


def test_after_the_check_the_acknowledgements_own_clock_runs():
    case = a_case()
    checked(case, a_person(Role.CUSTOMER_RELATIONS).id)
    assert case.next_due_on == date(2026, 6, 3)


@pytest.fixture
def handed_over():
    case, officer = a_case(), a_person(Role.CUSTOMER_RELATIONS).id
    triage.check_safeguarding(case.id, at_risk=True, handed_over_to="Dana Duty", at=MONDAY, by_id=officer)
    said = triage.PartFacts(words="he hits her", matter=Matter.CHILD_AT_RISK_NOW)
    triage.describe_part(case.id, 1, said, at=MONDAY, by_id=officer)
    given = {"decision": Standing.NOT_ELIGIBLE, "route": Route.SAFEGUARDING, "ground": Ground.CHILD_PROTECTION}
    triage.decide_part(case.id, 1, **given, reasons="y", at=MONDAY, by_id=officer)
    telling.tell_decision(case.id, council=DEMO_COUNCIL, at=MONDAY, by_id=officer)
    return case, officer


def test_a_part_handed_to_safeguarding_keeps_the_case_open_until_the_day_that_was_promised(handed_over):
    case, _ = handed_over
    assert (case.status, case.is_open, case.closed_on) == (Status.OTHER_ROUTES, True, None)
    assert (case.next_action, case.next_due_on) == (NextAction.PASS_ON, date(2026, 6, 15))


def test_it_ends_when_the_person_is_told_what_came_of_it(handed_over):
    case, officer = handed_over
    told = {"to_whom": "A social worker came to see you. They will come again.", "council": DEMO_COUNCIL}
    strands.pass_on(case.id, 1, **told, at=MONDAY, by_id=officer)
    db.session.refresh(case)
    assert case.status is Status.CLOSED
    assert "handed this to the people who keep children safe" in case.messages[-1].words
    assert "not one that we can answer" not in case.messages[-1].words
