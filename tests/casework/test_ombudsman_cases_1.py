"""Published decisions of the Ombudsman in our own words, and what the desk does in their place: who complains, which road.

Each is cited by council, number and year, so that anybody can read it; facts that were not read are not made up here.
"""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from portal.cases.models import Authority, Case, Kind, MayBeTold, PartyRole
from portal.cases.representation import Answer, PersonDetails, Representation
from portal.cases.services.opening import open_case
from portal.closing.services import closing
from portal.config import DEMO_COUNCIL
from portal.database import db
from portal.other_routes.services import proceedings
from portal.parties.services import people_of_case
from portal.parties.services.people_of_case import Told
from portal.procedure.eligibility import ChildSays, Complainant, Interest, Proceedings, Standing, Weighed
from portal.procedure.errors import MoveNotAllowed
from portal.procedure.grounds import Ground, Matter
from portal.procedure.receipt import Method
from portal.procedure.routes import Route
from portal.procedure.second_person import SecondPersonNeeded
from portal.procedure.stages import ClosingReason
from portal.triage.services import linking, standing, telling, triage
from portal.triage.services.triage import PartFacts
from tests.factories.cases import a_case, checked, decided, their_word
from tests.factories.stages import at, who

COUNCIL = {"council": DEMO_COUNCIL}
DAY = date(2026, 3, 5)
SERVICE = PartFacts("The help stopped", Matter.SERVICE_FOR_A_CHILD, still_going_on=True)
REFUSED = {"decision": Standing.NOT_ELIGIBLE, "route": Route.NONE, "reasons": "We cannot hear it."}
INTEREST = Interest(
    is_sufficient=False,
    weighed=frozenset({Weighed.CHILDS_VIEWS, Weighed.PART_IN_THEIR_LIFE, Weighed.WHAT_THEY_KNOW}),
    child_says=ChildSays.NO,
    childs_views="The child said so to the reviewing officer",
    reasons="You have not seen the child for years, and the child asked us not to.",
)


def read(team, said=SERVICE, *, complainant=Complainant.PARENT, on=DAY, **more):
    """A case whose safety was checked, with one part described."""
    case = a_case(who=complainant, at=at(on), **more)
    checked(case, team["officer"], at=at(on))
    triage.describe_part(case.id, 1, said, **who(team["officer"], on))
    return case


def tell(case, team, on=DAY):
    telling.tell_decision(case.id, **COUNCIL, **who(team["officer"], on))
    return case.messages[-1].words


def test_devon_24_019_922_of_2025_grandparents_are_not_refused_before_their_interest_was_weighed(team):
    """Fault: the council refused grandparents and left out what mattered. Here nobody can be refused before that."""
    case = read(team, complainant=Complainant.SUFFICIENT_INTEREST)
    with pytest.raises(MoveNotAllowed, match="First decide whether they have a sufficient interest"):
        triage.decide_part(case.id, 1, **REFUSED, ground=Ground.NOT_A_PERSON_WHO_CAN_COMPLAIN, **who(team["officer"], DAY))
    only_pr = replace(INTEREST, weighed=frozenset({Weighed.CHILDS_VIEWS, Weighed.PARENTAL_RESPONSIBILITY}))
    with pytest.raises(MoveNotAllowed, match="parental responsibility"):
        standing.decide_interest(case.id, only_pr, asked_by=team["officer"], **who(team["lead"], DAY))


def test_barnet_24_009_108_of_2024_an_advocate_of_long_ago_is_refused_by_two_with_reasons(team):
    """No fault: an advocate of years before complained without the child's instruction. Here too it is refused."""
    case = read(team, complainant=Complainant.ADVOCACY_SERVICE)
    assert triage.assess_part(case, case.parts[0]).questions == ("child_agrees",)
    with pytest.raises(SecondPersonNeeded):
        standing.decide_interest(case.id, INTEREST, **who(team["officer"], DAY))
    standing.decide_interest(case.id, INTEREST, asked_by=team["officer"], **who(team["lead"], DAY))
    triage.decide_part(case.id, 1, **REFUSED, ground=Ground.NOT_A_PERSON_WHO_CAN_COMPLAIN, **who(team["officer"], DAY))
    letter = tell(case, team)
    assert INTEREST.reasons in letter
    assert "Ombudsman" in letter


def test_west_sussex_20_006_409_of_2021_nobody_is_too_late_before_their_reasons_were_weighed(team):
    """Fault: refused as out of time, without a look at why she needed longer."""
    said = PartFacts("It went wrong", Matter.SERVICE_FOR_A_CHILD, happened_on=DAY - timedelta(days=700))
    case = read(team, said)
    for known in ({}, {"reasonable_not_to_complain_sooner": False}):
        triage.describe_part(case.id, 1, replace(said, **known), **who(team["officer"], DAY))
        with pytest.raises(MoveNotAllowed, match="answer both questions"):
            triage.decide_part(case.id, 1, **REFUSED, ground=Ground.OUT_OF_TIME, **who(team["officer"], DAY))


