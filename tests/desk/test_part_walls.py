"""Whoever is appointed to all parts but one sees nothing of that one: not at any address, and not by a search."""

from datetime import date

import pytest

from portal.cases.errors import NotComplete
from portal.cases.models import CaseAccess
from portal.cases.opened import ON_A_STAGE
from portal.cases.queries import QueueFilter, queue
from portal.cases.services import part_walls
from portal.cases.services.locked_case import locked_case
from portal.cases.visibility import Viewer
from portal.config import DEMO_COUNCIL
from portal.database import db
from portal.independent_people.services import Listing, list_person
from portal.later_stages.services import appointments, later_stages, statement
from portal.people.models import Person
from portal.people.queries import people_with
from portal.people.roles import Role
from portal.procedure.errors import MoveNotAllowed
from portal.procedure.findings import Finding
from portal.procedure.independence import Seat
from portal.stage_1.services import stage_1
from portal.triage.services import linking, telling, triage
from tests.factories.cases import A_PART, MONDAY, a_case, checked, decided
from tests.factories.people import a_person
from tests.factories.stages import CLEAR, at, on_day, who
from tests.factories.web import fill_in, page_of

VISITS, SECRET = "The visits stopped in May", "My neighbour Zebedee told them where I live"
COUNCIL = {"council": DEMO_COUNCIL}
DAY = date(2026, 6, 1)


def part(words):
    return triage.PartFacts(words=words, matter=A_PART.matter, still_going_on=True)


def in_stage_2(team, investigator):
    """A case of two parts at stage 2, with an investigator who is appointed to it and does not see the second."""
    case = a_case(words=f"{VISITS}. {SECRET}", at=MONDAY)
    checked(case, team["officer"])
    decided(case, team["officer"], said=part(VISITS))
    triage.describe_part(case.id, None, part(SECRET), at=MONDAY, by_id=team["officer"])
    decided(case, team["officer"], 2, said=part(SECRET))
    telling.tell_decision(case.id, **COUNCIL, at=MONDAY, by_id=team["officer"])
    stage_1.acknowledge(case.id, **COUNCIL, at=MONDAY, by_id=team["officer"])
    stage_1.choose_senior_manager(case.id, team["senior"], at=MONDAY, by_id=team["officer"])
    stage_1.appoint_team_manager(case.id, team["manager"], at=MONDAY, by_id=team["senior"])
    answered = on_day(DAY, 5)
    stage_1.write_answer(case.id, f"About {SECRET}: we are sorry.", **who(team["manager"], answered))
    stage_1.check_answer_text(case.id, good=True, **who(team["officer"], answered))
    stage_1.send_answer(case.id, {1: Finding.UPHELD, 2: Finding.UPHELD}, **COUNCIL, **who(team["officer"], answered))
    later_stages.ask_for_stage(case.id, 2, requested_on=answered, **COUNCIL, **who(team["officer"], answered))
    key = list_person(Listing("Indra", investigator, can_investigate=True), at=MONDAY, by_id=None).id
    appointments.appoint(case.id, Seat.INVESTIGATING_OFFICER, key, **CLEAR, on=answered, **who(team["officer"], answered))
    db.session.get_one(CaseAccess, (case.id, investigator)).until_on = date(2030, 1, 1)
    elements = (VISITS, SECRET, "Nobody answered the letters")
    statement.write_statement(case.id, elements, "A plan", by_person=True, **who(team["officer"], answered))
    statement.agree_statement(case.id, on=answered, how="By phone", **who(team["officer"], answered))
    part_walls.put_up_part_wall(case.id, 2, investigator, at=at(answered), by_id=team["officer"])
    db.session.commit()
    return case


@pytest.fixture
def seen(app, staff):
    """The investigator's client, and the case as it is kept."""
    client = staff(Role.INVESTIGATING_OFFICER, "Indra")
    with app.app_context():
        roles = {"officer": Role.CUSTOMER_RELATIONS, "senior": Role.SENIOR_MANAGER, "manager": Role.TEAM_MANAGER}
        team = {name: a_person(role, name.title()).id for name, role in roles.items()}
        case = in_stage_2(team, people_with(Role.INVESTIGATING_OFFICER)[0].id)
        return client, f"/staff/cases/{case.reference}", case.id, [letter.id for letter in case.messages]


def test_the_page_shows_the_other_parts_and_their_elements_and_no_place_where_the_hidden_one_could_stand(seen):
    client, address, _, _ = seen
    page = page_of(client.get(address))
    assert VISITS in page
    assert "You see this case in part." in page
    assert "Zebedee" not in page
    assert "Nobody answered the letters" not in page, "it is not known to be of a part that they may see"
    assert "What was done" not in page


def addresses(app, address, letters):
    """Every page of the case, but for what stays open in part: its parts and elements by 2, its letters each."""
    known = {"reference": address.rsplit("/", 1)[1], "place": 2, "public_id": "0", "number": 1}
    for rule in app.url_map.iter_rules():
        of_case = rule.rule.startswith("/staff/cases/<reference>/") and "GET" in rule.methods
        if of_case and rule.endpoint.removeprefix("desk.").replace("_", "-") not in ("say-why", *ON_A_STAGE):
            for key in letters if "key" in rule.arguments else [0]:
                values = {name: (known | {"key": key})[name] for name in rule.arguments}
                yield app.url_map.bind("localhost").build(rule.endpoint, values)


