"""A letter is written, waits, leaves, and may come back; clocks stop by the day on which it left."""

import smtplib
from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import select

from portal.audit.models import AuditEntry
from portal.cases.errors import NotComplete
from portal.cases.models import Case, Kind, LetterHow, LetterWay, NextAction
from portal.cases.services.stock_of_words import draw_secret_words
from portal.closing.services.closing import close_case
from portal.config import DEMO_COUNCIL
from portal.correspondence.services import correcting, messages
from portal.correspondence.services.leaving import follow_mail, note_left
from portal.database import db, transaction
from portal.other_routes.services import strands
from portal.outbox.models import MailState, OutgoingEmail
from portal.outbox.services import deliver, note_came_back
from portal.people.roles import Role
from portal.procedure.findings import Finding
from portal.procedure.receipt import Method
from portal.procedure.routes import Route
from portal.procedure.stages import ClosingReason, Status
from portal.stage_1.services import stage_1
from portal.triage.services import telling, triage
from tests.factories.cases import MONDAY, a_case, checked, decided, in_stage_1, ready_to_answer, their_word
from tests.factories.people import a_person
from tests.factories.web import errors_on, fill_in, page_of

BY_EMAIL = {"is_adult": True, "name": "Pat Example", "email": "pat@example.org"}
BY_PHONE = {"is_adult": True, "name": "Pat Example", "phone": "01632 960 100"}
TUESDAY = MONDAY + timedelta(days=1)


@pytest.fixture
def officer(in_app):
    return a_person(Role.CUSTOMER_RELATIONS).id


def again(case):
    return db.session.get_one(Case, case.id, populate_existing=True)


def letter_of(case):
    return again(case).messages[-1]


def post_mail(*, at=MONDAY, refuses=False):
    def post(email):
        if refuses:
            raise smtplib.SMTPRecipientsRefused({"x": (550, b"no such mailbox")})

    deliver(post, tell_time=lambda: at)
    follow_mail(at=at)


def answered(case, officer, *, at):
    stage_1.write_answer(case.id, "We are sorry.", at=at, by_id=a_person(Role.TEAM_MANAGER, "Mo").id)
    stage_1.check_answer_text(case.id, good=True, at=at, by_id=officer)
    stage_1.send_answer(case.id, {1: Finding.UPHELD}, council=DEMO_COUNCIL, at=at, by_id=officer)


def ready(officer, **more):
    return ready_to_answer(officer, a_person(Role.SENIOR_MANAGER, "Sam").id, a_person(Role.TEAM_MANAGER, "Tam").id, **more)


@pytest.mark.parametrize(
    ("person", "has_words", "way"),
    [
        (BY_EMAIL, True, LetterWay.EMAIL),
        (BY_PHONE, True, LetterWay.BY_HAND),
        ({"is_adult": True, "post": "1 High Street"}, False, LetterWay.BY_HAND),
        ({}, True, LetterWay.PAGE),
        ({"email": "kid@example.org", "safe_to_write": "yes"}, True, LetterWay.PAGE),
        ({"phone": "07700 900123", "safe_to_write": "yes"}, True, LetterWay.BY_HAND),
        ({"phone": "07700 900123", "safe_to_write": "no"}, True, LetterWay.PAGE),
        ({"is_adult": True, "name": "Pat"}, False, LetterWay.KEPT),
        ({**BY_EMAIL, "no_email": True}, False, LetterWay.KEPT),
    ],
)
def test_a_letter_goes_the_first_way_that_is_possible_and_safe(officer, person, has_words, way):
    case = a_case(person=person, drawn=draw_secret_words() if has_words else None)
    messages.send_message(case.id, "Hello", at=MONDAY, by_id=officer)
    letter = letter_of(case)
    assert (letter.way, letter.waits) == (way, way in (LetterWay.EMAIL, LetterWay.BY_HAND))


def test_an_emailed_answer_counts_from_the_day_it_left_and_not_the_day_it_was_written(officer):
    case = ready(officer, person=BY_EMAIL)
    post_mail()
    assert again(case).stage(1).acknowledged_on == MONDAY.date()
    answered(case, officer, at=TUESDAY)
    assert (again(case).status, again(case).stage(1).responded_on) == (Status.STAGE_1, None)
    post_mail(at=TUESDAY + timedelta(days=2))
    assert (again(case).status, again(case).stage(1).responded_on) == (Status.ANSWERED, date(2026, 6, 4))


