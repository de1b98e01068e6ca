"""`flask people …`."""

import secrets

import click
from email_validator import EmailNotValidError, validate_email

from portal.people.roles import Role
from portal.people.services import AlreadyHere, add_person
from portal.web.commands import CommandGroup

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
def add(email: str, role: str, name: str, team: str) -> None:
    """Take in a colleague and print a first password."""
    _take_in(email, name, Role(role), team)


def _take_in(email: str, name: str, role: Role, team: str) -> None:
    try:
        address = validate_email(email, check_deliverability=False, allow_smtputf8=False).normalized
    except EmailNotValidError as trouble:
        raise click.BadParameter(f"{email!r} is not an email address: {trouble}") from trouble
    password = secrets.token_urlsafe(15)
    try:
        add_person(address, name or address.partition("@")[0], [role], password=password, team=team)
    except AlreadyHere as trouble:
        raise click.ClickException(f"{address} is already there. Sign in, or use another address.") from trouble
    click.echo(f"{address} can sign in with the first password {password} and change it under Password.")
