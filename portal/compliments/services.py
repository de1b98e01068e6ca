"""Taking in thanks, and passing them on."""

from dataclasses import dataclass
from datetime import datetime

from portal.audit.events import declare
from portal.audit.services import record
from portal.clock import london_day
from portal.compliments.models import Compliment
from portal.database import transaction
from portal.procedure.eligibility import Complainant
from portal.procedure.receipt import Method, PointOfReceipt

COMPLIMENT_LOGGED = declare("compliment_logged", "method", "source")
COMPLIMENT_PASSED_ON = declare("compliment_passed_on")
COMPLIMENT_MAY_BE_PASSED_ON = declare("compliment_may_be_passed_on", "may_pass_on")


class CannotPassOn(Exception):
    """No such thanks, or their sender does not want them passed on."""


@dataclass(frozen=True)
class NewCompliment:
    """Thanks as they came."""

    words: str
    thanked: str
    method: Method
    point_of_receipt: PointOfReceipt
    source: Complainant
    from_name: str = ""
    service_area: str = ""
    may_share: bool = False
    may_pass_on: bool = True
    once_key: str | None = None
    old_reference: str | None = None


def log_compliment(
    new: NewCompliment, *, at: datetime, received_at: datetime | None = None, by_id: int | None = None
) -> Compliment:
    """Keep thanks, received now, or earlier when staff log them later."""
    received_at = received_at or at
    with transaction() as session:
        received_on = london_day(received_at)
        compliment = Compliment(**vars(new), received_at=received_at, received_on=received_on, logged_by_id=by_id)
        session.add(compliment)
        session.flush()
        record(COMPLIMENT_LOGGED, compliment.about, at=at, by_id=by_id, method=new.method, source=new.source)
    return compliment


def pass_on(compliment_id: int, *, at: datetime, by_id: int) -> None:
    """Say that the thanks reached whom they were for. Raises CannotPassOn when they are not there or must not go on."""
    with transaction() as session:
        compliment = session.get(Compliment, compliment_id)
        if compliment is None or not compliment.may_pass_on:
            raise CannotPassOn
        compliment.passed_on_on = london_day(at)
        record(COMPLIMENT_PASSED_ON, compliment.about, at=at, by_id=by_id)


def allow_passing_on(compliment_id: int, may_pass_on: bool, *, at: datetime) -> None:
    """The child who sent it says whether we may say thank you for them."""
    with transaction() as session:
        compliment = session.get_one(Compliment, compliment_id)
        compliment.may_pass_on = may_pass_on
        record(COMPLIMENT_MAY_BE_PASSED_ON, compliment.about, at=at, may_pass_on=may_pass_on)
