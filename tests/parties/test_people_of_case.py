"""The people of a case: each with their part, contact and what they may be told; mended and swapped, told without names."""

from datetime import date

import pytest

from portal.audit.queries import entries_about
from portal.cases.errors import NotComplete
from portal.cases.models import Authority, MayBeTold, PartyRole
from portal.cases.queries import QueueFilter, case_by_reference, line_of, queue, walls_of
from portal.cases.services.indexing import index_anew
from portal.cases.services.stock_of_words import draw_secret_words
from portal.config import DEMO_COUNCIL
from portal.correspondence.services.messages import send_message
from portal.parties.services import people_of_case
from portal.parties.services.people_of_case import Told
from portal.people.roles import Role
from portal.procedure.eligibility import ChildSays, Complainant, Interest, Standing, Weighed
from portal.procedure.errors import MoveNotAllowed
from portal.procedure.grounds import Ground
from portal.procedure.routes import Route
from portal.triage.services import linking, standing, triage
from tests.factories.cases import A_PART, a_case, checked
from tests.factories.people import a_person
from tests.factories.stages import at, who

DAY = date(2026, 3, 5)
SOLICITOR = Told(
    PartyRole.SPEAKS_FOR,
    {"name": "Sandy Solicitor", "organisation": "Example Law", "email": "sandy@law.example", "safe_to_write": "yes"},
    Authority.NEITHER_YET,
)


def add(case, team, told=SOLICITOR):
    return people_of_case.add_party(case.id, told, **who(team["officer"], DAY))


def test_whoever_is_named_at_the_door_is_on_the_case(team):
    person = {"is_adult": True, "name": "Pat Example", "child_name": "Robin", "child_age_or_birth": "9"}
    case = a_case(at=at(DAY), person=person, must_not_see="Uncle Bob", about_whom="Sam")
    assert [(one.role, one.name) for one in case.parties] == [
        (PartyRole.CHILD, "Robin"),
        (PartyRole.COMPLAINED_ABOUT, "Sam"),
        (PartyRole.MUST_NOT_KNOW, "Uncle Bob"),
    ]
    assert case.parties[0].details["age"] == "9"


def test_people_are_added_mended_and_taken_off_and_the_audit_has_no_names(team):
    case = a_case(at=at(DAY))
    key = add(case, team)
    mended = Told(PartyRole.SPEAKS_FOR, SOLICITOR.details | {"phone": "01632 960 500"}, Authority.WRITTEN, MayBeTold.ALL)
    people_of_case.mend_party(case.id, key, mended, **who(team["officer"], DAY))
    one = case.parties[0]
    assert (one.details["phone"], one.authority, one.may_be_told) == ("01632 960 500", Authority.WRITTEN, MayBeTold.ALL)
    with pytest.raises(NotComplete, match="Say why"):
        people_of_case.remove_party(case.id, key, " ", **who(team["officer"], DAY))
    people_of_case.remove_party(case.id, key, "They have another solicitor now", **who(team["officer"], DAY))
    assert case.parties == []
    told = [entry for entry in entries_about(case.about) if entry.event.startswith("party_")]
    assert [entry.event for entry in told] == ["party_added", "party_mended", "party_removed"]
    assert told[1].facts["changed"] == ["phone"]
    assert "Sandy" not in str([entry.facts for entry in told])
    with pytest.raises(NotComplete, match="not on the case any more"):
        people_of_case.mend_party(case.id, key, mended, **who(team["officer"], DAY))


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (Told(PartyRole.CHILD, {"name": " "}), "Write down a name"),
        (Told(PartyRole.SPEAKS_FOR, {"name": "Sandy"}), "Say with what authority"),
        (Told(PartyRole.SPEAKS_FOR, {"name": "S"}, Authority.NEITHER_YET, MayBeTold.ALL), "before there is an authority"),
        (Told(PartyRole.MUST_NOT_KNOW, {"name": "Bob"}, None, MayBeTold.ALL), "told nothing from here"),
    ],
)
def test_nobody_is_told_more_than_there_is_a_right_to(team, told, words):
    case = a_case(at=at(DAY))
    with pytest.raises((NotComplete, MoveNotAllowed), match=words):
        add(case, team, told)
    assert case.parties == []


def test_a_colleague_who_must_not_know_is_shut_out_at_once(team):
    case = a_case(at=at(DAY))
    worker = a_person(Role.ANY_STAFF, "Kit Worker").id
    add(case, team, Told(PartyRole.COMPLAINED_ABOUT, {"name": "Kit Worker"}))
    assert [wall.person_id for wall in walls_of(case.id)] == [worker]


