"""Reading the two mailboxes over IMAP. A message is moved out of the inbox only after it is kept, and never deleted."""

import imaplib
import logging
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from imap_tools import BaseMailBox, ImapToolsError, MailBox, MailBoxUnencrypted

from portal import failures
from portal.config import MailboxSettings
from portal.database import db
from portal.incoming_email.models import EmailState, IncomingEmail
from portal.incoming_email.moving import Folder, MessageHead, MoveRefused
from portal.incoming_email.queries import last_email_id
from portal.incoming_email.services.receive_email import MAX_EMAIL_SIZE, Mailbox, keep_what_failed, receive_email
from portal.incoming_email.services.who_wrote import OurOwn
from portal.sealing.values import SealBroken
from portal.secrets_given import SettingMissing, mailbox_secret

FOLDERS = {EmailState.TAKEN: "Your Say taken", EmailState.SET_ASIDE: "Your Say set aside"}
FOLDERS[EmailState.SETTLED] = FOLDERS[EmailState.SET_ASIDE]
MAX_WAIT_SECONDS = 60
BEGINNING = 500_000  # bytes of an email that is too large: enough for all its words
SERVER_SAYS_NO = (imaplib.IMAP4.error, ImapToolsError, MoveRefused)
log = logging.getLogger("portal")


class MailboxAway(Exception):
    """The mail server does not answer, or does not let us in."""


@dataclass
class Fetched:
    """What one look into the mailboxes brought."""

    taken: int = 0
    set_aside: int = 0
    away: int = 0

    def add(self, kept: IncomingEmail) -> None:
        """Count one more."""
        if kept.state is EmailState.TAKEN:
            self.taken += 1
        else:
            self.set_aside += 1


def fetch_all(settings: MailboxSettings, own: OurOwn, *, at: datetime) -> Fetched:
    """Read what is new in every mailbox that is set up: complaints first. A mailbox that is away never stops the other."""
    done = Fetched()
    for mailbox in Mailbox:
        user = settings.users.get(mailbox.value, "")
        if not user:
            continue
        try:
            with opened(settings, mailbox, user) as inbox:
                _empty(inbox, mailbox, own, at, done)
        except (MailboxAway, SettingMissing, OSError) as trouble:
            done.away += 1
            log.error("The mailbox for %s could not be read: %s", mailbox.value, _in_words(trouble, settings))
    return done


@contextmanager
def opened(settings: MailboxSettings, mailbox: Mailbox, user: str) -> Iterator[BaseMailBox]:
    """A mailbox, signed in to: with a password, or with a token that is asked for anew each time. Raises MailboxAway."""
    try:
        secret = mailbox_secret(mailbox.value)
        server = _server(settings)
        with _signed_in(server, user, secret, settings.by_token) as inbox:
            for folder in set(FOLDERS.values()):
                if not inbox.folder.exists(folder):
                    inbox.folder.create(folder)
            yield inbox
    except SERVER_SAYS_NO as trouble:
        raise MailboxAway(f"the mail server broke off ({type(trouble).__name__}). The next look tries again.") from trouble


def _signed_in(server: BaseMailBox, user: str, secret: str, by_token: bool) -> BaseMailBox:
    try:
        return server.xoauth2(user, secret) if by_token else server.login_utf8(user, secret)
    except SERVER_SAYS_NO as trouble:
        server.client.shutdown()
        key = "token" if by_token else "password"
        raise MailboxAway(f"the server did not let us in. Look at the user and the {key} of this mailbox.") from trouble


def _in_words(trouble: BaseException, settings: MailboxSettings) -> str:
    """What stopped a look into a mailbox, and what to look at; nothing of who uses it."""
    where = f"{settings.server}, port {settings.port}"
    if isinstance(trouble, (MailboxAway, SettingMissing)):
        return str(trouble)
    if isinstance(trouble, socket.gaierror):
        return f"no server is called {settings.server}. Look at PORTAL_MAILBOX_SERVER."
    if isinstance(trouble, ssl.SSLCertVerificationError):
        return f"the certificate of {where} is not trusted here ({trouble.verify_message})."
    if isinstance(trouble, ssl.SSLError):
        return f"{where} does not speak TLS. Look at PORTAL_MAILBOX_PORT and PORTAL_MAILBOX_TLS."
    return f"{where} does not answer ({type(trouble).__name__}). Look at PORTAL_MAILBOX_PORT, and at the firewall."


def _server(settings: MailboxSettings) -> BaseMailBox:
    """The server, whose certificate is checked: Python's own IMAP client trusts any unless it is told otherwise."""
    if not settings.tls:
        return MailBoxUnencrypted(settings.server, port=settings.port, timeout=MAX_WAIT_SECONDS)
    trust = ssl.create_default_context()
    return MailBox(settings.server, port=settings.port, timeout=MAX_WAIT_SECONDS, ssl_context=trust)


def _empty(inbox: BaseMailBox, mailbox: Mailbox, own: OurOwn, at: datetime, done: Fetched) -> None:
    """Each message in an action of its own, kept before it is moved: stopped anywhere, the next look goes on from there."""
    folder = Folder(inbox)
    for uid in folder.waiting():
        head = folder.head(uid)
        if head is None:
            continue
        last = last_email_id()
        kept = _keep(folder, mailbox, uid, head, own, at)
        if kept.id <= last and folder.leaves_copies and not folder.may_mark and head.is_marked_deleted:
            continue  # it was copied at an earlier look, and marked in the only way that this server knows
        done.add(kept)
        goes_to = FOLDERS[kept.state]
        db.session.remove()
        try:
            folder.move(uid, head, goes_to)
        except MoveRefused as refusal:  # what cannot be moved must not stop the messages after it
            log.error("a message is kept, and stays in the inbox: the server refused %s", refusal)


def _keep(folder: Folder, mailbox: Mailbox, uid: str, head: MessageHead, own: OurOwn, at: datetime) -> IncomingEmail:
    """One message kept, or set aside when it cannot be."""
    raw, is_too_large = head.raw, head.size > MAX_EMAIL_SIZE
    try:
        raw = folder.bytes_of(uid, BEGINNING if is_too_large else None) or raw
        return receive_email(mailbox, raw, own, at=at, arrived_at=head.arrived_at, is_too_large=is_too_large)
    except (OSError, MailboxAway, SealBroken):  # what our keys do not open is no fault of the email
        raise
    except Exception as trouble:  # what nobody foresaw must not stop the messages after it
        db.session.rollback()
        log.error("an email could not be taken in and is set aside: %s", failures.told(trouble))
        return keep_what_failed(mailbox, raw, type(trouble).__name__, at=at, arrived_at=head.arrived_at)
