"""Heads of the audit written down outside the database, a line each: who cuts the newest entries cannot cut these too."""

import os
import re
from datetime import UTC, datetime
from pathlib import Path

from portal.audit.queries import Head, current_head, hash_at

LINE = re.compile(r"(?P<at>\S+) (?P<count>\d{1,18}) (?P<hash>[0-9a-f]{64})\Z")


class HeadsUnreadable(Exception):
    """A file of heads that is not there, or holds something else."""


def write_head(path: Path, *, at: datetime) -> bool:
    """Add the head of this moment to a file, unless it stands there already; says whether it was added.

    Raises HeadsUnreadable, and writes nothing, where the file and the audit contradict each other.
    """
    head = current_head()
    if head is None:
        return False
    if path.exists() and (known := check_heads(path)) and known[-1] == head:
        return False
    with path.open("a", encoding="ascii") as file:
        file.write(f"{at.astimezone(UTC).isoformat(timespec='seconds')} {head.count} {head.hash}\n")
        file.flush()
        os.fsync(file.fileno())
    return True


def check_heads(path: Path) -> list[Head]:
    """The heads of a file, of which the last is in the audit at its place. Raises HeadsUnreadable."""
    known = heads_in(path)
    if known and hash_at(known[-1].count) != known[-1].hash:
        raise HeadsUnreadable(f"{path}: its last head is not in the audit any more. Run: flask audit verify --heads {path}")
    return known


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
