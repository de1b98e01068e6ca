"""What the rules refuse, each with its rule and its whole sentence: colleagues act on these words."""

from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from portal.procedure.eligibility import Decision, Question, Standing, check_decision, check_ground
from portal.procedure.errors import CannotBeExtended, MoveNotAllowed, UnknownLimit
from portal.procedure.findings import Finding
from portal.procedure.grounds import Ground
from portal.procedure.independence import Candidate, Seat, conflicts
from portal.procedure.letter_check import Edited, Needs, check_letter, missing_from
from portal.procedure.limits import PROFILE_ORDER, Unit, all_limits, limit_ids, limits_in_force
from portal.procedure.ombudsman import Condition, Stage2Facts, check_early_referral
from portal.procedure.panel import Recipient, check_recipients
from portal.procedure.reporting_year import ReportingYear
from portal.procedure.routes import Route
from portal.procedure.second_person import SecondPersonNeeded
from portal.procedure.stages import (
    StageEnding,
    Status,
    check_answer,
    check_ending,
    check_move,
    check_next_day,
    check_safeguarding_first,
)

GOOD_ANSWER = {"text": "We are sorry.", "drafted_by": 1, "checked_by": 2, "acknowledged": True}
GOOD_ENDING = {"confirmed_by": "Pat, by phone", "words": "We tried", "attempts": 2, "advocate_offered": True}
STAGE_2 = Stage2Facts(
    True, (Finding.UPHELD, Finding.PARTIALLY_UPHELD), 1, went_on_without_agreement=False, interviews_alone=0
)
NOT_AGREED = StageEnding.STATEMENT_NOT_AGREED
JUNE = date(2026, 6, 1)


def answer(**less):
    return lambda: check_answer(**GOOD_ANSWER | less)


def ending(how, number=2, **less):
    return lambda: check_ending(how, number, **GOOD_ENDING | less)


def ground(chosen, *, grounds=(), questions=(), decision=Standing.NOT_ELIGIBLE):
    return lambda: check_ground(decision, chosen, Decision(Standing.ASK, grounds, questions, Route.STATUTORY))


REFUSED = [
    (
        lambda: check_move(Status.TO_READ, Status.STAGE_1),
        "moves",
        "A case that is at 'to read' cannot go to 'stage 1'.",
    ),
    (
        lambda: check_safeguarding_first(False),
        "safeguarding_first",
        "First check whether a child may be at risk, then decide.",
    ),
    (
        lambda: check_next_day("  ", True),
        "next_day",
        "Say who confirmed that it is settled. It must be the person who complained.",
    ),
    (
        lambda: check_next_day("Pat", False),
        "next_day",
        "The next working day has passed. Choose 'settled with the team' instead.",
    ),
    (answer(acknowledged=False), "acknowledge", "Acknowledge the complaint first."),
    (answer(text=" "), "answer", "Write the answer first."),
    (
        answer(checked_by=None),
        "quality_check",
        "The Customer Relations Team must check the answer before it is sent.",
    ),
    (answer(checked_by=1), "quality_check", "Someone who did not write the answer must check it."),
    (
        ending(StageEnding.WITHDRAWN, confirmed_by=" "),
        "G2",
        "Say who confirmed this, and how. Only the person who complained can end a stage.",
    ),
    (
        ending(StageEnding.RESOLVED_INFORMALLY, confirmed_by=""),
        "G2",
        "Say who confirmed this, and how. Only the person who complained can end a stage.",
    ),
    (
        ending(StageEnding.REFUSED_AS_LATE),
        "G6",
        "A stage cannot be refused here. Lateness and early referral have steps of their own.",
    ),
    (
        ending(StageEnding.REFERRED_EARLY, number=3),
        "G6",
        "A stage cannot be refused here. Lateness and early referral have steps of their own.",
    ),
    (ending(NOT_AGREED, number=3), "G6", "Only stage 2 has a statement to agree."),
    (
        ending(NOT_AGREED, attempts=1),
        "G5",
        "A statement that is not agreed is not a withdrawal. Record at least two attempts to agree it first; "
        "or go on with the written record.",
    ),
    (
        ending(NOT_AGREED, advocate_offered=False),
        "G5",
        "Offer an advocate's help with the statement first, and record it with an attempt.",
    ),
    (
        ending(NOT_AGREED, words=" "),
        "G5",
        "Say why the investigator does not go on with the written record. The person is told.",
    ),
    (
        lambda: check_decision(Standing.ELIGIBLE, Route.CORPORATE),
        "decision",
        "A part that is eligible can go to: early resolution or statutory.",
    ),
    (
        lambda: check_decision(Standing.HELD, Route.STATUTORY),
        "decision",
        "A part that is held can go to: court or tribunal.",
    ),
    (lambda: check_decision(Standing.ASK, Route.NONE), "decision", "A part that is ask can go to: nowhere yet."),
    (ground(None), "ground", "Choose the ground on which this part is not heard."),
    (ground(Ground.STATUTORY_MATTER), "ground", "Choose the ground on which this part is not heard."),
    (ground(Ground.LATE_BUT_CONSIDERED), "ground", "Choose the ground on which this part is not heard."),
    (
        ground(Ground.OUT_OF_TIME),
        "G7",
        "Say when it happened, and answer both questions about a late complaint, before you refuse it.",
    ),
    (
        ground(Ground.NOT_A_PERSON_WHO_CAN_COMPLAIN, questions=(Question.SUFFICIENT_INTEREST,)),
        "G8",
        "First decide whether they have a sufficient interest, with reasons.",
    ),
    (
        lambda: check_early_referral(list(Condition), replace(STAGE_2, is_answered=False), person_agreed=True),
        "G6",
        "Stage 2 must be answered first. The council alone cannot skip it.",
    ),
    (
        lambda: check_early_referral(
            set(Condition) - {Condition.STAGE_2_WAS_ROBUST, Condition.SIGNIFICANT_COMPLAINTS_UPHELD},
            STAGE_2,
            person_agreed=True,
        ),
        "G6",
        "Stage 3 cannot be left out: not yet recorded as true: stage 2 was robust; significant complaints upheld. "
        "The Ombudsman found fault where a panel was refused without these (South Gloucestershire 21 007 738).",
    ),
    (
        lambda: check_recipients([Recipient.COUNCIL, Recipient.COMPLAINANT, Recipient.INDEPENDENT_PERSON]),
        "reg 20",
        "The panel's report must also go to: advocate if any, others with sufficient interest (SI 2006/1738 reg 20).",
    ),
    (
        lambda: check_letter(Edited("We are late."), Needs(sorry=True, next_stage=2), by=1),
        "letter",
        "The letter cannot go yet. Something was upheld, and the letter does not say sorry. "
        "It does not say that the person can go on to stage 2.",
    ),
]


