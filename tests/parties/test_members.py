"""A councillor's or an MP's letter is an enquiry for a constituent, to whom the complaint, letters and clock belong."""

from datetime import date

import pytest
from sqlalchemy import select

from portal.cases.errors import NotComplete
from portal.cases.models import Authority, Case, Kind, MayBeTold, PartyRole
from portal.cases.representation import Answer, PersonDetails, Representation
from portal.cases.services.opening import open_case
from portal.config import DEMO_COUNCIL
from portal.correspondence.services.messages import send_message
from portal.database import db
from portal.parties.services import members, people_of_case
from portal.parties.services.people_of_case import Told
from portal.procedure.eligibility import Complainant
from portal.procedure.errors import MoveNotAllowed
from portal.procedure.letter_check import Edited
from portal.procedure.receipt import Method
from portal.triage.services import linking, telling
from tests.factories.cases import checked, decided
from tests.factories.stages import at, who
from tests.factories.web import fill_in

COUNCIL = {"council": DEMO_COUNCIL}
RECEIVED, LATER = date(2026, 3, 5), date(2026, 3, 12)
CONSTITUENT = {"name": "Pat Example", "phone": "01632 960 502", "safe_to_write": "yes"}


@pytest.fixture
def enquiry(team):
    told = Representation(
        method=Method.LETTER,
        complainant=Complainant.MEMBER,
        told=(Answer("What they said", "My constituent's son has had no visit since May."),),
        person=PersonDetails.of(is_adult=True, name="Chris Member", organisation="Example Town Council"),
    )
    case = open_case(Kind.ENQUIRY, told, at=at(RECEIVED), by_id=team["officer"])
    checked(case, team["officer"], at=at(RECEIVED))
    return case


def constituent(case, team, authority=Authority.NEITHER_YET, level=MayBeTold.NOTHING):
    told = Told(PartyRole.CONSTITUENT, CONSTITUENT, authority, level)
    return people_of_case.add_party(case.id, told, **who(team["officer"], RECEIVED))


def complaint_of(case, team, of=Complainant.PARENT):
    told = ("They want it heard.", LATER)
    reference = linking.became_complaint(case.id, *told, of_constituent=of, **who(team["officer"], LATER))
    return db.session.scalars(select(Case).where(Case.reference == reference)).one()


def test_the_complaint_is_the_constituents_and_its_clock_starts_when_the_council_had_the_letter(enquiry, team):
    with pytest.raises(NotComplete, match="Add the constituent"):
        complaint_of(enquiry, team)
    constituent(enquiry, team, Authority.WRITTEN, MayBeTold.THAT_IT_IS_ANSWERED)
    complaint = complaint_of(enquiry, team)
    assert (complaint.received_on, complaint.complainant, complaint.person["name"]) == (
        RECEIVED,
        Complainant.PARENT,
        "Pat Example",
    )
    speaker = complaint.parties[0]
    assert (speaker.role, speaker.name, speaker.may_be_told) == (
        PartyRole.SPEAKS_FOR,
        "Chris Member",
        MayBeTold.THAT_IT_IS_ANSWERED,
    )
    checked(complaint, team["officer"], at=at(LATER))
    decided(complaint, team["officer"], at=at(LATER))
    telling.tell_decision(complaint.id, **COUNCIL, **who(team["officer"], LATER))
    assert complaint.stages[0].due_on == date(2026, 3, 19)
    assert complaint.messages[0].way == "by_hand", "it is read to the constituent, who left a telephone"


def test_no_decision_and_no_message_goes_to_the_member(enquiry, team):
    decided(enquiry, team["officer"], at=at(RECEIVED))
    with pytest.raises(MoveNotAllowed, match="complaint of the constituent first"):
        telling.tell_decision(enquiry.id, **COUNCIL, **who(team["officer"], RECEIVED))
    with pytest.raises(MoveNotAllowed, match="letter of its own"):
        send_message(enquiry.id, "The boy was visited.", **who(team["officer"], RECEIVED))


@pytest.mark.parametrize(
    ("authority", "level", "says"),
    [
        (Authority.NEITHER_YET, MayBeTold.NOTHING, "when they have agreed to that in writing"),
        (Authority.WRITTEN, MayBeTold.THAT_IT_IS_ANSWERED, "They agreed that we tell you this, and no more."),
    ],
)
def test_the_member_is_answered_only_as_far_as_the_constituent_agreed(enquiry, team, authority, level, says):
    constituent(enquiry, team, authority, level)
    secret = "The visits start again on Monday."
    with pytest.raises(MoveNotAllowed, match="did not agree"):
        members.tell_member(enquiry.id, secret, **COUNCIL, **who(team["officer"], LATER))
    written = members.member_letter(enquiry, "", DEMO_COUNCIL)
    with pytest.raises(MoveNotAllowed, match="goes as it is"):
        changed = Edited(f"{written}\n{secret}")
        members.tell_member(enquiry.id, "", letter=changed, **COUNCIL, **who(team["officer"], LATER))
    letter = Edited(written.strip())
    members.tell_member(enquiry.id, "", letter=letter, **COUNCIL, **who(team["officer"], LATER))
    assert says in enquiry.messages[-1].words
    assert (enquiry.status, enquiry.is_open) == ("closed", False)


def test_with_the_constituents_full_agreement_the_member_is_told_what_came_of_it(enquiry, team):
    constituent(enquiry, team, Authority.WRITTEN, MayBeTold.ALL)
    members.tell_member(enquiry.id, "The visits start again on Monday.", **COUNCIL, **who(team["officer"], LATER))
    assert "The visits start again on Monday." in enquiry.messages[-1].words


def test_with_the_constituents_full_agreement_no_empty_answer_goes(enquiry, team):
    constituent(enquiry, team, Authority.WRITTEN, MayBeTold.ALL)
    with pytest.raises(NotComplete, match="Write what the member is told"):
        members.tell_member(enquiry.id, " ", **COUNCIL, **who(team["officer"], LATER))
    assert enquiry.messages == []


def test_before_anybody_knows_the_constituent_the_member_is_told_nothing_of_them(enquiry, team):
    assert members.member_may_be_told(enquiry) is MayBeTold.NOTHING


def test_a_members_complaint_is_logged_as_an_enquiry(app, staff):
    fill_in(staff(), "/staff/log", kind="complaint", source="member", words="My constituent rang me.", name="Chris Member")
    with app.app_context():
        assert db.session.scalars(select(Case)).one().kind is Kind.ENQUIRY


def test_others_cases_have_no_member_to_answer(team, enquiry):
    constituent(enquiry, team, Authority.WRITTEN)
    complaint = complaint_of(enquiry, team)
    with pytest.raises(MoveNotAllowed, match="does not come from"):
        members.tell_member(complaint.id, "x", **COUNCIL, **who(team["officer"], LATER))
