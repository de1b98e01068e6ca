"""Letters that must be posted or read out, and what was written down wrong about a person, step by step."""

from typing import Any

from wtforms import EmailField, SelectField, StringField
from wtforms.validators import InputRequired, Optional

from portal.casework.forms.desk import CaseForm
from portal.casework.forms.fields import one_of, past_day, short
from portal.casework.models import Case, Kind, LetterHow
from portal.casework.services import correcting
from portal.casework.services.leaving import BY_HAND, note_left
from portal.casework.steps.step import Step, Who, by_slug, plain
from portal.procedure.receipt import Method
from portal.web.forms import choices, line
from portal.wording import label

HOW = {
    LetterHow.POSTED: "I posted it",
    LetterHow.READ_OUT: "I read it to them",
    LetterHow.HANDED_OVER: "I gave it to them",
}
METHODS = {one.value: label(one.value) for one in Method}
KINDS = {one.value: label(one.value) for one in Kind}
SAFE = {"": "They did not say", "yes": "Yes, it is safe to write or call", "no": "No, or they are not sure"}


class LeftForm(CaseForm):
    """How a letter left, and when."""

    how = one_of("How did it reach them?", {how.value: HOW[how] for how in BY_HAND})
    on = past_day("On which day?")


class CorrectForm(CaseForm):
    """Who they are, how they are reached, when and how it came."""

    name = short("Name")
    email = EmailField("Email", validators=[Optional(), line()])
    phone = StringField("Telephone", validators=[Optional(), line()])
    post = StringField("Postal address", validators=[Optional(), line()])
    safe_to_write = SelectField("Is it safe to write or call?", choices=choices(SAFE))
    received_on = past_day("The day on which the council received it")
    method = SelectField(
        "How it came", choices=choices({one.value: label(one.value) for one in Method}), validators=[InputRequired()]
    )
    kind = SelectField(
        "What it is", choices=choices({one.value: label(one.value) for one in Kind}), validators=[InputRequired()]
    )


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
