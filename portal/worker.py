"""`flask worker`: what has to happen without anyone pressing a button, once a minute, until it is stopped."""

import time
from datetime import datetime

import click
from flask import current_app
from flask.cli import with_appcontext

from portal.clock import now
from portal.database import db
from portal.files.services import scan_waiting
from portal.intake.services.drafts import wipe_old
from portal.outbox.commands import post_by_smtp
from portal.outbox.services import deliver
from portal.web.settings import settings

EVERY_SECONDS = 60


@click.command("worker")
@click.option("--once", is_flag=True, help="Do every job once and stop.")
@with_appcontext
def worker_command(once: bool) -> None:
    """Send the mail that waits and wipe drafts that are older than an hour."""
    while True:
        try:
            click.echo(do_every_job(now()))
        except Exception as trouble:
            db.session.remove()
            if once:
                raise click.ClickException(f"The jobs stopped: {type(trouble).__name__}.") from trouble
            current_app.logger.error("jobs failed, tried again in a minute: %s", type(trouble).__name__)
        if once:
            return
        time.sleep(EVERY_SECONDS)


def do_every_job(at: datetime) -> str:
    """Do each job once, and say what was done."""
    wiped = wipe_old(at=at)
    scanner = settings().clamav
    scanned, waiting = scan_waiting(scanner, at=at) if scanner else (0, 0)
    sent, failed = deliver(post_by_smtp, at=at) if current_app.config["MAIL_SERVER"] else (0, 0)
    db.session.remove()
    return f"{sent} sent, {failed} to be tried again, {wiped} drafts wiped, {scanned} files scanned, {waiting} files wait"
