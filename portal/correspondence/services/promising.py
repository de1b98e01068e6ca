"""Keeping what the person is told of days: every date that leaves the house is written down here, with where it was said."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta

from portal import wording
from portal.cases.models import Case, Message, Promise, Promised, PromiseEnding
from portal.cases.promises import Said, open_promises
from portal.clock import london_day

MAX_AHEAD = 360  # days, so that a day without its year is one day
REPLACES = frozenset({Promised.ANSWER, Promised.AT_MOST, Promised.MEET})


def promise(case: Case, said: Iterable[Said], said_in: str, *, at: datetime, letter: Message | None = None) -> None:
    """Write down inside an action what was promised; another day for the same takes the place of the one said before."""
    for one in said:
        for old in open_promises(case):
            if one.what in REPLACES and _is_same(old, one) and old.by_on != one.by_on:
                old.end(PromiseEnding.REPLACED, london_day(at))
        where = {"position": one.position, "number": one.number, "said_in": said_in, "said_at": at, "letter": letter}
        case.promises.append(Promise(what=one.what, by_on=one.by_on, **where))


def said_in_words(offered: Iterable[Said], words: str, on: date) -> list[Said]:
    """Which of the offered promises a letter makes: their day stands in its words.

    When somebody put another day into the letter, and it is the only one, that is what the person was told.
    """
    days = list(offered)
    said = [one for one in days if wording.short_day(one.by_on) in words]
    missing = [one for one in days if one not in said and one.what in (Promised.ANSWER, Promised.WRITE)]
    coming = [on + timedelta(days=ahead) for ahead in range(1, MAX_AHEAD)] if missing else []
    known = {one.by_on for one in days}
    other = [day for day in coming if day not in known and re.search(rf"\b{day.day} {day:%B}\b", words)]
    return [*said, replace(missing[0], by_on=other[0])] if missing and len(other) == 1 else said


def _is_same(old: Promise, new: Said) -> bool:
    return (old.what, old.position, old.number) == (new.what, new.position, new.number)
