"""Finding files. No list loads what they hold."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import undefer

from portal.database import db
from portal.files.kinds import FILM_AS_SENT, SOUND_AS_SENT
from portal.files.models import FilePage, FileState, Making, StoredFile


def files_of(case_id: int) -> Sequence[StoredFile]:
    """The files of a case, oldest first."""
    return db.session.scalars(select(StoredFile).where(StoredFile.case_id == case_id).order_by(StoredFile.id)).all()


def file_of(case_id: int, public_id: str) -> StoredFile | None:
    """One file of a case, with what it holds."""
    wanted = select(StoredFile).where(StoredFile.case_id == case_id, StoredFile.public_id == public_id)
    return db.session.scalars(wanted.options(undefer(StoredFile.content))).one_or_none()


def files_of_compliment(compliment_id: int) -> Sequence[StoredFile]:
    """The files that came with thanks, oldest first."""
    wanted = select(StoredFile).where(StoredFile.compliment_id == compliment_id)
    return db.session.scalars(wanted.order_by(StoredFile.id)).all()


def file_of_compliment(compliment_id: int, public_id: str) -> StoredFile | None:
    """One file that came with thanks, with what it holds."""
    wanted = select(StoredFile).where(StoredFile.compliment_id == compliment_id, StoredFile.public_id == public_id)
    return db.session.scalars(wanted.options(undefer(StoredFile.content))).one_or_none()


def page_of(file_id: int, number: int) -> FilePage | None:
    """One page of a file, with what it holds."""
    wanted = select(FilePage).where(FilePage.file_id == file_id, FilePage.number == number)
    return db.session.scalars(wanted.options(undefer(FilePage.content))).one_or_none()


def next_to_make() -> int | None:
    """The file to make ready next, of those that are scanned: a paper, which may tell of harm, before what takes long."""
    is_scanned = StoredFile.state.in_((FileState.CLEAN, FileState.NOT_SCANNED))
    wanted = select(StoredFile.id).where(StoredFile.making == Making.WAITING, is_scanned)
    takes_long = StoredFile.media_type.in_((SOUND_AS_SENT, FILM_AS_SENT))
    return db.session.scalars(wanted.order_by(takes_long, StoredFile.id).limit(1)).first()


def ids_waiting() -> Sequence[int]:
    """Files that wait for the scanner, oldest first."""
    return db.session.scalars(
        select(StoredFile.id).where(StoredFile.state == FileState.WAITING).order_by(StoredFile.id)
    ).all()
