"""The duty desk is told at once, again, and higher up, until a colleague says that they have it; never what it is."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from portal.cases.models import Case, FollowUpKind, NextAction
from portal.coming_back.services.coming_back import say_on_coming_back
from portal.config import DEMO_COUNCIL, DutyLadder
from portal.correspondence.services import messages
from portal.correspondence.services.messages import receive_reply
from portal.database import db, transaction
from portal.doors.child.forms.told import to_submission
from portal.duty.models import Alert
from portal.duty.queries import standing_alerts
from portal.duty.services import climb
from portal.intake.services.receive import receive
from portal.outbox.models import MailState, OutgoingEmail
from portal.people.roles import Role
from portal.triage.services import triage
from tests.factories.cases import MONDAY, a_case, checked
from tests.factories.people import a_person
from tests.factories.web import fill_in

DESK, MANAGER, HEAD = DEMO_COUNCIL.duty.rungs


def tell(client, words):
    fill_in(client, "/y/")
    fill_in(client, "/y/2", kind="wrong")
    fill_in(client, "/y/4", words=words)
    fill_in(client, "/y/6")


def something_worrying(words="he hits me", once="once"):
    receipt = receive(to_submission({"kind": "wrong", "words": words}, once), at=MONDAY)
    return db.session.get_one(Case, receipt.record_id)


def climb_at(minutes, ladder=DEMO_COUNCIL.duty):
    return climb(ladder, at=MONDAY + timedelta(minutes=minutes))


def everyone_told():
    return [email.recipient for email in db.session.scalars(select(OutgoingEmail).order_by(OutgoingEmail.id))]


def mail_is(**values):
    with transaction() as session:
        session.execute(update(OutgoingEmail).values(**values))


def test_the_desk_is_told_within_a_minute_and_without_content(app, client):
    tell(client, "purple bus. he hits me")
    with app.app_context():
        climb_at(1)
        [email] = db.session.scalars(select(OutgoingEmail))
        assert (email.recipient, "read at once" in email.subject) == (DESK, True)
        assert not any(word in email.subject + email.body for word in ("purple", "hits", "YS-"))


def test_an_ordinary_message_wakes_nobody(app, client):
    tell(client, "my bike is at the old house")
    with app.app_context():
        assert (climb_at(1), everyone_told()) == (0, [])


def test_until_somebody_has_it_the_alert_is_repeated_and_goes_up(in_app):
    something_worrying()
    for minutes in (0, 1, 29, 30, 31, 60, 90):
        climb_at(minutes)
    assert everyone_told() == [DESK, DESK, MANAGER, DESK, MANAGER, HEAD, DESK, MANAGER, HEAD]


def test_whoever_says_that_they_have_it_ends_it(in_app):
    case, officer = something_worrying(), a_person(Role.CUSTOMER_RELATIONS)
    climb_at(0)
    messages.have_it(case.id, at=MONDAY, by_id=officer.id)
    assert climb_at(600) == 0
    assert standing_alerts().alerts == 0


def test_the_safety_check_ends_it_too(in_app):
    case, officer = something_worrying(), a_person(Role.CUSTOMER_RELATIONS)
    triage.check_safeguarding(case.id, at_risk=True, handed_over_to="Jo of the duty team", at=MONDAY, by_id=officer.id)
    assert climb_at(600) == 0


def test_reading_a_case_is_not_having_it(app, staff):
    officer = staff()
    with app.app_context():
        reference = something_worrying().reference
    officer.get(f"/staff/cases/{reference}")
    with app.app_context():
        assert standing_alerts().alerts == 1


@pytest.mark.parametrize("state", [MailState.REFUSED, MailState.GIVEN_UP, MailState.CAME_BACK])
def test_an_address_that_the_mail_does_not_reach_costs_no_wait(in_app, state):
    something_worrying()
    climb_at(0)
    mail_is(state=state, ended_at=MONDAY)
    climb_at(1)
    assert everyone_told() == [DESK, DESK, MANAGER]
    assert standing_alerts().unheard == 1


def test_a_mail_server_that_is_away_is_no_answer_and_costs_no_wait(in_app):
    something_worrying()
    climb_at(0)
    mail_is(trouble="ConnectionRefusedError")
    climb_at(1)
    assert everyone_told() == [DESK, DESK, MANAGER]


def test_an_address_that_is_none_never_stops_the_next(in_app):
    something_worrying()
    ladder = DutyLadder(("no address", HEAD))
    assert climb_at(0, ladder) == 1
    climb_at(1, ladder)
    assert everyone_told() == [HEAD]


def test_friday_nights_second_message_is_an_alert_of_its_own_after_the_first_was_answered(in_app):
    case, officer = something_worrying(), a_person(Role.CUSTOMER_RELATIONS)
    climb_at(0)
    checked(case, officer.id)
    friday = MONDAY + timedelta(days=4, hours=13)
    receive_reply(case.id, "he found out. my step dad is coming to get me", once_key="b", at=friday)
    assert climb(DEMO_COUNCIL.duty, at=friday) == 1
    case = db.session.get_one(Case, case.id, populate_existing=True)
    assert (case.is_read_first, case.reads_first_why) == (True, "reply words")
    assert len(db.session.scalars(select(Alert)).all()) == 2


def test_more_that_comes_while_nobody_has_it_is_told_at_once(in_app):
    case = something_worrying()
    climb_at(0)
    receive_reply(case.id, "he hit me again", once_key="b", at=MONDAY + timedelta(minutes=5))
    assert climb_at(6) == 2
    assert everyone_told() == [DESK, DESK, MANAGER]


def test_an_ordinary_reply_wakes_nobody_and_is_read_that_day_whatever_the_stage(in_app):
    officer = a_person(Role.CUSTOMER_RELATIONS)
    case = a_case()
    checked(case, officer.id)
    receive_reply(case.id, "thank you for writing", once_key="b", at=MONDAY)
    case = db.session.get_one(Case, case.id, populate_existing=True)
    assert (climb_at(0), case.next_action, case.next_due_on) == (0, NextAction.READ_REPLY, MONDAY.date())


def test_treated_badly_is_told_before_anything_more_is_typed(in_app):
    case = a_case()
    say_on_coming_back(case.id, FollowUpKind.TREATED_BADLY, once_key="a", at=MONDAY)
    assert climb_at(0) == 1


def test_what_is_not_sorted_is_read_for_signs_of_harm(in_app):
    case = a_case()
    say_on_coming_back(case.id, FollowUpKind.NOT_SORTED, "i want to kill myself", once_key="a", at=MONDAY)
    assert climb_at(0) == 1


def test_a_case_stays_read_first_while_something_else_on_it_waits(in_app):
    case, officer = a_case(), a_person(Role.CUSTOMER_RELATIONS)
    say_on_coming_back(case.id, FollowUpKind.TREATED_BADLY, once_key="a", at=MONDAY)
    checked(case, officer.id)
    assert db.session.get_one(Case, case.id, populate_existing=True).is_read_first


def test_words_in_a_language_that_we_do_not_know_are_told_at_every_door(in_app):
    something_worrying("aabahay ayaa i garaaca habeen kasta")
    assert climb_at(0) == 1


def test_without_a_desk_nobody_is_told_and_the_alert_still_stands(in_app):
    something_worrying()
    assert climb(DutyLadder(), at=MONDAY) == 0
    assert standing_alerts().alerts == 1


def test_the_queue_the_case_and_healthz_say_that_nobody_was_reached(app, client, staff):
    tell(client, "he hits me")
    officer = staff()
    with app.app_context():
        climb_at(0)
        mail_is(state=MailState.REFUSED, ended_at=MONDAY)
        reference = db.session.scalars(select(Case.reference)).one()
    assert "could not be reached" in officer.get("/staff/queue").get_data(as_text=True)
    page = officer.get(f"/staff/cases/{reference}", follow_redirects=True).get_data(as_text=True)
    assert "the mail server refused the email" in page
    told = client.get("/healthz").get_json()
    assert (told["status"], "duty" in told["trouble"][0]) == ("trouble", True)
    address = f"/staff/cases/{reference}"
    fill_in(officer, address, f"{address}/have-it")
    assert client.get("/healthz").get_json() == {"status": "ok", "trouble": []}
    assert "has it" in officer.get(address).get_data(as_text=True)