@pytest.mark.parametrize(("refused", "rule", "sentence"), REFUSED)
def test_what_is_refused_is_told_with_its_rule_and_what_to_do(refused, rule, sentence):
    with pytest.raises(MoveNotAllowed) as told:
        refused()
    assert (told.value.guard, str(told.value), told.value.needs) == (rule, sentence, sentence)


@pytest.mark.parametrize(
    "allowed",
    [
        answer(),
        ending(NOT_AGREED),
        ending(StageEnding.WITHDRAWN, number=3, attempts=0, words="", advocate_offered=False),
        ground(None, decision=Standing.ELIGIBLE),
        ground(Ground.OUT_OF_TIME, grounds=(Ground.OUT_OF_TIME,)),
        ground(Ground.NOT_A_PERSON_WHO_CAN_COMPLAIN),
        lambda: check_next_day("Pat", True),
        lambda: check_safeguarding_first(True),
        lambda: check_move(Status.TO_READ, Status.TO_DECIDE),
        lambda: check_early_referral(list(Condition), STAGE_2, person_agreed=True),
        lambda: check_recipients(list(Recipient)),
        lambda: check_letter(Edited("Part 1: sorry."), Needs(parts=[1], sorry=True), by=1) or None,
    ],
)
def test_what_the_rules_allow_goes(allowed):
    assert allowed() is None


@pytest.mark.parametrize(
    ("needs", "missing", "enough"),
    [
        (Needs(parts=[1, 12]), ["It does not speak of part 12. Each part needs its answer."], "Part 1, and PART 12 too"),
        (Needs(sorry=True), ["Something was upheld, and the letter does not say sorry."], "We Apologise for part 1"),
        (Needs(next_stage=3), ["It does not say that the person can go on to stage 3."], "You can ask for Stage 3"),
        (Needs(ombudsman=True), ["It does not say how to reach the Ombudsman."], "Write to the OMBUDSMAN: www.lgo.org.uk"),
        (
            Needs(commissioner=True),
            ["It does not say how to reach the Information Commissioner."],
            "The Information Commissioner: ico.org.uk",
        ),
        (Needs(reasons=["The records are old."]), ["It does not give the reasons."], "The records\nare old. So we stop"),
        (Needs(late=True), ["It is late, and does not say so and that you are sorry."], "We are late and sorry"),
        (Needs(comes_back=True), ["It does not say that they can come back to it."], "Come back at any time"),
        (Needs(advocate=True), ["It does not say that an advocate can help."], "Advocacy is free"),
        (
            Needs(next_stage=2, easy_words=True),
            ["It does not say that the person can go on to stage 2."],
            "Not happy? Tell us",
        ),
        (Needs(dates=[JUNE]), ["It does not name the day Monday 1 June 2026."], "by Monday 1 June"),
    ],
)
def test_what_a_letter_lacks_is_said(needs, missing, enough):
    assert missing_from("About part 1, and stage 33", needs) == tuple(missing)
    assert missing_from(enough, needs) == ()
    assert check_letter(Edited(enough), needs, by=1) == ()


