"""What is shown of a file, by what it is: its pages as pictures, or its words."""

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from portal.cage.programs import run
from portal.cage.refusal import NotTaken
from portal.cage.running import MB, PAPER, Budget, CageBroken, Line, Work, decode
from portal.files.kinds import AS_SENT, PDF, TEXT
from portal.files.office import LETTERS, as_web_page
from portal.files.recognising import text_in
from portal.incoming_email.parsing.enclosed import saved_email
from portal.incoming_email.parsing.message import parse_email
from portal.incoming_email.parsing.structure import says_all
from portal.incoming_email.services.who_wrote import inside, one_below_another
from portal.wording import cut_short

LONGEST = 50_000  # letters of one page
ONE_PAGE_READ = Budget(500 * MB, 60, Line.LONG)
LANGUAGES = "eng+cym"
DAMAGED = "It is locked, damaged or too long to be shown here. Ask whoever sent it for a new copy, or a PDF of it."
LOCKED = "It is locked with a password. Ask whoever sent it for a copy that is not."
ENCRYPTED = "It is encrypted for one program alone. Ask whoever sent it to send it again without."
OF_NO_KIND = "Nothing here opens this kind of file. Ask whoever sent it for a PDF of it."
LOCKED_WITH = "EncryptedPackage".encode("utf-16-le")  # where Office keeps what is locked (MS-OFFCRYPTO, 2.3.4.4)
WORDS_OF_A_PAGE = 8  # a page that holds fewer is a picture of one


@dataclass(frozen=True)
class Page:
    """One page: a picture, a web page that we cleaned, or words alone."""

    words: str = ""
    media_type: str = TEXT
    content: bytes | None = None
    width: int = 0
    height: int = 0
    is_read_by_machine: bool = False


@dataclass(frozen=True)
class Shown:
    """The pages that are shown of a file, and how many it has in all."""

    pages: Sequence[Page]
    in_all: int


class NothingToShow(Exception):
    """Nothing of a file can be shown; its words say why, and what to do."""


def shown_of(content: bytes, media_type: str) -> Shown:
    """What is shown of a file as it is kept. Raises NothingToShow."""
    show = SHOWN.get(media_type, _nothing)
    try:
        return show(content)
    except (CageBroken, NotTaken, UnicodeDecodeError) as trouble:
        raise NothingToShow(DAMAGED) from trouble


def words_in_picture(picture: bytes) -> str:
    """The words that a machine reads in a picture; empty where Tesseract is not installed, or reads none."""
    program = shutil.which("tesseract")
    if program is None:
        return ""
    try:
        read = run([program, "stdin", "stdout", "-l", _languages(program)], picture, ONE_PAGE_READ, OMP_THREAD_LIMIT="1")
    except CageBroken:
        return ""
    return cut_short(read.decode("utf-8", "replace").strip(), LONGEST)


@cache
def _languages(program: str) -> str:
    """Those of ours that are installed."""
    try:
        told = run([program, "--list-langs"], b"", ONE_PAGE_READ).decode("utf-8", "replace").split()
    except CageBroken:
        return "eng"
    return "+".join(one for one in LANGUAGES.split("+") if one in told) or "eng"


def _pdf(content: bytes) -> Shown:
    facts, made = decode(Work.PDF_PAGES, content, PAPER)
    pages, began = [], 0
    for one in facts["pages"]:
        picture = made[began : began + one["size"]]
        began += one["size"]
        has_words = len(one["words"].split()) >= WORDS_OF_A_PAGE and not one["has_scan"]
        read = "" if has_words else words_in_picture(picture)
        is_guessed = not says_all(one["words"], read)
        words = one_below_another(one["words"], read) if is_guessed else one["words"]
        pages.append(Page(words, "image/jpeg", picture, one["width"], one["height"], is_read_by_machine=is_guessed))
    return Shown(pages, facts["in_all"])


def _picture(content: bytes) -> Shown:
    words = words_in_picture(content)
    return Shown([Page(words, is_read_by_machine=True)], 1) if words else Shown([], 0)


def _text(content: bytes) -> Shown:
    return _words(text_in(content) or "")


def _words(words: str) -> Shown:
    return Shown([Page(cut_short(words, LONGEST))], 1)


def _email(content: bytes) -> Shown:
    """An email that somebody sent as a file: what its reader sees, and the names of what came with it."""
    words, files = inside([parse_email(content)])
    told = [f"With it came: {file.name or 'a file without a name'}" for file in files]
    return _words(one_below_another(*words, "\n".join(told)))


def _outlook_message(content: bytes) -> Shown:
    saved = saved_email(content)
    if saved is None:
        raise NothingToShow(DAMAGED)
    return _email(saved)


def _table(content: bytes) -> Shown:
    return _words(str(decode(Work.TABLE, content, PAPER)[0]["words"]))


def _archive(content: bytes) -> Shown:
    facts, _ = decode(Work.ARCHIVE, content, PAPER)
    more = [f"... and {facts['more']} more"] if facts["more"] else []
    return _words("\n".join(["In it:", *facts["names"], *more]))


def _letter(media_type: str) -> Callable[[bytes], Shown]:
    def show(content: bytes) -> Shown:
        page = as_web_page(content, media_type)
        first = Page(page.words, "text/html", page.html.encode())
        return Shown([first, *map(_inside_a_letter, page.pictures)], 1)

    return show


def _inside_a_letter(picture: bytes) -> Page:
    words, media_type = words_in_picture(picture), "image/png" if picture.startswith(b"\x89PNG") else "image/jpeg"
    return Page(words, media_type, picture, is_read_by_machine=bool(words))


def _nothing(content: bytes) -> Shown:
    raise NothingToShow(LOCKED if LOCKED_WITH in content else OF_NO_KIND)


def _encrypted(content: bytes) -> Shown:
    raise NothingToShow(ENCRYPTED)


SHOWN: dict[str, Callable[[bytes], Shown]] = {
    PDF: _pdf,
    TEXT: _text,
    f"{AS_SENT}txt": _text,
    "image/jpeg": _picture,
    "image/png": _picture,
    **{media_type: _letter(media_type) for media_type in LETTERS},
    **{AS_SENT + kind: _table for kind in ("xlsx", "xls", "ods")},
    f"{AS_SENT}eml": _email,
    f"{AS_SENT}msg": _outlook_message,
    f"{AS_SENT}zip": _archive,
    f"{AS_SENT}p7m": _encrypted,
}