def test_until_somebody_says_that_it_was_read_out_the_clock_runs_and_it_is_a_task(officer):
    case = in_stage_1(officer, person=BY_PHONE)
    for letter in [one.id for one in again(case).messages]:
        note_left(case.id, letter, LetterHow.READ_OUT, MONDAY.date(), at=MONDAY, by_id=officer)
    stage_1.acknowledge(case.id, council=DEMO_COUNCIL, at=MONDAY, by_id=officer)
    assert (again(case).next_action, again(case).stage(1).acknowledged_on) == (NextAction.DELIVER_LETTER, None)
    note_left(case.id, letter_of(case).id, LetterHow.READ_OUT, TUESDAY.date(), at=TUESDAY, by_id=officer)
    assert (again(case).next_action, again(case).stage(1).acknowledged_on) == (NextAction.ALLOCATE, TUESDAY.date())


@pytest.mark.parametrize(("left_on", "is_extended"), [(date(2026, 6, 12), True), (date(2026, 6, 16), False)])
def test_more_time_is_taken_once_the_person_was_told_and_only_while_there_was_time(officer, left_on, is_extended):
    case = in_stage_1(officer, person=BY_PHONE)
    due_on = case.stages[0].due_on
    why = {"ground": "complex", "reasons": "Two teams", "council": DEMO_COUNCIL}
    stage_1.extend(case.id, **why, at=MONDAY + timedelta(days=9), by_id=officer)
    assert (again(case).stage(1).extended_on, again(case).stage(1).due_on) == (None, due_on)
    left_at = datetime.combine(left_on, time(12), UTC)
    note_left(case.id, letter_of(case).id, LetterHow.READ_OUT, left_on, at=left_at, by_id=officer)
    assert (again(case).stage(1).extended_on is not None, again(case).stage(1).due_on > due_on) == (is_extended, is_extended)


def test_a_letter_posted_after_the_last_lawful_day_is_late_although_it_was_written_in_time(officer):
    case = ready(officer, person={"is_adult": True, "name": "Pat"})
    with transaction() as session:
        session.get_one(Case, case.id).person = {"is_adult": True, "name": "Pat", "post": "1 High Street"}
    answered(case, officer, at=MONDAY + timedelta(days=11))
    late = MONDAY + timedelta(days=17)
    note_left(case.id, letter_of(case).id, LetterHow.POSTED, late.date(), at=late, by_id=officer)
    facts = db.session.scalars(select(AuditEntry).where(AuditEntry.event == "answer_sent")).one().facts
    assert (facts["in_time"], facts["working_days"]) == (False, 13)


def test_an_answer_that_waits_is_not_sent_twice(officer):
    case = in_stage_1(officer, person=BY_EMAIL)
    stage_1.acknowledge(case.id, council=DEMO_COUNCIL, at=MONDAY, by_id=officer)
    with pytest.raises(Exception, match="already acknowledged"):
        stage_1.acknowledge(case.id, council=DEMO_COUNCIL, at=MONDAY, by_id=officer)


def test_what_the_server_refuses_never_left_and_is_raised_with_what_to_do(officer):
    case = in_stage_1(officer, person=BY_EMAIL)
    stage_1.acknowledge(case.id, council=DEMO_COUNCIL, at=MONDAY, by_id=officer)
    post_mail(refuses=True)
    found, letter = again(case), letter_of(case)
    assert (found.next_action, found.next_due_on) == (NextAction.MEND_ADDRESS, MONDAY.date())
    assert (letter.left_at, letter.waits_for_someone) == (None, True)
    assert "refused the address" in letter.came_back_why


def test_an_address_that_failed_is_never_used_silently_again(officer):
    case = in_stage_1(officer, person=BY_EMAIL)
    post_mail(refuses=True)
    messages.send_message(case.id, "Hello", at=MONDAY, by_id=officer)
    assert letter_of(case).way is LetterWay.KEPT
    assert db.session.scalars(select(OutgoingEmail).where(OutgoingEmail.state == MailState.WAITS)).all() == []


