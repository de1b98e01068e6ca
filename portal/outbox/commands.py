"""`flask outbox …`."""

import smtplib
import ssl

import click
from flask import current_app
from flask_mail import Connection, Message

from portal.clock import now
from portal.outbox.models import OutgoingEmail
from portal.outbox.services import deliver
from portal.web.commands import CommandGroup
from portal.web.settings import settings

LONGEST_WAIT_SECONDS = 30
OURS = "X-Your-Say"  # on every letter of ours, so that one that comes back is known
outbox_commands = CommandGroup("outbox", help="Mail that waits for the post.")


class CheckedConnection(Connection):
    """A connection that does not wait for ever, and checks the certificate of the server: Flask-Mail's own does neither."""

    def configure_host(self) -> smtplib.SMTP:
        """The server, signed in to."""
        host = smtplib.SMTP(self.mail.server, self.mail.port, timeout=LONGEST_WAIT_SECONDS)
        if self.mail.use_tls:
            host.starttls(context=ssl.create_default_context())
        if self.mail.username and self.mail.password:
            host.login(self.mail.username, self.mail.password)
        return host


def post_by_smtp(email: OutgoingEmail) -> None:
    """Hand one email to the council's mail server."""
    with CheckedConnection(current_app.extensions["mail"]) as connection:
        connection.send(as_message(email))


def as_message(email: OutgoingEmail) -> Message:
    """An email as it is posted: answers to it go to the mailbox for complaints, and it says that a machine wrote it."""
    message = Message(subject=email.subject, recipients=[email.recipient], body=email.body)
    message.msgId = email.message_id
    message.reply_to = settings().mailboxes.users.get("complaints") or None
    message.extra_headers = {OURS: "1"}
    return message


@outbox_commands.command("deliver")
def deliver_command() -> None:
    """Send the mail that waits."""
    if not current_app.config["MAIL_SERVER"]:
        raise click.ClickException("No mail server is set. Set PORTAL_MAIL_SERVER; the mail waits until then.")
    sent, failed = deliver(post_by_smtp, at=now())
    click.echo(f"{sent} sent, {failed} to be tried again.")
