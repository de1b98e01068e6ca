"""Somebody else says that the person wants to stop: the person is asked, and until they answer everything goes on."""

from datetime import datetime

from portal import wording
from portal.audit.services import record
from portal.casework.confirmation import Confirmation
from portal.casework.errors import NotComplete
from portal.casework.events import WITHDRAWAL_ASKED
from portal.casework.models import Case
from portal.casework.services.messages import letter_facts, post
from portal.clock import london_day
from portal.config import Council


def is_asked_first(case: Case, said: Confirmation, *, council: Council, at: datetime, by_id: int) -> bool:
    """Ask the person inside a deed when it was not they who said it; says whether they had to be asked."""
    if not case.received_on <= said.on <= london_day(at):
        raise NotComplete("The day on which they said it is between the receipt and today.")
    if said.is_their_own:
        return False
    facts = letter_facts(case, council) | {"worker": said.by == "worker", "said_on": said.on}
    post(case, "asked_to_stop", wording.render("letters/asked_to_stop.txt", **facts), at=at, by_id=by_id)
    record(WITHDRAWAL_ASKED, case.about, at=at, by_id=by_id, told_by=said.by, words=str(said))
    return True
