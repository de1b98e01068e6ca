"""`flask intake fetch-email`."""

import click
from flask.cli import with_appcontext

from portal.clock import now
from portal.incoming_email.fetching import Fetched, fetch_all
from portal.incoming_email.our_own import our_own
from portal.web.settings import settings


def fetch_email() -> Fetched:
    """Read what is new in the mailboxes that are set up; nothing without any."""
    mailboxes = settings().mailboxes
    return fetch_all(mailboxes, our_own(), at=now()) if mailboxes.is_set else Fetched()


@click.command("fetch-email")
@with_appcontext
def fetch_email_command() -> None:
    """Read what is new in the mailboxes for thanks and for complaints."""
    if not settings().mailboxes.is_set:
        raise click.ClickException(
            "No mailbox is set. Set PORTAL_MAILBOX_SERVER, and PORTAL_THANKS_MAILBOX_USER or "
            "PORTAL_COMPLAINTS_MAILBOX_USER; README.md lists the settings."
        )
    done = fetch_email()
    away = f"{done.away} mailbox{'' if done.away == 1 else 'es'} could not be read"
    click.echo(f"{done.taken} taken in, {done.set_aside} set aside, {away}.")
    if done.away:
        raise SystemExit(1)
