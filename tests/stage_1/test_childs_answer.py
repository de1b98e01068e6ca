"""The answer that a child gets: three parts, measured while they are written, checked twice when translated."""

import pytest
import textstat

from portal.cases.errors import NotComplete
from portal.cases.models import Case
from portal.cases.services.stock_of_words import draw_secret_words
from portal.clock import now
from portal.config import DEMO_COUNCIL
from portal.correspondence.reading_ease import ease_of
from portal.database import db
from portal.people.roles import Role
from portal.procedure.eligibility import Complainant
from portal.procedure.findings import Finding
from portal.stage_1.services import stage_1
from tests.factories.cases import MONDAY, ready_to_answer
from tests.factories.people import a_person
from tests.factories.web import errors_on, fill_in, page_of
from tests.house_rules.test_reading import sentences_of

BOXES = {"told": "The bus did not come.", "found": "You were right.\n\n\n\nWe forgot it.", "will_do": "It comes on Friday."}
CHILD = {"person": {}, "who": Complainant.CHILD_OR_YOUNG_PERSON}


def people():
    roles = {"officer": Role.CUSTOMER_RELATIONS, "senior": Role.SENIOR_MANAGER, "manager": Role.TEAM_MANAGER}
    return {name: a_person(role).id for name, role in roles.items()}


def write(case, team, boxes=BOXES, at=MONDAY):
    stage_1.write_answer(case.id, stage_1.text_of(boxes), boxes=boxes, at=at, by_id=team["manager"])


def test_easy_words_are_easy_and_hard_words_are_named():
    assert ease_of("We read what you said. You were right. We are sorry.").is_easy
    hard = ease_of("The representation concerning your accommodation has been escalated to the independent reviewing team.")
    assert not hard.is_easy
    assert hard.grade > 10
    assert "accommodation" in hard.hard_words
    assert hard.words_in_longest == 13


@pytest.mark.parametrize("address", ["/y/1", "/y/5", "/help"])
def test_the_grade_is_the_one_that_our_own_screens_are_held_to(client, address):
    text = ". ".join(sentences_of(page_of(client.get(address)))) + "."
    assert abs(ease_of(text).grade - textstat.flesch_kincaid_grade(text)) < 0.7


@pytest.mark.parametrize("text", ["", " \n ", "1234 !!", "😀"])
def test_nothing_is_measured_of_nothing(text):
    assert ease_of(text) is None


@pytest.mark.parametrize("text", ["zzxqv " * 9000, "العربية", "a" * 30_000, "Ho ho. " * 4000])
def test_any_text_can_be_measured(text):
    assert ease_of(text) is not None


def test_the_letter_and_the_page_hold_the_same_parts(in_app):
    team = people()
    case = ready_to_answer(team["officer"], team["senior"], team["manager"], **CHILD)
    write(case, team)
    stage_1.check_answer_text(case.id, good=True, at=MONDAY, by_id=team["officer"])
    stage_1.send_answer(case.id, {1: Finding.UPHELD}, council=DEMO_COUNCIL, at=MONDAY, by_id=team["officer"])
    message = db.session.get_one(Case, case.id).messages[-1]
    assert message.words.startswith("What you told us\n\nThe bus did not come.")
    assert message.boxes["found"] == BOXES["found"]
    assert message.boxes["after"].startswith("You were right. We are sorry.")
    assert "The bus" not in message.boxes["after"]


def test_a_translation_goes_only_after_a_speaker_checked_it(in_app):
    team = people()
    case = ready_to_answer(team["officer"], team["senior"], team["manager"], **CHILD)
    write(case, team, BOXES | {"in_language": "Autobus nie przyjechał."})
    with pytest.raises(NotComplete, match="speaks the language"):
        stage_1.check_answer_text(case.id, good=True, at=MONDAY, by_id=team["officer"])
    write(
        case, team, BOXES | {"in_language": "Autobus nie przyjechał.", "language_checked_by": "the school's Polish teacher"}
    )
    stage_1.check_answer_text(case.id, good=True, at=MONDAY, by_id=team["officer"])


@pytest.fixture
def writing(app, staff):
    """A team manager who writes to a child; the child's secret words."""
    manager = staff(Role.TEAM_MANAGER)
    with app.app_context():
        team, drawn = people(), draw_secret_words()
        from portal.people.queries import people_with

        mine = next(person.id for person in people_with(Role.TEAM_MANAGER) if person.name == "Rowan")
        child = {"person": {"language": "Polish", "answer_forms": ["easy_words"]}, "who": Complainant.CHILD_OR_YOUNG_PERSON}
        case = ready_to_answer(team["officer"], team["senior"], mine, at=now(), drawn=drawn, **child)
        return manager, case.reference, drawn.words, team, case.id


def test_a_manager_writes_in_three_parts_and_sees_the_measure_first(app, writing):
    manager, reference, _, _, case_id = writing
    page = f"/staff/cases/{reference}/answer"
    shown = page_of(fill_in(manager, page, **BOXES, show="yes"))
    assert "Easy to read." in shown
    assert "Polish" in shown
    assert "It comes on Friday." in shown
    with app.app_context():
        assert db.session.get_one(Case, case_id).stage(1).draft == ""
    fill_in(manager, page, **BOXES)
    with app.app_context():
        assert db.session.get_one(Case, case_id).stage(1).draft_boxes == BOXES | {"found": BOXES["found"]}


def test_a_part_that_is_missing_is_named(writing):
    manager, reference, *_ = writing
    page = page_of(fill_in(manager, f"/staff/cases/{reference}/answer", told="x", found="y"))
    assert errors_on(page) == "Say what we will do"


def test_the_measure_while_typing_keeps_nothing_and_shows_nothing_raw(writing):
    manager, reference, *_ = writing
    token = page_of(manager.get(f"/staff/cases/{reference}/answer")).split('name="csrf_token" type="hidden" value="')[1]
    said = "<script>alert(1)</script> " + "word " * 20
    answer = manager.post("/staff/reading-ease", data={"csrf_token": token.split('"')[0], "words": said})
    assert "Make it easier" in page_of(answer)
    assert "<script>" not in page_of(answer)


def test_the_child_sees_the_parts_with_pictures_and_their_language(app, client, writing):
    _, _, words, team, case_id = writing
    boxes = BOXES | {"in_language": "Autobus nie przyjechał.", "language_checked_by": "a teacher"}
    with app.app_context():
        stage_1.write_answer(case_id, stage_1.text_of(boxes), boxes=boxes, at=now(), by_id=team["manager"])
        stage_1.check_answer_text(case_id, good=True, at=now(), by_id=team["officer"])
        stage_1.send_answer(case_id, {1: Finding.UPHELD}, council=DEMO_COUNCIL, at=now(), by_id=team["officer"])
    fill_in(client, "/y/back", words=words)
    page = page_of(client.get("/y/answer"))
    parts = page.split('<div class="boxes')[1]
    assert parts.count("<h3><svg") == 3
    assert "Autobus nie przyjechał." in parts
    assert "a teacher" not in page
