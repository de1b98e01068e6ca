"""Stage 1, from the acknowledgement to the answer, and what follows it."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from portal.audit.queries import entries_about
from portal.cases.errors import NotComplete
from portal.cases.models import NextAction
from portal.cases.services.stock_of_words import draw_secret_words
from portal.closing.services import closing
from portal.config import DEMO_COUNCIL
from portal.database import db
from portal.later_stages.services import later_stages, statement
from portal.outbox.models import OutgoingEmail
from portal.people.roles import Role
from portal.procedure.errors import MoveNotAllowed
from portal.procedure.findings import Finding
from portal.procedure.stages import ClosingReason, StageEnding
from portal.stage_1.services import stage_1
from tests.factories.cases import MONDAY, in_stage_1, ready_to_answer, their_word
from tests.factories.people import a_person

LATER = datetime(2026, 6, 10, 9, tzinfo=UTC)
TOO_LATE = datetime(2026, 7, 1, 9, tzinfo=UTC)


@pytest.fixture
def people(any_app):
    names = {"officer": Role.CUSTOMER_RELATIONS, "senior": Role.SENIOR_MANAGER, "manager": Role.TEAM_MANAGER}
    return {name: a_person(role, name).id for name, role in names.items()}


def answer(case, people, *, at=LATER, finding=Finding.UPHELD, checked_by="officer"):
    stage_1.write_answer(case.id, "We are sorry. It starts again on Friday.", at=at, by_id=people["manager"])
    stage_1.check_answer_text(case.id, good=True, at=at, by_id=people[checked_by])
    stage_1.send_answer(case.id, {1: finding}, council=DEMO_COUNCIL, at=at, by_id=people["officer"])


def ask(case, number, people, *, at=TOO_LATE, requested_on=None):
    day = requested_on or at.date()
    return later_stages.ask_for_stage(case.id, number, requested_on=day, at=at, by_id=people["officer"])


def test_each_step_leads_to_the_next(people):
    case = in_stage_1(people["officer"])
    officer = {"at": MONDAY, "by_id": people["officer"]}
    seen = [case.next_action]
    stage_1.acknowledge(case.id, council=DEMO_COUNCIL, **officer)
    seen.append(case.next_action)
    stage_1.choose_senior_manager(case.id, people["senior"], **officer)
    seen.append(case.next_action)
    stage_1.appoint_team_manager(case.id, people["manager"], at=MONDAY, by_id=people["senior"])
    seen.append(case.next_action)
    stage_1.write_answer(case.id, "Sorry", at=MONDAY, by_id=people["manager"])
    seen.append(case.next_action)
    stage_1.check_answer_text(case.id, good=True, **officer)
    seen.append(case.next_action)
    stage_1.send_answer(case.id, {1: Finding.UPHELD}, council=DEMO_COUNCIL, **officer)
    seen.append(case.next_action)
    assert seen == [
        NextAction.ACKNOWLEDGE,
        NextAction.ALLOCATE,
        NextAction.APPOINT,
        NextAction.WRITE_ANSWER,
        NextAction.CHECK_ANSWER,
        NextAction.SEND_ANSWER,
        NextAction.NOTHING,
    ]


def test_the_clock_runs_from_receipt_and_the_answer_is_counted(people):
    case = ready_to_answer(**people)
    answer(case, people)
    sent = entries_about(case.about)[-1].facts
    assert (sent["working_days"], sent["in_time"], sent["outcome"]) == (7, True, "upheld")
    assert case.stages[0].due_on == date(2026, 6, 15)


def test_a_late_answer_is_sent_and_counted_late(people):
    case = ready_to_answer(**people)
    answer(case, people, at=TOO_LATE)
    assert entries_about(case.about)[-1].facts["in_time"] is False


def test_the_writer_cannot_check_their_own_answer(people):
    case = ready_to_answer(**people)
    with pytest.raises(MoveNotAllowed, match="did not write"):
        answer(case, people, checked_by="manager")


def test_a_changed_answer_must_be_checked_again(people):
    case = ready_to_answer(**people)
    stage_1.write_answer(case.id, "One", at=LATER, by_id=people["manager"])
    stage_1.check_answer_text(case.id, good=True, at=LATER, by_id=people["officer"])
    stage_1.write_answer(case.id, "Two", at=LATER, by_id=people["manager"])
    with pytest.raises(MoveNotAllowed, match="must check"):
        stage_1.send_answer(case.id, {1: Finding.UPHELD}, council=DEMO_COUNCIL, at=LATER, by_id=people["officer"])


def test_no_answer_goes_without_a_finding_on_each_part(people):
    case = ready_to_answer(**people)
    with pytest.raises(MoveNotAllowed, match="Each part"):
        answer(case, people, finding=None)
    assert case.stages[0].responded_on is None


def test_an_answer_sent_back_says_what_should_change(people):
    case = ready_to_answer(**people)
    stage_1.write_answer(case.id, "No", at=LATER, by_id=people["manager"])
    with pytest.raises(NotComplete, match="what should change"):
        stage_1.check_answer_text(case.id, good=False, at=LATER, by_id=people["officer"])
    stage_1.check_answer_text(case.id, good=False, reasons="Say sorry", at=LATER, by_id=people["officer"])
    assert case.next_action is NextAction.WRITE_ANSWER


@pytest.mark.parametrize("ground", ["complex", "advocate"])
def test_stage_1_is_extended_once_to_twenty_days_on_a_lawful_ground(people, ground):
    case = in_stage_1(people["officer"])
    given = {"council": DEMO_COUNCIL, "at": LATER, "by_id": people["officer"]}
    stage_1.extend(case.id, ground=ground, reasons="We must read old records", **given)
    assert case.stages[0].due_on == date(2026, 6, 29)
    assert "We must read old records" in case.messages[-1].words
    with pytest.raises(MoveNotAllowed, match="already extended"):
        stage_1.extend(case.id, ground=ground, reasons="More", **given)


def test_no_other_ground_extends_it(people):
    case = in_stage_1(people["officer"])
    with pytest.raises(MoveNotAllowed, match="only when it is complex"):
        stage_1.extend(case.id, ground="holidays", reasons="x", council=DEMO_COUNCIL, at=LATER, by_id=people["officer"])


def test_time_that_has_run_out_cannot_be_extended(people):
    case = in_stage_1(people["officer"])
    with pytest.raises(MoveNotAllowed, match="has run out"):
        stage_1.extend(case.id, ground="complex", reasons="x", council=DEMO_COUNCIL, at=TOO_LATE, by_id=people["officer"])


def test_a_helper_whose_answer_is_for_the_child_gets_only_a_hint(people):
    person = {"is_adult": True, "email": "ade@example.org", "reply_to": "child", "safe_to_write": "yes"}
    in_stage_1(people["officer"], person=person, drawn=draw_secret_words())
    assert db.session.scalars(select(OutgoingEmail)).one().subject == "You have a message"


def test_a_child_without_secret_words_is_not_told_to_use_them(people):
    in_stage_1(people["officer"], person={"email": "child@example.org", "safe_to_write": "yes"})
    assert db.session.scalars(select(OutgoingEmail)).all() == []


def test_the_answer_says_what_can_be_done_next(people):
    case = ready_to_answer(**people)
    answer(case, people)
    words = case.messages[-1].words
    for needed in ("upheld", "sorry", "stage 2", "Ombudsman", case.reference):
        assert needed in words


def test_an_adult_gets_letters_by_email_and_a_child_only_a_hint(people):
    in_stage_1(people["officer"], person={"is_adult": True, "email": "pat@example.org", "safe_to_write": "yes"})
    in_stage_1(people["officer"], person={"email": "child@example.org", "safe_to_write": "yes"}, drawn=draw_secret_words())
    adult, child = db.session.scalars(select(OutgoingEmail).order_by(OutgoingEmail.id))
    assert "The support stopped" in adult.body
    assert child.subject == "You have a message"
    assert "support" not in child.body
    assert "YS0" not in child.body + child.subject


def test_nobody_is_written_to_who_said_that_it_is_not_safe(people):
    in_stage_1(people["officer"], person={"is_adult": True, "email": "pat@example.org", "safe_to_write": "no"})
    assert db.session.scalars(select(OutgoingEmail)).all() == []


def test_an_address_that_no_mail_reaches_does_not_stop_the_letter(people):
    case = in_stage_1(people["officer"], person={"is_adult": True, "email": "zoë@example.org"})
    assert case.messages
    assert db.session.scalars(select(OutgoingEmail)).all() == []


def test_stage_2_is_taken_in_after_an_answer_and_ends_with_the_true_reason(people):
    case = ready_to_answer(**people)
    answer(case, people)
    ask(case, 2, people)
    assert (case.status, case.stages[1].due_on) == ("stage_2", date(2026, 8, 5))
    ending = StageEnding.STATEMENT_NOT_AGREED
    who = {"council": DEMO_COUNCIL, "at": TOO_LATE, "by_id": people["officer"]}
    for _ in range(2):
        statement.note_attempt(
            case.id, on=TOO_LATE.date(), how="By phone", offered_advocate=True, at=TOO_LATE, by_id=people["officer"]
        )
    later_stages.end_stage(case.id, 2, ending=ending, words="There is too little to look into.", **who)
    assert (case.stages[1].ending, case.status) == (ending, "closed")


def test_stage_2_opens_when_twenty_days_have_run_without_an_answer(people):
    case = in_stage_1(people["officer"])
    assert not ask(case, 2, people, at=LATER)
    assert entries_about(case.about)[-1].event == "stage_asked_early"
    assert case.status == "stage_1"
    assert ask(case, 2, people)
    assert case.status == "stage_2"


def test_the_clock_of_stage_2_starts_on_the_day_of_the_request_not_of_the_log(people):
    case = ready_to_answer(**people)
    answer(case, people)
    ask(case, 2, people, requested_on=date(2026, 6, 26))
    assert case.stages[1].due_on == date(2026, 7, 31)


def test_a_case_in_stage_2_is_not_closed_as_withdrawn_without_saying_how_the_stage_ended(people):
    case = ready_to_answer(**people)
    answer(case, people)
    ask(case, 2, people)
    with pytest.raises(NotComplete, match="End the stage"):
        closing.close_case(case.id, ClosingReason.WITHDRAWN, **their_word(TOO_LATE), at=TOO_LATE, by_id=people["officer"])


def test_stage_3_begins_only_when_stage_2_has_ended(people):
    case = ready_to_answer(**people)
    answer(case, people)
    ask(case, 2, people)
    assert not ask(case, 3, people)
    assert (case.status, case.stages[1].closed_on) == ("stage_2", None)


def test_a_request_dated_before_the_complaint_is_a_mistake(people):
    case = ready_to_answer(**people)
    answer(case, people)
    with pytest.raises(NotComplete, match="Check the date"):
        ask(case, 2, people, requested_on=date(2020, 1, 1))


def test_stage_3_needs_stage_2_first(people):
    case = ready_to_answer(**people)
    answer(case, people)
    with pytest.raises(MoveNotAllowed, match="Stage 2 comes first"):
        ask(case, 3, people)


def test_a_complaint_withdrawn_in_stage_1_is_counted_as_withdrawn(people):
    case = in_stage_1(people["officer"])
    closing.close_case(case.id, ClosingReason.WITHDRAWN, **their_word(LATER), at=LATER, by_id=people["officer"])
    assert (case.disposition, case.stages[0].closed_on) == ("withdrawn", date(2026, 6, 10))