def test_a_bounced_letter_is_raised_then_posted_and_ticked(officer):
    case = in_stage_1(officer, person=BY_EMAIL)
    stage_1.acknowledge(case.id, council=DEMO_COUNCIL, at=MONDAY, by_id=officer)
    post_mail()
    acknowledged_on = again(case).stage(1).acknowledged_on
    kept = db.session.get_one(OutgoingEmail, letter_of(case).email_id)
    note_came_back([kept.message_id], at=TUESDAY)
    follow_mail(at=TUESDAY)
    assert again(case).next_action is NextAction.MEND_ADDRESS
    for letter in [one.id for one in again(case).messages if one.waits_for_someone]:
        note_left(case.id, letter, LetterHow.POSTED, TUESDAY.date(), at=TUESDAY, by_id=officer)
    follow_mail(at=TUESDAY)
    assert again(case).next_action is NextAction.ALLOCATE
    assert again(case).stage(1).acknowledged_on == acknowledged_on == MONDAY.date()


def test_the_day_it_reached_them_is_between_the_letter_and_today(officer):
    case = in_stage_1(officer, person=BY_PHONE)
    for on in (MONDAY.date() - timedelta(days=1), TUESDAY.date()):
        with pytest.raises(Exception, match="between the day of the letter and today"):
            note_left(case.id, letter_of(case).id, LetterHow.POSTED, on, at=MONDAY, by_id=officer)


def test_the_case_says_where_each_letter_is(app, staff):
    client = staff()
    with app.app_context():
        officer = a_person(Role.CUSTOMER_RELATIONS, "Ola").id
        case = in_stage_1(officer, person=BY_PHONE)
        reference, letter = case.reference, case.messages[-1].id
    address = f"/staff/cases/{reference}"
    client.get(address)
    fill_in(client, address, f"{address}/why", why="standing_in")
    assert "Not sent yet: post it, or read it to them" in page_of(client.get(address))
    assert errors_on(page_of(fill_in(client, f"{address}/do/letter-left/{letter}")))
    fill_in(client, f"{address}/do/letter-left/{letter}", how="posted")
    assert "<b>Posted" in page_of(client.get(address))


def right(case, **changed):
    return correcting.Corrected(**{**vars(correcting.as_it_stands(again(case))), **changed})


def test_a_day_of_receipt_that_is_put_right_counts_every_clock_anew_and_the_audit_keeps_what_stood(officer):
    case = in_stage_1(officer, person={"is_adult": True, "name": "Pat"})
    assert again(case).stage(1).due_on == date(2026, 6, 15)
    correcting.correct_case(case.id, right(case, received_on=date(2026, 5, 28)), at=MONDAY, by_id=officer)
    assert again(case).stage(1).due_on == date(2026, 6, 11)
    facts = db.session.scalars(select(AuditEntry).where(AuditEntry.event == "case_corrected")).one().facts
    assert facts == {"before": {"received_on": "2026-06-01"}, "after": {"received_on": "2026-05-28"}}


def test_a_name_and_an_address_that_are_put_right_are_found_and_used(officer):
    case = a_case(person=BY_EMAIL | {"email": "pta@example.org"})
    told = {"name": "Patricia Example", "email": "pat@example.org", "method": Method.TELEPHONE, "kind": Kind.ENQUIRY}
    correcting.correct_case(case.id, right(case, **told), at=MONDAY, by_id=officer)
    found = again(case)
    assert (found.person["name"], found.method, found.kind) == ("Patricia Example", Method.TELEPHONE, Kind.ENQUIRY)
    messages.send_message(case.id, "Hello", at=MONDAY, by_id=officer)
    assert db.session.scalars(select(OutgoingEmail)).one().recipient == "pat@example.org"


def test_emailing_is_stopped_with_one_press(officer):
    case = a_case(person=BY_EMAIL | BY_PHONE)
    correcting.stop_emailing(case.id, at=MONDAY, by_id=officer)
    messages.send_message(case.id, "Hello", at=MONDAY, by_id=officer)
    assert letter_of(case).way is LetterWay.BY_HAND
    assert db.session.scalars(select(OutgoingEmail)).all() == []


def test_a_letter_that_waits_for_the_post_is_posted_by_hand_once_emailing_is_stopped(officer):
    case = a_case(person=BY_EMAIL | BY_PHONE)
    messages.send_message(case.id, "Hello", at=MONDAY, by_id=officer)
    correcting.stop_emailing(case.id, at=MONDAY, by_id=officer)
    letter = letter_of(case)
    assert (letter.way, letter.waits_for_someone) == (LetterWay.BY_HAND, True)
    assert deliver(lambda email: pytest.fail("posted"), tell_time=lambda: MONDAY) == (0, 0)


def refused_for_now(email):
    raise smtplib.SMTPRecipientsRefused({email.recipient: (451, b"try again later")})


