"""Everything that the Ombudsman asks for in one archive: index, chronology, letters, and a copy without names."""

import io
import re
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from portal import wording
from portal.audit.services import record
from portal.cases.models import Case
from portal.clock import london_day
from portal.config import Council
from portal.correspondence.letter_names import letter_name
from portal.desk.events import BUNDLE_MADE
from portal.files.models import StoredFile
from portal.printing import CannotBePrinted, letter_pdf
from portal.sealing.plain_words import bare_words

WITHHELD = "[name withheld]"
MIN_LENGTH = 3
STAMP = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Document:
    """One paper of the bundle."""

    name: str
    title: str
    words: str


def make_bundle(
    case: Case,
    lines: Sequence[str],
    files: Sequence[StoredFile],
    staff: Sequence[str],
    council: Council,
    *,
    at: datetime,
    by_id: int,
) -> bytes:
    """The archive as bytes. `lines` is the timeline in words, `staff` the names that the copy without names leaves out."""
    documents = _documents(case, lines)
    on = london_day(at)
    index = Document("00-index", f"Index of {case.reference}", _index(documents, files))
    packed = io.BytesIO()
    without = withholder(case, staff)
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for paper in (index, *documents):
            _put(archive, "full", paper, council, on)
            withheld = Document(paper.name, paper.title, without(paper.words))
            _put(archive, "without-names", withheld, council, on)
        for number, file in enumerate(files, start=1):
            if file.may_be_opened and file.content is not None:
                name = re.sub(r"[^\w.-]", "_", file.name)[-80:]
                archive.writestr(zipfile.ZipInfo(f"full/files/{number:02}-{name}", STAMP), file.content)
    record(BUNDLE_MADE, case.about, at=at, by_id=by_id, papers=len(documents) + 1, files=len(files))
    return packed.getvalue()


def withholder(case: Case, staff: Sequence[str]) -> Callable[[str], str]:
    """What takes names, contacts and references to people out of a text. Someone must read the copy before it goes."""
    known = [str(value) for key, value in case.person.items() if isinstance(value, str) and key not in ("needs", "reply_to")]
    wholes = sorted({text.strip() for text in (*known, *staff) if len(text.strip()) >= MIN_LENGTH}, key=len, reverse=True)
    of_names = [str(case.person.get("name") or ""), str(case.person.get("child_name") or ""), *staff]
    singles = {word for text in of_names for word in bare_words(text) if len(word) >= MIN_LENGTH}
    patterns = [rf"(?<!\w){re.escape(text)}(?!\w)" for text in (*wholes, *sorted(singles, key=len, reverse=True))]
    if not patterns:
        return lambda text: text
    found = re.compile("|".join(patterns), re.IGNORECASE)
    return lambda text: found.sub(WITHHELD, text)


def _documents(case: Case, lines: Sequence[str]) -> list[Document]:
    said = "\n\n".join(f"{question}\n{answer}" for question, answer in case.told)
    papers = [
        Document("01-chronology", f"Chronology of {case.reference}", "\n\n".join(lines)),
        Document("02-what-was-said", "What was said", said or "The old system's words are not kept here."),
    ]
    for number, message in enumerate(case.messages, start=3):
        way = "from us" if message.from_us else "from them"
        title = f"{letter_name(message.kind)} ({way}, {wording.day(london_day(message.at))})"
        papers.append(Document(f"{number:02}-{message.kind.replace('_', '-')}", title, message.whole or message.words))
    return papers


def _index(papers: Sequence[Document], files: Sequence[StoredFile]) -> str:
    lines = [f"{paper.name}: {paper.title}" for paper in papers]
    return "\n\n".join([*lines, *(f"File {number}: {file.name}" for number, file in enumerate(files, start=1))])


def _put(archive: zipfile.ZipFile, folder: str, paper: Document, council: Council, on: date) -> None:
    """As PDF; as text where no font can show its letters, so that nothing is left out."""
    try:
        content = letter_pdf(paper.words, paper.title, council, on, points=14, letterhead=False)
        archive.writestr(zipfile.ZipInfo(f"{folder}/{paper.name}.pdf", STAMP), content)
    except CannotBePrinted:
        text = f"{paper.title}\n\n{paper.words}"
        archive.writestr(zipfile.ZipInfo(f"{folder}/{paper.name}.txt", STAMP), text.encode())
