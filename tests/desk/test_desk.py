"""The desk: the queue, who sees what, and two people on one case."""

import re

import pytest

from portal.audit.queries import entries_about
from portal.cases.models import Case
from portal.closing.services import closing
from portal.correspondence.services.messages import receive_reply
from portal.database import db
from portal.people.queries import people_with
from portal.people.roles import Role
from portal.procedure.grounds import Matter
from portal.procedure.routes import Route
from portal.procedure.stages import ClosingReason
from portal.stage_1.services import stage_1
from portal.triage.services import triage
from portal.triage.services.triage import hand_to
from tests.factories.cases import MONDAY, a_case, checked, decided, in_stage_1, ready_to_answer, their_word
from tests.factories.people import a_person
from tests.factories.web import errors_on, fill_in, form_on, open_with_reason, page_of, queries_of

A_BADGE = triage.PartFacts(words="badge", matter=Matter.OTHER_COUNCIL_SERVICE)


@pytest.fixture
def officer(staff):
    return staff(name="Rowan")


def made(app, make, **more):
    with app.app_context():
        case = make(**more)
        db.session.commit()
        return case.id, case.reference


def references_in(page):
    return [part.split('"')[0] for part in page.split('href="/staff/cases/')[1:]]


def test_what_should_be_read_first_is_first_and_then_what_is_due_first(app, officer):
    late = made(app, a_case, at=MONDAY)[1]
    later = made(app, a_case, at=MONDAY.replace(month=7))[1]
    first = made(app, a_case, at=MONDAY.replace(month=8), read_first=("chose_not_safe",))[1]
    assert references_in(page_of(officer.get("/staff/queue"))) == [first, late, later]


def test_filters_are_addresses(app, officer):
    case_id, mine = made(app, a_case)
    _, nobodys = made(app, a_case)
    with app.app_context():
        rowan = people_with(Role.CUSTOMER_RELATIONS)[0].id
        checked(db.session.get(Case, case_id), rowan)
    assert references_in(page_of(officer.get("/staff/queue?with=me"))) == [mine]
    assert references_in(page_of(officer.get("/staff/queue?with=nobody"))) == [nobodys]
    assert references_in(page_of(officer.get("/staff/queue?show=to_decide"))) == [mine]
    assert references_in(page_of(officer.get("/staff/queue?due=week&show=closed"))) == []


@pytest.mark.parametrize(
    "query",
    ["show=nonsense", "page=-1", "page=x", "page=99999999999999", "due=x&with=x", "find=%ff", "find=" + "a" * 5000],
)
def test_an_address_that_was_typed_wrong_still_shows_a_queue(officer, query):
    assert officer.get(f"/staff/queue?{query}").status_code == 200


def test_a_case_is_found_by_reference_name_and_words_in_any_case_and_accent(app, officer):
    _, reference = made(app, a_case, words="The minibus never came", person={"is_adult": True, "name": "Renée Quill"})
    made(app, a_case)
    for find in (reference, reference.lower(), "renee", "QUILL minibus", "never came"):
        assert references_in(page_of(officer.get(f"/staff/queue?find={find}"))) == [reference], find
    assert "Nothing was found" in page_of(officer.get("/staff/queue?find=renee+giraffe"))


def test_a_search_is_in_the_audit_without_its_words(app, officer):
    officer.get("/staff/queue?find=renee")
    with app.app_context():
        assert [entry.facts for entry in entries_about("cases")] == [{"found": 0}]


def test_reading_a_case_is_in_the_audit(app, officer):
    case_id, reference = made(app, a_case)
    officer.get(f"/staff/cases/{reference}")
    officer.get(f"/staff/cases/{reference}/parts/1")
    officer.post(f"/staff/cases/{reference}/handler", data={})
    with app.app_context():
        events = [entry.event for entry in entries_about(f"case/{case_id}")]
        assert events.count("case_read") == 3


def test_a_manager_sees_only_what_was_given_to_them_and_cannot_tell_what_else_there_is(app, staff):
    manager = staff(Role.SENIOR_MANAGER, "Morgan")
    with app.app_context():
        by_id = a_person(Role.CUSTOMER_RELATIONS).id
        given, other = in_stage_1(by_id), in_stage_1(by_id)
        morgan = people_with(Role.SENIOR_MANAGER)[0].id
        stage_1.choose_senior_manager(given.id, morgan, at=MONDAY, by_id=by_id)
        given, other = given.reference, other.reference
    assert references_in(page_of(manager.get("/staff/queue"))) == [given]
    assert references_in(page_of(manager.get("/staff/queue?find=support"))) == [given]
    assert manager.get(f"/staff/cases/{given}").status_code == 200
    shown = [manager.get(f"/staff/cases/{reference}") for reference in (other, "YS999999")]
    hidden, missing = [(one.status_code, re.sub(r'value="[^"]+"', "", page_of(one))) for one in shown]  # but for its tokens
    assert hidden == missing
    assert hidden[0] == 404


def test_a_reply_to_a_closed_case_comes_back_to_the_top_of_the_queue(app, officer):
    with app.app_context():
        by_id = people_with(Role.CUSTOMER_RELATIONS)[0].id
        case = a_case()
        checked(case, by_id)
        closing.close_case(case.id, ClosingReason.WITHDRAWN, **their_word(), at=MONDAY, by_id=by_id)
        receive_reply(case.id, "please help me", once_key="k", at=MONDAY)
        reference = case.reference
    page = page_of(officer.get("/staff/queue"))
    assert references_in(page) == [reference]
    assert "Read what they wrote back" in page
    address = f"/staff/cases/{reference}"
    fill_in(officer, address, f"{address}/reply-read")
    assert references_in(page_of(officer.get("/staff/queue"))) == []


