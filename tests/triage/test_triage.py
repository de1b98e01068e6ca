"""Triage: a child's safety first, then who complains, then each part, then one letter."""

from datetime import UTC, date, datetime

import pytest

from portal.audit.queries import entries_about
from portal.cases.confirmation import ToldBy
from portal.cases.errors import NotComplete
from portal.cases.models import NextAction
from portal.closing.services import closing
from portal.config import DEMO_COUNCIL
from portal.people.roles import Role
from portal.procedure.eligibility import Complainant, Proceedings, Standing
from portal.procedure.errors import MoveNotAllowed
from portal.procedure.grounds import Ground, Matter
from portal.procedure.routes import Route
from portal.procedure.stages import ClosingReason
from portal.triage.services import telling, triage
from tests.factories.cases import A_PART, MONDAY, a_case, checked, decided, their_word
from tests.factories.people import a_person

TUESDAY = datetime(2026, 6, 2, 15, tzinfo=UTC)
WEDNESDAY = datetime(2026, 6, 3, 9, tzinfo=UTC)


@pytest.fixture
def officer(any_app):
    return a_person(Role.CUSTOMER_RELATIONS, "Rowan").id


@pytest.fixture
def lead(any_app):
    return a_person(Role.CUSTOMER_RELATIONS, "Alex").id


def tell(case, by_id, at=MONDAY):
    telling.tell_decision(case.id, council=DEMO_COUNCIL, at=at, by_id=by_id)


def test_nothing_is_decided_before_safeguarding_is_checked(officer):
    case = a_case()
    with pytest.raises(MoveNotAllowed, match="at risk"):
        triage.describe_part(case.id, 1, A_PART, at=MONDAY, by_id=officer)
    with pytest.raises(MoveNotAllowed, match="at risk"):
        closing.close_case(case.id, ClosingReason.WITHDRAWN, **their_word(), at=MONDAY, by_id=officer)


def test_a_risk_is_handed_to_someone_by_name(officer):
    case = a_case()
    with pytest.raises(NotComplete, match="by name"):
        triage.check_safeguarding(case.id, at_risk=True, handed_over_to=" ", at=MONDAY, by_id=officer)
    triage.check_safeguarding(case.id, at_risk=True, handed_over_to="Dana Duty", at=MONDAY, by_id=officer)
    assert (case.at_risk, case.handed_over_to, case.next_action) == (True, "Dana Duty", NextAction.DECIDE_PARTS)


def test_a_complaint_settled_by_the_next_working_day_keeps_who_confirmed_it(officer):
    case = a_case()
    checked(case, officer)
    word = their_word(TUESDAY) | {"words": "Paid"}
    closing.close_case(case.id, ClosingReason.RESOLVED_NEXT_DAY, **word, at=TUESDAY, by_id=officer)
    who = "The person who complained, by phone, on Tuesday 2 June 2026: Paid"
    assert (case.disposition, case.closing_words, case.is_open) == ("resolved_next_day", who, False)


def test_next_day_settlement_needs_the_day(officer):
    case = a_case()
    checked(case, officer)
    with pytest.raises(MoveNotAllowed, match="has passed"):
        closing.close_case(case.id, ClosingReason.RESOLVED_NEXT_DAY, **their_word(WEDNESDAY), at=WEDNESDAY, by_id=officer)
    assert case.is_open


@pytest.mark.parametrize("reason", [ClosingReason.INELIGIBLE, ClosingReason.OTHER_ROUTE])
def test_nobody_is_refused_without_the_letter_that_says_why(officer, reason):
    case = a_case()
    checked(case, officer)
    with pytest.raises(NotComplete, match="letter"):
        closing.close_case(case.id, reason, **their_word(), at=MONDAY, by_id=officer)


def test_sending_an_eligible_part_to_corporate_takes_a_second_person(officer, lead):
    case = a_case()
    checked(case, officer)
    decided(case, officer, route=Route.CORPORATE)
    assert (case.parts[0].needs_signature, case.next_action) == (True, NextAction.SIGN_PARTS)
    with pytest.raises(MoveNotAllowed, match="second signature"):
        tell(case, officer)
    with pytest.raises(MoveNotAllowed, match="second person"):
        triage.sign_part(case.id, 1, at=MONDAY, by_id=officer)
    triage.sign_part(case.id, 1, at=MONDAY, by_id=lead)
    tell(case, officer)
    assert (case.disposition, case.disposition_reason) == ("other_route", "corporate")


