"""Who looked at what, and what is unusual in it: plain counting over the audit, for a person to judge."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from portal.clock import LONDON, london_day

MANY_CASES, MANY_KNOCKS, MANY_SEARCHES = 25, 3, 40
DAY_BEGINS, DAY_ENDS = time(7), time(20)
SATURDAY = 5


@dataclass(frozen=True)
class Look:
    """One reading, search, or knock at a case that is not there or not theirs."""

    event: str
    by_id: int
    at: datetime
    about: str
    why: str = ""


@dataclass(frozen=True)
class Busy:
    """Someone who did a thing often on one day."""

    by_id: int
    on: date
    count: int


@dataclass(frozen=True)
class AccessReview:
    """What stands out."""

    with_reason: tuple[Look, ...]
    out_of_hours: tuple[Look, ...]
    many_cases: tuple[Busy, ...]
    knocks: tuple[Busy, ...]
    searches: tuple[Busy, ...]


def review_access(looks: Iterable[Look]) -> AccessReview:
    """What stands out among some looks, which come newest first. Each number is a question, not a verdict."""
    reads: list[Look] = []
    by_day: Mapping[tuple[int, date], set[str]] = defaultdict(set)
    often: dict[str, Counter[tuple[int, date]]] = {"case_not_found": Counter(), "cases_searched": Counter()}
    for look in looks:
        key = (look.by_id, london_day(look.at))
        if look.event == "case_read":
            reads.append(look)
            by_day[key].add(look.about)
        else:
            often[look.event][key] += 1
    return AccessReview(
        with_reason=tuple(look for look in reads if look.why),
        out_of_hours=tuple(look for look in reads if is_out_of_hours(look.at)),
        many_cases=_busy({key: len(about) for key, about in by_day.items()}, MANY_CASES),
        knocks=_busy(often["case_not_found"], MANY_KNOCKS),
        searches=_busy(often["cases_searched"], MANY_SEARCHES),
    )


def is_out_of_hours(at: datetime) -> bool:
    """Whether a moment is at a weekend, before seven, or after eight in the evening, in London."""
    local = at.astimezone(LONDON)
    return local.weekday() >= SATURDAY or not DAY_BEGINS <= local.time() < DAY_ENDS


def _busy(counted: Mapping[tuple[int, date], int], least: int) -> tuple[Busy, ...]:
    found = [Busy(by_id, on, count) for (by_id, on), count in counted.items() if count >= least]
    return tuple(sorted(found, key=lambda busy: (busy.on, busy.count, busy.by_id), reverse=True))
