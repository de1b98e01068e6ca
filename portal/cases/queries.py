"""Finding cases. Every list has a full order that ends in the key, and never counts the whole table."""

import hmac
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import BigInteger, ColumnElement, FromClause, Select, and_, cast, exists, func, not_, select, union
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import aliased, defer, joinedload, selectinload

from portal.cases.errors import CaseNotFound
from portal.cases.models import (
    CAME_OF,
    Case,
    CaseAccess,
    CaseLink,
    CaseWall,
    OmbudsmanCase,
    PartWall,
    Promise,
    Promised,
    SearchWord,
    SecretWords,
)
from portal.cases.search_marks import marks_in_all_groups, person_marks
from portal.cases.secret_words import understood
from portal.cases.visibility import Viewer, not_walled_from, sees_all_parts, visible_to
from portal.database import db
from portal.people.queries import with_managers_above
from portal.procedure.eligibility import Complainant
from portal.procedure.stages import Status
from portal.sealing.hashes import short_lookup, slow_hash
from portal.sealing.plain_words import plain_words
from portal.sealing.ring import Purpose, ring

PAGE = 25
MAX_SEARCHED, MAX_FOUND = 8, 1_000  # words; cases that a search looks through
WORDS_LEAD_BACK_FOR = timedelta(days=366)  # after the case is closed
SEALED = (Case.told, Case.person, Case.closing_words, Case.handed_over_to, Case.standing_reasons)  # no list shows them


@dataclass(frozen=True)
class QueueFilter:
    """Which cases a queue shows: the words of its address."""

    status: Status | None = None
    assignee_id: int | None = None
    unhandled: bool = False
    due_by: date | None = None
    late_on: date | None = None
    words: str = ""
    waits: ColumnElement[bool] | None = None  # whose next action it is
    viewer: Viewer | None = None
    page: int = 1


@dataclass(frozen=True)
class QueuePage:
    """One page of a queue, and whether there is another."""

    cases: Sequence[Case]
    has_more: bool
    too_many: bool = False  # more were found by words than are looked through


def queue(wanted: QueueFilter) -> QueuePage:
    """Open cases in the order to take them: read first, then by due date; or what was searched for, open or not."""
    found, too_many = _filtered(wanted), False
    if wanted.words:
        by_words = _found_by(wanted.words, found if wanted.viewer is None else found.where(sees_all_parts(wanted.viewer)))
        found, too_many = found.where(Case.id.in_(by_words)), len(by_words) >= MAX_FOUND
    ordered = found.order_by(Case.reads_first, Case.next_due_on, Case.id).options(*map(defer, SEALED))
    rows = db.session.scalars(ordered.limit(PAGE + 1).offset((wanted.page - 1) * PAGE)).all()
    return QueuePage(list(rows[:PAGE]), len(rows) > PAGE, too_many)


def is_late_on(on: date) -> ColumnElement[bool]:
    """Late is an open case whose next day has passed: the queue, the page of what is late and its counts ask here."""
    return and_(Case.is_open, Case.next_due_on < on)


def _filtered(wanted: QueueFilter) -> Select[Case]:
    found = select(Case)
    if wanted.status is not None:
        found = found.where(Case.status == wanted.status)
    elif not wanted.words:
        found = found.where(Case.is_open)
    if wanted.assignee_id is not None:
        found = found.where(Case.assignee_id == wanted.assignee_id)
    if wanted.unhandled:
        found = found.where(Case.assignee_id.is_(None))
    if wanted.due_by is not None:
        found = found.where(Case.next_due_on <= wanted.due_by)
    if wanted.late_on is not None:
        found = found.where(is_late_on(wanted.late_on))
    if wanted.waits is not None:
        found = found.where(wanted.waits)
    if wanted.viewer is not None:
        found = found.where(visible_to(wanted.viewer))
    return found


