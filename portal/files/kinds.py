"""What becomes of a file that somebody sends.

Pictures, recordings and videos are decoded and made anew, so that place, device, hidden text and anything appended are gone:
pictures and short recordings at once, what takes longer behind the page (`portal/file_reading/`). A PDF is written anew
without programs and actions. Plain text is kept as its words. Office files, emails, web pages and archives are kept sealed
as they came: what they say is shown beside them, and they open only as downloads, with a warning. Programs are refused. What
is decoded is decoded in the cage.
"""

from dataclasses import dataclass
from typing import Any

from portal.cage.refusal import NotTaken, Reason
from portal.cage.running import ON_A_PAGE, Budget, CageBroken, CageBusy, Work, decode
from portal.config import MAX_FILE_SIZE as MAX_FILE_SIZE
from portal.files.names import plain_name
from portal.files.recognising import Shape, archive_kind, certain_text_in, old_office_kind, shape_of
from portal.languages.phrase import phrase

MAX_PIXELS = 220_000_000  # of a JPEG; of all else a quarter
MAX_AT_ONCE, MAX_SOUND, MAX_FILM = 3 * 60, 60 * 60, 5 * 60  # seconds: made while somebody waits; of a recording; of a video
PDF, TEXT, SOUND, FILM = "application/pdf", "text/plain", "audio/mp4", "video/mp4"
AS_SENT = "as-sent/"  # and how the name of such a file ends
SOUND_AS_SENT, FILM_AS_SENT = f"{AS_SENT}sound", f"{AS_SENT}film"  # until they are made anew
OF_ONE_KIND = {Shape.TEXT: "txt", Shape.RICH_TEXT: "rtf", Shape.EMAIL: "eml", Shape.WEB_PAGE: "html"}
NOT_KNOWN = phrase("We do not know this kind of file. Send a photo, a recording, a video, a PDF, a letter or plain text.")
A_PROGRAM = phrase("Programs are not taken. Send a photo, a recording, a video, a PDF, a letter or plain text.")
BUSY = phrase("Many files are coming in just now. Wait a minute, then send it again.")
UNREADABLE_PICTURE = phrase("This picture cannot be read. Open it, save it as JPEG, and send that.")
UNREADABLE_SOUND = phrase("This recording cannot be played. Save it again as MP3 or M4A, and send that.")
UNREADABLE_PDF = phrase("This PDF cannot be opened, or is locked. Print it to a new PDF and send that.")
UNREADABLE = phrase("This file is damaged and cannot be opened. Send a new copy of it, or a photo of it.")
TOO_LARGE = phrase("This picture is too large to open. Send a smaller copy of it, or a photo of it.")
TOO_LONG = phrase("This is too long. Send it in parts: a recording of up to 1 hour, a video of up to 5 minutes.")
OF_NO_KIND = phrase("This cannot be played here. Save it again as MP4 or MP3, and send that.")
NOTHING_IN_IT = phrase("Nothing can be heard or seen in this file. Choose another one.")
BY_REASON = {
    Reason.TOO_LARGE: TOO_LARGE,
    Reason.TOO_LONG: TOO_LONG,
    Reason.NOTHING_IN_IT: NOTHING_IN_IT,
    Reason.OF_NO_KIND: OF_NO_KIND,
}


class FileRefused(Exception):
    """A file that is not taken; its words say why, and what to do."""


class FilesBusy(FileRefused):
    """Too many files come at this moment; the same file is taken a little later."""


@dataclass(frozen=True)
class KnownFile:
    """A file as it is kept. What is not yet made anew is not given out. `left_out` says what of it is not kept."""

    content: bytes
    media_type: str
    is_re_encoded: bool
    left_out: str | None = None

    @property
    def is_made_ready_later(self) -> bool:
        """Whether there is more to do behind the page: a video to be made anew, pages to be shown, words to be read."""
        return self.media_type not in (SOUND, FILM)


