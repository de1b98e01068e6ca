"""One message of a mailbox: looked at, and moved to another folder so that no other message is ever touched.

A bare EXPUNGE destroys every message that any program has marked as deleted, so it is never sent: a message is moved with
MOVE (RFC 6851), else copied and taken out by its number alone (UIDPLUS, RFC 4315), else copied and left there with a mark.
"""

import imaplib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from imap_tools import BaseMailBox
from imap_tools.utils import encode_folder

MARK, DELETED = "$YourSayTaken", "\\Deleted"
HEAD = "(UID FLAGS INTERNALDATE RFC822.SIZE BODY.PEEK[HEADER])"
FLAGS = re.compile(rb"FLAGS \(([^)]*)\)")
SIZE = re.compile(rb"RFC822\.SIZE (\d+)")
ARRIVED = re.compile(rb'INTERNALDATE "([^"]{1,60})"')


class MoveRefused(Exception):
    """The server does not move a message, for example because the mailbox is full."""


@dataclass(frozen=True)
class MessageHead:
    """What a server says of one message. `arrived_at` is when it took it, which no sender can write (RFC 3501, 2.3.3)."""

    raw: bytes
    size: int
    flags: frozenset[str]
    arrived_at: datetime | None

    @property
    def is_marked_deleted(self) -> bool:
        """Whether some program marked it as deleted: it is read like any other, and loses the mark before it moves."""
        return DELETED.lower() in self.flags


class Folder:
    """The inbox as its server lets us move messages out of it. What the server can do is asked after sign-in, not before."""

    def __init__(self, inbox: BaseMailBox) -> None:
        self._client: imaplib.IMAP4 = inbox.client
        told = self._client.untagged_responses.get("PERMANENTFLAGS") or []
        self.may_mark = any(b"\\*" in one for one in told if isinstance(one, bytes))
        _, found = self._client.capability()
        said = b" ".join(one for one in found if isinstance(one, bytes))
        self.can = frozenset(said.decode("ascii", "replace").upper().split())

    @property
    def leaves_copies(self) -> bool:
        """Whether a message that was moved stays in the inbox too, because nothing can take out it alone."""
        return not self.can & {"MOVE", "UIDPLUS"}

    def waiting(self) -> list[str]:
        """The numbers of the messages that are to be read, those that others marked as deleted among them."""
        wanted = f"UNKEYWORD {MARK}" if self.leaves_copies and self.may_mark else "ALL"
        found = self._asked("SEARCH", wanted)
        return b" ".join(one for one in found if isinstance(one, bytes)).decode().split()

    def head(self, uid: str) -> MessageHead | None:
        """The headers of a message and what the server says of it; None when it is gone meanwhile."""
        found = self._asked("FETCH", uid, HEAD)
        place = next((number for number, one in enumerate(found) if isinstance(one, tuple)), None)
        if place is None:
            return None
        after = found[place + 1] if place + 1 < len(found) else b""
        said = found[place][0] + b" " + (after if isinstance(after, bytes) else b"")
        flags, size, arrived = FLAGS.search(said), SIZE.search(said), ARRIVED.search(said)
        return MessageHead(
            raw=bytes(found[place][1]),
            size=int(size[1]) if size else 0,
            flags=frozenset(flags[1].decode("ascii", "replace").lower().split()) if flags else frozenset(),
            arrived_at=_moment(arrived[1].decode("ascii", "replace")) if arrived else None,
        )

    def bytes_of(self, uid: str, most: int | None = None) -> bytes | None:
        """The bytes of a message as the server has them, or how it begins: the words come before the files."""
        wanted = "(BODY.PEEK[])" if most is None else f"(BODY.PEEK[]<0.{most}>)"
        part = next((one for one in self._asked("FETCH", uid, wanted) if isinstance(one, tuple)), None)
        return bytes(part[1]) if part else None

    def move(self, uid: str, head: MessageHead, folder: str) -> None:
        """Move one message, and touch no other. Raises MoveRefused."""
        name = encode_folder(folder).decode("ascii")
        if head.is_marked_deleted:
            self._asked("STORE", uid, "-FLAGS.SILENT", f"({DELETED})")
        if "MOVE" in self.can:
            self._asked("MOVE", uid, name)
            return
        if self.leaves_copies and self.may_mark:  # first: where that is refused, a copy would be made at each look
            self._asked("STORE", uid, "+FLAGS.SILENT", f"({MARK})")
        self._asked("COPY", uid, name)
        if "UIDPLUS" in self.can or not self.may_mark:
            self._asked("STORE", uid, "+FLAGS.SILENT", f"({DELETED})")
        if "UIDPLUS" in self.can:
            self._asked("EXPUNGE", uid)

    def _asked(self, command: str, *more: str) -> Sequence[Any]:
        status, found = self._client.uid(command, *more)
        if status != "OK":
            raise MoveRefused(command)
        return list(found)


def _moment(told: str) -> datetime | None:
    """When the server took a message: 5-Mar-2026 09:00:00 +0000."""
    try:
        return parsedate_to_datetime(told.strip().replace("-", " ", 2)).astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