def test_a_case_is_found_by_the_people_on_it_also_after_its_words_were_indexed_anew(team):
    case = a_case(at=at(DAY))
    add(case, team)
    assert [found.id for found in queue(QueueFilter(words="sandy")).cases] == [case.id]
    case.index_version = 0
    index_anew()
    assert [found.id for found in queue(QueueFilter(words="sandy")).cases] == [case.id]


def test_the_complaint_is_somebody_elses_and_letters_go_to_them_from_then_on(team):
    case = a_case(at=at(DAY), person={"is_adult": True, "name": "Pat Example", "email": "pat@example.org"})
    mother = Told(PartyRole.SPEAKS_FOR, {"name": "Mo Example", "phone": "01632 960 501"}, Authority.WRITTEN)
    key = add(case, team, mother)
    with pytest.raises(NotComplete, match="Say why"):
        people_of_case.put_in_place_of_complainant(case.id, key, Complainant.PARENT, "", **who(team["officer"], DAY))
    told = (Complainant.PARENT, "Pat only carried the letter")
    people_of_case.put_in_place_of_complainant(case.id, key, *told, **who(team["officer"], DAY))
    assert (case.person["name"], case.person["phone"], case.person.get("email")) == ("Mo Example", "01632 960 501", None)
    assert [(one.role, one.name, one.may_be_told) for one in case.parties] == [
        (PartyRole.COMPLAINED_BEFORE, "Pat Example", MayBeTold.NOTHING)
    ]
    send_message(case.id, "We have it.", **who(team["officer"], DAY))
    assert (case.messages[-1].way, case.messages[-1].email_id) == ("by_hand", None)


def test_the_people_of_a_case_come_along_when_it_is_split(team):
    case = a_case(at=at(DAY), person={"is_adult": True, "name": "Pat", "child_name": "Robin"})
    add(case, team)
    checked(case, team["officer"], at=at(DAY))
    triage.describe_part(case.id, None, A_PART, **who(team["officer"], DAY))
    reference = linking.split_case(case.id, [2], **who(team["officer"], DAY))
    new = case_by_reference(reference)
    assert sorted((one.role, one.name) for one in new.parties) == [("child", "Robin"), ("speaks_for", "Sandy Solicitor")]
    assert line_of(case) == [case, new]
    key = new.parties[-1].id
    people_of_case.put_in_place_of_complainant(new.id, key, Complainant.PARENT, "Theirs", **who(team["officer"], DAY))
    assert line_of(case) == [case]


def test_whoever_is_complained_about_never_becomes_the_one_who_complains(team):
    case = a_case(at=at(DAY))
    key = add(case, team, Told(PartyRole.COMPLAINED_ABOUT, {"name": "Kit"}))
    with pytest.raises(MoveNotAllowed, match="must not know"):
        people_of_case.put_in_place_of_complainant(case.id, key, Complainant.PARENT, "x", **who(team["officer"], DAY))
    assert DEMO_COUNCIL.name not in case.person.values()


def test_nothing_of_who_complained_before_is_taken_for_who_complains_now(team):
    case = a_case(
        who=Complainant.SUFFICIENT_INTEREST, at=at(DAY), person={"is_adult": True, "name": "Nye", "how": "By text"}
    )
    case.secret_words = draw_secret_words().kept(case.id)
    checked(case, team["officer"], at=at(DAY))
    decided = Interest(False, frozenset({Weighed.CHILDS_VIEWS, Weighed.RELATIONSHIP}), ChildSays.NO, "No.", "A neighbour.")
    by_two = {"asked_by": team["officer"], **who(team["lead"], DAY)}
    standing.decide_interest(case.id, decided, **by_two)
    triage.describe_part(case.id, 1, A_PART, **who(team["officer"], DAY))
    refused = {"decision": Standing.NOT_ELIGIBLE, "route": Route.NONE, "ground": Ground.NOT_A_PERSON_WHO_CAN_COMPLAIN}
    triage.decide_part(case.id, 1, **refused, reasons="Not theirs.", **who(team["officer"], DAY))
    key = add(case, team, Told(PartyRole.SPEAKS_FOR, {"name": "Mo", "phone": "01632 960 501"}, Authority.WRITTEN))
    people_of_case.put_in_place_of_complainant(case.id, key, Complainant.PARENT, "The mother", **who(team["officer"], DAY))
    assert case.person == {"is_adult": True, "name": "Mo", "phone": "01632 960 501"}
    assert (case.has_sufficient_interest, case.interest, case.standing_reasons) == (None, None, "")
    assert (case.parts[0].decision, case.secret_words) == (None, None)
