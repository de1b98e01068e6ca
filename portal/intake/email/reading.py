"""One email as plain data, whatever its shape: encoded, HTML, forwarded as an attachment, or broken."""

import codecs
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message

from imap_tools import MailMessage

from portal.intake.email.forwards import LONGEST_NAME, sender_of
from portal.wording import cut_short

LONGEST_HTML, MOST_PARTS, DEEPEST = 2_000_000, 200, 5
LONGEST_WORDS, LONGEST_HEADER, LONGEST_OF_A_PART, MOST_HEADERS = 50_000, 100_000, 10_000, 2_000
SLOW_LETTERS = "punycode"  # for names of computers; the time to read it grows with the square of its length
MOST_UNREADABLE = 0.2  # of the letters of a text
SMALLEST_PICTURE = 10_000  # bytes: what is smaller and inside the text is the logo of a signature
INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]")
MESSAGE_ID = re.compile(r"<[^<>\s]{3,200}>")
NO_DATE = datetime(1971, 1, 1, tzinfo=UTC)


class BrokenEmail(Exception):
    """An email of which nothing can be read."""


@dataclass(frozen=True)
class Enclosed:
    """A file that came with an email; `is_a_logo` when it is a small picture inside the text."""

    name: str
    content: bytes
    is_a_logo: bool = False


@dataclass(frozen=True)
class Letter:
    """An email as plain data. `inner` are emails that were sent on as attachments."""

    headers: Message
    sender_name: str
    sender: str
    to: tuple[tuple[str, str], ...]
    sent_at: datetime | None
    subject: str
    words: str
    files: tuple[Enclosed, ...] = ()
    inner: tuple["Letter", ...] = ()

    def header(self, name: str) -> str:
        """One header as it stands, in one line; empty when there is none."""
        return " ".join(str(self.headers.get(name) or "").split())

    @property
    def replies_to(self) -> tuple[str, ...]:
        """The Message-IDs of what this answers, nearest first."""
        nearest = MESSAGE_ID.findall(self.header("In-Reply-To"))
        return tuple(dict.fromkeys([*nearest, *reversed(MESSAGE_ID.findall(self.header("References")))]))

    @property
    def message_key(self) -> str:
        """What this very message is known by, however often and from whichever mailbox it is fetched."""
        return _hashed(self.header("Message-ID"), self.header("Date"), self.sender, self.subject, self.words)


def read_email(raw: bytes) -> Letter:
    """Read an email. Raises BrokenEmail when nothing of it can be read."""
    if SLOW_LETTERS.encode() in raw.lower():
        raise BrokenEmail("letters that no mail program writes")
    try:
        return _letter(message_from_bytes(raw), 0)
    except BrokenEmail:
        raise
    except Exception as trouble:  # the parser and the decoders raise anything at all for what strangers send
        raise BrokenEmail(type(trouble).__name__) from trouble


def read_head(raw: bytes) -> Letter:
    """Read the headers of an email that is too large to be fetched. Raises BrokenEmail."""
    return read_email(raw.split(b"\r\n\r\n")[0] + b"\r\n\r\n")


def content_key(sender: str, day: str, words: str) -> str:
    """What the same thanks or complaint is known by when two people send it on: its true sender, the day and the words."""
    return _hashed(sender.lower(), day, " ".join(re.findall(r"\w+", words.casefold())))


def _letter(message: Message, depth: int) -> Letter:
    if len(message) > MOST_HEADERS or _has_header_over(LONGEST_HEADER, message):
        raise BrokenEmail("a header that is too long")
    shown = MailMessage([])
    shown.obj = message
    name, address = _sender(shown)
    parts = list(_parts(message))
    if any(_has_header_over(LONGEST_OF_A_PART, part) for part in parts if part is not message):
        raise BrokenEmail("a header that is too long")
    words = _words(parts)
    if sum(letter == "\ufffd" for letter in words) > len(words) * MOST_UNREADABLE:
        raise BrokenEmail("letters that cannot be read")
    inner = [_inner(part, depth) for part in parts if part.get_content_type() == "message/rfc822"]
    return Letter(
        headers=message,
        sender_name=plain(name)[:LONGEST_NAME],
        sender=plain(address).lower(),
        to=tuple((plain(one.name), plain(one.email).lower()) for one in (*shown.to_values, *shown.cc_values)),
        sent_at=_moment(shown.date),
        subject=" ".join(plain(shown.subject).split())[:300],
        words=cut_short(words, LONGEST_WORDS),
        files=tuple(_files(parts)),
        inner=tuple(one for one in inner if one is not None),
    )