def known_file(content: bytes, budget: Budget = ON_A_PAGE) -> KnownFile:
    """The file as it is kept. Raises FileRefused; FilesBusy where the same file may come again."""
    if not content:
        raise FileRefused(phrase("This file is empty. Choose another one."))
    if len(content) > MAX_FILE_SIZE:
        raise FileRefused(phrase("This file is too large. Send up to 25 MB at a time, or a smaller copy."))
    shape = shape_of(content)
    if shape is Shape.PROGRAM:
        raise FileRefused(A_PROGRAM)
    if shape is Shape.PICTURE:
        return _picture(content, budget)
    if shape is Shape.PDF:
        facts, made = _decode(Work.PDF, content, budget, UNREADABLE_PDF)
        left_out = ", ".join(plain_name(name) for name in facts["left_out"]) or None
        return KnownFile(made, PDF, is_re_encoded=False, left_out=left_out)
    if shape is Shape.TEXT and (words := certain_text_in(content)) is not None:
        return KnownFile(words.encode(), TEXT, is_re_encoded=False)
    if shape is Shape.RECORDING:
        return _recording(content, budget)
    return KnownFile(content, _as_sent(content, shape, budget), is_re_encoded=False)


def _picture(content: bytes, budget: Budget) -> KnownFile:
    """A picture made anew; a scan of several sheets as a PDF; a camera's own format as it came."""
    try:
        media_type, made = _decode(Work.PICTURE, content, budget, UNREADABLE_PICTURE, most_pixels=MAX_PIXELS)
    except FileRefused as refusal:
        if str(refusal) != OF_NO_KIND:
            raise
        return KnownFile(content, f"{AS_SENT}tif", is_re_encoded=False)
    if media_type != Work.SHEETS:
        return KnownFile(made, media_type, is_re_encoded=True)
    return KnownFile(_decode(Work.SHEETS, content, budget, UNREADABLE_PICTURE)[1], PDF, is_re_encoded=False)


def made_anew(content: bytes, media_type: str, budget: Budget) -> KnownFile:
    """A recording or a video that was kept as it came, made anew. Raises FileRefused, and FilesBusy."""
    longest = MAX_FILM if media_type == FILM_AS_SENT else MAX_SOUND
    facts, made = _decode(Work.RECORDING, content, budget, UNREADABLE_SOUND, most_seconds=longest)
    left_out = "A second track of sound" if facts["more_tracks"] else None
    return KnownFile(made, facts["media_type"], is_re_encoded=True, left_out=left_out)


def _recording(content: bytes, budget: Budget) -> KnownFile:
    """A short recording made anew at once; what takes long is kept as it came, once it is known that it can be played."""
    looked, _ = _decode(Work.RECORDING, content, budget, NOT_KNOWN, most_seconds=MAX_SOUND, is_only_looked_at=True)
    is_film, seconds = looked["media_type"] == FILM, looked["seconds"]
    if seconds and seconds > (MAX_FILM if is_film else MAX_SOUND):
        raise FileRefused(TOO_LONG)
    as_sent = KnownFile(content, FILM_AS_SENT if is_film else SOUND_AS_SENT, is_re_encoded=False)
    if is_film or not seconds or seconds > MAX_AT_ONCE:
        return as_sent
    return made_anew(content, as_sent.media_type, budget)


def _as_sent(content: bytes, shape: Shape, budget: Budget) -> str:
    """The media type of what is kept as it came: ours, because browsers are told of none."""
    if shape is Shape.PACKED:
        return AS_SENT + str(_decode(Work.ARCHIVE, content, budget, UNREADABLE)[0]["kind"])
    if shape is Shape.OFFICE_OF_OLD:
        return AS_SENT + old_office_kind(content)
    return AS_SENT + (archive_kind(content) if shape is Shape.ARCHIVE else OF_ONE_KIND[shape])


def _decode(work: Work, content: bytes, budget: Budget, sentence: str, **options: Any) -> tuple[Any, bytes]:
    try:
        return decode(work, content, budget, **options)
    except NotTaken as trouble:
        raise FileRefused(BY_REASON.get(trouble.reason, sentence)) from trouble
    except CageBroken as trouble:
        raise FileRefused(sentence) from trouble
    except CageBusy as trouble:
        raise FilesBusy(BUSY) from trouble
