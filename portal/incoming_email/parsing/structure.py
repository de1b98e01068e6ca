"""What of an email its reader is shown, and what comes as files: chosen at each node of it (RFC 2046, RFC 2387)."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message

from portal.incoming_email.parsing.charsets import decoded, header_words
from portal.incoming_email.parsing.enclosed import packed_by_outlook, saved_email, signed_as_a_whole
from portal.incoming_email.parsing.page import words_of_page

MAX_PARTS, MAX_NODE_DEPTH = 200, 60
MIN_PICTURE = 10_000  # bytes: what is smaller and inside the text is the logo of a signature
INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]")
META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w.:-]{1,40})", re.I)
OTHER_ADDRESSES = re.compile(r"(?:https?://|mailto:|www\.)\S+|\S+@\S+")
STUB = re.compile(r"html|web ?page|browser|rich text|formatted|mail (?:client|program|reader)|multi-?part", re.I)
MAX_STUB_LENGTH, MAX_LEFT_OUT = 60, 0.1
REACTION = "text/vnd.google.email-reaction+json"
NOT_SHOWN = ("text/calendar", "text/x-amp-html", REACTION, "text/vcard", "text/x-vcard", "text/css")
NO_EMAIL = ("delivery-status", "disposition-notification", "feedback-report", "partial", "external-body", "headers")
SIGNATURE = re.compile(r"^application/(?:x-)?(?:pkcs7|pgp)-signature$")


@dataclass(frozen=True)
class Enclosed:
    """A file that came with an email; `is_a_logo` when it is a small picture inside the text.

    `words` are what is written in it, where it is a text or a web page.
    """

    name: str
    content: bytes
    is_a_logo: bool = False
    words: str = ""


@dataclass
class Content:
    """What an email holds: its words in their order, files, emails that were sent on inside it, and calendar entries.

    `beside` are words in a wrapping of Outlook, which says mostly what the email says already.
    """

    texts: list[str] = field(default_factory=list)
    files: list[Enclosed] = field(default_factory=list)
    inner: list[Message] = field(default_factory=list)
    calendars: list[str] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)
    parts: int = 0
    is_cut: bool = False

    @property
    def words(self) -> str:
        """All words, one below another; a text that says the same as the one before it is told once."""
        told = [text for text, before in zip(self.texts, ["", *self.texts], strict=False) if text.strip() and text != before]
        words = "\n\n".join(told)
        return "\n\n".join([words, *(text for text in self.beside if not says_all(words, text))]).strip()


def content_of(message: Message) -> Content:
    """Read an email's structure. An email that is attached is not read into: it is somebody else's."""
    found = Content()
    found.texts = _node(message, found, 0)
    return found


def own_parts(message: Message) -> Iterator[Message]:
    """Every part of an email in its order, without what lies inside attached emails."""
    waiting, seen = [message], 0
    while waiting and seen < MAX_PARTS:
        part, seen = waiting.pop(0), seen + 1
        yield part
        waiting = _children(part) + waiting


def plain(text: str) -> str:
    """A text without marks that are not seen, and with one kind of space."""
    return INVISIBLE.sub("", text.replace("\xa0", " ").replace("\r\n", "\n").replace("\r", "\n")).replace("\x00", "")


def says_all(one: str, other: str, most_left_out: float = 0) -> bool:
    """Whether a text says every word of another, or nearly every one; addresses of links apart."""
    wanted = _said(other)
    return len(wanted - _said(one)) <= most_left_out * len(wanted)


def _said(text: str) -> set[str]:
    return set(re.findall(r"\w+", OTHER_ADDRESSES.sub(" ", text.casefold())))


def _children(part: Message) -> list[Message]:
    is_node = part.get_content_maintype() == "multipart" and part.is_multipart()
    return [one for one in part.get_payload() if isinstance(one, Message)] if is_node else []


def _node(part: Message, found: Content, depth: int) -> list[str]:
    found.parts += 1
    if found.parts > MAX_PARTS or depth > MAX_NODE_DEPTH:
        found.is_cut = True
        return []
    children, kind = _children(part), part.get_content_type()
    if not children:
        return _leaf(part, found, depth)
    if kind == "multipart/alternative":
        return _best([(child, _node(child, found, depth + 1)) for child in children])
    if kind == "multipart/related":
        children = _root_first(part, children)
    if kind == "multipart/signed":
        children = [child for child in children if not SIGNATURE.match(child.get_content_type())]
    return [text for child in children for text in _node(child, found, depth + 1)]


def _root_first(part: Message, children: list[Message]) -> list[Message]:
    """The parts of a compound text, beginning with the one that the others are shown in (RFC 2387, `start`)."""
    start = str(part.get_param("start") or "").strip("<> ")
    named = (child for child in children if str(child.get("Content-ID") or "").strip("<> ") == start != "")
    root = next(named, children[0])
    return [root, *(child for child in children if child is not root)]


def _best(told: list[tuple[Message, list[str]]]) -> list[str]:
    """The best of several tellings of the same: the plain one while it says all of it, else the web page, which comes later.

    A plain text that only says "this message is in HTML" is left out; one that says something else is told too.
    """
    ranked = [(part, texts) for part, texts in told if any(text.strip() for text in texts)]
    known = [one for one in ranked if _is_known(one[0])] or ranked
    plains = [texts for part, texts in known if part.get_content_type() == "text/plain"]
    others = [texts for part, texts in known if part.get_content_type() != "text/plain"]
    if not plains or not others:
        return (plains or others or [[]])[-1]
    plain_words, page_words = "\n".join(plains[-1]), "\n".join(others[-1])
    if says_all(plain_words, page_words):
        return plains[-1]
    is_stub = len(plain_words.split()) <= MAX_STUB_LENGTH and STUB.search(plain_words)
    is_all_there = says_all(page_words, plain_words, MAX_LEFT_OUT)  # `[image: …]` is in the plain one alone
    return others[-1] if is_stub or is_all_there else [*plains[-1], *others[-1]]


def _is_known(part: Message) -> bool:
    return part.get_content_maintype() == "multipart" or part.get_content_type() in ("text/plain", "text/html")


def _leaf(part: Message, found: Content, depth: int) -> list[str]:
    main, kind = part.get_content_maintype(), part.get_content_type()
    if main == "multipart":  # one whose parts cannot be told apart: all of it is text
        return [_tidy(decoded(_bytes_of(part)))]
    if main == "message":
        return _enclosed_email(part, found)
    raw = _bytes_of(part)
    is_file = part.get_content_disposition() == "attachment"
    if kind == "text/calendar":
        found.calendars.append(decoded(raw, _told(part.get_content_charset)))
        is_file = is_file or bool(_name(part))
    if main == "text" and not is_file:
        return [] if kind in NOT_SHOWN else [_text(part, raw)]
    if (signed := signed_as_a_whole(kind, _name(part), raw)) is not None:
        return _node(signed, found, depth + 1)
    if (packed := packed_by_outlook(raw)) is not None:
        found.beside += _node(packed, found, depth + 1)
        return []
    _keep_file(part, raw, found)
    return []


def _enclosed_email(part: Message, found: Content) -> list[str]:
    """An email inside an email; some programs encode it, which RFC 2046 forbids. A server's report about one is words."""
    payload = part.get_payload() if part.is_multipart() else []
    first = next((one for one in payload if isinstance(one, Message)), None)
    if first is None:
        return []
    if any(name in part.get_content_subtype() for name in NO_EMAIL):
        reports = [one for one in payload if isinstance(one, Message)]
        return ["\n".join(f"{name}: {header_words(str(value))}" for one in reports for name, value in one.raw_items())]
    if str(part.get("Content-Transfer-Encoding") or "").strip().lower() == "base64" and not len(first):
        first["Content-Transfer-Encoding"] = "base64"
        first = message_from_bytes(_bytes_of(first))
    found.inner.append(first)
    return []


