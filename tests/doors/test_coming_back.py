"""C14: a picture timeline, the conversation, whether it got sorted, and what someone wants now."""

import sys
from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.cases.models import Case, FollowUpKind, NextAction, Promised
from portal.cases.promises import Said
from portal.cases.queries import case_by_reference
from portal.cases.services.stock_of_words import draw_secret_words
from portal.clock import now, today
from portal.coming_back.services.coming_back import renew_secret_words
from portal.config import DEMO_COUNCIL
from portal.correspondence.services.messages import send_message
from portal.correspondence.services.promising import promise
from portal.database import db
from portal.duty.services import climb
from portal.outbox.models import OutgoingEmail
from portal.people.roles import Role
from portal.procedure.eligibility import Complainant
from portal.procedure.stages import Status
from portal.triage.services import linking, triage
from tests.factories.cases import A_PART, a_case, checked
from tests.factories.people import a_person
from tests.factories.stages import answered
from tests.factories.web import errors_on, fill_in, form_on, open_with_reason, page_of

CHILD = {"person": {}, "who": Complainant.CHILD_OR_YOUNG_PERSON}


@pytest.fixture
def come_back(app, client):
    """A child's case that was answered; the child has come back to it."""
    with app.app_context():
        drawn = draw_secret_words()
        roles = {"officer": Role.CUSTOMER_RELATIONS, "senior": Role.SENIOR_MANAGER, "manager": Role.TEAM_MANAGER}
        people = {name: a_person(role).id for name, role in roles.items()}
        answered(people, received=now(), on=now().date(), drawn=drawn, **CHILD)
    fill_in(client, "/y/back", words=drawn.words)
    return client


def the_case():
    db.session.expire_all()
    return db.session.scalars(select(Case)).one()


def test_the_path_shows_each_step_with_its_day(come_back):
    page = page_of(come_back.get("/y/answer"))
    path = page.split('<ol class="path">')[1].split("</ol>")[0]
    assert path.count('class="done"') == 4
    for words in ("We got it", "We read it", "We look into it", "We have an answer"):
        assert words in path


def test_a_case_that_nobody_has_read_says_what_comes_next(app, client):
    with app.app_context():
        drawn = draw_secret_words()
        case = a_case(drawn=drawn, at=now(), **CHILD)
        days = [Said(Promised.READ, today()), Said(Promised.ANSWER, today() + timedelta(days=14), number=1)]
        promise(case, days, "receipt", at=now())
        db.session.commit()
    fill_in(client, "/y/back", words=drawn.words)
    page = page_of(client.get("/y/answer"))
    assert 'class="now"' in page
    assert "we will read it" in page
    assert "We read it" not in page
    assert "we will answer you." in page
    assert "Did anyone treat you badly" not in page


def test_sorted_is_one_tap_and_is_thanked(app, come_back):
    assert fill_in(come_back, "/y/answer", "/y/answer/sorted", sorted="yes").location == "/y/answer?got=sorted"
    assert "Thank you for telling us." in page_of(come_back.get("/y/answer?got=sorted"))
    with app.app_context():
        assert [one.kind for one in the_case().follow_ups] == [FollowUpKind.SORTED]
    assert "Did it get sorted?" not in page_of(come_back.get("/y/answer"))


def test_not_sorted_lets_them_choose_someone_new(app, come_back):
    assert fill_in(come_back, "/y/answer", "/y/answer/sorted", sorted="no").location == "/y/answer/not-sorted"
    fill_in(come_back, "/y/answer/not-sorted", then="someone_new", words="the bus still does not come")
    with app.app_context():
        case = the_case()
        assert case.status is Status.STAGE_2
        assert case.messages[-2].words == "the bus still does not come"
    assert "Someone new looks into it" in page_of(come_back.get("/y/answer"))