def test_every_other_address_of_the_case_is_as_if_it_were_not_there(app, seen):
    client, address, _, letters = seen
    paths = list(addresses(app, address, letters))
    assert f"{address}/letters/{letters[-1]}.pdf" in paths
    assert f"{address}/learning" in paths
    for path in [*paths, f"{address}/investigate/find-2/3"]:
        answer = client.get(path)
        assert answer.status_code in (403, 404), path
        assert "Zebedee" not in page_of(answer)


def test_they_find_on_the_elements_that_they_see(app, seen):
    client, address, case_id, _ = seen
    found = {"evidence": "The diary", "result": "upheld", "reasons": "It shows it"}
    assert "It is kept." in page_of(fill_in(client, f"{address}/investigate/find-2/1", follow=True, **found))
    assert "Upheld" in page_of(client.get(address))
    with app.app_context():
        officer = people_with(Role.CUSTOMER_RELATIONS)[0].id
        part_walls.say_which_part(case_id, 2, 3, 1, at=MONDAY, by_id=officer)
        with pytest.raises(NotComplete, match="no such element"):
            part_walls.say_which_part(case_id, 2, 9, 1, at=MONDAY, by_id=officer)
    assert "Nobody answered the letters" in page_of(client.get(address))


def test_a_search_does_not_find_the_case_by_words_of_what_is_hidden(app, seen):
    client, _, case_id, _ = seen
    assert "YS-" not in page_of(client.get("/staff/queue?find=zebedee")).split("<main")[1]
    with app.app_context():
        investigator = people_with(Role.INVESTIGATING_OFFICER)[0].id
        me = Viewer(investigator, False, frozenset({investigator}), DAY)
        assert queue(QueueFilter(words="zebedee", viewer=me)).cases == []
        assert [one.id for one in queue(QueueFilter(viewer=me)).cases] == [case_id]


def test_whoever_answers_or_decides_on_the_whole_sees_all_of_it(app, seen):
    _, _, case_id, _ = seen
    with app.app_context():
        everyone = {person.name: person.id for person in db.session.query(Person)}
        officer, investigator = people_with(Role.CUSTOMER_RELATIONS)[0].id, everyone["Indra"]
        told = {"at": MONDAY, "by_id": officer}
        with pytest.raises(MoveNotAllowed, match="hidden from them"):
            appointments.choose_decider(case_id, 2, investigator, **told)
        with pytest.raises(MoveNotAllowed, match="belong to the team"):
            part_walls.put_up_part_wall(case_id, 2, officer, **told)
        appointments.choose_decider(case_id, 2, everyone["Senior"], **told)
        with pytest.raises(MoveNotAllowed, match="answer, or decide on"):
            part_walls.put_up_part_wall(case_id, 2, everyone["Senior"], **told)


def test_a_part_is_opened_again_with_reasons(app, seen):
    client, address, case_id, _ = seen
    with app.app_context():
        officer, investigator = people_with(Role.CUSTOMER_RELATIONS)[0].id, people_with(Role.INVESTIGATING_OFFICER)[0].id
        with pytest.raises(NotComplete, match="Say why"):
            part_walls.take_down_part_wall(case_id, 2, investigator, " ", at=MONDAY, by_id=officer)
        part_walls.take_down_part_wall(case_id, 2, investigator, "They asked for it", at=MONDAY, by_id=officer)
    assert SECRET in page_of(client.get(address))


def test_a_wall_stays_around_its_own_part_when_others_become_a_case_of_their_own(team):
    case = a_case(at=MONDAY)
    checked(case, team["officer"])
    for words in (VISITS, SECRET):
        triage.describe_part(case.id, None, part(words), at=MONDAY, by_id=team["officer"])
    part_walls.put_up_part_wall(case.id, 3, team["manager"], at=MONDAY, by_id=team["officer"])
    with pytest.raises(MoveNotAllowed, match="Part 3 is hidden from somebody"):
        linking.split_case(case.id, [3], at=MONDAY, by_id=team["officer"])
    linking.split_case(case.id, [1], at=MONDAY, by_id=team["officer"])
    assert [one.words for one in case.parts] == [VISITS, SECRET]
    assert part_walls.hidden_parts(case, team["manager"]) == {2}


def test_a_wall_comes_along_with_a_part_that_becomes_a_case_of_its_own(team):
    case = a_case(at=MONDAY)
    checked(case, team["officer"])
    triage.describe_part(case.id, None, part(SECRET), at=MONDAY, by_id=team["officer"])
    part_walls.put_up_part_wall(case.id, 2, team["manager"], at=MONDAY, by_id=team["officer"])
    with locked_case(case.id, None):
        new = linking.open_from(case, [2], received_on=case.received_on, at=MONDAY, by_id=team["officer"])
    assert part_walls.hidden_parts(new, team["manager"]) == {1}