def _keep_file(part: Message, raw: bytes, found: Content) -> None:
    name, kind = _name(part), part.get_content_type()
    if part.get_content_maintype() != "text" and (saved := saved_email(raw)) is not None:
        found.inner.append(message_from_bytes(saved))
        return
    is_inside = part.get_content_disposition() != "attachment" and part.get("Content-ID") is not None
    is_a_logo = is_inside and part.get_content_maintype() == "image" and len(raw) < MIN_PICTURE
    words = _text(part, raw) if kind in ("text/plain", "text/html") else ""
    found.files.append(Enclosed(name, raw, is_a_logo, words))


def _bytes_of(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _told(ask: Callable[[], str | None]) -> str:
    """What a part says of itself; nothing when Python's parser stumbles over how it says so."""
    try:
        return ask() or ""
    except ValueError:
        return ""


def _name(part: Message) -> str:
    return plain(header_words(_told(part.get_filename)))


def _text(part: Message, raw: bytes) -> str:
    is_page = part.get_content_type() == "text/html"
    charset = _told(part.get_content_charset)
    if is_page and not charset:
        said = META.search(raw[:2_000])
        charset = said[1].decode("ascii", "replace") if said else ""
    text = decoded(raw, charset)
    if is_page:
        return _tidy(words_of_page(text))
    if str(part.get_param("format") or "").lower() == "flowed":
        text = flowed(plain(text), str(part.get_param("delsp") or "").lower() == "yes")
    return _tidy(text)


def flowed(text: str, is_space_taken: bool) -> str:
    """Paragraphs that a mail program broke into rows, made whole (RFC 3676); `DelSp` takes the space at each break."""
    rows, before = list[list[str]](), None
    for line in text.split("\n"):
        body = line.lstrip(">")
        depth = len(line) - len(body)
        body = body[1:] if body.startswith(" ") else body
        goes_on = body.endswith(" ") and body != "-- "
        piece = body[:-1] if goes_on and is_space_taken else body
        if before == depth and body != "-- ":
            rows[-1].append(piece)
        else:
            rows.append([f"{'>' * depth} " if depth else "", piece])
        before = depth if goes_on else None
    return "\n".join("".join(row) for row in rows)


def _tidy(text: str) -> str:
    lines = [line.rstrip() for line in plain(text).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
