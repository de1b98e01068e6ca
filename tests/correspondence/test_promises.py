"""Every day that the person is told is written down, is kept, or is followed by a letter that says it was not."""

from datetime import date, timedelta

import pytest

from portal import wording
from portal.cases.models import NextAction, Promised, PromiseEnding
from portal.cases.promises import Said, open_promises
from portal.cases.representation import PersonDetails, Representation, answered
from portal.cases.services.locked_case import locked_case
from portal.closing.services import closing
from portal.config import DEMO_COUNCIL
from portal.correspondence.services import messages, waiting
from portal.correspondence.services.leaving import note_left
from portal.correspondence.services.promising import promise
from portal.database import db
from portal.desk.services.reminders import remind
from portal.intake.services.receive import receive
from portal.intake.submission import Submission, SubmissionKind
from portal.later_stages.services import later_stages
from portal.procedure.eligibility import Complainant
from portal.procedure.findings import Finding
from portal.procedure.letter_check import Edited
from portal.procedure.receipt import Method
from portal.procedure.routes import Route
from portal.procedure.stages import ClosingReason
from portal.stage_1.services import stage_1
from portal.triage.services import telling, triage
from tests.factories.cases import a_case, checked, decided, in_stage_1, ready_to_answer, their_word
from tests.factories.stages import at, in_stage_2, on_day, who
from tests.other_routes.test_strands import sent

DAY = date(2026, 7, 6)
COUNCIL = {"council": DEMO_COUNCIL}
BY_PHONE = {"person": {"is_adult": True, "name": "Pat Example", "phone": "0123"}}


def told_in(case, kind):
    return {(one.what, one.by_on) for one in case.promises if one.said_in == kind}


def ended(case, what):
    return [one.ending for one in case.promises if one.what is what]


def through_the_page(*, is_adult):
    told = Submission(
        kind=SubmissionKind.COMPLAINT,
        representation=Representation(
            method=Method.ONLINE_FORM,
            complainant=Complainant.PARENT if is_adult else Complainant.CHILD_OR_YOUNG_PERSON,
            told=answered((("Tell us more", "They never ring back"),)),
            person=PersonDetails.of(is_adult=is_adult),
        ),
        words="They never ring back",
        wants_secret_words=True,
    )
    return receive(told, at=at(DAY))


def the_case_of(receipt):
    with locked_case(receipt.record_id) as case:
        return case


@pytest.mark.parametrize("is_adult", [True, False])
def test_each_day_of_the_receipt_is_written_down(team, is_adult):
    receipt = through_the_page(is_adult=is_adult)
    shown = {(Promised.ANSWER, receipt.answer_by)}
    if is_adult:
        shown |= {(Promised.SAY_READ, receipt.acknowledge_by), (Promised.AT_MOST, receipt.longest_by)}
    else:
        shown |= {(Promised.READ, receipt.read_by)}
    assert told_in(the_case_of(receipt), "receipt") == shown


def test_a_letter_promises_only_the_days_that_stand_in_its_words(team):
    case = in_stage_1(team["officer"], at=at(DAY), person={"is_adult": False})
    answer_by = case.stages[0].due_on
    assert told_in(case, "decision") == {(Promised.ANSWER, answer_by)}  # a child is not told of the longest
    assert wording.short_day(answer_by) in case.messages[0].words


def test_we_write_again_on_the_day_that_we_said(team):
    case = in_stage_1(team["officer"], at=at(DAY))
    remind(DEMO_COUNCIL, at=at(case.stages[0].due_on, 18))
    again = next(one.by_on for one in open_promises(case) if one.what is Promised.WRITE)
    assert wording.day(again) in case.messages[-1].words
    count = len(case.messages)
    remind(DEMO_COUNCIL, at=at(again - timedelta(days=1), 18))
    assert len(case.messages) == count
    for _ in range(2):
        remind(DEMO_COUNCIL, at=at(again, 18))
    letters = [one.kind for one in case.messages[count:]]
    assert letters.count("promise_passed") + letters.count("right_to_stage_2") == 1
    assert PromiseEnding.KEPT in ended(case, Promised.WRITE)


