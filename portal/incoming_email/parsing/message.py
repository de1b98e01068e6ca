"""One email as plain data, whatever its shape: encoded, HTML, forwarded as an attachment, or broken."""

import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime

from portal.incoming_email.parsing.calendars import entry_of
from portal.incoming_email.parsing.charsets import bare, header_words
from portal.incoming_email.parsing.forwards import MAX_NAME_LENGTH, sender_of
from portal.incoming_email.parsing.structure import MAX_PARTS, Enclosed, content_of, own_parts, plain, says_all
from portal.wording import cut_short

MAX_DEPTH = 5
MAX_WORDS_LENGTH, MAX_HEADER_LENGTH, MAX_OF_A_PART_LENGTH, MAX_HEADERS = 50_000, 100_000, 10_000, 2_000
SLOW_LETTERS = "punycode"  # for names of computers; the time to read it grows with the square of its length
MAX_ROWS_OF_HEAD = 20_000  # known before it is parsed, which takes seconds for a million
MAX_BOUNDARIES = 5_000  # lines that may begin a part: counted before it is taken apart
NAMELESS = "-"  # a mail server that does not say who it is
MAX_UNREADABLE = 0.2  # of the letters of a text
NOT_THE_ADDRESS = re.compile(r'"(?:[^"\\]|\\.)*"|\([^()]*\)|=\?[^?\s]+\?[bqBQ]\?[^?]*\?=')  # names and remarks
REMARK_OR_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"|\(|\)')
DMARC_FAILED = re.compile(r"(?:^|[\s;])dmarc\s*=\s*fail\b")
MESSAGE_ID = re.compile(r"<[^<>\s]{3,200}>")
NO_DATE = datetime(1971, 1, 1, tzinfo=UTC)
MORE_PARTS = f"[It has more than {MAX_PARTS} parts. The rest of it is in the mailbox.]"


class BrokenEmail(Exception):
    """An email of which nothing can be read."""


@dataclass(frozen=True)
class ParsedEmail:
    """An email as plain data. `inner` are emails that were sent on as attachments, `calendars` entries for a calendar."""

    headers: Message
    sender_name: str
    sender: str
    to: tuple[tuple[str, str], ...]
    sent_at: datetime | None
    subject: str
    words: str
    files: tuple[Enclosed, ...] = ()
    inner: tuple["ParsedEmail", ...] = ()
    reply_to: tuple[tuple[str, str], ...] = ()
    calendars: tuple[str, ...] = ()

    def header(self, name: str) -> str:
        """One header as it stands, in one line; empty when there is none."""
        return " ".join(_header(self.headers, name).split())

    @property
    def replies_to(self) -> tuple[str, ...]:
        """The Message-IDs of what this answers, nearest first."""
        nearest = MESSAGE_ID.findall(self.header("In-Reply-To"))
        return tuple(dict.fromkeys([*nearest, *reversed(MESSAGE_ID.findall(self.header("References")))]))

    @property
    def has_one_sender(self) -> bool:
        """Whether it names one address as its sender, plainly (RFC 5322, 3.6.2): one header, and in it one as it is read.

        Only then may it land as that person's own: readers differ on which of two addresses they show, on names that look
        like one, and on marks that nobody sees.
        """
        told = [bare(str(value)) for name, value in self.headers.raw_items() if name.lower() == "from"]
        addresses = NOT_THE_ADDRESS.sub(" ", told[0]) if len(told) == 1 else ""
        return addresses.count("@") == 1 and self.sender in addresses.lower()

    def is_refuted(self, server: str) -> bool:
        """Whether our own mail server found that the sender's domain did not send this (RFC 8601, its `dmarc`).

        Only results above the first that another server wrote count: anybody can write more into what they send.
        """
        for name, value in self.headers.raw_items():
            if name.lower() != "authentication-results":
                continue
            by, results = _result(str(value))
            if not server or by != server.lower():
                return False
            if DMARC_FAILED.search(results):
                return True
        return False

    @property
    def message_key(self) -> str:
        """What this very message is known by, however often and from whichever mailbox it is fetched."""
        return _hashed(self.header("Message-ID"), self.header("Date"), self.sender, self.subject, self.words)


def parse_email(raw: bytes) -> ParsedEmail:
    """Read an email. Raises BrokenEmail when nothing of it can be read."""
    if SLOW_LETTERS.encode() in raw.lower():
        raise BrokenEmail("letters that no mail program writes")
    if raw[: _end_of_head(raw)].count(b"\n") > MAX_ROWS_OF_HEAD:
        raise BrokenEmail("a head that is too long")
    if raw.count(b"\n--") > MAX_BOUNDARIES:
        raise BrokenEmail("more parts than a mail program makes")
    try:
        return _letter(message_from_bytes(raw), 0)
    except BrokenEmail:
        raise
    except Exception as trouble:  # the parser and the decoders raise anything at all for what strangers send
        raise BrokenEmail(type(trouble).__name__) from trouble


