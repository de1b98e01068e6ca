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
    try:
        address = validate_email(email, check_deliverability=False, allow_smtputf8=False).normalized
    except EmailNotValidError as trouble:
        raise click.BadParameter(f"{email!r} is not an email address: {trouble}") from trouble
    password = secrets.token_urlsafe(15)
    try:
        add_person(address, address.partition("@")[0], [Role.ADMINISTRATOR], password=password)
    except AlreadyHere as trouble:
        raise click.ClickException(f"{address} is already there. Sign in, or use another address.") from trouble
    click.echo(f"{address} can sign in with the first password {password}")