def test_hartlepool_24_005_539_of_2024_what_is_decades_old_is_refused_with_both_reasons_in_the_letter(team):
    """No fault: about thirty years old, the discretion was used and explained."""
    said = PartFacts(
        "I was not kept safe as a baby",
        Matter.SERVICE_FOR_A_CHILD,
        happened_on=date(1986, 5, 31),
        reasonable_not_to_complain_sooner=True,
        still_fair_to_consider=False,
    )
    case = read(team, said)
    with pytest.raises(MoveNotAllowed, match="reasons on both questions"):
        triage.decide_part(case.id, 1, **REFUSED, ground=Ground.OUT_OF_TIME, **who(team["officer"], DAY))
    reasons = {"sooner_words": "You could not, as a child.", "fair_words": "Nobody who took part can be asked."}
    triage.describe_part(case.id, 1, replace(said, **reasons), **who(team["officer"], DAY))
    triage.decide_part(case.id, 1, **REFUSED, ground=Ground.OUT_OF_TIME, **who(team["officer"], DAY))
    letter = tell(case, team)
    assert "You could not, as a child." in letter
    assert "Nobody who took part can be asked." in letter
    assert "www.lgo.org.uk" in letter


def test_durham_25_006_810_of_2025_who_withdrew_and_comes_back_is_heard_from_the_first_day(team):
    """The council agreed to look again: he had complained in 2023, withdrew, and came back in 2025."""
    case = a_case(at=at(DAY))
    checked(case, team["officer"], at=at(DAY))
    closing.close_case(case.id, ClosingReason.WITHDRAWN, **their_word(at(DAY)), **who(team["officer"], DAY))
    later = date(2027, 9, 1)
    closing.reopen_case(case.id, "He came back", **COUNCIL, **who(team["officer"], later))
    happened = PartFacts("It went wrong", Matter.SERVICE_FOR_A_CHILD, happened_on=date(2025, 6, 1))
    triage.describe_part(case.id, 1, happened, **who(team["officer"], later))
    assert (case.received_on, triage.assess_part(case, case.parts[0]).standing) == (DAY, Standing.ELIGIBLE)


def test_hampshire_23_015_411_of_2024_three_hundred_and_sixty_four_days_are_within_the_year(team):
    """Closed there for reasons that were not read; the boundary alone is taken from it."""
    said = PartFacts("The plan was wrong", Matter.SERVICE_FOR_A_CHILD, happened_on=DAY - timedelta(days=364))
    case = read(team, said)
    assert triage.assess_part(case, case.parts[0]).grounds == (Ground.STATUTORY_MATTER,)


@pytest.mark.parametrize(
    ("cited", "complainant", "said"),
    [
        ("Wiltshire 23 000 003 of 2023: a foster carer on the schooling of a fostered child", "foster_carer", SERVICE),
        ("Doncaster 23 018 010 of 2024: a carer whose placement was not supported", "foster_carer", SERVICE),
        (
            "Somerset 24 003 485: a young person who moved to adult services",
            "care_leaver",
            replace(SERVICE, matter=Matter.LEAVING_CARE),
        ),
        ("Kent 24 012 466 of 2025: respite for a disabled child was taken away", "parent", SERVICE),
    ],
)
def test_children_social_care_is_not_sent_down_the_corporate_road_by_one_person(team, cited, complainant, said):
    """Fault in each: the corporate procedure instead of the statutory one."""
    case = read(team, said, complainant=Complainant(complainant))
    assert triage.assess_part(case, case.parts[0]).route is Route.STATUTORY, cited
    elsewhere = REFUSED | {"route": Route.CORPORATE, "ground": Ground.NOT_A_CHILDRENS_SERVICE}
    triage.decide_part(case.id, 1, **elsewhere, **who(team["officer"], DAY))
    with pytest.raises(MoveNotAllowed, match="second signature"):
        tell(case, team)


def test_harrow_24_022_000_of_2025_respite_called_another_service_still_takes_two(team):
    """Fault, and a report to members: respite for a disabled child went down the corporate road after a warning."""
    case = read(team, replace(SERVICE, matter=Matter.OTHER_COUNCIL_SERVICE))
    elsewhere = REFUSED | {"route": Route.CORPORATE, "ground": Ground.NOT_A_CHILDRENS_SERVICE}
    triage.decide_part(case.id, 1, **elsewhere, **who(team["officer"], DAY))
    with pytest.raises(MoveNotAllowed, match="second signature"):
        tell(case, team)


def test_devon_24_019_781_of_2025_a_report_for_the_court_is_the_courts_and_what_remains_is_said(team):
    """Outside the Ombudsman's powers, also how it was prepared: so it is never held until the case ends."""
    case = read(team, replace(SERVICE, matter=Matter.REPORT_FOR_COURT))
    found = triage.assess_part(case, case.parts[0])
    given = REFUSED | {"route": found.route, "ground": found.grounds[0]}
    triage.decide_part(case.id, 1, **given, **who(team["officer"], DAY))
    letter = tell(case, team)
    assert "Only the court can weigh that, now and after the case has ended" in letter
    assert "you can ask us to correct them" in letter
    assert "When they end" not in letter