def test_a_yes_to_treated_badly_is_a_task_before_anything_more_is_typed(app, come_back):
    answer = fill_in(come_back, "/y/answer", "/y/answer/treated", badly="yes")
    assert answer.location == "/y/answer/badly"
    with app.app_context():
        assert the_case().next_action is NextAction.KEEP_SAFE
        climb(DEMO_COUNCIL.duty, at=now())
        told = [one for one in db.session.scalars(select(OutgoingEmail)) if one.recipient == DEMO_COUNCIL.duty_email]
        assert len(told) == 1
        assert "badly" not in told[0].body
    page = page_of(come_back.get("/y/answer/badly"))
    assert "999" in page
    assert "You have done nothing wrong" in page


def test_what_they_did_is_kept_as_their_own_words(app, come_back):
    fill_in(come_back, "/y/answer", "/y/answer/treated", badly="yes")
    fill_in(come_back, "/y/answer/badly", words="she took my phone")
    with app.app_context():
        case = the_case()
        assert case.messages[-1].words == "she took my phone"
        assert len(case.follow_ups) == 1


@pytest.mark.parametrize("wish", ["take_back", "delete"])
def test_a_wish_is_a_task_and_nothing_happens_by_itself(app, come_back, wish):
    fill_in(come_back, "/y/answer/wish", wish=wish)
    with app.app_context():
        case = the_case()
        assert case.next_action is NextAction.ANSWER_WISH
        assert case.told
        assert case.status is Status.ANSWERED


def test_what_an_advocate_may_know_is_their_choice_and_can_be_taken_back(app, come_back):
    fill_in(come_back, "/y/answer/side", may_know="all")
    with app.app_context():
        assert the_case().next_action is NextAction.FIND_ADVOCATE
    fill_in(come_back, "/y/answer/side", may_know="nothing")
    with app.app_context():
        assert the_case().person["advocate_may_know"] == "nothing"


@pytest.mark.parametrize("address", ["sorted", "treated"])
def test_a_button_without_an_answer_says_what_to_do(come_back, address):
    assert errors_on(page_of(fill_in(come_back, "/y/answer", f"/y/answer/{address}"))) == "Pick one"


@pytest.mark.parametrize("address", ["not-sorted", "badly", "wish", "side"])
def test_every_page_needs_the_words_first(client, address):
    assert client.get(f"/y/answer/{address}").location == "/y/back"


def test_an_advocate_can_be_asked_for_before_anything_is_said(app, client):
    fill_in(client, "/y/")
    fill_in(client, "/y/2", kind="help")
    fill_in(client, "/y/ask-side", how_to_find="at school, Ms Oak's room", safe="yes")
    page = page_of(fill_in(client, "/y/6", follow=True))
    assert "These are your secret words" in page
    assert "This is called a complaint" not in page
    with app.app_context():
        case = the_case()
        assert case.kind == "enquiry"
        assert [one.kind for one in case.follow_ups] == [FollowUpKind.WANTS_SIDE]
        assert case.person["advocate_may_know"] == "name"


def test_staff_say_what_was_done_and_give_new_words(app, come_back, staff):
    fill_in(come_back, "/y/answer", "/y/answer/treated", badly="yes")
    officer = staff()
    with app.app_context():
        reference = the_case().reference
    page = f"/staff/cases/{reference}"
    open_with_reason(officer, reference)
    fill_in(officer, page, f"{page}/came-back", words="I went to see them")
    assert "Done: I went to see them" in page_of(officer.get(page))
    shown = page_of(fill_in(officer, f"{page}/new-secret-words", known_by="I know them"))
    words = shown.split('class="secret-words" translate="no">')[1].split("<")[0]
    assert len(words.split(" - ")) == 4
    assert words not in page_of(officer.get(page))


