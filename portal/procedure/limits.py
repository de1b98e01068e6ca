"""Every time limit as data: read from `profiles/*.toml`, each with its source, its standing and when it is in force."""

import tomllib
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path

from portal.procedure.errors import UnknownLimit

PROFILE_ORDER = ("statute", "coronavirus_2020", "lgsco_strict", "council", "corporate_code_2024", "data_protection_2025")


class Unit(StrEnum):
    """What a limit is counted in."""

    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"
    YEARS = "years"


@dataclass(frozen=True)
class Limit:
    """One time limit in one profile. `extension_days` come on top of `days`; None means it cannot be extended."""

    id: str
    profile: str
    profile_title: str
    local: bool
    days: int
    unit: Unit
    starts_from: str
    source: str
    standing: str
    in_force_from: date
    in_force_to: date | None = None
    extension_days: int | None = None
    extension_grounds: tuple[str, ...] = ()
    or_else: str = ""  # what the law allows besides, in its own words

    def in_force(self, on: date) -> bool:
        """Whether the limit applied on that day."""
        return self.in_force_from <= on and (self.in_force_to is None or on <= self.in_force_to)


@cache
def all_limits() -> tuple[Limit, ...]:
    """Every limit of every profile, statute first."""
    return tuple(limit for profile in PROFILE_ORDER for limit in _read_profile(profile))


def limit_ids() -> tuple[str, ...]:
    """The id of every limit, once, in the order of the profiles."""
    return tuple(dict.fromkeys(limit.id for limit in all_limits()))


def limits_in_force(limit_id: str, on: date, profile: str | None = None) -> tuple[Limit, ...]:
    """The limits with this id that are in force on a day, in one profile or in all. Raises UnknownLimit for none."""
    if limit_id not in limit_ids():
        raise UnknownLimit(limit_id, limit_ids())
    if profile is not None and profile not in PROFILE_ORDER:
        raise UnknownLimit(profile, PROFILE_ORDER, "is not a profile")
    named = [limit for limit in all_limits() if limit.id == limit_id and profile in (None, limit.profile)]
    if not named:
        holders = tuple(limit.profile for limit in all_limits() if limit.id == limit_id)
        raise UnknownLimit(limit_id, holders, f"has no limit in the profile {profile}")
    found = tuple(limit for limit in named if limit.in_force(on))
    if not found:
        since = tuple(f"{limit.profile} from {limit.in_force_from:%-d %B %Y}" for limit in named)
        raise UnknownLimit(limit_id, since, f"is not in force on {on:%-d %B %Y}")
    return found


def _read_profile(name: str) -> tuple[Limit, ...]:
    source = tomllib.loads((Path(__file__).parent / "profiles" / f"{name}.toml").read_text(encoding="utf-8"))
    return tuple(
        Limit(
            profile=name,
            profile_title=source["title"],
            local=source["local"],
            or_else=source.get("or_else", ""),
            **{**row, "unit": Unit(row["unit"]), "extension_grounds": tuple(row.get("extension_grounds", ()))},
        )
        for row in source["limit"]
    )
