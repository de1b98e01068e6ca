"""Finding thanks."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sqlalchemy import and_, exists, func, or_, select

from portal.compliments.models import Compliment, Thanked
from portal.database import db

PAGE = 25
IS_GUESSED = or_(
    ~exists().where(Thanked.compliment_id == Compliment.id),
    exists().where(Thanked.compliment_id == Compliment.id, Thanked.is_guess),
)
IS_WAITING = and_(
    Compliment.passed_on_on.is_(None),
    Compliment.may_pass_on,
    Compliment.passes_on_at.is_not(None),
    or_(Compliment.held_why.is_not(None), IS_GUESSED),
)


def newest_compliments(page: int = 1, *, only_waiting: bool = False) -> tuple[Sequence[Compliment], bool]:
    """One page of thanks, newest first, and whether there is another; or only those that wait for somebody."""
    wanted = select(Compliment).order_by(Compliment.received_on.desc(), Compliment.id.desc())
    if only_waiting:
        wanted = wanted.where(IS_WAITING)
    rows = db.session.scalars(wanted.limit(PAGE + 1).offset((page - 1) * PAGE)).all()
    return rows[:PAGE], len(rows) > PAGE


def how_many_wait() -> int:
    """How many thanks wait for somebody to do something."""
    return db.session.scalar(select(func.count()).select_from(Compliment).where(IS_WAITING)) or 0


def compliment_by_id(compliment_id: int) -> Compliment | None:
    """Thanks by their number."""
    return db.session.get(Compliment, compliment_id)


def compliments_received_between(first: date, last: date) -> Sequence[Compliment]:
    """Every compliment received between two days."""
    wanted = select(Compliment).where(Compliment.received_on.between(first, last))
    return db.session.scalars(wanted.order_by(Compliment.received_on, Compliment.id)).all()


def how_many_between(first: date, last: date) -> int:
    """How many thanks were received between two days."""
    wanted = select(func.count()).select_from(Compliment).where(Compliment.received_on.between(first, last))
    return db.session.scalar(wanted) or 0


def quotable_between(first: date, last: date) -> Sequence[Compliment]:
    """Thanks received between two days whose quote may be shown, newest first."""
    is_quotable = (Compliment.may_share, Compliment.quote.is_not(None), Compliment.quote_checked_on.is_not(None))
    wanted = select(Compliment).where(Compliment.received_on.between(first, last), *is_quotable)
    return db.session.scalars(wanted.order_by(Compliment.received_on.desc(), Compliment.id.desc())).all()


def quotes_to_check() -> Sequence[Compliment]:
    """Quotes that wait for the look of a second person, oldest first."""
    waits = (Compliment.may_share, Compliment.quote.is_not(None), Compliment.quote_checked_on.is_(None))
    return db.session.scalars(select(Compliment).where(*waits).order_by(Compliment.id)).all()


def passed_on_to(person_id: int) -> Sequence[Compliment]:
    """The thanks that were passed on to someone, newest first."""
    for_them = exists().where(Thanked.compliment_id == Compliment.id, Thanked.person_id == person_id, ~Thanked.is_guess)
    wanted = select(Compliment).where(for_them, Compliment.passed_on_on.is_not(None))
    return db.session.scalars(wanted.order_by(Compliment.received_on.desc(), Compliment.id.desc())).all()


def passed_on_in(people: Iterable[int], first: date, last: date) -> dict[int, int]:
    """How many thanks each of some people was passed on between two days."""
    mine = (Thanked.person_id.in_(list(people)), ~Thanked.is_guess, Compliment.passed_on_on.is_not(None))
    wanted = select(Thanked.person_id, func.count()).join(Compliment, Compliment.id == Thanked.compliment_id)
    wanted = wanted.where(*mine, Compliment.received_on.between(first, last)).group_by(Thanked.person_id)
    return {person_id: count for person_id, count in db.session.execute(wanted) if person_id is not None}


def ids_to_pass_on(at: datetime) -> Sequence[int]:
    """The thanks whose time has come, oldest first; those of them for which it is not sure whom they mean are left out."""
    due = (Compliment.passed_on_on.is_(None), Compliment.passes_on_at <= at, Compliment.may_pass_on)
    wanted = select(Compliment.id).where(*due, Compliment.held_why.is_(None), ~IS_GUESSED)
    return db.session.scalars(wanted.order_by(Compliment.id)).all()


def compliment_by_once_key(once_key: str) -> Compliment | None:
    """The compliment that a form already logged."""
    return db.session.scalars(select(Compliment).where(Compliment.once_key == once_key)).one_or_none()


def known_once_keys(keys: Sequence[str]) -> set[str | None]:
    """Which of these forms or rows are here already."""
    return set(db.session.scalars(select(Compliment.once_key).where(Compliment.once_key.in_(keys))))


def known_old_references(references: Sequence[str]) -> set[str | None]:
    """Which of these references of the old system are here already."""
    return set(db.session.scalars(select(Compliment.old_reference).where(Compliment.old_reference.in_(references))))
