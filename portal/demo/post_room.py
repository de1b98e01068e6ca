"""What goes to and fro in the simulated year: mail that is refused or returned, letters posted by hand, second messages."""

import smtplib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import select

from portal.cases.models import Case, LetterHow, Message
from portal.clock import london_day
from portal.config import Council
from portal.correspondence.services.leaving import follow_mail, note_left
from portal.correspondence.services.messages import note_reply_read, receive_reply
from portal.database import db
from portal.demo.people import Cast
from portal.duty.models import Alert
from portal.duty.services import climb
from portal.outbox.models import MailState, OutgoingEmail
from portal.outbox.services import deliver, note_came_back
from portal.procedure.calendar import WorkingCalendar
from portal.reports.register_rows import RegisterRow

WORSE = "He has started to hit me again and I am scared to go home."
MORE = "I forgot to say: the letter of March is wrong too."
EVERY, OF_WHOM_WORSE = 4, 3  # every fourth person writes again, two of three of them with a sign of harm


def person_of(row: RegisterRow, place: int) -> Mapping[str, object]:
    """How a person of the year can be reached: by email that arrives, is refused or returned; by telephone, post, or not."""
    if row.complainant == "child_or_young_person":
        return {}
    ways: tuple[dict[str, object], ...] = (
        {"email": f"{row.reference.lower()}@arrives.example"},
        {"email": f"{row.reference.lower()}@arrives.example"},
        {"email": f"{row.reference.lower()}@refused.example"},
        {"email": f"{row.reference.lower()}@returned.example"},
        {"phone": "01632 960000"},
        {"post": "1 Example Street"},
        {},
    )
    return ways[place % len(ways)]


@dataclass
class PostRoom:
    """The mail server and the colleague of the simulated year."""

    council: Council
    cast: Cast
    calendar: WorkingCalendar
    returns: list[tuple[datetime, str]] = field(default_factory=list)

    def post(self, at: datetime) -> None:
        """One minute of the worker: the duty desk is called, mail is posted, letters follow what became of it."""
        climb(self.council.duty, at=at)
        came_back = [message_id for left_at, message_id in self.returns if at - left_at > timedelta(hours=12)]
        if came_back:
            note_came_back(came_back, at=at)
            self.returns = [one for one in self.returns if one[1] not in came_back]
        deliver(lambda email: self._take(email, at), tell_time=lambda: at)
        follow_mail(at=at)

    def _take(self, email: OutgoingEmail, at: datetime) -> None:
        if email.recipient.endswith("refused.example"):
            raise smtplib.SMTPRecipientsRefused({email.recipient: (550, b"no such mailbox")})
        if email.recipient.endswith("returned.example"):
            self.returns.append((at, email.message_id))

    def work(self, at: datetime) -> None:
        """What a colleague does at the end of a working day: posts what waits, reads who wrote back, says who has it.

        Every third alert is left for a day, so that the ladder has to be climbed.
        """
        if not self.calendar.is_working_day(london_day(at)):
            return
        waiting = select(Message).where(Message.from_us, (Message.left_at.is_(None)) | (Message.came_back_at.is_not(None)))
        for letter in db.session.scalars(waiting.order_by(Message.id)).all():
            if letter.waits_for_someone:
                how = LetterHow.READ_OUT if letter.case_id % 2 else LetterHow.POSTED
                note_left(letter.case_id, letter.id, how, london_day(at), at=at, by_id=self.cast.officer)
        for case in db.session.scalars(select(Case).where(Case.unread_reply_at.is_not(None)).order_by(Case.id)).all():
            if case.id % 3 or at - (case.unread_reply_at or at) > timedelta(days=1):
                note_reply_read(case.id, at=at, by_id=self.cast.officer)

    def write_again(self, case_id: int, place: int, at: datetime) -> None:
        """The person writes once more; most of those who do say something worse than before."""
        words = WORSE if place // EVERY % OF_WHOM_WORSE else MORE
        receive_reply(case_id, words, once_key=f"again-{case_id}", at=at)


def alerts_without_a_next_step(council: Council, at: datetime) -> int:
    """How many alerts nobody has, that no rung of the ladder was told of in its time, or whose case is not read first."""
    lost = 0
    for alert in db.session.scalars(select(Alert).where(Alert.answered_at.is_(None))):
        case = db.session.get_one(Case, int(alert.about.removeprefix("case/")))
        was_told = bool(alert.calls) and at - alert.calls[-1].at < council.duty.again_after
        lost += not (was_told and case.is_read_first and case.is_open)
    return lost


def letters_that_did_not_leave() -> int:
    """How many letters count as gone though no server took them and nobody says that they posted or read them out."""
    lost = 0
    rows = select(Message, OutgoingEmail).outerjoin(OutgoingEmail, OutgoingEmail.id == Message.email_id)
    for letter, email in db.session.execute(rows.where(Message.from_us, Message.left_at.is_not(None))):
        if letter.left_how is LetterHow.EMAILED:
            gone = email is not None and email.state in (MailState.LEFT, MailState.CAME_BACK)
            lost += not gone or (email.state is MailState.CAME_BACK and letter.came_back_at is None)
        elif letter.left_how in (LetterHow.POSTED, LetterHow.READ_OUT, LetterHow.HANDED_OVER):
            lost += letter.left_by_id is None
    return lost
