"""The council's teams: made when someone names one, renamed without losing the old name, closed."""

from datetime import datetime

from portal.audit.events import declare
from portal.audit.services import record
from portal.clock import london_day
from portal.database import transaction
from portal.people.directory import team_by_name
from portal.people.models import Team

TEAM_RENAMED = declare("team_renamed")
TEAM_CLOSED = declare("team_closed")


class NameTaken(Exception):
    """Another team has this name."""


def team_called(name: str) -> Team | None:
    """The team of a name, made when there is none and open again when it was closed; None for no name."""
    name = " ".join(name.split())
    if not name:
        return None
    with transaction() as session:
        team = team_by_name(name) or Team(name=name)
        team.closed_on = None
        session.add(team)
        session.flush()
    return team


def rename_team(team_id: int, name: str, *, at: datetime, by_id: int | None) -> None:
    """Give a team another name; it is still found by the one it had. Raises NameTaken."""
    with transaction() as session:
        team, other = session.get_one(Team, team_id), team_by_name(name)
        if other is not None and other.id != team_id:
            raise NameTaken
        if team.name != name:
            team.former_names = [*(team.former_names or []), team.name]
            team.name = name
            record(TEAM_RENAMED, team.about, at=at, by_id=by_id)


def close_team(team_id: int, *, at: datetime, by_id: int | None) -> None:
    """A team is no more: nothing offers it any longer, and what names it stays."""
    with transaction() as session:
        team = session.get_one(Team, team_id)
        team.closed_on = london_day(at)
        record(TEAM_CLOSED, team.about, at=at, by_id=by_id)
