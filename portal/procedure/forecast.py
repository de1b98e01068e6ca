"""What will be late, and why: the working days left against those that the steps still to do need."""

from dataclasses import dataclass
from datetime import date

from portal.procedure.calendar import WorkingCalendar

NEEDED = {
    "acknowledge": 1,
    "allocate": 8,
    "appoint": 7,
    "write_answer": 6,
    "check_answer": 2,
    "send_answer": 1,
    "appoint_investigator": 20,
    "appoint_independent_person": 19,
    "agree_statement": 18,
    "investigate": 12,
    "comment": 6,
    "adjudicate": 4,
    "respond": 1,
    "decide_lateness": 20,
    "appoint_panel": 15,
    "hold_panel": 5,
    "report_panel": 3,
    "respond_to_panel": 4,
    "acknowledge_strand": 1,
    "answer_strand": 4,
    "pass_on": 1,
    "answer_ombudsman": 4,
    "do_remedy": 4,
}


NOTHING = "nothing"


@dataclass(frozen=True)
class Outlook:
    """How a case stands to its date: working days left, and working days that what is still to do takes."""

    left: int
    needed: int

    @property
    def is_late(self) -> bool:
        """Whether the date has passed."""
        return self.left < 0

    @property
    def will_be_late(self) -> bool:
        """Whether there is less time than what is still to do takes."""
        return self.left < self.needed


def outlook(next_action: str, due_on: date, on: date, calendar: WorkingCalendar) -> Outlook | None:
    """The outlook of a case; None where nothing is to do.

    The days that steps take are our own judgement, not the law's: one day for a step of which nothing more is known. Today
    counts as a day to work on. Raises CalendarTooShort past the last known bank holiday.
    """
    if next_action == NOTHING:
        return None
    needed = NEEDED.get(next_action, 1)
    left = calendar.working_days_between(on, due_on)
    return Outlook(left, needed if left < 0 else needed - calendar.is_working_day(on))
