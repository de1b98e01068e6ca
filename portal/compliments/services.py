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
COMPLIMENT_MAY_BE_SHARED = declare("compliment_may_be_shared", "may_share")


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
    once_key: str | None = None
    old_reference: str | None = None


def log_compliment(new: NewCompliment, *, at: datetime, by_id: int | None = None) -> Compliment:
    """Keep thanks. The day of receipt is the London day of `at`."""
    with transaction() as session:
        compliment = Compliment(
            **vars(new), received_at=at, received_on=london_day(at), logged_by_id=by_id, passed_on_on=None
        )
        session.add(compliment)
        session.flush()
        record(COMPLIMENT_LOGGED, compliment.about, at=at, by_id=by_id, method=new.method, source=new.source)
    return compliment


def pass_on(compliment_id: int, *, at: datetime, by_id: int) -> None:
    """Say that the thanks reached whom they were for."""
    with transaction() as session:
        compliment = session.get_one(Compliment, compliment_id)
        compliment.passed_on_on = london_day(at)
        record(COMPLIMENT_PASSED_ON, compliment.about, at=at, by_id=by_id)


def allow_sharing(compliment_id: int, may_share: bool, *, at: datetime) -> None:
    """The sender says whether their words may be shared without their name."""
    with transaction() as session:
        compliment = session.get_one(Compliment, compliment_id)
        compliment.may_share = may_share
        record(COMPLIMENT_MAY_BE_SHARED, compliment.about, at=at, may_share=may_share)
