"""The daily run: early requests open on their day, people are told on the last lawful day, colleagues before it is late.

Each thing goes out once: its key is unique in the database. A run that was missed is made up for by the next.
"""

import logging
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from portal import failures
from portal.audit.services import record
from portal.cases.clocks import days_on
from portal.cases.holders import holders_of, seniors_of
from portal.cases.models import Case, NextAction, Promised, PromiseEnding
from portal.cases.promises import passed_promises
from portal.cases.services.locked_case import locked_case
from portal.cases.stages import in_post
from portal.clock import LONDON, london_day
from portal.config import Council
from portal.correspondence.models import Reminder
from portal.correspondence.services.late_letters import late_letters, write_late_letter
from portal.correspondence.services.messages import post
from portal.database import db, transaction
from portal.desk.events import REMINDED
from portal.later_stages.services.later_stages import open_early_requests, opens_today
from portal.other_routes.services.proceedings import bring_back_held_parts, comes_back_today
from portal.outbox.services import AddressNotValid, queue_email
from portal.people.queries import person_by_id
from portal.procedure.clocks import Day
from portal.procedure.errors import CalendarTooShort
from portal.procedure.independence import Seat
from portal.procedure.routes import Route
from portal.procedure.stages import Status
from portal.triage.services.starting import tell_data_protection_officer
from portal.working_days.queries import working_calendar

log = logging.getLogger("portal")
CLOSE_OF_WORK = time(17)  # a letter that says we are late waits until the last lawful day is over
SOON, AGAIN_AFTER, STATEMENT_SLOW = 2, 5, 10  # working days

Due = tuple[str, str, NextAction, date]  # the kind of reminder, its key, what is to be done, by when


@dataclass
class Run:
    """What one run did: letters to people, reminders and escalations, stages that opened by themselves."""

    letters: int = 0
    reminders: int = 0
    escalations: int = 0
    opened: int = 0
    failed: int = 0
    pending: list["Pending"] = field(default_factory=list)


@dataclass(frozen=True)
class Pending:
    """One reminder that is to go out to one colleague."""

    case: Case
    kind: str
    key: str
    person_id: int
    action: NextAction
    due_on: date


def remind(council: Council, *, at: datetime) -> Run:
    """Do the day's run. It can be started as often as one likes: nothing goes out twice."""
    run, on, over = Run(), london_day(at), last_day_over(at)
    ids = db.session.scalars(select(Case.id).where(Case.is_open).order_by(Case.id)).all()
    works = _is_working_day(on)
    for case_id in ids:
        try:
            _run_case(case_id, run, council, at, over=over, works=works)
        except Exception as trouble:  # one case must not keep the others waiting
            db.session.rollback()
            run.failed += 1
            log.error("the day's run failed on case %s: %s", case_id, failures.told(trouble))
    _send_digests(run, at)
    return run


def _run_case(case_id: int, run: Run, council: Council, at: datetime, *, over: date, works: bool) -> None:
    case = db.session.get_one(Case, case_id)
    sent = _sent_before(case)
    if opens_today(case, over) or late_letters(case, over, sent) or comes_back_today(case, london_day(at)):
        _write_to_person(case_id, run, council, at)
    if works:
        _find_reminders(case, sent, run, at)
        _call_data_protection_officer(case, sent, council, at)


def last_day_over(at: datetime) -> date:
    """The last day on which nobody works any more: today after the close of work, else yesterday."""
    is_over = at.astimezone(LONDON).time() >= CLOSE_OF_WORK
    return london_day(at) if is_over else london_day(at) - timedelta(days=1)


def _write_to_person(case_id: int, run: Run, council: Council, at: datetime) -> None:
    on, over = london_day(at), last_day_over(at)
    with locked_case(case_id) as case:
        for late in late_letters(case, over, _sent_before(case)):
            words, said = write_late_letter(late, case, council, on)
            post(case, late.kind, words, about=late.stage, promises=said, at=at, by_id=None)
            for one in late.passed:
                if one.what is not Promised.WRITE:  # this is the letter that we said we would write
                    one.end(PromiseEnding.BROKEN, on)
            _keep(case, late.kind, late.key, None, at)
            run.letters += 1
        run.opened += open_early_requests(case, over, at=at) + bring_back_held_parts(case, on, at=at)


