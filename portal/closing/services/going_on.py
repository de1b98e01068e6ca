"""Someone comes back to what was closed: they are told that it goes on, and by when."""

from datetime import datetime

from portal import wording
from portal.cases.clocks import count_again
from portal.cases.models import Case, Stage
from portal.cases.promises import ByWhen
from portal.clock import london_day
from portal.config import Council
from portal.correspondence.services.messages import letter_facts, post


def tell_it_goes_on(case: Case, stage: Stage, *, council: Council, at: datetime, by_id: int | None) -> None:
    """Write inside an action that a stage goes on, with its day, or that on which we write again when it has passed."""
    count_again(stage)
    by_when = ByWhen.told_on(london_day(at), stage.due_on)
    facts = letter_facts(case, council) | by_when.facts | {"answer_by": stage.due_on}
    said = (by_when.said(stage.position, stage.number),)
    post(case, "goes_on", wording.render("letters/goes_on.txt", **facts), about=stage, promises=said, at=at, by_id=by_id)
