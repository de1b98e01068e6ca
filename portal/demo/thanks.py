"""Made-up thanks of the last weeks: some passed on, some quoted, some that wait. No real person said any of them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from portal.cases.representation import PersonDetails, Representation, answered, through
from portal.compliments.services import passing_on, quoting
from portal.demo.people import Cast
from portal.demo.year import at_hour
from portal.incoming_email.services.receive_email import Mailbox, receive_email
from portal.incoming_email.services.who_wrote import OurOwn
from portal.intake.services.receive import receive
from portal.intake.submission import Submission, SubmissionKind
from portal.procedure.eligibility import Complainant
from portal.procedure.receipt import Method, PointOfReceipt

KIT, SAM, CHESTER = "Kit Worker", "Sam Manager", "Children in Need / Chester"


@dataclass(frozen=True)
class DemoThanks:
    """Who said what of whom, so many working days ago, and the quote that two colleagues made of it."""

    age: int
    words: str
    thanked: str
    who: Complainant = Complainant.PARENT
    is_from_court: bool = False
    quote: str = ""


ALL = (
    DemoThanks(
        15,
        "Kit came every time they said they would. Our Tommy has stopped hiding upstairs when the bell goes, and last week "
        "he showed Kit his rabbits. I never thought I would write to social services to say thank you.",
        KIT,
        quote="Kit came every time they said they would. I never thought I would write to social services to say thank you.",
    ),
    DemoThanks(
        12,
        "The court was greatly assisted by the clarity of Kit Worker's statement, and by the care with which the children's "
        "own words were set out in it.",
        KIT,
        Complainant.PROFESSIONAL,
        is_from_court=True,
        quote="The court was greatly assisted by the clarity of the statement, and by the care with which the children's "
        "own words were set out in it.",
    ),
    DemoThanks(
        9,
        "To the whole team at Chester: you found a way for the brothers to stay together. They are asleep next door as I "
        "write.",
        CHESTER,
        Complainant.FOSTER_CARER,
        quote="You found a way for the brothers to stay together. They are asleep next door as I write.",
    ),
    DemoThanks(4, "Sam rang me back within the hour and explained the plan in words I could follow. Thank you.", SAM),
    DemoThanks(
        2, "Kit is wonderful with her. The one before never came, and we waited four months for anyone to ring.", KIT
    ),
    DemoThanks(
        1, "Please thank the lady with the red coat who sat with my mum at the hospital.", "The lady with the red coat"
    ),
)
FORWARDED = b"""From: Sam Manager <manager@demo.example>
To: thanks@exampleshire.example
Subject: FW: Thank you
Message-ID: <demo-forward@demo.example>
Date: %b

One for Kit's file!

---------- Forwarded message ---------
From: Bev Example <bev@post.example>
Date: %b
Subject: Thank you
To: Kit Worker <worker@demo.example>

Kit, the memory book arrived and she sleeps with it under her pillow. Thank you, from both of us.
"""
AWAY = b"""From: Pat Example <pat@post.example>
To: your-say@exampleshire.example
Subject: Automatic reply: Your message to us
Message-ID: <demo-away@post.example>
Auto-Submitted: auto-replied
Date: %b

I am away until Monday and read no email.
"""


def play_thanks(cast: Cast, days: list[date], own: OurOwn) -> None:
    """Make the thanks, an issue that an advocate sorted, and two emails. `days` are working days, newest first."""
    for number, said in enumerate(ALL):
        at = at_hour(days[said.age], 10)
        record = receive(_submission(said, number), at=at, by_id=cast.officer).record_id
        if said.quote:
            quoting.record_consent(record, "On the phone, the same day.", at=at, by_id=cast.officer)
            quoting.write_quote(record, said.quote, at=at, by_id=cast.officer)
            quoting.check_quote(record, said.quote, at=at, by_id=cast.lead)
        passing_on.pass_on_waiting("http://127.0.0.1:8000", at=at + timedelta(hours=1))
    receive(_issue(), at=at_hour(days[6], 11), by_id=cast.officer)
    at = at_hour(days[1], 9)
    for mailbox, raw in ((Mailbox.THANKS, FORWARDED), (Mailbox.COMPLAINTS, AWAY)):
        receive_email(mailbox, raw.replace(b"%b", _stamp(at)), own, at=at + timedelta(hours=1))


def _submission(said: DemoThanks, number: int) -> Submission:
    return Submission(
        kind=SubmissionKind.COMPLIMENT,
        representation=Representation(
            method=Method.LETTER,
            complainant=said.who,
            told=(),
            point_of_receipt=PointOfReceipt.SERVICE_AREA,
            once_key=f"demo thanks {number}",
        ),
        words=said.words,
        thanked=said.thanked,
        is_from_court=said.is_from_court,
    )


def _issue() -> Submission:
    return Submission(
        kind=SubmissionKind.ISSUE,
        representation=Representation(
            method=Method.TELEPHONE,
            complainant=Complainant.ADVOCACY_SERVICE,
            told=answered(
                (("What was it, and how was it sorted?", "His bus pass was late. The team rang the company and it came."),)
            ),
            point_of_receipt=PointOfReceipt.SERVICE_AREA,
            person=PersonDetails.of(is_adult=True, name="Demo advocate"),
            once_key="demo issue",
            raised_through=through("advocate"),
        ),
        words="His bus pass was late. The team rang the company and it came.",
    )


def _stamp(at: datetime) -> bytes:
    return f"{at:%a, %d %b %Y %H:%M:%S %z}".encode()
