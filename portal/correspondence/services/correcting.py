"""What was written down wrong about who wrote and how is put right; what stood before stays in the audit."""

from dataclasses import dataclass
from datetime import date, datetime

from portal.audit.services import record
from portal.cases.clocks import FROM_RECEIPT
from portal.cases.errors import NotComplete
from portal.cases.models import Case, Kind, LetterWay
from portal.cases.services.indexing import index_case
from portal.cases.services.locked_case import locked_case
from portal.clock import LONDON, NOON, london_day
from portal.correspondence.events import CASE_CORRECTED
from portal.outbox.services import withdraw
from portal.procedure.receipt import Method

CONTACT = ("name", "email", "phone", "post", "safe_to_write", "language", "needs")


@dataclass(frozen=True)
class Corrected:
    """How it is right: the name and the ways to reach them, whether those are safe, the day of receipt, method and kind."""

    name: str
    email: str
    phone: str
    post: str
    safe_to_write: str
    language: str
    needs: str
    received_on: date
    method: Method
    kind: Kind


def as_it_stands(case: Case) -> Corrected:
    """What is written down now."""
    told = {name: str(case.person.get(name) or "") for name in CONTACT}
    return Corrected(**told, received_on=case.received_on, method=case.method, kind=case.kind)


def correct_case(case_id: int, right: Corrected, *, at: datetime, by_id: int, version: int | None = None) -> None:
    """Put it right, and count every clock that runs from the receipt anew."""
    if right.received_on > london_day(at):
        raise NotComplete("The day of receipt must be today or earlier.")
    with locked_case(case_id, version) as case:
        before = as_it_stands(case)
        changed = {name: value for name, value in vars(right).items() if value != getattr(before, name)}
        if not changed:
            raise NotComplete("Nothing was changed.")
        person = {**case.person, **{name: changed[name] for name in CONTACT if name in changed}}
        case.person = {name: value for name, value in person.items() if value != ""}
        case.method, case.kind = right.method, right.kind
        if {"email", "safe_to_write"} & changed.keys():
            _take_out_of_the_post(case, at)
        if "received_on" in changed:
            _receive_on(case, right.received_on)
        index_case(case, [str(value) for name, value in changed.items() if name in CONTACT])
        was = {name: str(getattr(before, name)) for name in changed}
        record(CASE_CORRECTED, case.about, at=at, by_id=by_id, before=was, after={n: str(v) for n, v in changed.items()})


def _receive_on(case: Case, on: date) -> None:
    case.received_on, case.received_at = on, datetime.combine(on, NOON, LONDON)
    for stage in (*case.stages, *case.strands):
        if (stage.route, stage.number) in FROM_RECEIPT:
            stage.requested_on = on


def stop_emailing(case_id: int, *, at: datetime, by_id: int, version: int | None = None) -> None:
    """Write no more email to the person: what waits and what goes from now on is posted or read out."""
    with locked_case(case_id, version) as case:
        if case.person.get("no_email"):
            raise NotComplete("We already send them no email.")
        case.person = {**case.person, "no_email": True}
        _take_out_of_the_post(case, at)
        record(CASE_CORRECTED, case.about, at=at, by_id=by_id, before={"no_email": ""}, after={"no_email": "yes"})


def _take_out_of_the_post(case: Case, at: datetime) -> None:
    """A letter that has not left by email is posted or read out instead."""
    waiting = {one.email_id: one for one in case.messages if one.from_us and one.email_id is not None}
    for email_id in withdraw(waiting, at=at):
        if waiting[email_id].way is LetterWay.EMAIL:
            waiting[email_id].way = LetterWay.BY_HAND
