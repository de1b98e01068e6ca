"""`flask worker`: what has to happen without anyone pressing a button, once a minute, until it is stopped."""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy.exc import DBAPIError

from portal import failures
from portal.audit.heads import write_head
from portal.cards.watching import tell_of_spike
from portal.cases.services.indexing import index_anew, let_old_search_key_go
from portal.cases.services.stock_of_words import IN_A_DEMO, fill_stock, wanted_at
from portal.clock import now
from portal.coming_back.services.sorted_questions import ask_if_sorted
from portal.compliments.services.passing_on import pass_on_waiting
from portal.correspondence.services.leaving import follow_mail
from portal.database import db
from portal.desk.services.reminders import remind
from portal.duty.services import climb
from portal.file_reading.services import make_waiting
from portal.files.services import scan_waiting
from portal.incoming_email.commands import fetch_email
from portal.intake.services.drafts import wipe_old
from portal.keys.canary import set_canary
from portal.keys.services import let_old_keys_go
from portal.outbox.account_news import tell_of_account_changes
from portal.outbox.commands import post_by_smtp
from portal.outbox.services import deliver
from portal.people.second_factor import encrypt_codes_anew
from portal.people.services import let_leavers_go
from portal.people.sign_in import security
from portal.sealing.values import WRONG_KEYS
from portal.web.settings import council, settings

EVERY_SECONDS, FILES_EVERY_SECONDS = 60, 5
log = logging.getLogger("portal")


@dataclass
class Done:
    """What one run did, and the jobs that stopped."""

    told: list[str] = field(default_factory=list)
    stopped: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return ", ".join(self.told)


@click.command("worker")
@click.option("--once", is_flag=True, help="Do every job once and stop.")
@with_appcontext
def worker_command(once: bool) -> None:
    """Send the mail that waits, wipe drafts that are older than an hour, remind once an hour before anything is late."""
    with nullcontext() if once else files_made_ready_beside():
        work(once)


@contextmanager
def files_made_ready_beside() -> Iterator[None]:
    """A thread that makes files ready beside all else: a video takes minutes, and no alert may wait for it."""
    app, ended = current_app._get_current_object(), threading.Event()  # type: ignore[attr-defined]  # the portal itself

    def make() -> None:
        while not ended.wait(FILES_EVERY_SECONDS):
            with app.app_context():
                _do("make files ready", lambda at: _make_files(at) if _has_the_right_keys() else "", now(), Done())

    threading.Thread(target=make, name="files", daemon=True).start()
    try:
        yield
    finally:
        ended.set()


def work(once: bool) -> None:
    """Do every job once, or each minute until it is stopped. Raises ClickException when one stopped and it is done once."""
    reminded_in = None
    while True:
        at, due = now(), time.monotonic() + EVERY_SECONDS
        this_hour = at.replace(minute=0, second=0, microsecond=0)
        done = do_every_job(at, reminds=this_hour != reminded_in, makes_files=once)
        if not set(done.stopped) & set(EACH_HOUR):
            reminded_in = this_hour
        click.echo(str(done))
        if once:
            if done.stopped:
                raise click.ClickException(f"These jobs stopped: {', '.join(done.stopped)}. The log says why.")
            return
        draw_ahead(at, until=due)
        time.sleep(max(due - time.monotonic(), 0))


def draw_ahead(at: datetime, *, until: float) -> None:
    """Use the time until the next run (of `time.monotonic`) for secret words that will be wanted."""
    if not _has_the_right_keys():
        return
    try:
        fill_stock(IN_A_DEMO if settings().demo else wanted_at(at), until=until)
    except Exception as trouble:
        log.error("no secret words were drawn ahead: %s", failures.told(trouble))
    finally:
        db.session.remove()


def do_every_job(at: datetime, *, reminds: bool = True, makes_files: bool = True) -> Done:
    """Do each job once, those of each hour too when it `reminds`. One that stops is told, and never holds up the next."""
    done = Done()
    if not _has_the_right_keys():
        done.stopped.append("everything")
        log.error("%s", WRONG_KEYS)
        return done
    long = {"make files ready": _make_files} if makes_files else {}
    for name, job in {**(EACH_HOUR if reminds else {}), **EACH_MINUTE, **long}.items():
        _do(name, job, at, done)
    return done


def _do(name: str, job: "Job", at: datetime, done: Done) -> None:
    try:
        told = job(at)
    except Exception as trouble:
        done.stopped.append(name)
        log.error("the job %s stopped and is tried again: %s", name, failures.told(trouble))
    else:
        done.told += [told] if told else []
    finally:
        db.session.remove()


def _has_the_right_keys() -> bool:
    """With wrong keys no job runs: an email that they cannot join to its case would be set aside unread."""
    try:
        return set_canary()
    except DBAPIError:
        return True  # the database is away: each job says so itself
    finally:
        db.session.remove()


def _remind(at: datetime) -> str:
    run = remind(council(), at=at)
    return f"{run.letters} letters that we are late, {run.reminders + run.escalations} reminders"


def _watch_cards(at: datetime) -> str:
    tell_of_spike(council().email, at=at)
    return ""


def _write_head(at: datetime) -> str:
    if not settings().audit_heads:
        return ""
    return "the head of the audit was written down" if write_head(Path(settings().audit_heads), at=at) else ""


def _scan(at: datetime) -> str:
    if not settings().clamav:
        return ""
    scanned, waiting = scan_waiting(settings().clamav, at=at)
    return f"{scanned} files scanned, {waiting} files wait"


def _make_files(at: datetime) -> str:
    return f"{make_waiting(tell_time=now)} files made ready"


def _deliver(at: datetime) -> str:
    if not current_app.config["MAIL_SERVER"]:
        return ""
    sent, failed = deliver(post_by_smtp, tell_time=now)
    return f"{sent} sent, {failed} to be tried again"


def _fetch(at: datetime) -> str:
    fetched = fetch_email()
    return f"{fetched.taken} emails taken in, {fetched.set_aside} set aside"


Job = Callable[[datetime], str]
EACH_HOUR: dict[str, Job] = {
    "remind": _remind,
    "ask if it got sorted": lambda at: f"{ask_if_sorted(council(), at=at)} asked if it got sorted",
    "write down the audit's head": _write_head,
    "move authenticators to a new key": lambda at: f"{encrypt_codes_anew(security.totp_factory)} authenticators moved",
    "let old keys go": lambda at: f"{let_old_keys_go(at=at) + let_old_search_key_go(at=at)} old keys let go",
    "let leavers go": lambda at: f"{let_leavers_go(at=at)} left the council",
}
EACH_MINUTE: dict[str, Job] = {
    "wipe drafts": lambda at: f"{wipe_old(at=at)} drafts wiped",
    "index": lambda at: f"{index_anew()} cases indexed anew",
    "watch cards": _watch_cards,
    "scan files": _scan,
    "pass thanks on": lambda at: f"{pass_on_waiting(settings().site_address, at=at)} thanks passed on",
    "call the duty desk": lambda at: f"{climb(council().duty, at=at)} told on the duty ladder",
    "tell of accounts": lambda at: f"{tell_of_account_changes(at=at)} told of their account",
    "post": _deliver,
    "follow letters": lambda at: f"{follow_mail(at=at)} letters left or came back",
    "fetch email": _fetch,  # last: a mail server that is slow holds up nothing else
}