def _found_by(words: str, among: Select[Case]) -> Sequence[int]:
    """The cases, of some, that were searched for by a reference or by words; of very many, some that are looked through."""
    typed = words.strip().upper()
    by_reference = select(Case.id).where(Case.reference.in_([typed, f"YS-{typed}"]))
    by_old = select(Case.id).where(Case.old_reference == words.strip())
    named = db.session.scalars(union(by_reference, by_old)).all()  # each by its own index: an OR would read every case
    wanted = sorted(plain_words(words), key=lambda word: (-len(word), word))[:MAX_SEARCHED]
    if not wanted:
        return named
    newest = db.session.scalar(select(func.max(Case.id))) or 0
    groups = _of_each_group([marks_in_all_groups(word, newest) for word in wanted])
    first, *others = groups.c
    has_all = [_has_mark(mark) for mark in others]
    found = among.with_only_columns(Case.id).join(SearchWord, SearchWord.case_id == Case.id)
    found = found.join(groups, SearchWord.mark == first).where(*has_all).limit(MAX_FOUND)
    return [*named, *db.session.scalars(found)]


def _of_each_group(marks: Sequence[Sequence[int]]) -> FromClause:
    """The marks of some words as a table: a row for each group of cases, a column for each word, the newest group first.

    It is gone through in that order and no further than until enough was found.
    """
    columns = [f"mark_{number}" for number in range(len(marks))]
    if db.engine.dialect.name == "sqlite":
        rows = func.json_each(json.dumps(list(zip(*marks, strict=True)))).table_valued("value")
        each = [func.json_extract(rows.c.value, f"$[{number}]").label(name) for number, name in enumerate(columns)]
        return select(*each).subquery()
    return func.unnest(*(cast(list(some), ARRAY(BigInteger)) for some in marks)).table_valued(*columns).render_derived()


def _has_mark(mark: ColumnElement[int]) -> ColumnElement[bool]:
    other = aliased(SearchWord)
    return exists().where(other.mark == mark, other.case_id == SearchWord.case_id)


def case_by_reference(reference: str, viewer: Viewer | None = None) -> Case:
    """One case with its parts, stages and messages. Raises CaseNotFound, also when this viewer may not know of it."""
    wanted = select(Case).where(Case.reference == reference.upper())
    if viewer is not None:
        wanted = wanted.where(visible_to(viewer))
    loaded = wanted.options(selectinload(Case.parts), selectinload(Case.stages), selectinload(Case.messages))
    loaded = loaded.options(joinedload(Case.secret_words))
    case = db.session.scalars(loaded).one_or_none()
    if case is None:
        raise CaseNotFound
    return case


def case_by_secret_words(typed: str, on: date) -> Case | None:
    """The case that secret words lead to on a day, whatever the slips; None when nowhere, or it closed a year ago."""
    words = understood(typed)
    if words is None:
        return None
    for key in ring.every(Purpose.SECRET_WORDS):
        for row in db.session.scalars(select(SecretWords).where(SecretWords.lookup == short_lookup(words, key))):
            if hmac.compare_digest(slow_hash(words, row.salt, key), row.hash):
                case = db.session.get_one(Case, row.case_id)
                return None if case.closed_on and case.closed_on + WORDS_LEAD_BACK_FOR < on else case
    return None


def line_of(case: Case) -> list[Case]:
    """A case, and those of the same person that came of it or of one another, oldest first: one way back leads to all."""
    found = [case]
    for one in found:
        if one.complainant is Complainant.MEMBER:  # what came of it is the constituent's
            continue
        later = select(Case).join(CaseLink, CaseLink.case_id == Case.id).order_by(Case.id)
        found += db.session.scalars(later.where(CaseLink.other_id == one.id, CaseLink.kind.in_(CAME_OF)))
    return found


def has_way_back(case: Case) -> bool:
    """Whether secret words lead to a case: its own, or those of the case of the same person that it came of."""
    if case.secret_words is not None:
        return True
    earlier = select(Case).join(CaseLink, CaseLink.other_id == Case.id)
    found = db.session.scalars(earlier.where(CaseLink.case_id == case.id, CaseLink.kind.in_(CAME_OF))).first()
    return found is not None and found.complainant is not Complainant.MEMBER and has_way_back(found)


def case_by_once_key(once_key: str) -> Case | None:
    """The case that a form already opened."""
    return db.session.scalars(select(Case).where(Case.once_key == once_key)).one_or_none()


def known_once_keys(keys: Sequence[str]) -> set[str | None]:
    """Which of these forms or rows are here already."""
    return set(db.session.scalars(select(Case.once_key).where(Case.once_key.in_(keys))))


