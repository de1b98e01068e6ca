"""`flask people …`."""

import secrets
from pathlib import Path

import click
from email_validator import EmailNotValidError, validate_email
from flask import current_app

from portal.clock import now
from portal.people.access_table import access_rows
from portal.people.queries import person_by_email
from portal.people.roles import Role
from portal.people.services import (
    AlreadyHere,
    LastAdministrator,
    OwnManager,
    add_person,
    change_manager,
    deactivate,
    start_afresh,
)
from portal.people.staff_import import import_staff, read_roster
from portal.web.commands import CommandGroup
from portal.web.sheets import SheetRefused

people_commands = CommandGroup("people", help="The people who sign in.")


@people_commands.command("create-admin")
@click.argument("email")
def create_admin(email: str) -> None:
    """Take in the first administrator and print a first password."""
    _take_in(email, "", Role.ADMINISTRATOR, "")


@people_commands.command("add")
@click.argument("email")
@click.option("--role", required=True, type=click.Choice([role.value for role in Role]), help="What they do.")
@click.option("--name", default="", help="Their name; without it, the first half of the address.")
@click.option("--team", default="", help="Their team.")
@click.option("--manager", default="", help="The email address of their line manager.")
def add(email: str, role: str, name: str, team: str, manager: str) -> None:
    """Take in a colleague and print a first password."""
    _take_in(email, name, Role(role), team, _known(manager) if manager else None)


@people_commands.command("manager")
@click.argument("email")
@click.argument("manager")
def manager(email: str, manager: str) -> None:
    """Say who someone's line manager is: a wall on someone shuts out those above them too."""
    try:
        change_manager(_known(email), _known(manager), at=now())
    except OwnManager as trouble:
        raise click.ClickException("Nobody can be above themselves. Choose another manager.") from trouble
    click.echo(f"{manager} is the line manager of {email}.")


@people_commands.command("leave")
@click.argument("email")
def leave(email: str) -> None:
    """Someone leaves: they are signed out everywhere and cannot sign in again."""
    try:
        deactivate(_known(email), at=now())
    except LastAdministrator as trouble:
        raise click.ClickException("This is the last administrator. Take in another one first.") from trouble
    click.echo(f"{email} is signed out everywhere and cannot sign in any more.")


@people_commands.command("start-afresh")
@click.argument("email")
def afresh(email: str) -> None:
    """Print a new first password for someone who lost theirs or their phone. Make sure first who is asking."""
    password = start_afresh(_known(email), at=now())
    click.echo(f"{email} can sign in with the first password {password}, then sets up a second factor again.")


@people_commands.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
def import_people(file: Path, dry_run: bool) -> None:
    """Bring the staff directory up to date with a table (CSV, XLSX or ODS): joiners, changes and leavers."""
    try:
        rows, _ = read_roster(file.read_bytes())
        change = import_staff(rows, keep=not dry_run, at=now(), by_id=None)
    except SheetRefused as refusal:
        raise click.ClickException(str(refusal)) from refusal
    except (LastAdministrator, OwnManager) as trouble:
        why = {LastAdministrator: "The last administrator would leave", OwnManager: "Someone would stand above themselves"}
        raise click.ClickException(f"{why[type(trouble)]}. Nothing was kept.") from trouble
    click.echo(f"{'It would be: ' if dry_run else ''}{change}")


@people_commands.command("access-table")
def access_table() -> None:
    """Print which role may use which page, on a case of its own, of others, of past days, and behind a wall."""
    for row in access_rows(current_app):
        click.echo("\t".join(row))


def _known(email: str) -> int:
    person = person_by_email(email)
    if person is None:
        raise click.BadParameter(f"nobody signs in as {email!r}")
    return person.id


def _take_in(email: str, name: str, role: Role, team: str, manager_id: int | None = None) -> None:
    try:
        address = validate_email(email, check_deliverability=False, allow_smtputf8=False).normalized
    except EmailNotValidError as trouble:
        raise click.BadParameter(f"{email!r} is not an email address: {trouble}") from trouble
    password = secrets.token_urlsafe(15)
    try:
        add_person(address, name or address.partition("@")[0], [role], password=password, team=team, manager_id=manager_id)
    except AlreadyHere as trouble:
        raise click.ClickException(f"{address} is already there. Sign in, or use another address.") from trouble
    click.echo(f"{address} can sign in with the first password {password}, changes it, and sets up a second factor.")
