"""Whom a text means: found by name, nickname or former name. Every picker offers from here, every search looks here."""

import logging
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import func, or_, select

from portal.database import db
from portal.people.models import Person, Team
from portal.sealing.plain_words import bare_words
from portal.sealing.rows import opened
from portal.sealing.values import SealBroken

log = logging.getLogger("portal")
MIN_NAME_LENGTH, PAGE = 3, 50
SAYS_NOTHING = {"team", "teams", "service", "services", "the"}  # a team of these words alone is never meant by them


@dataclass(frozen=True)
class Listed:
    """One person of the directory, by all their names."""

    id: int
    name: str
    team_id: int | None
    team: str
    active: bool
    nicknames: tuple[str, ...] = ()
    former_names: tuple[str, ...] = ()

    @cached_property
    def whole_names(self) -> list[frozenset[str]]:
        """Every whole name that they may be called by, as bare words. A nickname alone is no whole name."""
        last = self.name.split()[1:]
        called = [nick if " " in nick.strip() else " ".join([nick, *last]) for nick in self.nicknames if last or " " in nick]
        return [frozenset(words) for name in (self.name, *self.former_names, *called) if (words := bare_words(name))]

    @cached_property
    def single_names(self) -> frozenset[str]:
        """Every single name of theirs that is long enough to mean someone."""
        words = bare_words(" ".join((self.name, *self.former_names, *self.nicknames)))
        return frozenset(word for word in words if len(word) >= MIN_NAME_LENGTH)

    @property
    def told(self) -> str:
        """Their name with their team, as pickers show it."""
        return f"{self.name}, {self.team}" if self.team else self.name


@dataclass(frozen=True)
class Directory:
    """Everyone by all their names, and the teams."""

    everyone: Sequence[Listed]
    teams: Sequence[Team]


@dataclass(frozen=True)
class Meant:
    """Whom a text means, and whether that is sure enough to act on without asking."""

    people: tuple[int, ...] = ()
    teams: tuple[int, ...] = ()
    is_sure: bool = False


def listed(*, at_work_only: bool = True) -> list[Listed]:
    """Everyone of the directory by all their names, by name."""
    columns = (Person.id, Person.name, Person.team_id, func.coalesce(Team.name, ""), Person.active)
    sealed = (Person.seal_id, Person.nicknames, Person.former_names)
    wanted = select(*columns, *sealed).outerjoin(Team, Team.id == Person.team_id)
    if at_work_only:
        wanted = wanted.where(Person.active)
    rows = db.session.execute(wanted.order_by(Person.name, Person.id))
    return [Listed(*row[:5], *_other_names(*row[5:])) for row in rows]


def _other_names(seal_id: bytes, nicknames: bytes | None, former_names: bytes | None) -> tuple[tuple[str, ...], ...]:
    """Nicknames and former names, opened."""
    kept = {"nicknames": nicknames, "former_names": former_names}
    try:
        return tuple(tuple(opened(Person, name, seal_id, raw) or ()) for name, raw in kept.items())
    except SealBroken:  # every list of people is asked by whoever sends: it never goes down with one of them
        log.error("somebody's other names do not open; flask keys try says whose")
        return (), ()


def open_teams() -> Sequence[Team]:
    """The teams that there are, by name."""
    return db.session.scalars(select(Team).where(Team.closed_on.is_(None)).order_by(Team.name, Team.id)).all()


def all_teams() -> Sequence[Team]:
    """Every team, those that are closed last."""
    return db.session.scalars(select(Team).order_by(Team.closed_on.is_not(None), Team.name, Team.id)).all()


def team_names() -> list[str]:
    """The names of the teams that there are."""
    return [team.name for team in open_teams()]


def team_by_id(team_id: int) -> Team | None:
    """A team by its number."""
    return db.session.get(Team, team_id)