def test_describing_a_part_anew_takes_its_decision_and_signature_back(officer, lead):
    case = a_case()
    checked(case, officer)
    decided(case, officer, route=Route.CORPORATE)
    triage.sign_part(case.id, 1, at=MONDAY, by_id=lead)
    triage.describe_part(case.id, 1, A_PART, at=MONDAY, by_id=officer)
    assert (case.parts[0].decision, case.parts[0].signed_by_id) == (None, None)


def test_a_part_that_nobody_has_asked_enough_about_needs_the_second_person_too(officer):
    case = a_case()
    checked(case, officer)
    decided(case, officer, route=Route.CORPORATE, said=triage.PartFacts(words="x", matter=Matter.SERVICE_FOR_A_CHILD))
    assert case.parts[0].needs_signature


@pytest.mark.parametrize(
    ("ground", "who", "told"),
    [
        (Ground.OUT_OF_TIME, Complainant.PARENT, "both questions"),
        (Ground.NOT_A_PERSON_WHO_CAN_COMPLAIN, Complainant.OTHER, "sufficient interest"),
    ],
)
def test_nobody_is_late_or_the_wrong_person_before_the_laws_questions_are_answered(officer, ground, who, told):
    case = a_case(who=who)
    checked(case, officer)
    triage.describe_part(case.id, 1, triage.PartFacts(words="x", matter=Matter.LEAVING_CARE), at=MONDAY, by_id=officer)
    given = {"decision": Standing.NOT_ELIGIBLE, "route": Route.NONE, "ground": ground, "reasons": "y"}
    with pytest.raises(MoveNotAllowed, match=told):
        triage.decide_part(case.id, 1, **given, at=MONDAY, by_id=officer)


@pytest.mark.parametrize(
    ("decision", "route"),
    [
        (Standing.NOT_ELIGIBLE, Route.STATUTORY),
        (Standing.ELIGIBLE, Route.NONE),
        (Standing.HELD, Route.CORPORATE),
        (Standing.ASK, Route.STATUTORY),
    ],
)
def test_a_decision_and_its_route_agree(officer, decision, route):
    case = a_case()
    checked(case, officer)
    triage.describe_part(case.id, 1, A_PART, at=MONDAY, by_id=officer)
    with pytest.raises(MoveNotAllowed, match="can go to"):
        triage.decide_part(case.id, 1, decision=decision, route=route, ground=None, reasons="y", at=MONDAY, by_id=officer)


def test_no_letter_speaks_of_a_hand_over_that_did_not_happen(officer):
    case = a_case()
    checked(case, officer)
    decided(case, officer, route=Route.SAFEGUARDING, said=triage.PartFacts(words="x", matter=Matter.CHILD_AT_RISK_NOW))
    with pytest.raises(MoveNotAllowed, match="who it was handed to"):
        tell(case, officer)


def settled_part(case, officer, position=1):
    triage.describe_part(case.id, position, A_PART, at=MONDAY, by_id=officer)
    given = {"decision": Standing.ELIGIBLE, "route": Route.EARLY_RESOLUTION, "ground": None}
    given |= {"confirmed": their_word()["said"]}
    triage.decide_part(case.id, position, **given, reasons="The mother said that it is paid", at=MONDAY, by_id=officer)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (None, "Say who confirmed that it is settled"),
        (their_word(by=ToldBy.WORKER)["said"], "Say who confirmed that it is settled"),
        (their_word(WEDNESDAY)["said"], "The next working day has passed"),
    ],
)
def test_a_part_is_settled_early_only_by_the_persons_word_and_by_the_next_working_day(officer, said, words):
    case = a_case()
    checked(case, officer)
    triage.describe_part(case.id, 1, A_PART, at=MONDAY, by_id=officer)
    given = {"decision": Standing.ELIGIBLE, "route": Route.EARLY_RESOLUTION, "ground": None, "reasons": "It is paid"}
    with pytest.raises(MoveNotAllowed, match=words):
        triage.decide_part(case.id, 1, **given, confirmed=said, at=WEDNESDAY, by_id=officer)
    assert case.parts[0].decision is None


