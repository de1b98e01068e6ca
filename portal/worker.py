"""`flask worker`: what has to happen without anyone pressing a button, once a minute, until it is stopped."""

import time
from datetime import datetime

import click
from flask import current_app
from flask.cli import with_appcontext

from portal.cards.watching import tell_of_spike
from portal.casework.services.reminders import Run, remind
from portal.casework.services.sorted_questions import ask_if_sorted
from portal.clock import now
from portal.compliments.services.passing_on import pass_on_waiting
from portal.database import db
from portal.files.services import scan_waiting
from portal.intake.commands import fetch_email
from portal.intake.services.drafts import wipe_old
from portal.outbox.commands import post_by_smtp
from portal.outbox.services import deliver
from portal.people.services import let_leavers_go
from portal.web.settings import council, settings

EVERY_SECONDS = 60


@click.command("worker")
@click.option("--once", is_flag=True, help="Do every job once and stop.")
@with_appcontext
def worker_command(once: bool) -> None:
    """Send the mail that waits, wipe drafts that are older than an hour, remind once an hour before anything is late."""
    reminded_in = None
    while True:
        try:
            at = now()
            this_hour = at.replace(minute=0, second=0, microsecond=0)
            told = do_every_job(at, reminds=this_hour != reminded_in)
            reminded_in = this_hour
            click.echo(told)
        except Exception as trouble:
            db.session.remove()
            if once:
                raise click.ClickException(f"The jobs stopped: {type(trouble).__name__}.") from trouble
            current_app.logger.error("jobs failed, tried again in a minute: %s", type(trouble).__name__)
        if once:
            return
        time.sleep(EVERY_SECONDS)


def do_every_job(at: datetime, *, reminds: bool = True) -> str:
    """Do each job once, and say what was done."""
    wiped = wipe_old(at=at)
    run = remind(council(), at=at) if reminds else Run()
    asked = ask_if_sorted(council(), at=at) if reminds else 0
    left = let_leavers_go(at=at) if reminds else 0
    tell_of_spike(council().email, at=at)
    scanner = settings().clamav
    scanned, waiting = scan_waiting(scanner, at=at) if scanner else (0, 0)
    passed_on = pass_on_waiting(settings().site_address, at=at)
    fetched = fetch_email()
    sent, failed = deliver(post_by_smtp, at=at) if current_app.config["MAIL_SERVER"] else (0, 0)
    db.session.remove()
    return (
        f"{sent} sent, {failed} to be tried again, {wiped} drafts wiped, {scanned} files scanned, {waiting} files wait, "
        f"{run.letters} letters that we are late, {run.reminders + run.escalations} reminders, "
        f"{asked} asked if it got sorted, {left} left the council, {passed_on} thanks passed on, "
        f"{fetched.taken} emails taken in, {fetched.set_aside} set aside"
    )
