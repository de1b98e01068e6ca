"""Someone comes back to what was closed: they are told that it goes on, and by when."""

from datetime import datetime

from portal import wording
from portal.casework.clocks import count_again, write_again_on
from portal.casework.models import Case, Promised, Stage
from portal.casework.promises import Said
from portal.casework.services.messages import letter_facts, post
from portal.clock import london_day
from portal.config import Council


def tell_it_goes_on(case: Case, stage: Stage, *, council: Council, at: datetime, by_id: int | None) -> None:
    """Write inside a deed that a stage goes on, with its day, or that on which we write again when it has passed."""
    count_again(stage)
    on = london_day(at)
    again_on, is_late = write_again_on(on), stage.due_on < on
    facts = {"answer_by": stage.due_on, "is_late": is_late, "writes_again_on": again_on}
    words = wording.render("letters/goes_on.txt", **letter_facts(case, council) | facts)
    said = Said.of(stage, Promised.WRITE, again_on) if is_late else Said.of(stage, Promised.ANSWER, stage.due_on)
    post(case, "goes_on", words, about=stage, promises=(said,), at=at, by_id=by_id)