def test_what_is_settled_as_a_whole_is_closed_with_the_persons_own_word_and_not_by_a_letter(officer):
    case = a_case()
    checked(case, officer)
    settled_part(case, officer)
    with pytest.raises(NotComplete, match="who confirmed"):
        tell(case, officer)
    assert case.status == "to_decide"


def test_a_complaint_with_one_part_settled_is_never_counted_as_ineligible(officer):
    case = a_case()
    checked(case, officer)
    settled_part(case, officer)
    said = triage.PartFacts(words="my file", matter=Matter.PERSONAL_DATA)
    triage.describe_part(case.id, None, said, at=MONDAY, by_id=officer)
    given = {
        "decision": Standing.NOT_ELIGIBLE,
        "route": Route.DATA_PROTECTION,
        "ground": Ground.DATA_PROTECTION,
        "reasons": "y",
    }
    triage.decide_part(case.id, 2, **given, at=MONDAY, by_id=officer)
    tell(case, officer)
    assert case.disposition == "resolved_locally"


def test_a_letter_that_goes_late_promises_no_day_that_has_passed(officer):
    case = a_case()
    checked(case, officer)
    decided(case, officer)
    letter = telling.decision_letter(case, DEMO_COUNCIL, WEDNESDAY.date().replace(month=8))
    assert "We are late with this" in letter
    assert "15 June" not in letter


@pytest.mark.parametrize("ground", [None, Ground.STATUTORY_MATTER])
def test_a_refusal_needs_a_true_ground(officer, ground):
    case = a_case()
    checked(case, officer)
    triage.describe_part(case.id, 1, A_PART, at=MONDAY, by_id=officer)
    given = {"decision": Standing.NOT_ELIGIBLE, "route": Route.CORPORATE, "ground": ground, "reasons": "y"}
    with pytest.raises(MoveNotAllowed, match="Choose the ground"):
        triage.decide_part(case.id, 1, **given, at=MONDAY, by_id=officer)


def test_someone_who_withdrew_can_come_back_and_stage_1_goes_on(officer):
    case = a_case()
    checked(case, officer)
    decided(case, officer)
    tell(case, officer)
    closing.close_case(case.id, ClosingReason.WITHDRAWN, **their_word(TUESDAY), at=TUESDAY, by_id=officer)
    closing.reopen_case(case.id, "They changed their mind", council=DEMO_COUNCIL, at=WEDNESDAY, by_id=officer)
    assert (case.status, case.disposition, case.stages[0].due_on) == ("stage_1", "accepted", date(2026, 6, 15))


def test_a_part_that_was_held_is_opened_again_when_proceedings_end(officer):
    case = a_case()
    checked(case, officer)
    said = triage.PartFacts(
        words="x",
        matter=Matter.CARE_OR_SUPERVISION,
        still_going_on=True,
        proceedings=Proceedings.COURT,
        would_prejudice=True,
    )
    triage.describe_part(case.id, 1, said, at=MONDAY, by_id=officer)
    given = {
        "decision": Standing.HELD,
        "route": Route.COURT_OR_TRIBUNAL,
        "ground": Ground.COURT_PROCEEDINGS,
        "reasons": "It would harm them.",
    }
    triage.decide_part(case.id, 1, **given, at=MONDAY, by_id=officer)
    tell(case, officer)
    assert (case.status, case.next_action) == ("other_routes", "review_hold")
    closing.reopen_case(case.id, "The hearing has ended", council=DEMO_COUNCIL, at=WEDNESDAY, by_id=officer)
    assert (case.status, case.parts[0].decision, case.disposition) == ("to_decide", None, "open")


def test_declining_a_part_needs_reasons(officer):
    case = a_case()
    checked(case, officer)
    with pytest.raises(NotComplete, match="reasons"):
        decided(case, officer, route=Route.CORPORATE, reasons=" ")


