"""`flask procedure …`: the limits, and any date with the count behind it."""

import json
from datetime import date, datetime
from typing import Any

import click

from portal.procedure.errors import RuleError, UnknownLimit
from portal.procedure.limits import Limit, Unit, all_limits, limits_in_force
from portal.procedure.time_limits import Deadline, deadline_for, operative_deadline
from portal.web.commands import CommandGroup
from portal.wording import day as in_words
from portal.working_days.queries import working_calendar

procedure_commands = CommandGroup("procedure", help="Time limits, and how a date is counted.")
from_option = click.option("--from", "start", required=True, type=click.DateTime(["%Y-%m-%d"]), help="The day of the event.")
extended_option = click.option("--extended", is_flag=True, help="With the lawful extension.")
profile_option = click.option("--profile", help="Count by this profile only.")
json_option = click.option("--json", "as_json", is_flag=True, help="One JSON document and nothing else.")


@procedure_commands.command("limits")
@json_option
def limits(as_json: bool) -> None:
    """List every limit of every profile."""
    if as_json:
        click.echo(json.dumps([_limit_facts(limit) for limit in all_limits()], indent=1))
        return
    for limit in all_limits():
        extension = f", +{limit.extension_days} for {' or '.join(limit.extension_grounds)}" if limit.extension_days else ""
        click.echo(f"{limit.id:42} {limit.profile:22} {limit.days} {limit.unit} from {limit.starts_from}{extension}")


@procedure_commands.command("due")
@click.argument("limit_id", metavar="LIMIT")
@from_option
@extended_option
@profile_option
@json_option
def due(limit_id: str, start: datetime, extended: bool, profile: str | None, as_json: bool) -> None:
    """Print when a limit ends."""
    deadline = _deadline(limit_id, start.date(), extended, profile)
    if as_json:
        click.echo(json.dumps(deadline_facts(deadline), indent=1))
    else:
        click.echo(f"{in_words(deadline.due_on)}: {_counted(deadline)} ({deadline.limit.source})")


@procedure_commands.command("explain")
@click.argument("limit_id", metavar="LIMIT")
@from_option
@extended_option
@profile_option
def explain(limit_id: str, start: datetime, extended: bool, profile: str | None) -> None:
    """Count a limit day by day, naming each day that is not counted and why."""
    deadline = _deadline(limit_id, start.date(), extended, profile)
    click.echo(f"{deadline.limit.id} by {deadline.limit.profile_title} ({deadline.limit.source})")
    click.echo(f"{in_words(deadline.starts_on)}: {deadline.limit.starts_from}, the day itself is not counted")
    if deadline.limit.unit is Unit.WORKING_DAYS:
        _echo_days(deadline)
    else:
        for passed in deadline.not_counted:
            click.echo(f"  {in_words(passed.date)}: not an end, {passed.why}")
    or_else = f", {deadline.limit.or_else}" if deadline.limit.or_else else ""
    click.echo(f"Due {in_words(deadline.due_on)}: {_counted(deadline)}{or_else}.")


def deadline_facts(deadline: Deadline) -> dict[str, Any]:
    """A deadline as plain data, in the shape that others rely on."""
    return {
        "limit": deadline.limit.id,
        "profile": deadline.limit.profile,
        "from": deadline.starts_on.isoformat(),
        "due": deadline.due_on.isoformat(),
        str(deadline.limit.unit): deadline.counted,
        "extended": deadline.extended,
        "source": deadline.limit.source,
        "standing": deadline.limit.standing,
        "or_else": deadline.limit.or_else,
        "not_counted": [{"date": day.date.isoformat(), "why": day.why} for day in deadline.not_counted],
    }


def _deadline(limit_id: str, start: date, extended: bool, profile: str | None) -> Deadline:
    try:
        if profile is None:
            return operative_deadline(limit_id, start, working_calendar(), extended=extended)
        return deadline_for(limits_in_force(limit_id, start, profile)[0], start, working_calendar(), extended=extended)
    except UnknownLimit as trouble:
        raise click.BadParameter(str(trouble)) from trouble
    except RuleError as trouble:
        raise click.ClickException(str(trouble)) from trouble


def _limit_facts(limit: Limit) -> dict[str, Any]:
    extension = {"days": limit.extension_days, "grounds": limit.extension_grounds} if limit.extension_days else None
    return {
        "id": limit.id,
        "profile": limit.profile,
        "days": limit.days,
        "unit": limit.unit,
        "starts_from": limit.starts_from,
        "extension": extension,
        "source": limit.source,
        "standing": limit.standing,
        "in_force_from": limit.in_force_from.isoformat(),
        "in_force_to": limit.in_force_to.isoformat() if limit.in_force_to else None,
    }


def _counted(deadline: Deadline) -> str:
    unit = str(deadline.limit.unit).replace("_", " ")
    return f"{deadline.counted} {unit}{' with the extension' if deadline.extended else ''}"


def _echo_days(deadline: Deadline) -> None:
    number = 0
    for day, reason in working_calendar().days_after(deadline.starts_on):
        number += reason is None
        click.echo(f"  {in_words(day)}: {f'not counted, {reason}' if reason else f'working day {number}'}")
        if day >= deadline.due_on:
            return
