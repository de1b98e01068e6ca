"""`flask check`: how an installation stands, a line each, and what to do where it does not stand well."""

import smtplib
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import click
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError

from portal.audit.heads import HeadsUnreadable, check_heads
from portal.cases.services.indexing import not_findable_yet
from portal.database import db, has_little_room
from portal.duty.queries import standing_alerts
from portal.files.scanning import ScannerAway, finding_in
from portal.keys.canary import is_moving, keys_fit
from portal.outbox.models import MailState, OutgoingEmail
from portal.people.queries import people_with
from portal.people.roles import Role
from portal.sealing.values import WRONG_KEYS, SealBroken
from portal.web.settings import council, settings

TELLING = ("complain", "child", "care", "social", "safeguard", "customer")
SECONDS, UPGRADE = 10, "Run: flask --app wsgi db upgrade"
GOOD, LOOK = "in order", "LOOK"
Trouble = tuple[bool, str]


@click.command("check")
@with_appcontext
def check_command() -> None:
    """Say how the whole installation stands, and what to do. Ends with 1 when something needs doing."""
    is_good = True
    for name, check in CHECKS.items():
        try:
            findings = list(check())
        except SealBroken:
            findings = [(False, WRONG_KEYS)]
        except DBAPIError:
            findings = [(False, f"it does not answer, or its tables are old. {UPGRADE}")]
        for fits, told in findings:
            click.echo(f"{GOOD if fits else LOOK:8}  {name}: {told}")
            is_good = is_good and fits
    if not is_good:
        raise click.ClickException("Something needs doing: see the lines that begin with LOOK.")


def _settings() -> Iterator[Trouble]:
    if settings().demo:
        yield False, "This is a demo. Everybody knows its passwords: never write about a real person here."
    else:
        yield True, f"real people, at {settings().site_address}"


def _database() -> Iterator[Trouble]:
    folder = str(Path(current_app.root_path).parent / "migrations")
    with db.engine.connect() as connection:
        at = set(MigrationContext.configure(connection).get_current_heads())
    newest = set(ScriptDirectory(folder).get_heads())
    yield (
        at == newest,
        "its tables are the newest" if at == newest else "its tables are old. Run: flask --app wsgi db upgrade",
    )
    if has_little_room():
        yield False, "its disk is nearly full. Make room, or nothing more can be taken in."


def _keys() -> Iterator[Trouble]:
    fit = keys_fit()
    yield fit, "they open what is kept" if fit else WRONG_KEYS
    if fit and is_moving():
        yield False, "values of before are bound to no place yet, and could be moved. Run: flask --app wsgi keys rotate"
    left = not_findable_yet()
    if left:
        yield False, f"{left} cases cannot be found by their words yet. The worker makes them findable, or: casework index"


def _people() -> Iterator[Trouble]:
    for role, what in ((Role.ADMINISTRATOR, "take people in"), (Role.CUSTOMER_RELATIONS, "work the queue")):
        found = len(people_with(role))
        yield found > 0, f"{found} may {what}" if found else f"nobody may {what}. Run: flask --app wsgi people --help"


def _duty_desk() -> Iterator[Trouble]:
    rungs = council().duty.rungs
    yield (
        bool(rungs),
        f"{len(rungs)} addresses are told of a child in danger"
        if rungs
        else ("there is none. Nobody is told of a child in danger at night. Set PORTAL_COUNCIL_DUTY_EMAIL."),
    )
    if standing_alerts().unheard:
        yield False, "a call to it could not be sent. Look at the first page of the desk, and at the mail server."


def _mail() -> Iterator[Trouble]:
    server, port = current_app.config["MAIL_SERVER"], current_app.config["MAIL_PORT"]
    if not server:
        yield False, "no mail server is set, so nobody is told anything by email. Set PORTAL_MAIL_SERVER."
        return
    try:
        with smtplib.SMTP(server, port, timeout=SECONDS) as line:
            line.noop()
    except (OSError, smtplib.SMTPException) as trouble:
        yield False, f"{server}, port {port}, does not answer ({type(trouble).__name__})."
    else:
        yield True, f"{server}, port {port}, answers"
    telling = [word for word in TELLING if word in settings().reply_to.partition("@")[0].lower()]
    if telling:
        yield (
            False,
            (
                f"answers come to {settings().reply_to}, which tells whoever looks at a child's phone what it is about. "
                "Set PORTAL_MAIL_REPLY_TO to another name for that mailbox, one that says nothing."
            ),
        )
    waits = select(func.count()).where(OutgoingEmail.state == MailState.WAITS, OutgoingEmail.tries > 1)
    count = db.session.execute(waits).scalar_one()
    if count:
        yield False, f"{count} letters were refused for now and wait. Look at the log of the worker."


def _mailboxes() -> Iterator[Trouble]:
    mailboxes = settings().mailboxes
    if not mailboxes.is_set:
        yield True, "none is read"
        return
    try:
        socket.create_connection((mailboxes.server, mailboxes.port), SECONDS).close()
    except OSError as trouble:
        yield False, f"{mailboxes.server}, port {mailboxes.port}, does not answer ({type(trouble).__name__})."
    else:
        yield True, f"{mailboxes.server}, port {mailboxes.port}, answers"


def _scanner() -> Iterator[Trouble]:
    if not settings().clamav:
        yield True, "none is set: what cannot be made anew is only downloaded, with a warning"
        return
    try:
        finding_in(b"a clean file", settings().clamav)
    except (ScannerAway, ValueError) as trouble:
        yield False, f"it does not answer ({trouble}). Files wait until it does."
    else:
        yield True, "it answers"


def _audit_heads() -> Iterator[Trouble]:
    if not settings().audit_heads:
        yield True, "none are written down elsewhere (PORTAL_AUDIT_HEADS)"
        return
    try:
        check_heads(Path(settings().audit_heads))
    except HeadsUnreadable as trouble:
        yield False, str(trouble)
    else:
        yield True, "they are in the audit, each at its place"


CHECKS: dict[str, Callable[[], Iterator[Trouble]]] = {
    "settings": _settings,
    "database": _database,
    "keys": _keys,
    "people": _people,
    "duty desk": _duty_desk,
    "mail": _mail,
    "mailboxes": _mailboxes,
    "virus scanner": _scanner,
    "audit heads": _audit_heads,
}