def held(team, on=DAY):
    said = replace(SERVICE, proceedings=Proceedings.COURT, would_prejudice=True)
    case = read(team, said, on=on)
    given = {"decision": Standing.HELD, "route": Route.COURT_OR_TRIBUNAL, "ground": Ground.COURT_PROCEEDINGS}
    told = {"reasons": "It would harm the hearing.", "review_on": on + timedelta(days=60)}
    triage.decide_part(case.id, 1, **given, **told, **who(team["officer"], on))
    return case, tell(case, team, on)


def test_bedford_24_009_960_of_2024_a_hold_says_why_and_what_happens_when_it_ends(team):
    """No fault: not considered while private proceedings ran, with the way back named."""
    case, letter = held(team)
    assert "It would harm the hearing." in letter
    assert "When they end, we take it up again by ourselves." in letter
    assert case.is_open


def test_lancashire_16_017_549_of_2018_the_council_writes_when_the_proceedings_end(team):
    """The remedy there: to write to the father when they end. Here the part comes back without anybody asking."""
    case, _ = held(team)
    ended = date(2026, 5, 11)
    proceedings.end_proceedings(case.id, 1, ended_on=ended, **COUNCIL, **who(team["officer"], date(2026, 5, 13)))
    assert "You do not have to ask us again." in case.messages[-1].words
    again = db.session.query(Case).filter(Case.id != case.id).one()
    assert again.received_on == date(2026, 5, 12)


def test_central_bedfordshire_24_000_498_of_2024_data_and_court_in_one_letter_each_have_their_own_answer(team):
    """Closed: the data for the Commissioner, the rest held. One complaint, two roads."""
    day = date(2026, 7, 1)
    case = read(team, replace(SERVICE, matter=Matter.PERSONAL_DATA), on=day)
    given = REFUSED | {"route": Route.DATA_PROTECTION, "ground": Ground.DATA_PROTECTION}
    triage.decide_part(case.id, 1, **given, **who(team["officer"], day))
    said = replace(SERVICE, proceedings=Proceedings.COURT, would_prejudice=True)
    triage.describe_part(case.id, None, said, **who(team["officer"], day))
    hold = {"decision": Standing.HELD, "route": Route.COURT_OR_TRIBUNAL, "ground": Ground.COURT_PROCEEDINGS}
    triage.decide_part(case.id, 2, **hold, reasons="A hearing runs.", **who(team["officer"], day))
    letter = tell(case, team, day)
    assert "as a complaint about personal data" in letter
    assert "while other proceedings deal with it" in letter
    assert [strand.route for strand in case.open_strands] == [Route.DATA_PROTECTION, Route.COURT_OR_TRIBUNAL]


def test_buckinghamshire_22_012_757_of_2023_an_approval_goes_to_the_independent_review_within_its_window(team):
    """No fault: a deregistration is for the fostering panel and the independent review."""
    case = read(team, replace(SERVICE, matter=Matter.FOSTERING_APPROVAL), complainant=Complainant.FOSTER_CARER)
    given = REFUSED | {"route": Route.ANOTHER_BODY, "ground": Ground.NOT_A_CHILDRENS_SERVICE}
    triage.decide_part(case.id, 1, **given, **who(team["officer"], DAY))
    letter = tell(case, team)
    assert "within 28 days of the letter" in letter
    assert "the Independent Review Mechanism" in letter
    assert "How you were treated during the assessment, we can look into." in letter


def test_cheshire_west_22_011_875_an_mps_letter_starts_the_constituents_clock(team):
    """It was treated as correspondence for months. Here it is the constituent's, from the day of the MP's letter."""
    told = Representation(
        method=Method.LETTER,
        complainant=Complainant.MEMBER,
        told=(Answer("What they said", "My constituent wants this heard as a complaint."),),
        person=PersonDetails.of(is_adult=True, name="Chris Member"),
    )
    enquiry = open_case(Kind.ENQUIRY, told, at=at(DAY), by_id=team["officer"])
    checked(enquiry, team["officer"], at=at(DAY))
    someone = Told(PartyRole.CONSTITUENT, {"name": "Pat"}, Authority.WRITTEN, MayBeTold.NOTHING)
    people_of_case.add_party(enquiry.id, someone, **who(team["officer"], DAY))
    later = date(2026, 12, 4)
    said = ("They ask again.", later)
    linking.became_complaint(enquiry.id, *said, of_constituent=Complainant.PARENT, **who(team["officer"], later))
    complaint = db.session.query(Case).filter(Case.kind == Kind.COMPLAINT).one()
    checked(complaint, team["officer"], at=at(later))
    decided(complaint, team["officer"], at=at(later))
    letter = tell(complaint, team, later)
    assert complaint.stages[0].due_on == date(2026, 3, 19)
    assert "We are late with this, and we are sorry." in letter