OFFICER = "They are an officer of this council, so they are not independent (SI 2006/1738 reg 2)."
MEMBER = "They are a member of this council, so they are not independent (SI 2006/1738 reg 2)."
SPOUSE = (
    "Their spouse or civil partner is a member or an officer of this council, so they are not independent "
    "(SI 2006/1738 reg 2)."
)
IN_LINE = "They manage the service that is complained about, or report to it."
KNEW = "They knew of the complaint before, or took part in what it is about."
AWAY = "The register says that they are not available on that day."


@pytest.mark.parametrize(
    ("facts", "seats", "sentence"),
    [
        ({"is_member": True}, tuple(Seat), MEMBER),
        ({"works_for_council": True}, tuple(set(Seat) - {Seat.INVESTIGATING_OFFICER}), OFFICER),
        ({"household_works_for_council": True}, tuple(set(Seat) - {Seat.INVESTIGATING_OFFICER}), SPOUSE),
        ({"in_line_of_management": True}, tuple(Seat), IN_LINE),
        ({"knew_of_complaint": True}, tuple(Seat), KNEW),
        ({"available_from": date(2026, 6, 2)}, tuple(Seat), AWAY),
        ({"available_until": date(2026, 5, 31)}, tuple(Seat), AWAY),
    ],
)
def test_each_conflict_keeps_someone_from_the_seats_that_it_concerns(facts, seats, sentence):
    for seat in Seat:
        assert conflicts(seat, Candidate(7, **facts), [], JUNE) == ((sentence,) if seat in seats else ())


def test_on_the_first_and_the_last_day_of_the_register_someone_is_available():
    on_the_day = Candidate(7, available_from=JUNE, available_until=JUNE)
    assert all(conflicts(seat, on_the_day, [], JUNE) == () for seat in Seat)


TWICE = "The investigating officer and the independent person are two people, and they already hold such a seat."
WATCHED = "They were the independent person at stage 2, so they cannot sit on the panel (SI 2006/1738 reg 19(3))."
INVESTIGATED = "They investigated this complaint at stage 2, so they cannot sit on the panel."
ON_PANEL = "They already sit on this panel."
AT_STAGE_2, PANEL = (Seat.INVESTIGATING_OFFICER, Seat.INDEPENDENT_PERSON), (Seat.PANEL_CHAIR, Seat.PANEL_MEMBER)


@pytest.mark.parametrize(
    ("before", "seats", "sentence"),
    [
        (Seat.INVESTIGATING_OFFICER, AT_STAGE_2, TWICE),
        (Seat.INDEPENDENT_PERSON, AT_STAGE_2, TWICE),
        (Seat.INDEPENDENT_PERSON, PANEL, WATCHED),
        (Seat.INVESTIGATING_OFFICER, PANEL, INVESTIGATED),
        (Seat.PANEL_CHAIR, PANEL, ON_PANEL),
        (Seat.PANEL_MEMBER, PANEL, ON_PANEL),
        (Seat.PANEL_MEMBER, AT_STAGE_2, None),
    ],
)
def test_who_held_one_seat_cannot_take_another_but_others_can(before, seats, sentence):
    for seat in seats:
        assert conflicts(seat, Candidate(7), [(before, 7)], JUNE) == ((sentence,) if sentence else ())
        assert conflicts(seat, Candidate(8), [(before, 7)], JUNE) == ()