def test_the_whole_letter_can_be_read_before_it_goes(app, officer):
    with app.app_context():
        by_id = people_with(Role.CUSTOMER_RELATIONS)[0].id
        senior, manager = a_person(Role.SENIOR_MANAGER, "Morgan").id, a_person(Role.TEAM_MANAGER, "Sam").id
        case = ready_to_answer(by_id, senior, manager)
        stage_1.write_answer(case.id, "It starts again on Friday.", at=MONDAY, by_id=manager)
        stage_1.check_answer_text(case.id, good=True, at=MONDAY, by_id=by_id)
        case_id, address = case.id, f"/staff/cases/{case.reference}/send"
    page = page_of(fill_in(officer, address, finding_1="upheld", show="yes"))
    assert "We are sorry for what went wrong." in page
    assert "stage 2" in page
    assert page_of(fill_in(officer, address, show="yes")).count("Choose a finding on part 1") == 2
    with app.app_context():
        assert db.session.get(Case, case_id).status == "stage_1"


def test_an_outdated_letter_is_never_sent_by_pressing_again(app, officer):
    with app.app_context():
        by_id = people_with(Role.CUSTOMER_RELATIONS)[0].id
        case = a_case()
        checked(case, by_id)
        decided(case, by_id)
        case_id, address = case.id, f"/staff/cases/{case.reference}"
    fields = form_on(page_of(officer.get(f"{address}/tell")), f"{address}/tell")
    with app.app_context():
        decided(db.session.get(Case, case_id), 1, said=A_BADGE, route=Route.CORPORATE)
    page = page_of(officer.post(f"{address}/tell", data=fields))
    assert "What you had written" in page
    assert "own complaints procedure" in form_on(page, f"{address}/tell")["letter"][0]


def test_the_send_page_of_a_case_that_is_not_in_stage_1_says_so(app, officer):
    with app.app_context():
        case = a_case()
        checked(case, 1)
        decided(case, 1)
        address = f"/staff/cases/{case.reference}/send"
    assert "Stage 1 is not running" in page_of(fill_in(officer, address, finding_1="upheld"))


def test_two_people_deciding_at_once_are_told_and_lose_nothing(app, staff):
    case_id, reference = made(app, a_case)
    with app.app_context():
        checked(db.session.get(Case, case_id), a_person(Role.CUSTOMER_RELATIONS).id)
    one, other = staff(name="Rowan"), staff(name="Alex")
    for client in (one, other):
        open_with_reason(client, reference)
    address = f"/staff/cases/{reference}/parts/1"
    fields = form_on(page_of(one.get(address)), address) | {"matter": ["leaving_care"], "words": ["typed by Rowan"]}
    fill_in(other, address, matter="adoption_support", words="typed by Alex")
    answer = one.post(address, data=fields)
    assert "Someone else changed this case" in errors_on(page_of(answer))
    assert "typed by Rowan" in page_of(answer)
    again = form_on(page_of(answer), address)
    assert one.post(address, data=again).status_code == 302
    with app.app_context():
        assert db.session.get(Case, case_id).parts[0].words == "typed by Rowan"


def test_a_refused_action_shows_why_on_the_case_with_what_was_typed(app, officer):
    _, reference = made(app, a_case)
    answer = fill_in(officer, f"/staff/cases/{reference}", f"/staff/cases/{reference}/safeguarding", at_risk="yes")
    assert answer.status_code == 422
    assert "Say who you handed this to" in errors_on(page_of(answer))


def test_an_action_pressed_twice_is_done_once(app, officer):
    with app.app_context():
        by_id = people_with(Role.CUSTOMER_RELATIONS)[0].id
        case = in_stage_1(by_id)
        case_id, address = case.id, f"/staff/cases/{case.reference}"
    fields = form_on(page_of(officer.get(address)), address, f"{address}/acknowledge")
    codes = [officer.post(f"{address}/acknowledge", data=fields).status_code for _ in range(2)]
    assert codes == [302, 422]
    with app.app_context():
        events = [entry.event for entry in entries_about(f"case/{case_id}")]
        assert events.count("case_acknowledged") == 1


@pytest.mark.parametrize("part", ["0", "99", "99999999999999999999"])
def test_a_part_that_is_not_there_is_a_clear_page(app, officer, part):
    _, reference = made(app, a_case)
    assert officer.get(f"/staff/cases/{reference}/parts/{part}").status_code == 404


@pytest.mark.parametrize(("cases", "most"), [(1, 12), (40, 12)])
def test_the_queue_asks_the_database_as_little_for_many_cases_as_for_one(app, officer, cases, most):
    for _ in range(cases):
        made(app, a_case)
    assert queries_of(app, officer, "/staff/queue") <= most


def test_a_case_page_stays_within_its_queries(app, officer):
    with app.app_context():
        case = in_stage_1(people_with(Role.CUSTOMER_RELATIONS)[0].id)
        hand_to(case.id, None, at=MONDAY, by_id=1)
        reference = case.reference
    assert queries_of(app, officer, f"/staff/cases/{reference}") <= 34


def test_pages_of_the_queue_follow_each_other_without_gap(app, officer):
    for _ in range(30):
        made(app, a_case)
    pages = [references_in(page_of(officer.get(f"/staff/queue?page={number}"))) for number in (1, 2)]
    assert [len(page) for page in pages] == [25, 5]
    assert len(set(pages[0] + pages[1])) == 30
