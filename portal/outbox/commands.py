"""`flask outbox …`."""

import smtplib
import socket
import ssl
from contextlib import suppress
from threading import Timer

import click
from flask import current_app
from flask_mail import Connection, Message

from portal.clock import now
from portal.outbox.models import OutgoingEmail
from portal.outbox.services import deliver
from portal.web.commands import CommandGroup
from portal.web.settings import settings

MAX_WAIT_SECONDS, MAX_POST_SECONDS = 10, 90
OURS = "X-Your-Say"  # on every letter of ours, so that one that comes back is known
outbox_commands = CommandGroup("outbox", help="Mail that waits for the post.")


class CheckedConnection(Connection):
    """A connection that does not wait for ever, and checks the certificate of the server: Flask-Mail's own does neither."""

    def configure_host(self) -> smtplib.SMTP:
        """The server, signed in to."""
        host = smtplib.SMTP(self.mail.server, self.mail.port, timeout=MAX_WAIT_SECONDS)
        if self.mail.use_tls:
            host.starttls(context=ssl.create_default_context())
        if self.mail.username and self.mail.password:
            host.login(self.mail.username, self.mail.password)
        return host

    def __exit__(self, *trouble: object) -> None:
        """Say goodbye. A server that hangs up by itself took the letter all the same: it is not posted again."""
        with suppress(OSError):
            super().__exit__(*trouble)
        if self.host is not None:
            self.host.close()


def post_by_smtp(email: OutgoingEmail) -> None:
    """Hand one email to the council's mail server, and ask it for a report when it cannot be delivered (RFC 3461).

    A server that answers a little now and then is hung up on, long before anybody else may take the same letter.
    """
    with CheckedConnection(current_app.extensions["mail"]) as connection:
        message = as_message(email)
        if connection.host is None:  # a demo or a test that posts nowhere
            connection.send(message)
            return
        connection.host.ehlo_or_helo_if_needed()
        if connection.host.has_extn("dsn"):
            message.mail_options = ["RET=HDRS", f"ENVID={email.message_id.strip('<>')}"]
            message.rcpt_options = ["NOTIFY=FAILURE"]
        hang_up = Timer(MAX_POST_SECONDS, _hang_up, (connection.host,))
        hang_up.daemon = True
        hang_up.start()
        try:
            connection.send(message)
        finally:
            hang_up.cancel()


def _hang_up(host: smtplib.SMTP) -> None:
    with suppress(OSError):
        if host.sock is not None:
            host.sock.shutdown(socket.SHUT_RDWR)


def as_message(email: OutgoingEmail) -> Message:
    """An email as it is posted: answers to it go to the mailbox for complaints, and it says that a machine wrote it."""
    message = Message(subject=email.subject, recipients=[email.recipient], body=email.body)
    message.msgId = email.message_id
    message.reply_to = settings().reply_to or None
    message.extra_headers = {OURS: "1", "Auto-Submitted": "auto-generated"}  # RFC 3834: no "I am away" comes back
    return message


@outbox_commands.command("deliver")
def deliver_command() -> None:
    """Send the mail that waits."""
    if not current_app.config["MAIL_SERVER"]:
        raise click.ClickException("No mail server is set. Set PORTAL_MAIL_SERVER; the mail waits until then.")
    sent, failed = deliver(post_by_smtp, tell_time=now)
    click.echo(f"{sent} sent, {failed} to be tried again.")