def known_old_references(references: Sequence[str]) -> set[str | None]:
    """Which of these references, of the old system or our own, are here already."""
    old = db.session.scalars(select(Case.old_reference).where(Case.old_reference.in_(references)))
    own = db.session.scalars(select(Case.reference).where(Case.reference.in_(references)))
    return {*old, *own}


def cases_received_between(first: date, last: date, viewer: Viewer | None = None) -> Sequence[Case]:
    """Every case received between two days, in order of receipt; without those that a viewer is shut out of."""
    wanted = select(Case).where(Case.received_on.between(first, last)).order_by(Case.received_on, Case.id)
    if viewer is not None:
        wanted = wanted.where(not_walled_from(viewer))
    return db.session.scalars(wanted.options(selectinload(Case.parts), selectinload(Case.stages))).all()


def references_of(case_ids: Sequence[int], viewer: Viewer) -> dict[int, str]:
    """The reference of each case that a viewer may know of, by its number."""
    wanted = select(Case.id, Case.reference).where(Case.id.in_(case_ids), visible_to(viewer))
    return {row.id: row.reference for row in db.session.execute(wanted)}


def writing_promised(case_ids: Sequence[int], until: date) -> dict[int, date]:
    """The first day, up to `until`, by which we said we would write to the person of each case."""
    wanted = select(Promise.case_id, func.min(Promise.by_on)).where(
        Promise.case_id.in_(case_ids), Promise.ending.is_(None), Promise.what == Promised.WRITE, Promise.by_on <= until
    )
    return {case_id: by_on for case_id, by_on in db.session.execute(wanted.group_by(Promise.case_id))}


def walls_of(case_id: int) -> Sequence[CaseWall]:
    """Everyone who is shut out of a case."""
    found = db.session.scalars(select(CaseWall).where(CaseWall.case_id == case_id))
    return sorted(found, key=lambda wall: wall.person_id)


def part_walls_of(case_id: int) -> Sequence[PartWall]:
    """Everyone from whom a part of a case is hidden, by part."""
    found = db.session.scalars(select(PartWall).where(PartWall.case_id == case_id))
    return sorted(found, key=lambda wall: (wall.position, wall.person_id))


def wall_for(case_id: int, person_id: int) -> CaseWall | None:
    """The wall that shuts someone out of a case; None where there is none."""
    return next((wall for wall in walls_of(case_id) if wall.person_id == person_id), None)


def hidden_from(viewer: Viewer) -> Sequence[int]:
    """The few cases from which someone is shut out, found by the walls: a count over all cases is counted less these."""
    against = select(CaseWall.case_id).where(CaseWall.person_mark.in_(person_marks(viewer.line)))
    walled = db.session.scalars(against).all()
    if not walled:
        return []
    return db.session.scalars(select(Case.id).where(Case.id.in_(walled), not_(not_walled_from(viewer)))).all()


def access_to(case_id: int) -> Sequence[CaseAccess]:
    """Everyone to whom a case was given, also those whose time has run out."""
    return db.session.scalars(select(CaseAccess).where(CaseAccess.case_id == case_id).order_by(CaseAccess.person_id)).all()


def shut_out_of(case_id: int) -> frozenset[int]:
    """Everyone whom the walls of a case shut out: the people meant and their managers, but for those let through."""
    meant = {wall.person_id for wall in walls_of(case_id)}
    let_through = {access.person_id for access in access_to(case_id) if access.despite_wall}
    return with_managers_above(meant) - (let_through - meant)


def ombudsman_cases_of(case_id: int) -> Sequence[OmbudsmanCase]:
    """A case as the Ombudsman has it, oldest first."""
    wanted = select(OmbudsmanCase).where(OmbudsmanCase.case_id == case_id).order_by(OmbudsmanCase.id)
    return db.session.scalars(wanted).all()


def case_version(case_id: int) -> int:
    """The version of a case as it stands now."""
    return db.session.scalars(select(Case.version).where(Case.id == case_id)).one()


def has_any_case() -> bool:
    """Whether there is any case at all."""
    return db.session.scalars(select(Case.id).limit(1)).first() is not None
