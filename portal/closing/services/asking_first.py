"""Somebody else says that the person wants to stop: the person is asked, and until they answer everything goes on."""

from datetime import datetime

from portal import wording
from portal.audit.services import record
from portal.cases.confirmation import Confirmation, ToldBy
from portal.cases.errors import NotComplete
from portal.cases.models import Case
from portal.clock import london_day
from portal.closing.events import WITHDRAWAL_ASKED
from portal.config import Council
from portal.correspondence.services.messages import letter_facts, post

ASKED = "asked_to_stop"


def is_asked_first(case: Case, said: Confirmation, *, is_settled: bool, council: Council, at: datetime, by_id: int) -> bool:
    """Ask the person inside an action when it was not they who said it; says whether they had to be asked."""
    if not case.received_on <= said.on <= london_day(at):
        raise NotComplete("The day on which they said it must be between the receipt and today.")
    if said.is_their_own:
        return False
    if _waits_for_their_word(case):
        raise NotComplete("They were asked already and have not said yet. It goes on until they do.")
    told = {"worker": said.by is ToldBy.WORKER, "said_on": said.on, "is_settled": is_settled}
    facts = letter_facts(case, council) | told
    post(case, ASKED, wording.render("letters/asked_to_stop.txt", **facts), at=at, by_id=by_id)
    record(WITHDRAWAL_ASKED, case.about, at=at, by_id=by_id, told_by=said.by, words=str(said))
    return True


def _waits_for_their_word(case: Case) -> bool:
    """Whether they were asked and have written nothing since."""
    last = next((one for one in reversed(case.messages) if one.kind == ASKED or not one.from_us), None)
    return last is not None and last.from_us
