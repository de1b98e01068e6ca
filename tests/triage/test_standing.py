"""Who complains: in their own right, for a child, or with an interest that is decided and not ticked."""

from dataclasses import replace

import pytest

from portal.cases.errors import NotComplete
from portal.config import DEMO_COUNCIL
from portal.people.roles import Role
from portal.procedure.eligibility import ChildSays, Complainant, Interest, Question, Standing, Weighed
from portal.procedure.errors import MoveNotAllowed
from portal.procedure.grounds import Ground
from portal.procedure.routes import Route
from portal.procedure.second_person import SecondPersonNeeded
from portal.triage.services import standing, telling, triage
from tests.factories.cases import A_PART, MONDAY, a_case, checked, decided
from tests.factories.people import a_person

RAISED_HIM = Interest(
    is_sufficient=True,
    weighed=frozenset({Weighed.CHILDS_VIEWS, Weighed.RELATIONSHIP}),
    child_says=ChildSays.YES,
    childs_views="He trusts her",
    reasons="She raised him",
)


@pytest.fixture
def officer(in_app):
    return a_person(Role.CUSTOMER_RELATIONS, "Rowan").id


@pytest.fixture
def lead(in_app):
    return a_person(Role.CUSTOMER_RELATIONS, "Alex").id


def test_sufficient_interest_is_a_decision_with_reasons(officer):
    case = a_case(who=Complainant.SUFFICIENT_INTEREST)
    checked(case, officer)
    triage.describe_part(case.id, 1, A_PART, at=MONDAY, by_id=officer)
    assert triage.assess_part(case, case.parts[0]).questions == (Question.CHILD_AGREES, Question.SUFFICIENT_INTEREST)
    with pytest.raises(MoveNotAllowed, match="Give your reasons"):
        standing.decide_interest(case.id, replace(RAISED_HIM, reasons=" "), at=MONDAY, by_id=officer)
    standing.decide_interest(case.id, RAISED_HIM, at=MONDAY, by_id=officer)
    assert triage.assess_part(case, case.parts[0]).standing is Standing.ELIGIBLE
    assert case.interest["weighed"] == ["childs_views", "relationship"]


def test_two_people_refuse_a_relative_and_the_letter_says_what_was_weighed_and_why(officer, lead):
    case = a_case(who=Complainant.SUFFICIENT_INTEREST)
    checked(case, officer)
    triage.describe_part(case.id, 1, A_PART, at=MONDAY, by_id=officer)
    refused = replace(RAISED_HIM, is_sufficient=False, child_says=ChildSays.NO, reasons="He asked us not to talk to her.")
    with pytest.raises(MoveNotAllowed, match="Ask the child first"):
        standing.decide_interest(case.id, replace(refused, child_says=None), asked_by=officer, at=MONDAY, by_id=lead)
    with pytest.raises(SecondPersonNeeded, match="He asked us not to talk to her"):
        standing.decide_interest(case.id, refused, at=MONDAY, by_id=officer)
    standing.decide_interest(case.id, refused, asked_by=officer, at=MONDAY, by_id=lead)
    given = {"decision": Standing.NOT_ELIGIBLE, "route": Route.NONE, "ground": Ground.NOT_A_PERSON_WHO_CAN_COMPLAIN}
    triage.decide_part(case.id, 1, **given, reasons="We cannot hear it from you.", at=MONDAY, by_id=officer)
    telling.tell_decision(case.id, council=DEMO_COUNCIL, at=MONDAY, by_id=officer)
    letter = case.messages[-1].words
    assert "We weighed the child's views and wishes and how you are related to the child." in letter
    assert "We decided that you have none. Our reasons: He asked us not to talk to her." in letter
    assert RAISED_HIM.childs_views not in letter
    assert "www.lgo.org.uk" in letter


def test_whoever_complains_in_their_own_right_is_asked_nothing_of_an_interest(officer):
    case = a_case(who=Complainant.ADOPTED_PERSON)
    checked(case, officer)
    with pytest.raises(NotComplete, match="in their own right"):
        standing.decide_interest(case.id, RAISED_HIM, at=MONDAY, by_id=officer)
    with pytest.raises(NotComplete, match="need not be asked"):
        standing.note_child_agrees(case.id, ChildSays.YES, "By phone", at=MONDAY, by_id=officer)


def test_an_advocate_needs_the_childs_word_and_no_more(officer):
    case = a_case(who=Complainant.ADVOCACY_SERVICE)
    checked(case, officer)
    triage.describe_part(case.id, 1, A_PART, at=MONDAY, by_id=officer)
    with pytest.raises(NotComplete, match="Say how the child told you"):
        standing.note_child_agrees(case.id, ChildSays.YES, " ", at=MONDAY, by_id=officer)
    standing.note_child_agrees(case.id, ChildSays.YES, "She told me on the phone", at=MONDAY, by_id=officer)
    assert triage.assess_part(case, case.parts[0]).standing is Standing.ELIGIBLE


def test_deciding_anew_who_complains_takes_the_decisions_back(officer):
    case = a_case(who=Complainant.OTHER)
    checked(case, officer)
    standing.decide_interest(case.id, RAISED_HIM, at=MONDAY, by_id=officer)
    decided(case, officer, route=Route.CORPORATE)
    standing.say_who_complains(case.id, Complainant.PARENT, at=MONDAY, by_id=officer)
    assert (case.parts[0].decision, case.has_sufficient_interest, case.interest) == (None, None, None)