def _find_reminders(case: Case, sent: frozenset[tuple[str, str]], run: Run, at: datetime) -> None:
    wanted = [
        Pending(case, kind, f"{key}:{person_id}", person_id, action, due_on)
        for kind, key, action, due_on in (*_due_reminders(case, london_day(at)), *_promised_today(case, london_day(at)))
        for person_id in sorted(seniors_of(case) if kind == "escalated" else holders_of(case))
    ]
    run.pending += [one for one in wanted if (one.kind, one.key) not in sent]


def _call_data_protection_officer(case: Case, sent: frozenset[tuple[str, str]], council: Council, at: datetime) -> None:
    """Tell them once more, once for each day that comes near, of a part about personal data."""
    for strand in case.open_strands:
        key = f"{strand.position}:{strand.due_on.isoformat()}"
        is_near = strand.due_on <= days_on(london_day(at), SOON)
        if strand.route is Route.DATA_PROTECTION and is_near and ("data_protection", key) not in sent:
            with transaction():
                tell_data_protection_officer(case, strand, council, at=at, is_again=True)
                _keep(case, "data_protection", key, None, at)


def _promised_today(case: Case, on: date) -> Iterator[Due]:
    """That we said we would write to the person by today, and nobody has."""
    for one in passed_promises(case, on):
        if one.what is Promised.WRITE:
            yield "promised", f"promise:{one.id}", NextAction.KEEP_PROMISE, one.by_on


def _sent_before(case: Case) -> frozenset[tuple[str, str]]:
    rows = db.session.execute(select(Reminder.kind, Reminder.key).where(Reminder.case_id == case.id))
    return frozenset((row.kind, row.key) for row in rows)


def _keep(case: Case, kind: str, key: str, to_id: int | None, at: datetime) -> None:
    db.session.add(Reminder(case_id=case.id, kind=kind, key=key, on=london_day(at), to_id=to_id))
    record(REMINDED, case.about, at=at, kind=kind, to_id=to_id)


def _due_reminders(case: Case, on: date) -> Iterator[Due]:
    """What colleagues are told today: something is due within two working days, is late, or a guard is at risk."""
    if case.next_action is NextAction.NOTHING:
        return
    what = (case.next_action, case.next_due_on)
    key = f"{case.next_action}:{case.next_due_on.isoformat()}"
    try:
        left = working_calendar().working_days_between(on, case.next_due_on)
    except CalendarTooShort:
        return
    if 0 <= left <= SOON:
        yield "due_soon", key, *what
    elif left < 0:
        yield "late", key, *what
        yield "escalated", key, *what
        if -left > AGAIN_AFTER:
            yield "still_late", f"{key}:{(-left - 1) // AGAIN_AFTER}", *what
    yield from ((kind, key, *what) for kind, key in _guards_at_risk(case, on))


def _guards_at_risk(case: Case, on: date) -> Iterator[tuple[str, str]]:
    stage = case.stage(2)
    if case.status is not Status.STAGE_2 or stage is None:
        return
    days = working_calendar().working_days_between(stage.requested_on, on)
    if stage.day(Day.AGREEMENT) is None and days >= STATEMENT_SLOW:
        yield "statement_slow", f"{stage.id}:{days // STATEMENT_SLOW}"
    if in_post(stage, Seat.INVESTIGATING_OFFICER) and not in_post(stage, Seat.INDEPENDENT_PERSON):
        since = in_post(stage, Seat.INVESTIGATING_OFFICER)[0].appointed_on
        if on > since:
            yield "no_independent_person", f"{stage.id}"


def _is_working_day(on: date) -> bool:
    try:
        return working_calendar().is_working_day(on)
    except CalendarTooShort:
        return True


def _send_digests(run: Run, at: datetime) -> None:
    """One email for each person, with references and actions and nothing of what anyone wrote.

    That they were reminded, and the email itself, are kept in one action, so that neither is there without the other.
    """
    if not run.pending:
        return
    lines: dict[int, list[tuple[str, NextAction, date, str]]] = defaultdict(list)
    with transaction():
        for one in run.pending:
            case = one.case
            _keep(case, one.kind, one.key, one.person_id, at)
            lines[one.person_id].append((case.reference, one.action, one.due_on, one.kind))
            run.escalations += one.kind == "escalated"
            run.reminders += one.kind != "escalated"
        for person_id, told in lines.items():
            person = person_by_id(person_id)
            if person is not None and person.active:
                _email(person.email, told, at)


def _email(address: str, lines: list[tuple[str, NextAction, date, str]], at: datetime) -> None:
    try:
        queue_email("reminder", address, at=at, lines=lines)
    except AddressNotValid:
        log.error("a colleague's address is not valid; their reminder could not be written")