def test_whoever_writes_before_the_day_keeps_the_promise(team):
    case = in_stage_1(team["officer"], at=at(DAY))
    remind(DEMO_COUNCIL, at=at(case.stages[0].due_on, 18))
    again = next(one.by_on for one in open_promises(case) if one.what is Promised.WRITE)
    before = who(team["officer"], again - timedelta(days=1))
    messages.send_message(case.id, "Thank you for your email.", **before)
    assert ended(case, Promised.WRITE) == [None]
    messages.send_message(case.id, "It takes longer: two people are ill.", keeps_promise=True, **before)
    assert ended(case, Promised.WRITE) == [PromiseEnding.KEPT]


def test_a_letter_for_the_telephone_is_written_in_the_morning_and_kept_when_it_was_read_out(team):
    case = in_stage_1(team["officer"], at=at(DAY), **BY_PHONE)
    remind(DEMO_COUNCIL, at=at(case.stages[0].due_on, 18))
    again = next(one.by_on for one in open_promises(case) if one.what is Promised.WRITE)
    late = case.messages[-1]
    note_left(case.id, late.id, "read_out", case.stages[0].due_on, **who(team["officer"], case.stages[0].due_on))
    remind(DEMO_COUNCIL, at=at(again, 8))
    letter = case.messages[-1]
    assert letter.waits
    assert ended(case, Promised.WRITE)[0] is None
    note_left(case.id, letter.id, "read_out", again, **who(team["officer"], again))
    assert ended(case, Promised.WRITE)[0] is PromiseEnding.KEPT


def test_what_nobody_read_in_time_is_said_with_who_helps_at_once(team):
    case = the_case_of(receipt := through_the_page(is_adult=False))
    remind(DEMO_COUNCIL, at=at(receipt.read_by, 18))
    words = case.messages[-1].words
    assert f"We said we would read it by {wording.short_day(receipt.read_by)}." in words
    assert "Call 999" in words
    assert "0800 1111" in words
    assert ended(case, Promised.READ) == [PromiseEnding.BROKEN]
    count = len(case.messages)
    remind(DEMO_COUNCIL, at=at(receipt.read_by, 19))
    assert len(case.messages) == count


def test_an_answer_that_was_promised_to_someone_whose_parts_nobody_decided_is_not_forgotten(team):
    receipt = through_the_page(is_adult=True)
    case = the_case_of(receipt)
    checked(case, team["officer"], at=at(DAY))
    messages.send_message(case.id, "We have read it.", **who(team["officer"], DAY))
    remind(DEMO_COUNCIL, at=at(receipt.answer_by, 18))
    assert case.messages[-1].kind == "promise_passed"
    assert f"We said we would tell you what we found by {wording.short_day(receipt.answer_by)}." in case.messages[-1].words


def test_a_part_passed_to_safeguarding_keeps_the_day_of_the_answer(team):
    receipt = through_the_page(is_adult=True)
    case = the_case_of(receipt)
    triage.check_safeguarding(case.id, at_risk=True, handed_over_to="Duty social worker", **who(team["officer"], DAY))
    decided(case, team["officer"], route=Route.SAFEGUARDING, at=at(DAY))
    if case.parts[0].needs_signature:
        triage.sign_part(case.id, 1, **who(team["lead"], DAY))
    telling.tell_decision(case.id, **COUNCIL, **who(team["officer"], DAY))
    assert ended(case, Promised.ANSWER) == [None]


def test_a_part_that_goes_to_another_team_takes_the_place_of_the_answer(team):
    case = sent(team, Route.CORPORATE)
    promise_before = Said(Promised.ANSWER, on_day(DAY, 10), number=1)
    with locked_case(case.id) as case:
        promise(case, [promise_before], "receipt", at=at(DAY))
    assert ended(case, Promised.ANSWER) == [PromiseEnding.OVERTAKEN]


