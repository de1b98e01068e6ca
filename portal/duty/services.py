"""Raising an alert in the transaction of what it is about, climbing the ladder, and answering."""

import logging
from datetime import datetime

from sqlalchemy import select

from portal.audit.events import declare
from portal.audit.services import record
from portal.config import DutyLadder
from portal.database import transaction
from portal.duty.models import Alert, Call
from portal.outbox.services import AddressNotValid, queue_email

ALERT_RAISED = declare("alert_raised", "why", is_for_outsiders=True)
DESK_CALLED = declare("desk_called", "rung", "who", is_for_outsiders=True)
ALERT_ANSWERED = declare("alert_answered", is_for_outsiders=True)
log = logging.getLogger("portal")


def raise_alert(about: str, why: tuple[str, ...], *, at: datetime) -> None:
    """Say that something must be read at once: the worker tells the desk within a minute.

    What comes while nobody has the first adds to it, and is told at once too; what comes after that is an alert of its own.
    """
    with transaction() as session:
        standing = select(Alert).where(Alert.about == about, Alert.answered_at.is_(None))
        alert = session.scalars(standing.with_for_update()).first()
        if alert is None:
            session.add(Alert(about=about, raised_at=at))
        else:
            alert.again_at = at
        record(ALERT_RAISED, about, at=at, why=list(why))


def answer_alerts(about: str, *, at: datetime, by_id: int) -> None:
    """A colleague has it. Nothing happens when no alert stands."""
    with transaction() as session:
        standing = select(Alert).where(Alert.about == about, Alert.answered_at.is_(None))
        for alert in session.scalars(standing.with_for_update()):
            alert.answered_at, alert.answered_by_id = at, by_id
            record(ALERT_ANSWERED, about, at=at, by_id=by_id)


def climb(ladder: DutyLadder, *, at: datetime) -> int:
    """Tell whoever is next of every alert that stands; gives how many were told.

    First the desk. Each time that nobody has answered for the ladder's wait, everyone told so far and the next one up; from
    the top on, everyone again. An address that the mail does not reach costs no wait.
    """
    if not ladder.rungs:
        return 0
    told = 0
    with transaction() as session:
        for alert in session.scalars(select(Alert).where(Alert.answered_at.is_(None)).order_by(Alert.id).with_for_update()):
            if _is_time(alert, ladder, at):
                told += _tell(alert, ladder, at)
    return told


def _is_time(alert: Alert, ladder: DutyLadder, at: datetime) -> bool:
    if not alert.calls:
        return True
    last = alert.calls[-1]
    newest = [call for call in alert.calls if call.at == last.at]
    if at - last.at >= ladder.again_after or (alert.again_at and alert.again_at > last.at):
        return True
    return last.rung + 1 < len(ladder.rungs) and all(call.failed for call in newest)


def _tell(alert: Alert, ladder: DutyLadder, at: datetime) -> int:
    highest = max((call.rung for call in alert.calls), default=-1) + 1
    up_to = min(highest, len(ladder.rungs) - 1)
    for rung in range(up_to + 1):
        alert.calls.append(_call(ladder.rungs[rung], rung, alert, at))
        record(DESK_CALLED, alert.about, at=at, rung=rung, who=ladder.rungs[rung])
    return up_to + 1


def _call(address: str, rung: int, alert: Alert, at: datetime) -> Call:
    """One email without a word of what it is about. An address that is none never stops the ladder."""
    minutes = int((at - alert.raised_at).total_seconds() // 60)
    try:
        email = queue_email("read_first", address, at=at, minutes=minutes, is_again=bool(alert.calls))
    except AddressNotValid:
        log.error("an address of the duty ladder (rung %s) is one that no mail can reach", rung + 1)
        return Call(rung=rung, recipient=address, at=at)
    return Call(rung=rung, recipient=address, at=at, email_id=email.id)
