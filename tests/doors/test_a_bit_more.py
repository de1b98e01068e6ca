"""The six extra questions: each can be skipped, and what is said reaches staff under its right name."""

from sqlalchemy import select

from portal.cases.models import Case, CaseWall, LetterForm, WallReason
from portal.clock import now
from portal.database import db
from portal.doors.child.forms.more import QUESTIONS, next_question
from portal.doors.child.forms.told import to_submission
from portal.intake.services.first_signs import first_signs
from portal.intake.services.receive import receive
from portal.people.roles import Role
from tests.factories.people import a_person
from tests.factories.web import fill_in, page_of


def begin(client):
    fill_in(client, "/y/")
    fill_in(client, "/y/2", kind="wrong")
    fill_in(client, "/y/3", topics=["school"])
    fill_in(client, "/y/4", words="my bag")


def the_case(app):
    with app.app_context():
        return db.session.scalars(select(Case)).one()


def test_send_now_and_a_bit_more_stand_side_by_side(client):
    begin(client)
    page = page_of(client.get("/y/6"))
    assert "Send it now" in page
    assert 'href="/y/more/feel"' in page


def test_every_question_can_be_skipped_and_the_last_leads_to_the_check(client):
    begin(client)
    address, seen = "/y/more/feel", []
    while address.startswith("/y/more/"):
        seen.append(address)
        page = page_of(client.get(address))
        address = page.split('class="go" href="')[1].split('"')[0]
    assert address == "/y/6"
    assert [one.removeprefix("/y/more/") for one in seen] == [
        slug for slug in QUESTIONS if slug not in ("safe", "side-tell")
    ]


def test_what_follows_only_follows_from_an_answer():
    assert next_question("reply", {"reply_way": "text"}) == "safe"
    assert next_question("reply", {"reply_way": "words_only"}) == "form"
    assert next_question("side", {"advocate": "yes"}) == "side-tell"
    assert next_question("side", {"advocate": "no"}) is None


def test_all_answers_are_checked_on_one_page_and_reach_staff(app, client):
    begin(client)
    fill_in(client, "/y/more/feel", feelings=["sad", "mixed_up"])
    fill_in(client, "/y/more/whom", about_whom="Miss Bloggs")
    fill_in(client, "/y/more/want", wants=["say_sorry"], wants_words="and mean it")
    assert fill_in(client, "/y/more/reply", reply_way="text").location == "/y/more/safe"
    fill_in(client, "/y/more/safe", contact="07700 900123", safe="not_sure", best_time="after tea")
    fill_in(client, "/y/more/form", answer_forms=["easy_words", "voice"], own_language="Tigrinya", talk_to="Ms Oak")
    fill_in(client, "/y/more/name", name="Jay", age="11")
    assert fill_in(client, "/y/more/side", advocate="yes").location == "/y/more/side-tell"
    assert fill_in(client, "/y/more/side-tell", advocate_may_know="name").location == "/y/6"
    page = page_of(client.get("/y/6"))
    assert "Is this right?" in page
    for answer in ("Sad. Mixed up", "Miss Bloggs", "Say sorry", "and mean it", "07700 900123", "I am not sure", "Jay"):
        assert answer in page
    fill_in(client, "/y/6")
    case = the_case(app)
    assert ["How do you feel about it?", "Sad. Mixed up"] in case.told
    assert "07700 900123" not in str(case.told)
    assert case.person == {
        "name": "Jay",
        "age": "11",
        "answer_forms": ["easy_words", "voice"],
        "talk_to": "Ms Oak",
        "best_time": "after tea",
        "language": "Tigrinya",
        "reply_way": "text",
        "phone": "07700 900123",
        "safe_to_write": "no",
        "advocate": "yes",
        "advocate_may_know": "name",
    }
    assert case.letter_form is LetterForm.EASY_WORDS


def test_a_change_on_the_last_page_leads_back_to_it(client):
    begin(client)
    fill_in(client, "/y/more/side", advocate="no")
    assert fill_in(client, "/y/more/feel", feelings=["ok"]).location == "/y/6"
    assert fill_in(client, "/y/more/reply", reply_way="email").location == "/y/more/safe"


def test_who_it_is_about_is_shut_out_before_anyone_reads_it(in_app):
    about = a_person(Role.ANY_STAFF, "Rowan Bloggs")
    answers = {"kind": "wrong", "words": "unfair", "about_whom": "my worker Rowan Bloggs"}
    receive(to_submission(answers, "once"), at=now())
    wall = db.session.scalars(select(CaseWall)).one()
    assert (wall.person_id, wall.reason) == (about.id, WallReason.COMPLAINED_ABOUT)


def test_scared_about_home_is_read_first_and_scared_of_exams_is_not():
    home = {"kind": "wrong", "topics": ["home"], "feelings": ["scared"]}
    assert first_signs(to_submission(home, "once")) == ("scared_at_home",)
    assert first_signs(to_submission(home | {"topics": ["school"]}, "once")) == ()


def test_nobody_is_asked_what_the_team_does_not_need():
    asked = " ".join(getattr(one.form, name).args[0] for one in QUESTIONS.values() for name in one.fields)
    assert not any(word in asked.lower() for word in ("surname", "birth", "address", "gender", "ethnic"))


def test_one_no_is_a_no_for_every_way_to_reach_them():
    def safe(**answers):
        asked = {"words": "x", "reply_way": "email", "contact": "jay@example.org"} | answers
        return to_submission(asked, "once").representation.person.contact.safe_to_write

    assert safe(safe="yes", reach_is_safe="yes") == "yes"
    assert safe(safe="no", reach_is_safe="yes") == "no"
    assert safe(safe="yes", reach_is_safe="not_sure") == "no"


def test_thanks_that_ask_for_an_advocate_open_a_case():
    assert to_submission({"kind": "good", "words": "x", "advocate": "yes"}, "once").kind == "comment"
