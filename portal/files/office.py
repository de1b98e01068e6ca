"""Letters written in an office program, as a web page: their words and layout, and nothing that runs or leads out.

Pandoc reads them (its sandbox opens nothing besides); what it wrote is cleaned by nh3, and each picture in it made anew.
"""

import base64
import re
from dataclasses import dataclass

import nh3
import pypandoc
from markupsafe import escape

from portal.cage.programs import run
from portal.cage.running import BEHIND, MB, Budget, CageBroken, CageBusy, Line, Work, decode
from portal.files.kinds import AS_SENT, FileRefused, known_file
from portal.files.recognising import text_in
from portal.wording import cut_short

LETTER = Budget(800 * MB, 30, Line.BEHIND)  # Pandoc holds many times what it reads
LETTERS = {f"{AS_SENT}{kind}": kind for kind in ("docx", "odt", "rtf", "html")}  # and Pandoc's name of the format
MOST_PICTURES, LONGEST_HTML, LONGEST_WORDS = 20, 2_000_000, 50_000
PICTURE = re.compile(r'<img\b[^>]*?\bsrc="data:[^;,"]{0,60};base64,([^"]*)"[^>]*>', re.I)
TAGS = set(
    "p h1 h2 h3 h4 h5 h6 ul ol li table thead tbody tfoot tr td th caption em strong del ins u sup sub blockquote br hr "
    "span div pre code dl dt dd img figure figcaption".split()
)
ATTRIBUTES = {"td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan"}, "ol": {"start", "type"}, "img": {"src", "alt"}}
TICKED = re.compile(r'<input\b[^>]*type="checkbox"[^>]*\bchecked[^>]*>', re.I)
UNTICKED = re.compile(r'<input\b(?![^>]*\bchecked)[^>]*type="checkbox"[^>]*>', re.I)
OTHER_PICTURE = re.compile(r'<img\b(?![^>]*\bsrc="page:\d+")[^>]*>', re.I)
NO_PICTURE = "<span>[A picture that cannot be shown here]</span>"
PAGE = "page"  # the scheme of a picture's address in what is kept: `page:2` is page 2 of the file
HEADING_BESIDE = "Beside the text: in boxes, headers, footers, ticks and comments"


@dataclass(frozen=True)
class WebPage:
    """A letter as it is shown: cleaned HTML, its words, and its pictures made anew, which are pages 2 and on."""

    html: str
    words: str
    pictures: tuple[bytes, ...]


def as_web_page(content: bytes, media_type: str) -> WebPage:
    """A letter as it is shown. Raises CageBroken for what Pandoc cannot read."""
    made = _by_pandoc(content, media_type, "html", "--embed-resources", "--shift-heading-level-by=1")
    pictures: list[bytes] = []

    def keep(found: re.Match[str]) -> str:
        picture = _made_anew(found[1]) if len(pictures) < MOST_PICTURES else None
        if picture is None:
            return NO_PICTURE
        pictures.append(picture)
        return f'<img src="{PAGE}:{len(pictures) + 1}" alt="Picture {len(pictures)}">'

    ticked = TICKED.sub("\u2612", UNTICKED.sub("\u2610", made))
    shown = OTHER_PICTURE.sub(NO_PICTURE, PICTURE.sub(keep, ticked)[:LONGEST_HTML])
    html = nh3.clean(shown, tags=TAGS, attributes=ATTRIBUTES, url_schemes={PAGE})
    beside = _beside(content, media_type)
    html += f"<h2>{HEADING_BESIDE}</h2><pre>{escape(beside)}</pre>" if beside else ""
    return WebPage(html, words_in_letter(content, media_type, beside), tuple(pictures))


def words_in_letter(content: bytes, media_type: str, beside: str | None = None) -> str:
    """All that is written in a letter, with what stands `beside`, where that is known; empty when it cannot be read."""
    if media_type not in LETTERS:
        return ""
    try:
        words = _by_pandoc(content, media_type, "plain", "--wrap=none")
    except CageBroken:
        return ""
    beside = _beside(content, media_type) if beside is None else beside
    return cut_short("\n\n".join(part for part in (words.strip(), beside) if part), LONGEST_WORDS)


def _by_pandoc(content: bytes, media_type: str, to: str, *more: str) -> str:
    if LETTERS[media_type] == "html":
        content = (text_in(content) or "").encode()
    asked = [pypandoc.get_pandoc_path(), "--sandbox", "-f", LETTERS[media_type], "-t", to, *more]
    return run(asked, content, LETTER).decode("utf-8", "replace")


def _made_anew(encoded: str) -> bytes | None:
    try:
        known = known_file(base64.b64decode(encoded), BEHIND)
    except (FileRefused, ValueError):
        return None
    return known.content if known.media_type.startswith("image/") else None


def _beside(content: bytes, media_type: str) -> str:
    """What stands beside the text of a Word file, which Pandoc leaves out."""
    if LETTERS[media_type] != "docx":
        return ""
    try:
        words, _ = decode(Work.WORD, content, BEHIND, longest=LONGEST_WORDS)
    except (CageBroken, CageBusy):
        return ""
    return str(words)
