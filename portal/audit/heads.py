"""Heads of the audit written down outside the database, a line each: who cuts the newest entries cannot cut these too."""

import re
from datetime import UTC, datetime
from pathlib import Path

from portal.audit.queries import Head, current_head

LINE = re.compile(r"(?P<at>\S+) (?P<count>\d{1,18}) (?P<hash>[0-9a-f]{64})\Z")


class HeadsUnreadable(Exception):
    """A file of heads that is not there, or holds something else."""


def write_head(path: Path, *, at: datetime) -> bool:
    """Add the head of this moment to a file, unless it stands there already; says whether it was added."""
    head = current_head()
    if head is None or (path.exists() and head in heads_in(path)[-1:]):
        return False
    with path.open("a", encoding="ascii") as file:
        file.write(f"{at.astimezone(UTC).isoformat(timespec='seconds')} {head.count} {head.hash}\n")
    return True


def heads_in(path: Path) -> list[Head]:
    """The heads that a file holds, oldest first. Raises HeadsUnreadable."""
    try:
        lines = path.read_text(encoding="ascii").splitlines()
    except (OSError, UnicodeDecodeError) as trouble:
        raise HeadsUnreadable(f"{path} cannot be read ({type(trouble).__name__}).") from trouble
    found = [LINE.match(line) for line in lines]
    if None in found:
        raise HeadsUnreadable(f"{path}, line {found.index(None) + 1}: this is no head of an audit.")
    return [Head(int(one["count"]), one["hash"]) for one in found if one]