def _end_of_head(raw: bytes) -> int:
    ends = [place for place in (raw.find(b"\r\n\r\n"), raw.find(b"\n\n")) if place >= 0]
    return min(ends, default=len(raw))


def content_key(sender: str, day: str, words: str) -> str:
    """What the same thanks or complaint is known by when two people send it on: its true sender, the day and the words."""
    return _hashed(sender.lower(), day, " ".join(re.findall(r"\w+", words.casefold())))


def _letter(message: Message, depth: int) -> ParsedEmail:
    if len(message) > MAX_HEADERS or _has_header_over(MAX_HEADER_LENGTH, message):
        raise BrokenEmail("a header that is too long")
    if any(_has_header_over(MAX_OF_A_PART_LENGTH, part) for part in own_parts(message) if part is not message):
        raise BrokenEmail("a header that is too long")
    name, address = _sender(message)
    content = content_of(message)
    words = f"{content.words}\n\n{MORE_PARTS}" if content.is_cut and content.words else content.words
    if sum(letter == "\ufffd" for letter in words) > len(words) * MAX_UNREADABLE:
        raise BrokenEmail("letters that cannot be read")
    typed = [entry_of(one).typed for one in content.calendars]
    words = "\n\n".join([words, *(one for one in dict.fromkeys(typed) if not says_all(words, one))]).strip()
    inner = [_inner(one, depth) for one in content.inner]
    return ParsedEmail(
        headers=message,
        sender_name=plain(name)[:MAX_NAME_LENGTH],
        sender=plain(address).lower(),
        to=tuple(one for name in ("To", "Cc") for one in _addresses(message, name)),
        sent_at=_moment(_header(message, "Date")),
        subject=" ".join(plain(header_words(_header(message, "Subject"))).split())[:300],
        words=cut_short(words, MAX_WORDS_LENGTH),
        files=tuple(content.files),
        inner=tuple(one for one in inner if one is not None),
        reply_to=tuple(_addresses(message, "Reply-To")),
        calendars=tuple(content.calendars),
    )


def _result(told: str) -> tuple[str, str]:
    """Which server wrote an `Authentication-Results`, and what; remarks, also one in another, and quoted words left out.

    Microsoft 365 writes no name: its results begin at once, and it is known by `-` in the setting.
    """
    kept, depth, at = [], 0, 0
    for mark in REMARK_OR_QUOTED.finditer(told):
        if depth == 0:
            kept.append(told[at : mark.start()])
        if mark.group() == "(":
            depth += 1
        elif mark.group() == ")":
            depth = max(depth - 1, 0)
        elif depth == 0 and not "".join(kept).strip():
            kept.append(mark[1])  # a server's name may stand in quotes
        at = mark.end()
    plain = " ".join(("".join(kept) + (told[at:] if depth == 0 else "")).lower().split())
    first, _, rest = plain.partition(";")
    if "=" in first:
        return NAMELESS, plain
    return (first.split() or [""])[0], rest


def _header(message: Message, name: str) -> str:
    """The first header of a name, with its 8-bit letters read; empty when there is none."""
    raw = next((value for one, value in message.raw_items() if one.lower() == name.lower()), "")
    return bare(str(raw))


def _has_header_over(longest: int, message: Message) -> bool:
    return any(len(str(value)) > longest for _, value in message.raw_items())


def _sender(message: Message) -> tuple[str, str]:
    """The name and the address of who sent it; some programs encode both together, which the standard forbids."""
    found = next(iter(_addresses(message, "From")), ("", ""))
    return found if found[1] else sender_of(header_words(_header(message, "From")))


def _addresses(message: Message, name: str) -> list[tuple[str, str]]:
    """The names and addresses in a header. Names are read after it is taken apart: an encoded one may hold a comma."""
    told = " ".join(_header(message, name).split())
    found = ((header_words(one), address.strip()) for one, address in getaddresses([told]))
    return [(plain(one).strip()[:MAX_NAME_LENGTH], plain(address).lower()) for one, address in found if "@" in address]


def _inner(message: Message, depth: int) -> ParsedEmail | None:
    """An email that was sent on as an attachment; none when it cannot be read, or lies too deep."""
    if depth >= MAX_DEPTH:
        return None
    try:
        return _letter(message, depth + 1)
    except (BrokenEmail, ValueError, LookupError):
        return None


def _moment(told: str) -> datetime | None:
    """When it was sent; none when the header says nothing that can be read. A moment without a zone is read as UTC."""
    try:
        sent = parsedate_to_datetime(told)
        moment = (sent if sent.tzinfo else sent.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    return moment if moment > NO_DATE else None


def _hashed(*texts: str) -> str:
    return hashlib.sha256("\n\x00".join(texts).encode("utf-8", "replace")).hexdigest()
