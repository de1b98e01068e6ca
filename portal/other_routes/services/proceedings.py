"""Parts that are held while a court, a tribunal or another body deals with them (SI 2006/1738 reg 8).

A hold has a day on which it is looked at again. When the proceedings end the person is told, and may come back within a
year: what they bring back is a case of its own, with its own clock, linked to the one it came from.
"""

from datetime import date, datetime

from portal.audit.services import record
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
from portal.procedure.letter_check import Edited, Needs
from portal.procedure.routes import Route
from portal.procedure.time_limits import anniversary
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
    """The proceedings ended: the person is told that they can come back, within one year (law case TC24)."""
    with locked_case(case_id, version) as case:
        strand = held_strand(case, position)
        if strand.day(Day.PROCEEDINGS_ENDED):
            raise NotComplete("It is already recorded that the proceedings ended.")
        if ended_on > london_day(at):
            raise NotComplete("The day must be today or earlier.")
        until_on = anniversary(ended_on, 1)
        words = letter or Edited(strand_letter(case, position, "proceedings_ended", council, until_on=until_on))
        strand.note(Day.PROCEEDINGS_ENDED, ended_on)
        strand.due_on = until_on
        post(case, "proceedings_ended", words, at=at, by_id=by_id)
        facts = {"position": position, "ended_on": ended_on.isoformat(), "until_on": until_on.isoformat()}
        record(PROCEEDINGS_ENDED, case.about, at=at, by_id=by_id, **facts)


def take_up_again(
    case_id: int, position: int, *, asked_on: date, at: datetime, by_id: int, version: int | None = None
) -> str:
    """The person comes back with a held part: it becomes a case of its own; gives its reference."""
    with locked_case(case_id, version) as case:
        strand = held_strand(case, position)
        if asked_on > london_day(at) or asked_on < strand.requested_on:
            raise NotComplete("The day they came back must be after the hold began, and no later than today.")
        new = open_from(case, [position], received_on=asked_on, at=at, by_id=by_id)
        strand.closed_on = london_day(at)
        record(HOLD_ENDED, case.about, at=at, by_id=by_id, position=position, words=new.reference, came_back=True)
        return new.reference


def end_hold(
    case_id: int, position: int, *, confirmed_by: str, at: datetime, by_id: int, version: int | None = None
) -> None:
    """End a hold without taking it up: the person said so, or a year has passed since the proceedings ended."""
    with locked_case(case_id, version) as case:
        strand = held_strand(case, position)
        year_passed = strand.day(Day.PROCEEDINGS_ENDED) is not None and london_day(at) > strand.due_on
        if not confirmed_by.strip() and not year_passed:
            raise NotComplete("Say who confirmed this, and how. Without that it stays open until a year after they ended.")
        strand.closed_on = london_day(at)
        words = confirmed_by or "A year has passed since the proceedings ended."
        record(HOLD_ENDED, case.about, at=at, by_id=by_id, position=position, words=words, came_back=False)


def held_strand(case: Case, position: int) -> Stage:
    """The hold of a part. Raises NotComplete."""
    strand = strand_at(case, position)
    if strand.route is not Route.COURT_OR_TRIBUNAL:
        raise NotComplete("This part is not held for proceedings.")
    return strand
