"""Making files ready, one after another; what their words say is found by search, and read for signs of harm."""

import logging
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta

from sqlalchemy.orm import undefer

from portal import failures
from portal.audit.services import record
from portal.cage.running import LONG_WORK
from portal.cases.models import Case
from portal.cases.services.indexing import index_case
from portal.cases.services.locked_case import locked_case
from portal.database import db, transaction
from portal.duty.services import raise_alert
from portal.file_reading.events import FILE_MADE, FILE_NOT_MADE
from portal.file_reading.pages import NothingToShow, Shown, shown_of
from portal.files.kinds import FileRefused, KnownFile, made_anew
from portal.files.models import FilePage, Making, StoredFile
from portal.files.queries import next_to_make
from portal.files.services import name_for
from portal.signs.harm import harm_in

WORDS_OF_A_PIECE, OVERLAP = 1_500, 30
IS_NEW = timedelta(days=7)
log = logging.getLogger("portal")


def make_waiting(*, tell_time: Callable[[], datetime]) -> int:
    """Make ready each file that waits; gives how many were. One that cannot be is told on its case, and holds up nothing."""
    done = 0
    while (file_id := next_to_make()) is not None:  # asked anew each time: a letter that came meanwhile goes before a video
        try:
            make_ready(file_id, tell_time=tell_time)
        except Exception as trouble:
            db.session.rollback()
            log.error("file %s could not be made ready: %s", file_id, failures.told(trouble))
            _tell_that_it_failed(file_id, "", tell_time())
        done += 1
    return done


def make_ready(file_id: int, *, tell_time: Callable[[], datetime]) -> None:
    """Make one file ready. What takes long happens in no action: nothing is read or held in the database meanwhile."""
    file = db.session.get(StoredFile, file_id, options=[undefer(StoredFile.content)])
    if file is None or file.content is None:
        _tell_that_it_failed(file_id, "", tell_time())
        return
    content, media_type, is_media = file.content, file.media_type, file.is_media_as_sent
    db.session.rollback()
    try:
        made = made_anew(content, media_type, LONG_WORK) if is_media else shown_of(content, media_type)
    except (NothingToShow, FileRefused) as trouble:
        _tell_that_it_failed(file_id, str(trouble), tell_time())
        return
    with transaction() as session:
        kept = session.get(StoredFile, file_id, with_for_update=True)
        if kept is None or kept.making is not Making.WAITING:  # deleted meanwhile, or made by another
            return
        kept.making = Making.DONE
        if isinstance(made, KnownFile):
            _keep_media(kept, made)
        else:
            _keep_pages(kept, made, tell_time())
        record(FILE_MADE, kept.about, at=tell_time(), media_type=kept.media_type, pages=kept.pages_in_all)


def _keep_media(file: StoredFile, known: KnownFile) -> None:
    """A recording or a video, made anew in the place of what came: where it was made is gone with it."""
    file.content, file.media_type, file.size = known.content, known.media_type, len(known.content)
    file.is_re_encoded, file.left_out = True, known.left_out
    file.name = name_for(file.name, known.media_type)


def _tell_that_it_failed(file_id: int, why: str, at: datetime) -> None:
    with transaction() as session:
        file = session.get(StoredFile, file_id, with_for_update=True)
        if file is not None and file.making is Making.WAITING:
            file.making, file.finding = Making.FAILED, why[:120]
            record(FILE_NOT_MADE, file.about, at=at, media_type=file.media_type, why=why)


def _keep_pages(file: StoredFile, shown: Shown, at: datetime) -> None:
    file.pages_in_all = shown.in_all
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
    _read_words(file, [piece for page in shown.pages for piece in _in_pieces(page.words)], at)


def _in_pieces(words: str) -> Iterator[str]:
    """A long text in pieces as long as signs and search look at, each with the end of the one before."""
    said = words.split()
    for begin in range(0, len(said), WORDS_OF_A_PIECE):
        yield " ".join(said[max(0, begin - OVERLAP) : begin + WORDS_OF_A_PIECE])


def _read_words(file: StoredFile, pieces: Sequence[str], at: datetime) -> None:
    """Find the case by what a file says; where it says of harm, the duty desk is told, and the case is read first.

    What lay here for longer (files of before this was done) is only made findable: people read those long ago.
    """
    signs = tuple(dict.fromkeys(sign for piece in pieces for sign in harm_in(piece)))
    is_new = at - file.added_at < IS_NEW
    if file.case_id is not None:
        case = db.session.get_one(Case, file.case_id)
        for piece in pieces:
            index_case(case, [piece])
    if signs and is_new:
        if file.case_id is not None:
            with locked_case(file.case_id) as read:
                why = dict.fromkeys([*read.reads_first_why.split(), "file", *signs])
                read.reads_first, read.reads_first_why = 0, " ".join(why)
        raise_alert(file.about, ("file", *signs), at=at)