def _has_header_over(longest: int, message: Message) -> bool:
    return any(len(str(value)) > longest for value in message.values())


def _sender(shown: MailMessage) -> tuple[str, str]:
    """The name and the address of who sent it; some programs encode both together, which the standard forbids."""
    found = shown.from_values
    if found is not None and "@" in found.email:
        return found.name, found.email
    return sender_of(_unencoded(str(shown.obj["From"] or "")))


def _unencoded(header: str) -> str:
    try:
        return str(make_header(decode_header(header)))
    except (LookupError, ValueError):
        return header


def plain(text: str) -> str:
    """A text without marks that are not seen, and with one kind of space."""
    return INVISIBLE.sub("", text.replace("\xa0", " ").replace("\r\n", "\n").replace("\r", "\n")).replace("\x00", "")


def _parts(message: Message) -> Iterator[Message]:
    """The leaves of an email in their order. An email that is attached is one leaf: it is somebody else's."""
    waiting, seen = [message], 0
    while waiting and seen < MOST_PARTS:
        part, seen = waiting.pop(0), seen + 1
        payload = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(payload, list):
            waiting = [one for one in payload if isinstance(one, Message)] + waiting
        else:
            yield part


def _words(parts: list[Message]) -> str:
    """What a person wrote: the plain text, or else the web page turned into text."""
    told = [part for part in parts if not _is_file(part)]
    for kind in ("text/plain", "text/html"):
        texts = [_text(part, kind) for part in told if part.get_content_type() == kind]
        found = "\n\n".join(text for text in texts if text.strip())
        if found:
            return found
    return ""


def _text(part: Message, kind: str) -> str:
    content = part.get_payload(decode=True)
    raw = content if isinstance(content, bytes) else b""
    text = _decoded(raw, part.get_content_charset())
    if kind == "text/html":
        from inscriptis import get_text

        text = get_text(text[:LONGEST_HTML]) if text.strip() else ""
    lines = [line.rstrip() for line in plain(text).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _decoded(raw: bytes, charset: str | None) -> str:
    """The letters of a text: as it says of itself, else as most emails are written."""
    for one in (charset or "utf-8", "utf-8", "cp1252"):
        try:
            if codecs.lookup(one).name != SLOW_LETTERS:
                return raw.decode(one)
        except (LookupError, UnicodeDecodeError):
            continue
    return raw.decode("utf-8", errors="replace")


def _is_file(part: Message) -> bool:
    is_text = part.get_content_maintype() == "text"
    return bool(part.get_filename()) or part.get_content_disposition() == "attachment" or not is_text


def _files(parts: list[Message]) -> Iterator[Enclosed]:
    for part in parts:
        content = part.get_payload(decode=True)
        if part.get_content_type() == "message/rfc822" or not _is_file(part) or not isinstance(content, bytes):
            continue
        is_inside = part.get_content_disposition() != "attachment" and part.get("Content-ID") is not None
        is_a_logo = is_inside and part.get_content_maintype() == "image" and len(content) < SMALLEST_PICTURE
        yield Enclosed(_name(part), content, is_a_logo)


def _name(part: Message) -> str:
    return plain(_unencoded(part.get_filename() or ""))


def _inner(part: Message, depth: int) -> Letter | None:
    """An email that was sent on as an attachment; none when it cannot be read, or lies too deep."""
    payload = part.get_payload()
    message = payload[0] if isinstance(payload, list) and payload else None
    if depth >= DEEPEST or not isinstance(message, Message):
        return None
    try:
        return _letter(message, depth + 1)
    except (BrokenEmail, ValueError, LookupError):
        return None


def _moment(sent: datetime) -> datetime | None:
    """When it was sent; none when the header says nothing that can be read. A moment without a zone is read as UTC."""
    moment = sent if sent.tzinfo else sent.replace(tzinfo=UTC)
    try:
        return moment.astimezone(UTC) if moment > NO_DATE else None
    except OverflowError:
        return None


def _hashed(*texts: str) -> str:
    return hashlib.sha256("\n\x00".join(texts).encode("utf-8", "replace")).hexdigest()
