"""Starting a strand for each part that another route answers."""

import logging
from datetime import date, datetime, timedelta

from portal.audit.services import record
from portal.cases.clocks import clocks_of, count_again
from portal.cases.models import Case, Part, Stage
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
        strand = _strand_for(case, part, london_day(at))
        known = next((one for one in case.strands if (one.position, one.route) == (part.position, part.route)), None)
        if known is not None and strand is not None and known.route is Route.COURT_OR_TRIBUNAL:
            known.closed_on, known.due_on = None, strand.due_on  # held once more after it was opened again
        elif strand is not None and known is None:
            case.strands.append(strand)
            facts = {"position": part.position, "route": part.route, "number": 1, "due_on": strand.due_on.isoformat()}
            record(STRAND_STARTED, case.about, at=at, by_id=by_id, **facts)
            tell_data_protection_officer(case, strand, council, at=at)
    return bool(case.open_strands)


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


def _strand_for(case: Case, part: Part, on: date) -> Stage | None:
    if part.route is None:
        return None
    strand = Stage(
        route=part.route, position=part.position, number=1, requested_on=case.received_on, due_on=case.received_on
    )
    if part.route in COUNTED:
        count_again(strand)
        return strand if clocks_of(strand) else None
    if part.route is Route.COURT_OR_TRIBUNAL:
        strand.requested_on, strand.due_on = on, part.review_on or on + REVIEW_AFTER
        return strand
    if part.route is Route.SAFEGUARDING:  # handing a child to those who keep them safe is no answer: that stays promised
        strand.requested_on = on
        strand.due_on = promised_day("statutory.stage_1.response", case.received_on) or on
        return strand
    if part.route in PASSED_ON:
        strand.requested_on, strand.due_on = on, working_calendar().add_working_days(on, PASS_ON_WITHIN)
        return strand
    return None
