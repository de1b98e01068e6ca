"""The path of a case as a child sees it when they come back: a picture, plain words and a day for each step."""

from datetime import date
from typing import NamedTuple

from portal.cases.models import Case
from portal.clock import london_day
from portal.languages.phrase import phrase
from portal.procedure.stages import Status


class PathStep(NamedTuple):
    """One step: its picture, its words, the day it was done (None while it is still to come), and whether it is now."""

    picture: str
    words: str
    on: date | None
    is_now: bool = False


def path_of(case: Case) -> list[PathStep]:
    """What was done, what is done now, and what comes next."""
    read_on = london_day(case.safeguarding_checked_at) if case.safeguarding_checked_at else None
    steps = [
        PathStep("letter", phrase("We got it"), case.received_on),
        PathStep(
            "eye", phrase("We read it") if read_on else phrase("We will read it"), read_on, case.status is Status.TO_READ
        ),
    ]
    if case.status is Status.OTHER_ROUTES:
        return [*steps, PathStep("people", phrase("Other teams are looking into it"), None, True)]
    if case.status is Status.CLOSED and not case.stages:
        return [*steps, PathStep("tick", phrase("We are done"), case.closed_on)]
    first = case.stage(1)
    looked_on = first.acknowledged_on if first else None
    answered_on = first.responded_on if first else None
    steps.append(PathStep("search", phrase("We look into it"), looked_on, _is_looking(case)))
    if first is None or first.closed_on is None or answered_on:
        steps.append(PathStep("tell_why", phrase("We have an answer"), answered_on))
    for stage in case.stages[1:]:
        steps.append(PathStep("people", phrase("Someone new looks into it"), stage.requested_on, stage.closed_on is None))
        if stage.responded_on:
            steps.append(PathStep("tell_why", phrase("We have a new answer"), stage.responded_on))
    if case.status is Status.CLOSED:
        steps.append(PathStep("tick", phrase("We are done"), case.closed_on))
    return steps


def _is_looking(case: Case) -> bool:
    return case.status in (Status.TO_DECIDE, Status.STAGE_1)
