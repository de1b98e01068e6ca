"""Starting a strand for each part that another route answers."""

from datetime import date, datetime, timedelta

from portal.audit.services import record
from portal.cases.clocks import clocks_of, count_again
from portal.cases.models import Case, Part, Stage
from portal.cases.services.locked_case import promised_day
from portal.clock import london_day
from portal.procedure.routes import Route
from portal.triage.events import STRAND_STARTED
from portal.working_days.queries import working_calendar

COUNTED = frozenset({Route.CORPORATE, Route.DATA_PROTECTION})


PASSED_ON = frozenset({Route.CONFERENCE_APPEAL, Route.ANOTHER_BODY, Route.SAFEGUARDING})


REVIEW_AFTER = timedelta(days=90)


PASS_ON_WITHIN = 2  # working days, as for the acknowledgement


def start_strands(case: Case, *, at: datetime, by_id: int) -> bool:
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
    return bool(case.open_strands)


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
