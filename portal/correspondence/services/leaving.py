"""A letter leaves: it is handed to the mail server, posted, read out, or shown on the person's own page. Or it comes back.

What a letter stops (a clock, a stage) is stopped by the day on which it left, never by the day on which it was written.
"""

from collections.abc import Callable
from datetime import date, datetime

from sqlalchemy import select, union

from portal.audit.services import record
from portal.cases.errors import NotComplete
from portal.cases.models import Case, LetterHow, LetterWay, Message, Stage
from portal.cases.services.locked_case import locked_case
from portal.clock import LONDON, NOON, london_day
from portal.correspondence.events import LETTER_CAME_BACK, LETTER_LEFT
from portal.database import db
from portal.keys.opening import each_by_itself
from portal.outbox.models import NOT_THERE, MailState, OutgoingEmail

Effect = Callable[[Case, Stage, date, datetime, int | None], None]
EFFECTS: dict[str, Effect] = {}
WHY = {
    MailState.REFUSED: "the mail server refused the address",
    MailState.GIVEN_UP: "the mail server could not be reached for days",
    MailState.CAME_BACK: "it was returned: nobody reads mail at this address",
}


def stops(name: str) -> Callable[[Effect], Effect]:
    """Say what happens to a stage when a letter that `stops` it has left."""

    def keep(effect: Effect) -> Effect:
        EFFECTS[name] = effect
        return effect

    return keep


def leave(case: Case, letter: Message, how: LetterHow, left_at: datetime, *, at: datetime, by_id: int | None) -> None:
    """Note inside an action that a letter left; the first time, it stops what it stops."""
    was_gone = letter.left_at is not None
    letter.left_how, letter.left_by_id, letter.came_back_at, letter.came_back_why = how, by_id, None, ""
    letter.left_at = letter.left_at or left_at
    on = london_day(left_at)
    record(LETTER_LEFT, case.about, at=at, by_id=by_id, kind=letter.kind, how=how, on=on.isoformat())
    stage = next((one for one in (*case.stages, *case.strands) if one.id == letter.stage_id), None)
    if letter.stops and stage is not None and not was_gone:
        EFFECTS[letter.stops](case, stage, on, at, by_id)


def note_left(
    case_id: int,
    letter_id: int,
    how: LetterHow,
    on: date,
    *,
    at: datetime,
    by_id: int,
    version: int | None = None,
) -> None:
    """A colleague posted a letter, read it out or handed it over, on a day."""
    with locked_case(case_id, version) as case:
        letter = next((one for one in case.messages if one.id == letter_id), None)
        if letter is None or not letter.waits_for_someone:
            raise NotComplete("This letter has left already. Reload the case.")
        if not london_day(letter.at) <= on <= london_day(at):
            raise NotComplete("The day must be between the day of the letter and today.")
        left_at = at if on == london_day(at) else datetime.combine(on, NOON, LONDON)
        leave(case, letter, how, left_at, at=at, by_id=by_id)


def follow_mail(*, at: datetime) -> int:
    """Take over from the post what became of emailed letters: they left, or they did not arrive; gives how many moved."""
    waiting = select(Message.id, Message.case_id).where(Message.way == LetterWay.EMAIL, Message.left_at.is_(None))
    waits = waiting.join(OutgoingEmail, Message.email_id == OutgoingEmail.id)
    withdrawn = waits.where(OutgoingEmail.state == MailState.WITHDRAWN)
    left = waits.where(OutgoingEmail.state == MailState.LEFT)
    emailed = select(Message.id, Message.case_id).join(OutgoingEmail, Message.email_id == OutgoingEmail.id)
    lost = emailed.where(
        OutgoingEmail.state.in_(NOT_THERE), Message.came_back_at.is_(None), Message.left_how.not_in(BY_HAND)
    )
    case_of = {letter: case for letter, case in db.session.execute(union(left, lost, withdrawn))}  # each by its own index

    def follow(letter_id: int) -> bool:
        with locked_case(case_of[letter_id]) as case:
            letter = next(one for one in case.messages if one.id == letter_id)
            _follow(case, letter, db.session.get_one(OutgoingEmail, letter.email_id), at)
        return True

    return sum(each_by_itself(sorted(case_of), follow))


BY_HAND = (LetterHow.POSTED, LetterHow.READ_OUT, LetterHow.HANDED_OVER)


def _follow(case: Case, letter: Message, email: OutgoingEmail, at: datetime) -> None:
    if email.state is MailState.WITHDRAWN:
        letter.way = LetterWay.BY_HAND
        return
    if not email.is_not_there:
        leave(case, letter, LetterHow.EMAILED, email.sent_at or at, at=at, by_id=None)
        return
    letter.came_back_at, letter.came_back_why = email.ended_at or at, WHY[email.state]
    case.person = {**case.person, "email_failed": email.recipient}
    record(LETTER_CAME_BACK, case.about, at=at, kind=letter.kind, why=letter.came_back_why)
