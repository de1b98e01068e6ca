"""`flask outbox …`."""

import socket

import click
from flask import current_app
from flask_mail import Message

from portal.clock import now
from portal.extensions import mail
from portal.outbox.models import OutgoingEmail
from portal.outbox.services import deliver
from portal.web.commands import CommandGroup
from portal.web.settings import settings

LONGEST_WAIT_SECONDS = 30
outbox_commands = CommandGroup("outbox", help="Mail that waits for the post.")


def post_by_smtp(email: OutgoingEmail) -> None:
    """Hand one email to the council's mail server."""
    message = Message(subject=email.subject, recipients=[email.recipient], body=email.body)
    message.msgId = email.message_id
    message.reply_to = settings().mailboxes.users.get("complaints") or None
    before = socket.getdefaulttimeout()
    socket.setdefaulttimeout(LONGEST_WAIT_SECONDS)  # Flask-Mail has no setting for it
    try:
        mail.send(message)
    finally:
        socket.setdefaulttimeout(before)


@outbox_commands.command("deliver")
def deliver_command() -> None:
    """Send the mail that waits."""
    if not current_app.config["MAIL_SERVER"]:
        raise click.ClickException("No mail server is set. Set PORTAL_MAIL_SERVER; the mail waits until then.")
    sent, failed = deliver(post_by_smtp, at=now())
    click.echo(f"{sent} sent, {failed} to be tried again.")