def test_a_limit_that_is_not_there_is_told_with_the_choices():
    with pytest.raises(UnknownLimit) as told:
        limits_in_force("no.such", JUNE)
    assert str(told.value) == f"'no.such' is not a limit. The choices are: {', '.join(limit_ids())}."
    with pytest.raises(UnknownLimit) as told:
        limits_in_force("statutory.acknowledge", JUNE, "nobody")
    assert str(told.value) == f"'nobody' is not a profile. The choices are: {', '.join(PROFILE_ORDER)}."
    with pytest.raises(UnknownLimit) as told:
        limits_in_force("data_protection.acknowledge", JUNE, "statute")
    assert str(told.value) == (
        "'data_protection.acknowledge' has no limit in the profile statute. The choices are: council, data_protection_2025."
    )
    with pytest.raises(UnknownLimit, match=r"is not in force on 1 June 2019\. The choices are: council from "):
        limits_in_force("data_protection.acknowledge", date(2019, 6, 1))
    assert str(CannotBeExtended("statutory.acknowledge")) == "statutory.acknowledge cannot be extended."


def test_every_limit_of_a_profile_is_read_whole():
    all_limits.cache_clear()
    limits = all_limits()
    assert [name for name in PROFILE_ORDER if name not in {limit.profile for limit in limits}] == []
    assert {limit.local for limit in limits if limit.profile == "council"} == {True}
    assert {limit.local for limit in limits if limit.profile == "statute"} == {False}
    for limit in limits:
        assert isinstance(limit.unit, Unit)
        assert isinstance(limit.extension_grounds, tuple)
        assert (limit.extension_days is not None) >= bool(limit.extension_grounds)
        assert limit.profile_title
        assert limit.profile_title != limit.profile
    assert all(limits_in_force(limit.id, limit.in_force_from, limit.profile) for limit in limits)


def test_a_limit_is_in_force_from_its_first_day_to_its_last():
    for limit, days in product(all_limits(), (-1, 0)):
        day = date.fromordinal(limit.in_force_from.toordinal() + days)
        assert limit.in_force(day) is (days == 0)
        if limit.in_force_to:
            assert limit.in_force(date.fromordinal(limit.in_force_to.toordinal() - days)) is (days == 0)


@pytest.mark.parametrize("text", ["2022", "2022-24", "22-23", "1989-90", "3000-01", "x022-23", "2022-2023", ""])
def test_what_is_no_reporting_year_is_told_with_how_to_write_it(text):
    with pytest.raises(ValueError, match="Write it like") as told:
        ReportingYear.parse(text)
    assert str(told.value) == f"{text!r} is not a reporting year. Write it like 2022-23."


def test_a_reporting_year_is_read_written_and_counted_back():
    assert [str(ReportingYear.parse(text)) for text in ("1990-91", "1999-00", "2999-00")] == [
        "1990-91",
        "1999-00",
        "2999-00",
    ]
    assert ReportingYear.parse("2022-23").before() == ReportingYear(2021)
    assert ReportingYear.parse("2022-23").before(3) == ReportingYear(2019)
    assert ReportingYear.of(date(2026, 3, 31)) == ReportingYear(2025)
    assert ReportingYear.of(date(2026, 4, 1)) == ReportingYear(2026)


LACKS = Edited("Part 1.", despite="They asked us not to.")


def test_a_letter_goes_without_something_only_by_two_people():
    needs = Needs(parts=[1], ombudsman=True)
    with pytest.raises(SecondPersonNeeded, match=r"does not say how to reach the Ombudsman.*They asked us not to"):
        check_letter(LACKS, needs, by=1)
    with pytest.raises(SecondPersonNeeded):
        check_letter(replace(LACKS, asked_by=1), needs, by=1)
    assert check_letter(replace(LACKS, asked_by=2), needs, by=1) == ("It does not say how to reach the Ombudsman.",)


def test_a_letter_that_lacks_nothing_takes_one_person_whatever_was_said():
    assert check_letter(LACKS, Needs(parts=[1]), by=1) == ()


def test_parts_of_a_letter_in_easy_words_have_no_numbers():
    assert missing_from("Tell us.", Needs(parts=[1, 2], easy_words=True)) == ()


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"decisions": (Finding.UPHELD, Finding.NOT_UPHELD)}, "A part was not upheld"),
        ({"recommendations": 0}, "No recommendation is on record"),
        ({"went_on_without_agreement": True}, "without an agreed statement"),
        ({"interviews_alone": 1}, "without the independent person"),
    ],
)
def test_no_tick_outweighs_what_a_case_holds_of_its_stage_2(changed, why):
    with pytest.raises(MoveNotAllowed, match=why):
        check_early_referral(list(Condition), replace(STAGE_2, **changed), person_agreed=True)


def test_early_referral_takes_the_persons_own_word():
    with pytest.raises(MoveNotAllowed, match="in their own word or by their advocate"):
        check_early_referral(list(Condition), STAGE_2, person_agreed=False)
