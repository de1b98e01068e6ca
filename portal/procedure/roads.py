"""The roads of what the statutory procedure does not hear, as data: what each covers, who answers, what is said.

Those that come with the portal stand in `roads.toml`; a council adds its own, or puts its words in the place of ours.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from portal.procedure.grounds import Ground, Matter
from portal.procedure.routes import Route

BUNDLED = Path(__file__).parent / "roads.toml"
PLAINEST = {
    Route.CORPORATE: "corporate_procedure",
    Route.SAFEGUARDING: "safeguarding",
    Route.DATA_PROTECTION: "personal_data",
    Route.CONFERENCE_APPEAL: "conference_appeal",
    Route.ANOTHER_BODY: "another_body",
}
UNITS = ("calendar_days", "working_days", "months", "years")
STARTS = ("notice", "grounds", "receipt")


class RoadNotGood(ValueError):
    """A file of roads says something that cannot be meant; the words say what and where."""


@dataclass(frozen=True)
class Window:
    """How long somebody has to ask for it: so many of a unit from the day of a notice, of what happened, or of receipt."""

    days: int
    unit: str
    starts_from: str


@dataclass(frozen=True, kw_only=True)
class Road:
    """One road: `adult` and `child` are the sentences of the letter, `remains` what of it this council still answers."""

    id: str
    title: str
    covers: str
    ground: Ground
    route: Route
    body: str
    adult: str
    child: str
    source: str
    standing: str
    matters: tuple[Matter, ...] = ()
    window: Window | None = None
    remains: str = ""
    takes_two: bool = False


class Roads:
    """Every road that parts can take in this council."""

    def __init__(self) -> None:
        self._own: tuple[Road, ...] = ()
        self._bundled = read_roads(BUNDLED.read_text(encoding="utf-8"), BUNDLED.name)

    def add(self, file: Path | None) -> None:
        """Take in a council's own roads; without a file, none. Raises RoadNotGood, or OSError for one that is not there."""
        self._own = read_roads(file.read_text(encoding="utf-8"), file.name) if file is not None else ()

    def every(self) -> Mapping[str, Road]:
        """All roads by their id; the council's own stand in the place of ours of the same name."""
        return {road.id: road for road in (*self._bundled, *self._own)}

    def of_matter(self, matter: Matter) -> Road | None:
        """The road that a matter takes; None for what the statutory procedure hears."""
        return next((road for road in reversed(list(self.every().values())) if matter in road.matters), None)

    def of_route(self, route: Route | None) -> Road | None:
        """The plainest road of a route, for a part of which no road was kept; None for one that has none."""
        return self.named(PLAINEST.get(route)) if route is not None else None

    def named(self, road_id: str | None) -> Road | None:
        """One road by its id; None for one that is not known any more."""
        return self.every().get(road_id or "")


def read_roads(text: str, name: str) -> tuple[Road, ...]:
    """The roads of a file. Raises RoadNotGood with what is wrong, in which road."""
    try:
        rows = tomllib.loads(text).get("road", [])
    except tomllib.TOMLDecodeError as trouble:
        raise RoadNotGood(f"{name}: {trouble}") from trouble
    return tuple(_road(row, f"{name}, road {row.get('id', number)!r}") for number, row in enumerate(rows, start=1))


def _road(row: dict[str, Any], where: str) -> Road:
    known = {one.name for one in fields(Road)}
    if unknown := sorted(set(row) - known):
        raise RoadNotGood(f"{where}: {', '.join(unknown)} is not known. The names are: {', '.join(sorted(known))}.")
    needed = ("id", "title", "covers", "ground", "route", "body", "adult", "child", "source", "standing")
    if missing := [one for one in needed if not str(row.get(one, "")).strip()]:
        raise RoadNotGood(f"{where}: it does not say {', '.join(missing)}.")
    told = dict(row)
    told["ground"] = _one_of(Ground, row["ground"], "ground", where)
    told["route"] = _one_of(Route, row["route"], "route", where)
    told["matters"] = tuple(_one_of(Matter, one, "matters", where) for one in row.get("matters", ()))
    told["window"] = _window(row["window"], where) if "window" in row else None
    return Road(**told)


def _one_of(codes: Any, code: object, name: str, where: str) -> Any:
    if code not in list(codes):
        raise RoadNotGood(f"{where}: {name} is {code!r}. Choose from: {', '.join(codes)}.")
    return codes(code)


def _window(row: Mapping[str, Any], where: str) -> Window:
    allowed: Iterable[tuple[str, tuple[str, ...]]] = (("unit", UNITS), ("starts_from", STARTS))
    for name, choices in allowed:
        if row.get(name) not in choices:
            raise RoadNotGood(f"{where}: the window's {name} is {row.get(name)!r}. Choose from: {', '.join(choices)}.")
    if not isinstance(row.get("days"), int) or not 0 < row["days"] < 1000:
        raise RoadNotGood(f"{where}: the window's days must be a number from 1 to 999.")
    return Window(row["days"], row["unit"], row["starts_from"])


roads = Roads()