def test_another_day_takes_the_place_of_the_one_said_before(team):
    case = in_stage_1(team["officer"], at=at(DAY))
    first = case.stages[0].due_on
    why = {"ground": "complex", "reasons": "Two teams", **COUNCIL}
    stage_1.extend(case.id, **why, **who(team["officer"], on_day(DAY, 5)))
    answers = {one.by_on: one.ending for one in case.promises if one.what is Promised.ANSWER}
    assert answers == {first: PromiseEnding.REPLACED, case.stages[0].due_on: None}


def test_a_day_of_our_own_that_passes_is_written_about_too(team):
    case = in_stage_1(team["officer"], at=at(DAY))
    remind(DEMO_COUNCIL, at=at(on_day(DAY, 20), 18))  # the law's letters are out
    own = on_day(DAY, 30)
    why = {"reasons": "Two people are ill", **COUNCIL}
    waiting.give_new_date(case.id, expected_on=own, **why, **who(team["officer"], on_day(DAY, 21)))
    remind(DEMO_COUNCIL, at=at(own, 18))
    assert case.messages[-1].kind == "promise_passed"
    assert wording.short_day(own) in case.messages[-1].words


def test_nothing_is_promised_any_more_on_a_closed_case(team):
    case = in_stage_1(team["officer"], at=at(DAY))
    said = their_word(at(on_day(DAY, 2)))
    closing.close_case(case.id, ClosingReason.WITHDRAWN, **said, **who(team["officer"], on_day(DAY, 2)))
    assert open_promises(case) == []
    assert set(ended(case, Promised.ANSWER)) == {PromiseEnding.OVERTAKEN}


def test_a_promise_moves_the_day_of_a_step_and_hides_none(team):
    case = in_stage_1(team["officer"], at=at(DAY))
    with locked_case(case.id) as case:
        promise(case, [Said(Promised.ANSWER, DAY, number=1), Said(Promised.WRITE, DAY, number=1)], "message", at=at(DAY, 13))
    assert (case.next_action, case.next_due_on) == (NextAction.ACKNOWLEDGE, DAY)


def test_what_we_said_we_would_write_is_next_when_nothing_else_is(team):
    case = in_stage_1(team["officer"], at=at(DAY))
    with locked_case(case.id) as case:
        case.stages[0].responded_on = case.stages[0].closed_on = DAY
        case.status = "answered"
        promise(case, [Said(Promised.WRITE, on_day(DAY, 3), number=1)], "promised_letter", at=at(DAY, 13))
    assert (case.next_action, case.next_due_on) == (NextAction.KEEP_PROMISE, on_day(DAY, 3))


def test_a_letter_about_another_part_keeps_no_promise_of_this_one(team):
    case = in_stage_2(team, received=at(DAY))
    remind(DEMO_COUNCIL, at=at(case.stages[1].due_on, 18))
    again = next(one.by_on for one in open_promises(case) if one.what is Promised.WRITE)
    messages.send_message(case.id, "Thank you for your email.", **who(team["officer"], again - timedelta(days=2)))
    count = len(case.messages)
    remind(DEMO_COUNCIL, at=at(again, 18))
    assert [one.kind for one in case.messages[count:]] == ["promise_passed"]


def test_an_answer_that_waits_to_leave_is_not_followed_by_a_letter_that_there_is_none(team):
    case = ready_to_answer(**team_of(team), at=at(DAY))
    with locked_case(case.id) as case:
        case.person = {**case.person, "phone": "0123"}
    due = case.stages[0].due_on
    stage_1.write_answer(case.id, "We looked.", **who(team["manager"], due))
    stage_1.check_answer_text(case.id, good=True, **who(team["officer"], due))
    stage_1.send_answer(case.id, {1: Finding.UPHELD}, **COUNCIL, **who(team["officer"], due))
    remind(DEMO_COUNCIL, at=at(due, 18))
    assert case.messages[-1].kind == "answer"
    assert PromiseEnding.BROKEN not in ended(case, Promised.ANSWER)


