"""`flask demo …`."""

from pathlib import Path

import click

from portal.cases.queries import has_any_case
from portal.clock import now
from portal.database import transaction
from portal.demo.people import DEMO_PASSWORD, DEMO_PEOPLE, demo_cast
from portal.reports.register_rows import read_register
from portal.web.commands import CommandGroup
from portal.web.settings import council, settings
from portal.working_days.queries import working_calendar

demo_commands = CommandGroup("demo", help="Made-up people and a made-up year.")
REGISTER = Path(__file__).parent / "register-2022-23.csv"


@demo_commands.command("load")
@click.option("--if-empty", is_flag=True, help="Only when there is no case yet.")
def load(if_empty: bool) -> None:
    """Play the year 2022-23, and some cases of today, through the services that clicks use."""
    from portal.demo.today import play_today  # what only a demo needs, no other process loads
    from portal.demo.year import play_year

    if not settings().demo:
        raise click.ClickException("This is not a demo. Set PORTAL_DEMO=1 and use a database of its own.")
    if if_empty and has_any_case():
        click.echo("There are cases here already; nothing made up was added.")
        return
    rows, calendar = read_register(REGISTER.read_text(encoding="utf-8")), working_calendar()
    with transaction():
        cast = demo_cast()
        played = play_year(rows, cast, council(), calendar)
        if played:
            play_today(cast, council(), calendar, at=now())
    click.echo(f"{played} representations of 2022-23 were played, {len(rows) - played} were here already.")


@demo_commands.command("sign-ins")
def sign_ins() -> None:
    """Print the sign-ins of the demo."""
    for person in DEMO_PEOPLE:
        click.echo(f"  {person.email:24} {person.name}, {person.role.replace('_', ' ')}")
    click.echo(f"  The password of each is {DEMO_PASSWORD}")


@demo_commands.command("simulate")
def simulate_command() -> None:
    """Play the year 2022-23 day by day with the daily run, in an empty demo, and compare with the register.

    Mail is refused and returned, people have a telephone, an address or nothing, and some write again. Fails when a
    letter, a reminder or an escalation is missed, goes twice or on another day; when a promise passes without a letter,
    an alert has no next step, or a letter counts as sent that did not leave.
    """
    from portal.demo.simulation import simulate

    if not settings().demo or has_any_case():
        raise click.ClickException("Use PORTAL_DEMO=1 and an empty database of its own (PORTAL_DATABASE_URL).")
    rows = read_register(REGISTER.read_text(encoding="utf-8"))
    found = simulate(rows, demo_cast(), council(), working_calendar())
    due = len(found.wanted)
    click.echo(f"{found.representations} representations, {found.days} days, {due} letters and reminders were due.")
    click.echo(
        f"Sent: {sum(found.sent.values())}. Missed: {len(found.missed)}. Twice or on another day: {len(found.too_many)}."
    )
    told = ", ".join(f"{count} {kind.replace('_', ' ')}" for kind, count in sorted(found.reminders.items()))
    click.echo(f"All that went out by itself: {told}. Twice: {found.twice}.")
    for line in found.ledger.lines():
        click.echo(line)
    if not found.ledger.is_true:
        raise click.ClickException("Somebody was out of sight, or something was said that was not so.")
    if found.missed or found.too_many or found.twice:
        raise click.ClickException("Not everything went out once and on its day.")
