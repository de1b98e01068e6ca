"""A year with a clock that jumps: the demo year's representations, answered as late as the report says, and the daily run.

What must go out, and on which day, is worked out once more from the register alone; the two are compared.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from portal.cases.models import Case, Message, NextAction
from portal.clock import LONDON, london_day
from portal.config import Council
from portal.correspondence.models import Reminder
from portal.database import db
from portal.demo.ledger import Ledger
from portal.demo.people import Cast
from portal.demo.post_room import EVERY, PostRoom, person_of
from portal.demo.ways import ways_of
from portal.demo.year import ONLINE, Act, Play, acts_of, at_hour
from portal.desk.services.reminders import remind
from portal.procedure.calendar import WorkingCalendar
from portal.reports.register_rows import RegisterRow

MORNING, EVENING = time(8), time(17, 30)
AFTER_THE_YEAR = timedelta(days=60)
LETTERS = ("late_stage_1", "right_to_stage_2")
Sent = tuple[str, str, date]  # the register's reference, the kind of letter, the day


@dataclass
class Outcome:
    """What went out, and what should have."""

    representations: int
    days: int = 0
    sent: Counter[Sent] = field(default_factory=Counter)
    wanted: set[Sent] = field(default_factory=set)
    reminders: Counter[str] = field(default_factory=Counter)
    twice: int = 0
    ledger: Ledger = field(default_factory=Ledger)

    @property
    def missed(self) -> set[Sent]:
        """What should have gone out on a day and did not."""
        return self.wanted - self.sent.keys()

    @property
    def too_many(self) -> set[Sent]:
        """What went out on a day on which it should not, or letters that went more than once."""
        return {one for one, count in self.sent.items() if one not in self.wanted or count > 1}


def simulate(
    rows: list[RegisterRow],
    cast: Cast,
    council: Council,
    calendar: WorkingCalendar,
    look: Callable[[datetime], None] = lambda at: None,
) -> Outcome:
    """Play the year day by day: what people did at their hours, and the daily run each morning and evening.

    After each run somebody may `look` at what there is.
    """
    complaints = [row for row in rows if row.kind != "compliment"]
    room, ways = PostRoom(council, cast, calendar), ways_of(complaints)
    plays = [
        Play(row, cast, council, calendar, person_of(row, place), row.method in ONLINE, ways=ways[row.reference])
        for place, row in enumerate(complaints)
    ]
    acts = sorted((act for place, play in enumerate(plays) for act in _all_of(play, place, room)), key=lambda act: act[0])
    outcome = Outcome(len(complaints), wanted=wanted_letters(complaints, calendar) | wanted_reminders(complaints, calendar))
    day, last = london_day(acts[0][0]), london_day(acts[-1][0]) + AFTER_THE_YEAR
    while day <= last:
        for hour in (MORNING, EVENING):
            at = datetime.combine(day, hour, LONDON)
            _play_until(at, acts, room)
            remind(council, at=at)
            room.post(at)
            outcome.ledger.look(council, at)
            look(at)
        day += timedelta(days=1)
        outcome.days += 1
        db.session.expire_all()
    outcome.ledger.count()
    return _counted(outcome)


def _play_until(at: datetime, acts: list[Act], room: PostRoom) -> None:
    """What people did up to a moment, with the post after each act; at the end of the day a colleague works through it."""
    while acts and acts[0][0] <= at:
        then, act = acts.pop(0)
        act(then)
        room.post(then)
    if at.time() == EVENING:
        room.work(at)


def _all_of(play: Play, place: int, room: PostRoom) -> Iterator[Act]:
    yield from acts_of(play)
    if place % EVERY == 0:
        yield at_hour(play.day(3), 20), lambda at: room.write_again(play.case_id, place, at)


def wanted_letters(rows: list[RegisterRow], calendar: WorkingCalendar) -> set[Sent]:
    """Which letters the law and the council's promise ask for, from the register's days alone.

    Not answered by working day 10 and not extended: we say that we are late. Not answered by working day 20: the person may
    go on to stage 2.
    """
    wanted: set[Sent] = set()
    for row in rows:
        if row.disposition != "accepted":
            continue
        answered_on = row.stage_1_responded_on or date.max
        tenth, twentieth = (calendar.add_working_days(row.received_on, days) for days in (10, 20))
        if row.stage_1_extended != "yes" and answered_on > tenth:
            wanted.add((row.reference, "late_stage_1", tenth))
        if answered_on > twentieth:
            wanted.add((row.reference, "right_to_stage_2", twentieth))
    return wanted


def wanted_reminders(rows: list[RegisterRow], calendar: WorkingCalendar) -> set[Sent]:
    """Which reminders to write the answer colleagues must get at eight in the morning, from the register's days alone.

    Two working days before the day that is promised; on the first working day after it, to the senior people too; and then
    every five working days while there is no answer. An extension is agreed on working day 9.
    """
    wanted: set[Sent] = set()
    for row in rows:
        if row.disposition != "accepted":
            continue
        day, answered_on = calendar.add_working_days, row.stage_1_responded_on or date.max
        due_on = day(row.received_on, 20 if row.stage_1_extended == "yes" else 10)
        soon = {day(row.received_on, 8)} | ({day(row.received_on, 18)} if row.stage_1_extended == "yes" else set())
        wanted |= {(row.reference, "due_soon", on) for on in soon if answered_on >= on}
        if answered_on >= day(due_on, 1):
            wanted |= {(row.reference, kind, day(due_on, 1)) for kind in ("late", "escalated")}
        late = 6
        while answered_on != date.max and answered_on >= day(due_on, late):
            wanted.add((row.reference, "still_late", day(due_on, late)))
            late += 5
    return wanted


def _counted(outcome: Outcome) -> Outcome:
    wanted = select(Case.old_reference, Message.kind, Message.at).join(Message, Message.case_id == Case.id)
    for reference, kind, at in db.session.execute(wanted.where(Message.kind.in_(LETTERS))):
        outcome.sent[reference or "", kind, london_day(at)] += 1
    rows = db.session.scalars(select(Reminder)).all()
    old = {case_id: reference or "" for case_id, reference in db.session.execute(select(Case.id, Case.old_reference))}
    told = {(old[row.case_id], row.kind, row.on) for row in rows if row.key.startswith(NextAction.WRITE_ANSWER)}
    outcome.sent.update(told)
    outcome.reminders = Counter(row.kind for row in rows)
    keys = Counter((row.case_id, row.kind, row.key) for row in rows)
    outcome.twice = sum(count > 1 for count in keys.values())
    return outcome
