"""Who first wrote what was sent on: the lines that mail programs put above it (From, Sent, To), in many languages."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from portal.clock import LONDON

LABELS = {
    "from": "from|oddi wrth|o|od|de la|de|von|від|من",
    "date": "date|sent|anfonwyd|dyddiad|wysłano|wysłane|data|trimis|надіслано|дата|تاريخ|التاريخ|تم الإرسال|أُرسلت|أرسلت",
    "to": "to|at|i|do|către|catre|кому|إلى|الى",
    "copy": "cc|bcc|copi|dw|копія|نسخة|reply-to",
    "subject": "subject|pwnc|testun|temat|subiect|тема|الموضوع|موضوع",
}
LABEL = re.compile(
    r"^[>|\s]*\*?(?:" + "|".join(rf"(?P<{name}>{words})" for name, words in LABELS.items()) + r")\s*:\*?\s*(?P<told>.*)$",
    re.I,
)
QUOTED = re.compile(r"^[ \t]*>+ ?", re.M)
LINE_ABOVE = re.compile(
    r"^(?:[-_=* ]{5,}|-+\s*(?:forwarded|original|neges|wiadomość|الرسالة|رسالة|mesaj).*|"
    r"begin forwarded message\s*:?|dechrau neges.*:?)$",
    re.I,
)
WROTE = re.compile(
    r"^\s*>*\s*(?:on|ar|dnia|w dniu|în data|в|في)\s(?P<date>.{6,80}?)[,،]?\s+(?P<from>[^,\n]{0,80}?<[^<>\s]+@[^<>\s]+>)"
    r"\s*(?:wrote|ysgrifennodd|napisał\(?a?\)?|a scris|пише|كتب)?\s*:\s*$",
    re.I,
)
DEVICE = "ipad|i?phone|ffôn|mobile|tablet|samsung|galaxy|android|huawei|xiaomi|pixel|nokia|windows"
SIGNATURE = re.compile(
    rf"^(?:(?:sent|anfonwyd) (?:from|o) (?:my|fy) (?:{DEVICE})|get outlook for (?:ios|android)|أرسلت من )[^\n]{{0,40}}$\n?",
    re.I | re.M,
)
ADDRESS = re.compile(r"(?<![\w.+'-])[\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
MAX_LABELS, MAX_ROWS, MAX_LINES, MAX_BLOCKS = 5, 3, 12, 30
MAX_LINE_LENGTH, MAX_NAME_LENGTH = 2_000, 120  # of the lines that mail programs write


@dataclass(frozen=True)
class Block:
    """The lines above what someone wrote, and what they wrote."""

    sender_name: str = ""
    sender: str = ""
    sent_at: datetime | None = None
    to: str = ""
    subject: str = ""
    words: str = ""


@dataclass(frozen=True)
class Unfolded:
    """An email that was sent on: what was written above it, and each message in it, newest first."""

    note: str
    blocks: tuple[Block, ...] = field(default=())

    def first_from(self, is_ours: Callable[[str], bool]) -> Block | None:
        """The newest message that no colleague wrote; the oldest of all when colleagues wrote them all; none without any."""
        outside = next((block for block in self.blocks if not is_ours(block.sender)), None)
        return outside or (self.blocks[-1] if self.blocks else None)


def unfold(words: str) -> Unfolded:
    """Take an email apart at the lines that mail programs put above what is sent on or answered."""
    lines = words.split("\n")
    starts = list(_starts(lines))
    if not starts:
        return Unfolded(_note(lines))
    ends = [start for start, _, _ in starts[1:]] + [len(lines)]
    blocks = [_block(told, "\n".join(lines[body:end])) for (_, body, told), end in zip(starts, ends, strict=True)]
    return Unfolded(_note(lines[: starts[0][0]]), tuple(blocks))


def without_what_is_answered(words: str) -> str:
    """The top of an answer: what was written now, without the message that it answers."""
    lines = words.split("\n")
    first = next(((start) for start, _, _ in _starts(lines)), len(lines))
    kept = [line for line in lines[:first] if not line.startswith(">")]
    return "\n".join(kept).strip() or words.strip()


def _starts(lines: Sequence[str]) -> list[tuple[int, int, dict[str, str]]]:
    """Where messages begin: the row of their first label, the row after the last, and what the labels told."""
    found, row = list[tuple[int, int, dict[str, str]]](), 0
    while row < len(lines) and len(found) < MAX_BLOCKS:
        end, told = _wrote(lines, row) or _labels(lines, row)
        if "from" in told and len(told) >= 2:
            found.append((row, end, told))
            row = end
            continue
        row += 1
    return found


def _labels(lines: Sequence[str], row: int) -> tuple[int, dict[str, str]]:
    told, last, gaps, end = dict[str, str](), "", 0, min(len(lines), row + MAX_LINES)
    while row < end and len(told) <= MAX_LABELS:
        label = _label(lines[row])
        if label:
            last, gaps = next(name for name in LABELS if label[name]), 0
            told.setdefault(last, label["told"].strip(" *"))
        elif not told:
            break
        elif not lines[row].strip(" >"):
            if len(told) >= 2 and "from" in told and not (row + 1 < end and _label(lines[row + 1])):
                break
            gaps += 1
            if gaps > 1:
                break
        elif last in ("to", "copy", "subject") or not told[last]:
            told[last] = f"{told[last]} {lines[row].strip(' >*')}".strip()
            gaps += 1
            if gaps > MAX_ROWS:
                break
        else:
            break
        row += 1
    return row, told


def _wrote(lines: Sequence[str], row: int) -> tuple[int, dict[str, str]] | None:
    """`On 3 March 2026, Pat <pat@…> wrote:`, which may run over two rows."""
    for rows in (1, 2):
        wrote = WROTE.match(" ".join(lines[row : row + rows])[:MAX_LINE_LENGTH])
        if wrote:
            return row + rows, wrote.groupdict()
    return None


def _label(line: str) -> re.Match[str] | None:
    return LABEL.match(line[:MAX_LINE_LENGTH])


def _is_line_above(line: str) -> bool:
    return len(line) <= MAX_LINE_LENGTH and bool(LINE_ABOVE.match(line.strip()))


def _block(told: dict[str, str], body: str) -> Block:
    name, address = sender_of(told["from"])
    return Block(
        sender_name=name,
        sender=address,
        sent_at=moment_of(told.get("date", "")),
        to=told.get("to", ""),
        subject=told.get("subject", ""),
        words=_body(body),
    )


def sender_of(told: str) -> tuple[str, str]:
    """The name and the address in a line like `Pat Example <pat@example.org>` or `"Example, Pat" [mailto:pat@…]`."""
    plain = told[:MAX_LINE_LENGTH].replace("mailto:", "")
    found = ADDRESS.search(plain)
    name = (plain[: found.start()] if found else plain).strip(" \"'<[(،,*:")
    last, comma, first = name.partition(", ")
    turned = f"{first} {last}" if comma and ", " not in first else name
    return turned[:MAX_NAME_LENGTH], found.group().lower() if found else ""


def moment_of(told: str) -> datetime | None:
    """When something was sent, as a mail program in any of our languages writes it; read as London time without a zone."""
    if not told.strip():
        return None
    import dateparser

    settings = {"DATE_ORDER": "DMY", "TIMEZONE": str(LONDON), "RETURN_AS_TIMEZONE_AWARE": True, "STRICT_PARSING": True}
    plain = re.sub(r"\s+(?:at|am|o'r gloch|في|o godz\.?)\s+", " ", told[:100])
    languages = ["en", "cy", "ar", "pl", "ro", "uk"]
    found = dateparser.parse(plain, languages=languages, settings=settings)  # type: ignore[arg-type]
    return found.astimezone(UTC) if found else None


def _body(text: str) -> str:
    """What was written, without marks of quoting and the name of a telephone."""
    is_quoted = text.strip().startswith(">")
    plain = QUOTED.sub("", text) if is_quoted else text
    rows = plain.strip("\n").split("\n")
    while rows and (not rows[-1].strip() or _is_line_above(rows[-1])):
        rows.pop()
    return _unsigned("\n".join(rows)).strip()


def _note(lines: Sequence[str]) -> str:
    rows = [line for line in lines if not _is_line_above(line)]
    return _unsigned("\n".join(rows)).strip()


def _unsigned(text: str) -> str:
    """A text without the line `Sent from my phone`, which nobody wrote; what stands below it was written, and stays."""
    return SIGNATURE.sub("", text)