def test_a_recording_gets_a_transcript_by_which_the_case_is_found(app, staff):
    from portal.files.queries import files_of
    from portal.files.services import add_file
    from tests.factories.files import a_recording

    officer = staff()
    with app.app_context():
        case = a_case()
        checked(case, a_person(Role.CUSTOMER_RELATIONS).id)
        add_file(case.id, "voice.m4a", a_recording(), scanner="", at=now(), by_id=None)
        reference, key, other = case.reference, files_of(case.id)[0].public_id, a_case().reference
    page = f"/staff/cases/{reference}"
    open_with_reason(officer, reference)
    fill_in(officer, page, f"{page}/files/{key}/transcript", words="zebra crossing by my school")
    assert "zebra crossing by my school" in page_of(officer.get(page))
    found = page_of(officer.get("/staff/queue?find=zebra"))
    assert (reference in found, other in found) == (True, False)


def test_new_secret_words_end_what_was_opened_with_the_old_ones(app, come_back):
    assert come_back.get("/y/answer").status_code == 200
    with app.app_context():
        found = the_case()
        renew_secret_words(found.id, draw_secret_words(), "met them", at=now(), by_id=1)
    assert come_back.get("/y/answer").location == "/y/back"
    fields = form_on(page_of(come_back.get("/y/back")), "/y/back")
    come_back.post("/y/answer", data=fields | {"words": ["forged"]})
    with app.app_context():
        assert "forged" not in [message.words for message in the_case().messages]


def test_a_copy_of_the_cookie_reads_nothing_after_the_browser_left(app, come_back):
    come_back.get("/y/answer")
    copied = come_back.get_cookie("session").value
    come_back.get("/leave")
    thief = app.test_client()
    thief.set_cookie("session", copied)
    assert thief.get("/y/answer").location == "/y/back"


def test_a_cookie_from_before_an_upgrade_asks_for_the_words_again(app, client):
    with app.app_context():
        case_id = a_case(person={}, at=now()).id
    with client.session_transaction() as kept:
        kept["reading"] = [case_id, int(now().timestamp())]
    assert client.get("/y/answer").location == "/y/back"


@pytest.mark.parametrize(("minutes", "status"), [(19, 200), (20, 302)])
def test_what_was_opened_with_secret_words_stays_open_for_twenty_minutes(come_back, monkeypatch, minutes, status):
    later = now() + timedelta(minutes=minutes)
    monkeypatch.setattr(sys.modules["portal.doors.own_page.routes"], "now", lambda: later)
    assert come_back.get("/y/answer").status_code == status


def test_the_same_words_lead_to_what_came_of_it_too(app, client, staff):
    with app.app_context():
        drawn, officer = draw_secret_words(), a_person(Role.CUSTOMER_RELATIONS).id
        case = a_case(drawn=drawn, at=now(), **CHILD)
        checked(case, officer, at=now())
        triage.describe_part(case.id, None, A_PART, at=now(), by_id=officer)
        new = case_by_reference(linking.split_case(case.id, [2], at=now(), by_id=officer))
        send_message(new.id, "Your bus starts again.", at=now(), by_id=officer)
        assert new.messages[-1].way == "page"
        first, number, reference = case.id, new.id, new.reference
    ash = staff(name="Ash")
    open_with_reason(ash, reference)
    assert "when they come back with their secret words" in page_of(ash.get(f"/staff/cases/{reference}"))
    fill_in(client, "/y/back", words=drawn.words)
    assert "Your bus starts again." in page_of(client.get("/y/answer"))
    fill_in(client, "/y/answer", "/y/answer", words="thank you")
    fill_in(client, "/y/answer/side", may_know="name")
    with app.app_context():
        assert db.session.get_one(Case, number).messages[-1].words == "thank you"
        assert db.session.get_one(Case, number).person["advocate_may_know"] == "name"
        db.session.get_one(Case, first).person = {"advocate": "yes", "advocate_may_know": "all"}
        db.session.commit()
    fill_in(client, "/y/answer/side", may_know="nothing")
    with app.app_context():
        assert {one.person["advocate_may_know"] for one in db.session.scalars(select(Case))} == {"nothing"}
