"""Taking files in, and scanning those that wait."""

import secrets
from contextlib import suppress
from datetime import datetime

from sqlalchemy import delete, select

from portal.audit.events import declare
from portal.audit.services import record
from portal.database import db, transaction
from portal.files.kinds import AS_SENT, FILM, PDF, SOUND, TEXT, KnownFile, known_file
from portal.files.models import FilePage, FileState, Making, StoredFile
from portal.files.names import MAX_NAME_LENGTH, without_ending
from portal.files.queries import ids_waiting
from portal.files.scanning import ScannerAway, finding_in
from portal.keys.opening import each_by_itself

FILE_ADDED = declare("file_added", "media_type", "size", is_for_outsiders=True)
FILE_REFUSED = declare("file_refused", "finding", is_for_outsiders=True)
FILE_OPENED = declare("file_opened", "media_type", is_for_outsiders=True)
FILE_TRANSCRIBED = declare("file_transcribed", "media_type", is_for_outsiders=True)
ENDINGS = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    SOUND: ".m4a",
    FILM: ".mp4",
    PDF: ".pdf",
    TEXT: ".txt",
}


def add_file(case_id: int, name: str, content: bytes, *, scanner: str, at: datetime, by_id: int | None) -> StoredFile:
    """Keep a file on a case; with a scanner it waits until it is scanned. Raises FileRefused."""
    return keep_file(name, known_file(content), case_id=case_id, scanner=scanner, at=at, by_id=by_id)


def keep_file(
    name: str,
    known: KnownFile,
    *,
    case_id: int | None = None,
    compliment_id: int | None = None,
    scanner: str,
    at: datetime,
    by_id: int | None,
) -> StoredFile:
    """Keep a file that was made anew before, on a case or with thanks."""
    with transaction() as session:
        kept = StoredFile(
            public_id=secrets.token_urlsafe(18),
            case_id=case_id,
            compliment_id=compliment_id,
            name=name_for(name, known.media_type),
            media_type=known.media_type,
            is_re_encoded=known.is_re_encoded,
            left_out=known.left_out,
            size=len(known.content),
            content=known.content,
            making=Making.WAITING if known.is_made_ready_later else Making.DONE,
            state=FileState.WAITING if scanner else FileState.NOT_SCANNED,
            added_at=at,
            added_by_id=by_id,
        )
        session.add(kept)
        session.flush()
        record(FILE_ADDED, kept.about, at=at, by_id=by_id, media_type=kept.media_type, size=kept.size)
    return kept


def delete_files_of_compliment(compliment_id: int) -> None:
    """Take away what came with thanks, inside an action, with all that is shown of it."""
    theirs = select(StoredFile.id).where(StoredFile.compliment_id == compliment_id)
    db.session.execute(delete(FilePage).where(FilePage.file_id.in_(theirs)))
    db.session.execute(delete(StoredFile).where(StoredFile.compliment_id == compliment_id))


def write_transcript(file: StoredFile, words: str, *, at: datetime, by_id: int) -> None:
    """Write down beside a recording or a picture what is heard or seen, in place of what stood there."""
    with transaction():
        file.transcript = words
        record(FILE_TRANSCRIBED, file.about, at=at, by_id=by_id, media_type=file.media_type)


def note_opened(file: StoredFile, *, at: datetime, by_id: int) -> None:
    """Write down that someone opened a file."""
    record(FILE_OPENED, file.about, at=at, by_id=by_id, media_type=file.media_type)


def scan_waiting(scanner: str, *, at: datetime) -> tuple[int, int]:
    """Scan what waits; says how many were scanned, and how many still wait because the scanner is away."""
    waiting = ids_waiting()
    scanned = 0

    def scan(file_id: int) -> int:
        _keep_verdict(file_id, finding_in(db.session.get_one(StoredFile, file_id).content or b"", scanner), at)
        return 1

    with suppress(ScannerAway):
        for one in each_by_itself(waiting, scan):
            scanned += one
    return scanned, len(waiting) - scanned


def name_for(name: str, media_type: str) -> str:
    """A file's name, ended by what it is and not by what its sender says."""
    ending = ENDINGS.get(media_type) or "." + media_type.removeprefix(AS_SENT)
    return without_ending(name)[: MAX_NAME_LENGTH - len(ending)] + ending


def _keep_verdict(file_id: int, finding: str, at: datetime) -> None:
    with transaction() as session:
        file = session.get_one(StoredFile, file_id)
        file.state, file.finding = (FileState.REFUSED if finding else FileState.CLEAN), finding
        if finding:
            file.content, file.making = None, Making.DONE
            record(FILE_REFUSED, file.about, at=at, finding=finding)