def test_a_letter_that_only_waits_for_another_try_is_taken_out_of_the_post(officer):
    case = a_case(person=BY_EMAIL | BY_PHONE)
    messages.send_message(case.id, "Hello", at=MONDAY, by_id=officer)
    deliver(refused_for_now, tell_time=lambda: MONDAY)
    correcting.stop_emailing(case.id, at=MONDAY + timedelta(seconds=20), by_id=officer)
    assert letter_of(case).way is LetterWay.BY_HAND
    assert deliver(lambda email: pytest.fail("posted"), tell_time=lambda: MONDAY + timedelta(hours=1)) == (0, 0)


@pytest.mark.parametrize("is_taken", [True, False])
def test_a_letter_that_is_just_being_posted_goes_or_is_tried_no_more_when_emailing_is_stopped(officer, is_taken):
    case = a_case(person=BY_EMAIL | BY_PHONE)
    messages.send_message(case.id, "Hello", at=MONDAY, by_id=officer)

    def stop_meanwhile(email):
        recipient = email.recipient
        db.session.rollback()
        correcting.stop_emailing(case.id, at=MONDAY, by_id=officer)
        if not is_taken:
            raise smtplib.SMTPRecipientsRefused({recipient: (451, b"try again later")})

    deliver(stop_meanwhile, tell_time=lambda: MONDAY)
    follow_mail(at=MONDAY)
    letter = letter_of(case)
    assert (letter.left_how, letter.way) == (
        (LetterHow.EMAILED, LetterWay.EMAIL) if is_taken else (LetterHow.NOT_YET, LetterWay.BY_HAND)
    )
    assert deliver(lambda email: pytest.fail("posted"), tell_time=lambda: MONDAY + timedelta(hours=1)) == (0, 0)


@pytest.mark.parametrize("change", [{"email": "right@example.org"}, {"safe_to_write": "no"}])
def test_a_letter_to_an_address_that_was_wrong_or_is_not_safe_does_not_go(officer, change):
    case = a_case(person=BY_EMAIL | BY_PHONE)
    messages.send_message(case.id, "Hello", at=MONDAY, by_id=officer)
    correcting.correct_case(case.id, right(case, **change), at=MONDAY, by_id=officer)
    assert deliver(lambda email: pytest.fail("posted"), tell_time=lambda: MONDAY) == (0, 0)
    assert letter_of(case).waits_for_someone


@pytest.mark.parametrize(
    ("reason", "person", "told"),
    [
        (ClosingReason.WITHDRAWN, {"is_adult": True, "name": "Pat"}, "you want to take your complaint back"),
        (ClosingReason.RESOLVED_LOCALLY, {"is_adult": True, "name": "Pat"}, "what you complained about is settled"),
        (ClosingReason.WITHDRAWN, {}, "You told us that you want to stop."),
    ],
)
def test_a_closing_always_says_why_and_how_to_go_on(officer, reason, person, told):
    case = in_stage_1(officer, person=person)
    close_case(case.id, reason, **their_word(), at=MONDAY, by_id=officer)
    letter = letter_of(case).words
    assert (told in letter, "0300 061 0614" in letter, "Is that not right" in letter) == (True, True, True)


def test_the_email_that_tells_a_child_of_an_answer_is_followed_too(officer):
    person = {"email": "kid@example.org", "safe_to_write": "yes"}
    case = a_case(person=person, drawn=draw_secret_words())
    messages.send_message(case.id, "Hello", at=MONDAY, by_id=officer)
    post_mail(refuses=True)
    assert (letter_of(case).left_how, again(case).next_action) == (LetterHow.SHOWN, NextAction.MEND_ADDRESS)


def test_a_part_is_not_passed_on_twice_while_the_first_letter_waits(officer):
    case = a_case(person=BY_PHONE)
    checked(case, officer)
    decided(case, officer, route=Route.ANOTHER_BODY)
    triage.sign_part(case.id, 1, at=MONDAY, by_id=a_person(Role.CUSTOMER_RELATIONS_LEAD, "Lee").id)
    telling.tell_decision(case.id, council=DEMO_COUNCIL, at=MONDAY, by_id=officer)
    given = {"to_whom": "The school", "council": DEMO_COUNCIL, "at": MONDAY, "by_id": officer}
    strands.pass_on(case.id, 1, **given)
    with pytest.raises(NotComplete, match="has not gone yet"):
        strands.pass_on(case.id, 1, **given)
