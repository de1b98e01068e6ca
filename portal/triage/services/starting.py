"""Starting a strand for each part that another route answers."""

import logging
from datetime import date, datetime, timedelta

from portal.audit.services import record
from portal.cases.clocks import clocks_of, count_again
from portal.cases.models import Case, Stage
from portal.cases.services.locked_case import promised_day
from portal.clock import london_day
from portal.config import Council
from portal.outbox.services import AddressNotValid, queue_email
from portal.procedure.routes import Route
from portal.triage.events import STRAND_STARTED
from portal.working_days.queries import working_calendar

log = logging.getLogger("portal")
COUNTED = frozenset({Route.CORPORATE, Route.DATA_PROTECTION})


PASSED_ON = frozenset({Route.CONFERENCE_APPEAL, Route.ANOTHER_BODY, Route.SAFEGUARDING})


REVIEW_AFTER = timedelta(days=90)


PASS_ON_WITHIN = 2  # working days, as for the acknowledgement


def start_strands(case: Case, *, council: Council, at: datetime, by_id: int) -> bool:
    """Start a strand for each part that another route answers, within the action that tells them. Says whether one runs.

    A route whose limits were not in force on the day of receipt gets none: the letter alone ends it, as it did then.
    """
    for part in case.parts:
        strand = strand_on(case, part.position, part.route, part.review_on, london_day(at))
        if strand is not None:
            begin_strand(strand, case, council, at=at, by_id=by_id)
    return bool(case.open_strands)


def begin_strand(strand: Stage, case: Case, council: Council, *, at: datetime, by_id: int) -> None:
    """Begin a strand inside an action that holds the case. What ran on that road before goes on."""
    same = (strand.position, strand.route, strand.number)
    known = next((one for one in case.strands if (one.position, one.route, one.number) == same), None)
    if known is not None:
        known.closed_on, known.due_on = None, strand.due_on  # held once more after it was opened again, or come back to
        return
    case.strands.append(strand)
    facts = {"position": strand.position, "route": strand.route, "number": 1, "due_on": strand.due_on.isoformat()}
    record(STRAND_STARTED, case.about, at=at, by_id=by_id, **facts)
    tell_data_protection_officer(case, strand, council, at=at)


def tell_data_protection_officer(
    case: Case, strand: Stage, council: Council, *, at: datetime, is_again: bool = False
) -> None:
    """Tell the data protection officer, by the reference alone, that a part is a complaint about personal data."""
    address = council.data_protection_email.strip()
    if strand.route is not Route.DATA_PROTECTION or not address:
        return
    try:
        told = {"reference": case.reference, "due_on": strand.due_on, "is_again": is_again}
        queue_email("data_protection_part", address, at=at, belongs_to="", **told)
    except AddressNotValid:
        log.error("the address of the data protection officer is not valid; they were not told")


def strand_on(case: Case, position: int, route: Route | None, review_on: date | None, on: date) -> Stage | None:
    """What would run for a part on a route from a day; None where nothing does."""
    if route is None:
        return None
    strand = Stage(route=route, position=position, number=1, requested_on=case.received_on, due_on=case.received_on)
    if route in COUNTED:
        count_again(strand)
        return strand if clocks_of(strand) else None
    if route is Route.COURT_OR_TRIBUNAL:
        strand.requested_on, strand.due_on = on, review_on or on + REVIEW_AFTER
        return strand
    if route is Route.SAFEGUARDING:  # handing a child to those who keep them safe is no answer: that stays promised
        strand.requested_on = on
        strand.due_on = promised_day("statutory.stage_1.response", case.received_on) or on
        return strand
    if route in PASSED_ON:
        strand.requested_on, strand.due_on = on, working_calendar().add_working_days(on, PASS_ON_WITHIN)
        return strand
    return None
