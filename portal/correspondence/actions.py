"""Letters that must be posted or read out, and what was written down wrong about a person, step by step."""

from typing import Any

from portal.cases.action import Step, Who, by_slug, plain
from portal.cases.forms import CaseForm
from portal.cases.models import Case, Kind, LetterHow
from portal.correspondence.forms import CorrectForm, LeftForm
from portal.correspondence.services import correcting
from portal.correspondence.services.leaving import note_left
from portal.procedure.receipt import Method


def _correct_form(case: Case, place: int) -> CaseForm:
    now = correcting.as_it_stands(case)
    return CorrectForm(version=case.version, **vars(now) | {"method": now.method.value, "kind": now.kind.value})


def _correct(case: Case, made: Any, place: int, who: Who) -> None:
    told: dict[str, Any] = {name: (made[name].data or "").strip() for name in correcting.CONTACT}
    given = {"received_on": made.received_on.data, "method": Method(made.method.data), "kind": Kind(made.kind.data)}
    correcting.correct_case(case.id, correcting.Corrected(**told, **given), **who)


TEAM = by_slug(
    Step(
        "letter-left",
        "The letter reached them",
        "Save",
        "It is written down. The clock counts the day on which the letter left.",
        plain(LeftForm),
        lambda case, made, place, who: note_left(case.id, place, LetterHow(made.how.data), made.on.data, **who),
        "Say it when you have done it. Until then the letter counts as not sent.",
    ),
    Step(
        "correct",
        "Put right who they are, or when it came",
        "Save",
        "It is put right, and every date is counted again.",
        _correct_form,
        _correct,
        "What stood before stays in the record of what was done.",
    ),
    Step(
        "stop-email",
        "Stop emailing them",
        "Stop emailing them",
        "Nothing is emailed to them any more.",
        plain(CaseForm),
        lambda case, made, place, who: correcting.stop_emailing(case.id, **who),
        "From now on a letter to them is posted or read out by a colleague, who says so on the case.",
    ),
)