def team_by_name(name: str) -> Team | None:
    """A team by the name that it has now."""
    return db.session.scalars(select(Team).where(Team.name == name)).one_or_none()


def team_names_of(meant: Meant) -> list[str]:
    """The teams of those who are meant, and the teams that are meant, by name."""
    wanted = select(Team.name).where(
        or_(Team.id.in_(meant.teams), Team.id.in_(select(Person.team_id).where(Person.id.in_(meant.people))))
    )
    return list(db.session.scalars(wanted.order_by(Team.name)))


def picker() -> list[tuple[str, str]]:
    """What a box for a colleague or a team offers: the words it fills in, and the nicknames that find them too."""
    people = [(one.told, ", ".join(one.nicknames)) for one in listed()]
    return [*people, *((name, "") for name in team_names())]


def people_named_in(text: str) -> tuple[frozenset[int], frozenset[int]]:
    """Whom of those at work a text may mean: those whose whole name is in it, and those of whom one name is.

    Case and accents do not matter. A name shorter than three letters counts only as part of the whole name.
    """
    said = frozenset(bare_words(text))
    whole, part = set(), set()
    for one in listed() if said else ():
        if any(names <= said for names in one.whole_names):
            whole.add(one.id)
        elif one.single_names & said:
            part.add(one.id)
    return frozenset(whole), frozenset(part)


def whole_directory() -> Directory:
    """Everyone, those who left included, and the teams that there are."""
    return Directory(listed(at_work_only=False), open_teams())


def whom_it_means(text: str, among: Directory | None = None) -> Meant:
    """Whom thanks are for, those who left included. Two of one name, or one name of two, is never sure.

    Whoever asks for many reads the directory once.
    """
    among = among or whole_directory()
    everyone, teams = among.everyone, among.teams
    picked = [one for one in everyone if one.told == text.strip() and one.active]
    if len(picked) == 1:
        return Meant((picked[0].id,), (), is_sure=True)
    said = frozenset(bare_words(text))
    if not said:
        return Meant()
    found = [one for one in everyone if any(names <= said for names in one.whole_names)]
    called = Counter(frozenset(bare_words(one.name)) for one in found)
    unsure = any(n > 1 for n in called.values())
    own = {one.team_id for one in found}
    named = tuple(team.id for team in teams if team.id not in own and _names_team(team, said))
    if found or named:
        return Meant(tuple(one.id for one in found), named, is_sure=not unsure)
    guessed = [one for one in everyone if one.active and one.single_names & said]
    if len(guessed) == 1:
        return Meant((guessed[0].id,))
    last = [team for team in teams if set(bare_words(team.name.rpartition(" / ")[2])) <= said]
    return Meant((), (last[0].id,) if len(last) == 1 and not guessed else ())


def _names_team(team: Team, said: Iterable[str]) -> bool:
    names = [set(bare_words(name)) for name in (team.name, *(team.former_names or ()))]
    return any(words <= set(said) for words in names if words - SAYS_NOTHING)


def find_people(words: str, page: int = 1) -> tuple[list[Person], bool]:
    """One page of people, those who left last, found by any of their names, their team or their address."""
    wanted = select(Person).order_by(Person.active.desc(), Person.name, Person.id)
    said = set(bare_words(words))
    if said:
        ids = [one.id for one in listed(at_work_only=False) if _begins_all(said, one)]
        asked = words.strip().lower()
        wanted = wanted.where(or_(Person.id.in_(ids), Person.email.contains(asked, autoescape=True)))
    rows = list(db.session.scalars(wanted.limit(PAGE + 1).offset((page - 1) * PAGE)))
    return rows[:PAGE], len(rows) > PAGE


def _begins_all(said: set[str], one: Listed) -> bool:
    """Whether every word that was typed begins a name of someone, or a word of their team."""
    names = bare_words(" ".join((one.name, one.team, *one.nicknames, *one.former_names)))
    return all(any(name.startswith(word) for name in names) for word in said)
