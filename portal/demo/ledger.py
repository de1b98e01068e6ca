"""What became of every promise, letter and alert of the simulated year, in figures."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy import select

from portal.cases.models import Message, Promise, Promised
from portal.clock import london_day
from portal.config import Council
from portal.correspondence.models import Reminder
from portal.database import db
from portal.demo.post_room import alerts_without_a_next_step, letters_that_did_not_leave
from portal.duty.models import Alert, Call
from portal.outbox.models import NOT_THERE, OutgoingEmail


@dataclass
class Ledger:
    """The figures, and three that must be nothing."""

    letters: Counter[str] = field(default_factory=Counter)
    promises: Counter[str] = field(default_factory=Counter)
    not_there: int = 0
    replies: int = 0
    alerts: int = 0
    calls: int = 0
    climbed: int = 0
    unkept_without_a_letter: int = 0
    alerts_without_a_step: int = 0
    sent_that_did_not_leave: int = 0

    @property
    def is_true(self) -> bool:
        """Whether nobody was out of sight and nothing was said that was not so."""
        return not (self.unkept_without_a_letter or self.alerts_without_a_step or self.sent_that_did_not_leave)

    def look(self, council: Council, at: datetime) -> None:
        """Look at one moment of the year, when the day's run is over."""
        self.unkept_without_a_letter += promises_unkept_without_a_letter(london_day(at))
        self.alerts_without_a_step += alerts_without_a_next_step(council, at)
        self.sent_that_did_not_leave += letters_that_did_not_leave()

    def lines(self) -> list[str]:
        """The figures in words."""
        letters, promises = (
            ", ".join(f"{count} {name.replace('_', ' ')}" for name, count in sorted(counted.items()))
            for counted in (self.letters, self.promises)
        )
        return [
            f"Letters: {letters}; {self.not_there} emails were refused or returned. Second messages: {self.replies}.",
            f"Promises: {promises}. Unkept without a letter: {self.unkept_without_a_letter}.",
            f"Alerts: {self.alerts}, {self.calls} calls, {self.climbed} of them further up. "
            f"Without a next step: {self.alerts_without_a_step}.",
            f"Letters sent that did not leave: {self.sent_that_did_not_leave}.",
        ]

    def count(self) -> None:
        """Count what there is at the end of the year."""
        letters = db.session.scalars(select(Message)).all()
        self.letters = Counter(one.left_how.value for one in letters if one.from_us)
        self.replies = sum(not one.from_us for one in letters)
        not_there = select(OutgoingEmail.id).where(OutgoingEmail.state.in_(NOT_THERE))
        self.not_there = len(db.session.scalars(not_there).all())
        for one in db.session.scalars(select(Promise)):
            self.promises["kept late" if one.was_late and one.ending == "kept" else one.ending or "open"] += 1
        self.alerts = len(db.session.scalars(select(Alert.id)).all())
        rungs = db.session.scalars(select(Call.rung)).all()
        self.calls, self.climbed = len(rungs), sum(rung > 0 for rung in rungs)


def promises_unkept_without_a_letter(on: date) -> int:
    """How many promises whose day is over were neither kept nor written about since.

    What must be written is followed by its letter; for all else a letter was written that says it was not done in time.
    """
    passed = select(Promise).where(Promise.ending.is_(None), Promise.by_on < on)
    lost = 0
    for one in db.session.scalars(passed):
        written = select(Message.id).where(Message.case_id == one.case_id, Message.from_us, Message.at > one.said_at)
        lost += one.what not in (Promised.WRITE, Promised.OPEN) or db.session.scalars(written.limit(1)).first() is None
    broken = select(Promise).where(Promise.ending == "broken", Promise.ended_on > on - timedelta(days=2))
    for one in db.session.scalars(broken):
        told = select(Reminder.id).where(Reminder.case_id == one.case_id, Reminder.on == one.ended_on)
        lost += db.session.scalars(told.limit(1)).first() is None
    return lost
