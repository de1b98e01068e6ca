"""Making cases findable: the keyed marks of their words, and the walls' marks of people, beside what is sealed."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import delete, func, insert, select, update

from portal.cases.models import Case, CaseWall, PartWall, SearchWord
from portal.cases.search_marks import marks_of_case, person_mark
from portal.database import db, transaction
from portal.files.models import FilePage, StoredFile
from portal.keys.opening import each_by_itself
from portal.keys.services import let_go_before
from portal.sealing.hashes import beginnings
from portal.sealing.plain_words import plain_words
from portal.sealing.ring import Purpose, PurposeKey, ring

MAX_WORDS = 2_000  # of one text that a case is found by; more would let one sender hold up the rest
AT_ONCE = 50
Mark = dict[str, int]


def index_new_case(case: Case) -> None:
    """Make a case that was just opened findable by what it was opened with."""
    _mark(case, _findable(case), frozenset())


def index_case(case: Case, texts: Iterable[str]) -> None:
    """Make a case findable by the words of some texts and how they begin, beside those it is found by already."""
    known = db.session.scalars(select(SearchWord.mark).where(SearchWord.case_id == case.id))
    _mark(case, texts, frozenset(known))


def find_case_by(case_id: int, words: str) -> None:
    """Make a case findable by more words, in an action of its own."""
    with transaction() as session:
        index_case(session.get_one(Case, case_id), [words])


def index_anew(how_many: int = AT_ONCE) -> int:
    """Index some cases anew that were indexed with another key than the newest, in one short action; gives how many."""
    key = ring.newest(Purpose.SEARCH)
    wanted = select(Case.id).where(Case.index_version != key.version).order_by(Case.id.desc()).limit(how_many)

    def index(case_id: int) -> bool:
        with transaction() as session:
            case = session.scalars(select(Case).where(Case.id == case_id).with_for_update(of=Case)).one()
            session.execute(delete(SearchWord).where(SearchWord.case_id == case_id))
            session.execute(update(Case).where(Case.id == case_id).values(index_version=key.version))  # no new version of it
            session.refresh(case, ["index_version"])
            for kind in (CaseWall, PartWall):
                for wall in session.scalars(select(kind).where(kind.case_id == case_id)):
                    wall.person_mark = person_mark(wall.person_id, key)
            for texts in (_findable(case), *([text] for text in _came_later(case))):
                index_case(case, texts)
        return True

    return sum(each_by_itself(db.session.scalars(wanted).all(), index))


def marks_for(case_id: int, texts: Iterable[str], key: PurposeKey, known: frozenset[int] = frozenset()) -> list[Mark]:
    """The marks of a case for the words of some texts and how they begin, without those that are known."""
    words = plain_words(*texts)
    marks = sorted(marks_of_case(words, case_id, key) - known)[:MAX_WORDS]
    marks += sorted(marks_of_case(beginnings(words), case_id, key) - known)[:MAX_WORDS]
    return [{"mark": mark, "case_id": case_id} for mark in marks]


def keep_marks(marks: Sequence[Mark]) -> None:
    """Keep marks, of one case or of many."""
    if marks:
        db.session.connection().execute(insert(SearchWord.metadata.tables[SearchWord.__tablename__]), marks)


def not_findable_yet() -> int:
    """How many cases a search does not find: after an upgrade, until the worker has looked at them."""
    known = [key.version for key in ring.every(Purpose.SEARCH)]
    return db.session.scalar(select(func.count()).select_from(Case).where(Case.index_version.not_in(known))) or 0


def let_old_search_key_go(*, at: datetime) -> int:
    """Delete older keys of search once no case hangs on them; gives how many."""
    newest = ring.newest(Purpose.SEARCH)
    if newest == ring.every(Purpose.SEARCH)[-1]:
        return 0
    left = select(Case.id).where(Case.index_version != newest.version).limit(1)
    return 0 if db.session.scalars(left).first() is not None else let_go_before(Purpose.SEARCH, began_by=at)


def _mark(case: Case, texts: Iterable[str], known: frozenset[int]) -> None:
    key = next((one for one in ring.every(Purpose.SEARCH) if one.version == case.index_version), None)
    if key is None:  # of before: it is indexed anew, with these texts
        return
    keep_marks(marks_for(case.id, texts, key, known))


def _findable(case: Case) -> list[str]:
    names = [str(value) for value in case.person.values() if isinstance(value, str)]
    return [*names, *(answer for _, answer in case.told), case.old_reference or ""]


def _came_later(case: Case) -> list[str]:
    files = db.session.scalars(select(StoredFile).where(StoredFile.case_id == case.id))
    replies = [message.words for message in case.messages if not message.from_us]
    people = [str(value) for one in case.parties for value in one.details.values()]
    pages = db.session.scalars(select(FilePage).join(StoredFile).where(StoredFile.case_id == case.id))
    heard = (file.transcript for file in files if file.transcript)
    return [*replies, *people, *heard, *(page.words for page in pages if page.words)]
