"""A few made-up cases that are open today, so that the desk has work on it: made through the same doors and acts."""

from datetime import date, datetime, timedelta
from typing import Any

from portal.cases.models import Case, LetterHow
from portal.cases.representation import PersonDetails, Representation, answered
from portal.clock import london_day
from portal.config import Council
from portal.correspondence.services.leaving import note_left
from portal.database import db
from portal.demo.people import Cast
from portal.demo.thanks import play_thanks
from portal.demo.year import at_hour
from portal.doors.child.forms.told import to_submission as child_submission
from portal.incoming_email.our_own import our_own
from portal.independent_people.queries import register
from portal.intake.services.receive import receive
from portal.intake.submission import Submission, SubmissionKind
from portal.later_stages.services import appointments, later_stages, statement
from portal.procedure.calendar import WorkingCalendar
from portal.procedure.eligibility import Complainant, Standing
from portal.procedure.findings import Finding
from portal.procedure.grounds import Ground, Matter
from portal.procedure.independence import Seat
from portal.procedure.receipt import Method, PointOfReceipt
from portal.procedure.routes import Route
from portal.stage_1.services import stage_1
from portal.triage.services import telling, triage

CHILDREN: tuple[tuple[int, dict[str, Any]], ...] = (
    (
        0,
        {
            "kind": "wrong",
            "topics": ["social_worker", "wait"],
            "must_not_see": "Kit Worker",
            "words": "she keeps cancelling mum. want it sorted. Jay",
            "by_card": True,
        },
    ),
    (
        1,
        {
            "kind": "not_safe",
            "topics": ["home"],
            "words": "he hits me when he is cross and i am scared to go home",
            "by_card": True,
        },
    ),
    (2, {"kind": "wrong", "topics": ["money"], "words": "my bike is still at the old house"}),
    (1, {"kind": "idea", "words": "can we have meetings after school so i dont miss football"}),
    (3, {"kind": "good", "topics": ["helped"], "words": "Asha got me my bike. she is the best", "by_card": True}),
)
MIXED = (
    "Three things. The plan meeting's report came an hour before it began. The respite that was agreed in June has stopped. "
    "And I am worried that my nephew is left alone at night."
)


def play_today(cast: Cast, council: Council, calendar: WorkingCalendar, *, at: datetime) -> None:
    """Make today's open cases."""
    days = [day for n in range(40) if calendar.is_working_day(day := at.date() - timedelta(days=n))]
    for number, (age, answers) in enumerate(CHILDREN):
        receive(child_submission(answers, f"demo child {number}"), at=at_hour(days[age], 8))
    receive(_adult(MIXED, Complainant.PARENT, "mixed"), at=at_hour(days[2], 9))
    receive(
        _adult("She says that nobody asked her before the move.", Complainant.ADVOCACY_SERVICE, "advocate"),
        at=at_hour(days[1], 11),
    )
    for number, age in enumerate((6, 14, 22)):
        _in_stage_1(number, days[age], age, cast, council)
    _in_stage_2(days, cast, council)
    play_thanks(cast, days, our_own())


def _adult(words: str, who: Complainant, key: str) -> Submission:
    return Submission(
        kind=SubmissionKind.COMPLAINT,
        representation=Representation(
            method=Method.ONLINE_FORM,
            complainant=who,
            told=answered((("What is your complaint about?", words),)),
            point_of_receipt=PointOfReceipt.CUSTOMER_RELATIONS_TEAM,
            person=PersonDetails.of(is_adult=True, name=f"Demo {key}", phone="01632 960 100", safe_to_write="yes"),
            once_key=f"demo adult {key}",
        ),
        wants_secret_words=True,
    )


def _in_stage_2(days: list[date], cast: Cast, council: Council) -> None:
    """A complaint that was answered and is looked into at stage 2: both people are in post, the statement is agreed."""
    case_id = _in_stage_1(3, days[27], 27, cast, council)
    stage_1.write_answer(
        case_id, "We are sorry. The support starts again in May.", at=at_hour(days[12], 9), by_id=cast.manager
    )
    stage_1.check_answer_text(case_id, good=True, at=at_hour(days[12], 10), by_id=cast.officer)
    found = {1: Finding.PARTIALLY_UPHELD}
    stage_1.send_answer(case_id, found, council=council, at=at_hour(days[12], 11), by_id=cast.officer)
    _read_out(case_id, at_hour(days[12], 12), cast)
    later_stages.ask_for_stage(case_id, 2, requested_on=days[9], council=council, at=at_hour(days[9], 9), by_id=cast.officer)
    on = days[7]
    who: Any = {"at": at_hour(on, 9), "by_id": cast.officer}
    keys = {entry.name: entry.id for entry in register()}
    seats = {Seat.INVESTIGATING_OFFICER: "Indra Investigator", Seat.INDEPENDENT_PERSON: "Robin Visitor"}
    clear: Any = {"in_line_of_management": False, "knew_of_complaint": False, "fee_pence": 65000, "on": on}
    for seat, name in seats.items():
        appointments.appoint(case_id, seat, keys[name], **clear, **who)
    elements = ["The support stopped without a word.", "Nobody answered three emails."]
    statement.write_statement(case_id, elements, "The support back, and a plan.", by_person=False, **who)
    statement.send_statement(case_id, council=council, **who)
    _read_out(case_id, at_hour(on, 10), cast)
    statement.agree_statement(case_id, on=on, how="By telephone", **who)


def _in_stage_1(number: int, day: date, age: int, cast: Cast, council: Council) -> int:
    words = f"The support that was agreed for my daughter has stopped. I was told of it by text. ({number + 1})"
    case_id = receive(_adult(words, Complainant.PARENT, f"stage 1 {number}"), at=at_hour(day, 9)).record_id
    officer = cast.officer
    triage.check_safeguarding(case_id, at_risk=False, handed_over_to="", at=at_hour(day, 10), by_id=officer)
    said = triage.PartFacts(
        words=words, matter=Matter.SERVICE_FOR_A_CHILD, service_area="Children with Disabilities", happened_on=day
    )
    triage.describe_part(case_id, 1, said, at=at_hour(day, 11), by_id=officer)
    triage.decide_part(
        case_id,
        1,
        decision=Standing.ELIGIBLE,
        route=Route.STATUTORY,
        ground=Ground.STATUTORY_MATTER,
        reasons="",
        at=at_hour(day, 11),
        by_id=officer,
    )
    telling.tell_decision(case_id, council=council, at=at_hour(day, 12), by_id=officer)
    stage_1.acknowledge(case_id, council=council, at=at_hour(day, 13), by_id=officer)
    _read_out(case_id, at_hour(day, 13), cast)
    stage_1.choose_senior_manager(case_id, cast.senior, at=at_hour(day, 14), by_id=officer)
    if age > 10:
        stage_1.appoint_team_manager(case_id, cast.manager, at=at_hour(day, 15), by_id=cast.senior)
    return case_id


def _read_out(case_id: int, at: datetime, cast: Cast) -> None:
    """They left a telephone and no email: the officer reads them what waits."""
    letters = [letter.id for letter in db.session.get_one(Case, case_id).messages if letter.waits_for_someone]
    for letter_id in letters:
        note_left(case_id, letter_id, LetterHow.READ_OUT, london_day(at), at=at, by_id=cast.officer)