def test_our_own_day_for_an_answer_is_written_about_once(team):
    case = in_stage_1(team["officer"], at=at(DAY), **BY_PHONE)
    own = on_day(DAY, 14)
    why = {"reasons": "Two people are ill", **COUNCIL}
    waiting.give_new_date(case.id, expected_on=own, **why, **who(team["officer"], on_day(DAY, 5)))
    remind(DEMO_COUNCIL, at=at(case.stages[0].due_on, 18))
    count = len(case.messages)
    remind(DEMO_COUNCIL, at=at(own, 8))
    assert len(case.messages) == count
    remind(DEMO_COUNCIL, at=at(own, 18))
    assert [one.kind for one in case.messages[count:]] == ["promise_passed"]


def test_a_stage_that_opens_by_itself_keeps_what_was_promised(team):
    case = in_stage_1(team["officer"], at=at(DAY))
    later_stages.ask_for_stage(case.id, 2, requested_on=on_day(DAY, 2), **COUNCIL, **who(team["officer"], on_day(DAY, 2)))
    [opens] = [one for one in case.promises if one.what is Promised.OPEN]
    remind(DEMO_COUNCIL, at=at(opens.by_on, 18))
    assert (case.status, opens.ending) == ("stage_2", PromiseEnding.KEPT)


def test_a_child_who_asks_early_for_a_panel_is_told_no_day_that_nobody_keeps(team):
    case = in_stage_2(team, received=at(DAY), person={"is_adult": False})
    asked = case.stages[1].requested_on + timedelta(days=1)
    later_stages.ask_for_stage(case.id, 3, requested_on=asked, **COUNCIL, **who(team["officer"], asked))
    assert told_in(case, "stage_requested") <= {(one.what, one.by_on) for one in case.promises if one.number == 2}
    assert Promised.OPEN not in {one.what for one in case.promises}


def test_whoever_comes_back_is_told_that_it_goes_on_and_by_when(team):
    case = in_stage_1(team["officer"], at=at(DAY))
    closing.close_case(case.id, ClosingReason.WITHDRAWN, **their_word(at(DAY)), **who(team["officer"], DAY))
    closing.reopen_case(case.id, "She came back", **COUNCIL, **who(team["officer"], on_day(DAY, 3)))
    assert case.messages[-1].kind == "goes_on"
    assert told_in(case, "goes_on") == {(Promised.ANSWER, case.stages[0].due_on)}


def test_another_day_that_somebody_put_into_a_letter_is_what_was_promised(team):
    case = a_case(at=at(DAY))
    checked(case, team["officer"], at=at(DAY))
    decided(case, team["officer"], at=at(DAY))
    letter = telling.decision_letter(case, DEMO_COUNCIL, DAY).replace("Monday 20 July 2026", "Friday 10 July 2026")
    telling.tell_decision(case.id, letter=Edited(letter), **COUNCIL, **who(team["officer"], DAY))
    assert (Promised.ANSWER, date(2026, 7, 10)) in told_in(case, "decision")


def team_of(team):
    return {name: team[name] for name in ("officer", "senior", "manager")}


def test_the_page_of_the_case_shows_what_was_promised_and_what_became_of_it(app, staff):
    with app.app_context():
        case = a_case()
        days = [Said(Promised.READ, date(2026, 1, 5)), Said(Promised.WRITE, date(2099, 1, 5))]
        promise(case, days, "receipt", at=at(DAY))
        db.session.commit()
        reference = case.reference
    page = staff().get(f"/staff/cases/{reference}").get_data(as_text=True)
    assert "What we promised" in page
    assert "Its day has passed" in page
    assert "To write to them again" in page


def test_a_letter_that_is_not_late_promises_no_other_letter(team):
    case = in_stage_1(team["officer"], at=at(DAY))
    stage_1.acknowledge(case.id, **COUNCIL, **who(team["officer"], DAY))
    assert Promised.WRITE not in {one.what for one in case.promises}
    late = in_stage_1(team["officer"], at=at(DAY))
    after = on_day(DAY, 11)
    stage_1.acknowledge(late.id, **COUNCIL, **who(team["officer"], after))
    assert told_in(late, "acknowledgement") == {(Promised.WRITE, on_day(after, 10))}
