"""Parts that are held while a court, a tribunal or another body deals with them (SI 2006/1738 reg 8).

A hold has a day on which it is looked at again. When the proceedings end the part comes back by itself on the day that
follows, and the person is told: it is a case of its own, with its own clock, linked to the one it came from.
"""

from datetime import date, datetime, timedelta

from portal.audit.services import record
from portal.cases.confirmation import Confirmation
from portal.cases.errors import NotComplete
from portal.cases.models import Case, Promised, Stage
from portal.cases.promises import Said
from portal.cases.services.locked_case import locked_case
from portal.clock import london_day
from portal.config import Council
from portal.correspondence.services.messages import post
from portal.other_routes.events import HOLD_ENDED, HOLD_REVIEWED, PROCEEDINGS_ENDED
from portal.other_routes.services.strands import strand_at, strand_letter
from portal.procedure.clocks import Day
from portal.procedure.errors import MoveNotAllowed
from portal.procedure.letter_check import Edited, Needs
from portal.procedure.routes import Route
from portal.triage.services.linking import open_from


def review_hold(
    case_id: int,
    position: int,
    *,
    reasons: str,
    review_on: date,
    council: Council,
    letter: Edited | None = None,
    at: datetime,
    by_id: int,
    version: int | None = None,
) -> None:
    """Look at a hold again: it stays, for these reasons, until another day; the person is told."""
    if not reasons.strip():
        raise NotComplete("Say why it is still held. The person is told.")
    if review_on <= london_day(at):
        raise NotComplete("Choose a day that has not passed.")
    with locked_case(case_id, version) as case:
        strand = held_strand(case, position)
        told = {"reasons": reasons, "review_on": review_on}
        words = letter or Edited(strand_letter(case, position, "hold_reviewed", council, **told))
        needs = Needs(reasons=[reasons], ombudsman=True, dates=[review_on])
        strand.reviewed_on, strand.due_on = london_day(at), review_on
        promises = (Said.of(strand, Promised.REVIEW, review_on),)
        post(case, "hold_reviewed", words, needs=needs, promises=promises, at=at, by_id=by_id)
        facts = {"position": position, "reasons": reasons, "review_on": review_on.isoformat()}
        record(HOLD_REVIEWED, case.about, at=at, by_id=by_id, **facts)


def ended_letter(case: Case, position: int, ended_on: date, council: Council) -> str:
    """The letter that says that the proceedings ended, and on which day the part comes back by itself."""
    return strand_letter(case, position, "proceedings_ended", council, ended_on=ended_on, comes_back_on=day_after(ended_on))


def day_after(ended_on: date) -> date:
    """The day on which a held part comes back: the one that follows the end of the proceedings."""
    return ended_on + timedelta(days=1)


def end_proceedings(
    case_id: int,
    position: int,
    *,
    ended_on: date,
    council: Council,
    letter: Edited | None = None,
    at: datetime,
    by_id: int,
    version: int | None = None,
) -> None:
    """The proceedings ended: the part comes back by itself on the day that follows, and the person is told (case TC24).

    Nobody has to ask for it again. Who no longer wants it says so.
    """
    with locked_case(case_id, version) as case:
        strand = held_strand(case, position)
        if strand.day(Day.PROCEEDINGS_ENDED):
            raise NotComplete("It is already recorded that the proceedings ended.")
        if not strand.requested_on <= ended_on <= london_day(at):
            raise NotComplete("The day must be between the day of the hold and today.")
        words = letter or Edited(ended_letter(case, position, ended_on, council))
        strand.note(Day.PROCEEDINGS_ENDED, ended_on)
        strand.due_on = day_after(ended_on)
        post(case, "proceedings_ended", words, needs=Needs(comes_back=True), about=strand, at=at, by_id=by_id)
        facts = {"position": position, "ended_on": ended_on.isoformat(), "until_on": strand.due_on.isoformat()}
        record(PROCEEDINGS_ENDED, case.about, at=at, by_id=by_id, **facts)
        bring_back_held_parts(case, london_day(at), at=at)


def bring_back_held_parts(case: Case, on: date, *, at: datetime) -> int:
    """Make a case of its own of each part whose proceedings ended before a day, inside an action; says how many."""
    ready = comes_back_today(case, on)
    for strand in ready:
        _take_up(case, strand, strand.due_on, at=at, by_id=None)
    return len(ready)


def comes_back_today(case: Case, on: date) -> list[Stage]:
    """The held parts of a case that come back by a day, because their proceedings ended before it."""
    return [one for one in case.open_strands if one.day(Day.PROCEEDINGS_ENDED) is not None and one.due_on <= on]


def take_up_again(
    case_id: int, position: int, *, asked_on: date, at: datetime, by_id: int, version: int | None = None
) -> str:
    """The person comes back with a part while it is held: it becomes a case of its own; gives its reference."""
    with locked_case(case_id, version) as case:
        strand = held_strand(case, position)
        if asked_on > london_day(at) or asked_on < strand.requested_on:
            raise NotComplete("The day they came back must be after the hold began, and no later than today.")
        return _take_up(case, strand, asked_on, at=at, by_id=by_id)


def _take_up(case: Case, strand: Stage, received_on: date, *, at: datetime, by_id: int | None) -> str:
    new = open_from(case, [strand.position], received_on=received_on, at=at, by_id=by_id)
    strand.closed_on = london_day(at)
    record(HOLD_ENDED, case.about, at=at, by_id=by_id, position=strand.position, words=new.reference, came_back=True)
    return new.reference


def end_hold(
    case_id: int, position: int, *, confirmed: Confirmation, at: datetime, by_id: int, version: int | None = None
) -> None:
    """End a hold without taking the part up: only the person's own word does that. Raises MoveNotAllowed."""
    with locked_case(case_id, version) as case:
        strand = held_strand(case, position)
        if not confirmed.is_their_own:
            raise MoveNotAllowed(
                "G2", "Only the person, or their advocate for them, can say that it is not taken up. Ask them."
            )
        if not strand.requested_on <= confirmed.on <= london_day(at):
            raise NotComplete("The day on which they said it must be between the day of the hold and today.")
        strand.closed_on = london_day(at)
        record(HOLD_ENDED, case.about, at=at, by_id=by_id, position=position, words=str(confirmed), came_back=False)


def held_strand(case: Case, position: int) -> Stage:
    """The hold of a part. Raises NotComplete."""
    strand = strand_at(case, position)
    if strand.route is not Route.COURT_OR_TRIBUNAL:
        raise NotComplete("This part is not held for proceedings.")
    return strand
