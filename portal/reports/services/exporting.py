"""What leaves the portal as a file leaves a trace."""

from datetime import datetime

from portal.audit.events import declare
from portal.audit.services import record

REPORT_EXPORTED = declare("report_exported", "edition")
REGISTER_EXPORTED = declare("register_exported", "rows")


def note_export(about: str, edition: str, *, at: datetime, by_id: int) -> None:
    """Write down that someone took a report as a file."""
    record(REPORT_EXPORTED, about, at=at, by_id=by_id, edition=edition)


def note_register_export(year: str, rows: int, *, at: datetime) -> None:
    """Write down that a year's register was printed by command."""
    record(REGISTER_EXPORTED, f"register/{year}", at=at, rows=rows)
