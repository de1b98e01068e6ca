"""Making files ready, one after another; what their words say is found by search, and read for signs of harm."""

import logging
from datetime import datetime

from sqlalchemy.orm import undefer

from portal import failures
from portal.audit.services import record
from portal.cage.running import LONG_WORK
from portal.cases.services.indexing import index_case
from portal.cases.services.locked_case import locked_case
from portal.database import db, transaction
from portal.duty.services import raise_alert
from portal.file_reading.events import FILE_MADE, FILE_NOT_MADE
from portal.file_reading.pages import NothingToShow, Shown, shown_of
from portal.files.kinds import FileRefused, made_anew
from portal.files.models import FilePage, Making, StoredFile
from portal.files.queries import ids_to_make
from portal.files.services import name_for
from portal.keys.opening import each_by_itself
from portal.sealing.values import SealBroken
from portal.signs.harm import harm_in

log = logging.getLogger("portal")


def make_waiting(*, at: datetime) -> int:
    """Make ready each file that waits, as it is now; gives how many were. One that cannot be is told on its case."""

    def make(file_id: int) -> int:
        try:
            make_ready(file_id, at=at)
        except SealBroken:
            raise
        except Exception as trouble:
            db.session.rollback()
            log.error("file %s could not be made ready: %s", file_id, failures.told(trouble))
            _tell_that_it_failed(file_id, "", at)  # or it would be tried for ever, and hold up the next
        return 1

    return sum(each_by_itself(ids_to_make(), make))


def make_ready(file_id: int, *, at: datetime) -> None:
    """Make one file ready. What takes long happens before the action that keeps it begins."""
    file = db.session.get(StoredFile, file_id, options=[undefer(StoredFile.content)])
    if file is None or file.making is not Making.WAITING or file.content is None:
        return
    content, media_type = file.content, file.media_type
    if file.is_media_as_sent:
        _make_media(file_id, content, media_type, at)
        return
    try:
        shown = shown_of(content, media_type)
    except NothingToShow as trouble:
        _tell_that_it_failed(file_id, str(trouble), at)
        return
    _keep_pages(file_id, shown, at)


def _make_media(file_id: int, content: bytes, media_type: str, at: datetime) -> None:
    """A recording or a video, made anew in the place of what came: where it was made is gone with it."""
    try:
        known = made_anew(content, media_type, LONG_WORK)
    except FileRefused as refusal:
        _tell_that_it_failed(file_id, str(refusal), at)
        return
    with transaction() as session:
        file = session.get_one(StoredFile, file_id, with_for_update=True)
        file.content, file.media_type, file.size = known.content, known.media_type, len(known.content)
        file.is_re_encoded, file.making = True, Making.DONE
        file.name = name_for(file.name, known.media_type)
        record(FILE_MADE, file.about, at=at, media_type=file.media_type, pages=0)


def _tell_that_it_failed(file_id: int, why: str, at: datetime) -> None:
    with transaction() as session:
        file = session.get_one(StoredFile, file_id, with_for_update=True)
        file.making, file.finding = Making.FAILED, why[:120]
        record(FILE_NOT_MADE, file.about, at=at, media_type=file.media_type, why=why)


def _keep_pages(file_id: int, shown: Shown, at: datetime) -> None:
    with transaction() as session:
        file = session.get_one(StoredFile, file_id, with_for_update=True)
        file.making, file.pages_in_all = Making.DONE, shown.in_all
        file.pages = [
            FilePage(
                number=number,
                media_type=page.media_type,
                width=page.width,
                height=page.height,
                is_read_by_machine=page.is_read_by_machine,
                content=page.content,
                words=page.words,
            )
            for number, page in enumerate(shown.pages, start=1)
        ]
        record(FILE_MADE, file.about, at=at, media_type=file.media_type, pages=shown.in_all)
        words = "\n\n".join(page.words for page in shown.pages if page.words)
        if words:
            _read_words(file, words, at)


def _read_words(file: StoredFile, words: str, at: datetime) -> None:
    """Find the case by what a file says; where it says of harm, the duty desk is told, and the case is read first."""
    signs = harm_in(words)
    if file.case_id is not None:
        with locked_case(file.case_id) as case:
            index_case(case, [words])
            if signs:
                case.reads_first, case.reads_first_why = 0, " ".join(("file", *signs))
    if signs:
        raise_alert(file.about, ("file", *signs), at=at)
