"""What is filled in about parts that go another way, about time, and about cases that belong together."""

from typing import Any

from wtforms import SelectField
from wtforms.validators import InputRequired, ValidationError

from portal.casework.errors import CaseNotFound
from portal.casework.forms.desk import CaseForm
from portal.casework.forms.fields import coming_day, finding, past_day, short, tick, words, yes_no
from portal.casework.models import Case
from portal.casework.queries import case_by_reference
from portal.casework.viewing import Viewer


class StrandAnswerForm(CaseForm):
    """The answer to one part."""

    text = words("The answer", "Write the answer first")
    result = finding()


class PassOnForm(CaseForm):
    """Who has it now."""

    to_whom = words("Who has it now, and how the person can reach them", "Say who has it now")


class ReviewForm(CaseForm):
    """A hold stays."""

    review_on = coming_day("When to look at it again")
    reasons = words("Why it is still held, as the person will read it", "Say why it is still held")


class EndedForm(CaseForm):
    """The proceedings ended."""

    ended_on = past_day("When the proceedings ended")


class CameBackForm(CaseForm):
    """They came back."""

    asked_on = past_day("When they came back")


class EndHoldForm(CaseForm):
    """It is not taken up."""

    confirmed_by = short("Who confirmed this, and how (not needed when a year has passed)")


class AskedForm(CaseForm):
    """They asked."""

    requested_on = past_day("When they asked")


class BecameComplaintForm(CaseForm):
    """They want to complain after all."""

    said = words("What they say now", "Write what they say now")
    said_on = past_day("When they said it")


class OtherCaseForm(CaseForm):
    """Another case, by its reference."""

    other = short("Reference of the other case", "Write the reference")
    viewer: Viewer | None = None
    found: Case | None = None

    @classmethod
    def seen_by(cls, viewer: Viewer) -> type["OtherCaseForm"]:
        """The form for someone who finds only what they may know of."""
        return type("OtherCaseFormSeen", (cls,), {"viewer": viewer})

    def validate_other(self, field: Any) -> None:
        """The case must be one that this person may know of."""
        try:
            self.found = case_by_reference(field.data, self.viewer)
        except CaseNotFound as trouble:
            raise ValidationError("There is no such case. Check the reference") from trouble


class MergeForm(OtherCaseForm):
    """Two cases become one complaint with two senders."""

    reasons = words("Why they are one complaint", "Say why they are one complaint")


class HandOverForm(CaseForm):
    """Someone else takes it over."""

    person = SelectField("Who takes it over", coerce=int, validators=[InputRequired("Choose someone")])
    note = words("A note for them", "Write a note for whoever takes it over")


class SecondLookForm(CaseForm):
    """Whether a decision was right."""

    agrees = yes_no("Was it right?", "Yes", "No, it should be looked at again")
    words = words("What you looked at, and why", "Say what you looked at, and why")


def split_form(case: Case) -> type[CaseForm]:
    """A box for each part."""
    boxes = {
        f"part_{part.position}": tick(f"Part {part.position}: {(part.words or 'all that was said')[:80]}")
        for part in case.parts
    }
    return type("SplitForm", (CaseForm,), boxes)


def chosen_parts(form: Any, case: Case) -> list[int]:
    """The parts that are ticked."""
    return [part.position for part in case.parts if form[f"part_{part.position}"].data]