def test_a_mixed_complaint_is_told_in_one_letter_and_its_statutory_part_starts_stage_1(officer):
    case = a_case()
    checked(case, officer)
    decided(case, officer)
    plan = triage.PartFacts(words="The plan is wrong", matter=Matter.CONFERENCE_DECISION)
    triage.describe_part(case.id, None, plan, at=MONDAY, by_id=officer)
    decided(case, officer, 2, route=Route.CONFERENCE_APPEAL, said=plan, reasons="It has an appeal of its own.")
    tell(case, officer)
    letter = case.messages[-1].words
    assert "Part 1: The support stopped" in letter
    assert "conference's decision" in letter
    assert "It has an appeal of its own." in letter
    assert "Ombudsman" in letter
    assert "For part 1, you will have our answer by Monday 15 June 2026." in letter
    assert (case.status, case.stages[0].due_on) == ("stage_1", date(2026, 6, 15))


def test_a_letter_that_declines_nothing_does_not_speak_of_the_ombudsman(officer):
    case = a_case()
    checked(case, officer)
    decided(case, officer)
    letter = telling.decision_letter(case, DEMO_COUNCIL, MONDAY.date())
    assert "Ombudsman" not in letter
    assert "You will have our answer by Monday 15 June 2026." in letter


def test_no_part_changes_after_the_person_was_told(officer):
    case = a_case()
    checked(case, officer)
    decided(case, officer)
    tell(case, officer)
    with pytest.raises(MoveNotAllowed, match="already told"):
        triage.describe_part(case.id, 1, A_PART, at=MONDAY, by_id=officer)
    with pytest.raises(MoveNotAllowed, match="already told"):
        tell(case, officer)


def test_an_undecided_part_holds_the_letter_back(officer):
    case = a_case()
    checked(case, officer)
    with pytest.raises(NotComplete, match="every part"):
        tell(case, officer)


@pytest.mark.parametrize(
    ("matter", "ground", "route", "disposition"),
    [
        (Matter.PERSONAL_DATA, Ground.DATA_PROTECTION, Route.DATA_PROTECTION, ("ineligible", "data_protection")),
        (Matter.CHILD_AT_RISK_NOW, Ground.CHILD_PROTECTION, Route.SAFEGUARDING, ("other_route", "safeguarding")),
        (Matter.ANOTHER_BODY, Ground.NOT_THIS_COUNCIL, Route.ANOTHER_BODY, ("ineligible", "not_this_council")),
    ],
)
def test_what_goes_elsewhere_is_counted_as_the_register_counts_it(officer, matter, ground, route, disposition):
    case = a_case()
    at_risk = route is Route.SAFEGUARDING
    to = "Dana Duty" if at_risk else ""
    triage.check_safeguarding(case.id, at_risk=at_risk, handed_over_to=to, at=MONDAY, by_id=officer)
    said = triage.PartFacts(words="x", matter=matter)
    triage.describe_part(case.id, 1, said, at=MONDAY, by_id=officer)
    given = {"decision": Standing.NOT_ELIGIBLE, "route": route, "ground": ground, "reasons": "y"}
    triage.decide_part(case.id, 1, **given, at=MONDAY, by_id=officer)
    tell(case, officer)
    assert (case.disposition, case.disposition_reason) == disposition


def test_a_childs_letter_is_in_a_childs_words(officer):
    case = a_case(who=Complainant.CHILD_OR_YOUNG_PERSON, person={})
    checked(case, officer)
    decided(case, officer)
    letter = telling.decision_letter(case, DEMO_COUNCIL, MONDAY.date())
    assert "By Monday 15 June, we will tell you what we found." in letter
    assert "statutory" not in letter
    assert "procedure" not in letter


def test_every_action_is_in_the_audit_with_who_did_it(officer):
    case = a_case()
    checked(case, officer)
    decided(case, officer)
    events = [(entry.event, entry.by_id) for entry in entries_about(case.about)]
    assert events == [
        ("case_opened", None),
        ("safeguarding_checked", officer),
        ("part_described", officer),
        ("part_decided", officer),
    ]
