"""Keeping what the person is told of days: every date that leaves the house is written down here, with where it was said."""

from collections.abc import Iterable
from datetime import datetime

from portal.casework.models import Case, Message, Promise, Promised, PromiseEnding
from portal.casework.promises import Said, open_promises
from portal.clock import london_day

REPLACES = frozenset({Promised.ANSWER, Promised.AT_MOST, Promised.MEET})


def promise(case: Case, said: Iterable[Said], said_in: str, *, at: datetime, letter: Message | None = None) -> None:
    """Write down inside a deed what was promised; another day for the same takes the place of the one said before."""
    for one in said:
        for old in open_promises(case):
            if one.what in REPLACES and _is_same(old, one) and old.by_on != one.by_on:
                old.end(PromiseEnding.REPLACED, london_day(at))
        where = {"position": one.position, "number": one.number, "said_in": said_in, "said_at": at, "letter": letter}
        case.promises.append(Promise(what=one.what, by_on=one.by_on, **where))


def _is_same(old: Promise, new: Said) -> bool:
    return (old.what, old.position, old.number) == (new.what, new.position, new.number)
