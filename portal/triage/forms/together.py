"""What is filled in about cases that belong together, and at a second look."""

from typing import Any

from wtforms import SelectField
from wtforms.validators import ValidationError

from portal.cases.errors import CaseNotFound
from portal.cases.fields import past_day, short, tick, words, yes_no
from portal.cases.forms import CaseForm, codes, part_shown
from portal.cases.models import Case
from portal.cases.queries import case_by_reference
from portal.cases.visibility import Viewer
from portal.procedure.eligibility import Complainant


class BecameComplaintForm(CaseForm):
    """They want to complain after all."""

    said = words("What they say now", "Write what they say now")
    said_on = past_day("When they said it")
    of_constituent = SelectField(
        "Of a councillor's or an MP's enquiry: who the constituent is", choices=codes(Complainant, blank=True)
    )


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


class SecondLookForm(CaseForm):
    """Whether a decision was right."""

    agrees = yes_no("Was it right?", "Yes", "No, it should be looked at again")
    words = words("What you looked at, and why", "Say what you looked at, and why")


def split_form(case: Case) -> type[CaseForm]:
    """A box for each part."""
    boxes = {f"part_{part.position}": tick(part_shown(part, 80)) for part in case.parts}
    return type("SplitForm", (CaseForm,), boxes)


def chosen_parts(form: Any, case: Case) -> list[int]:
    """The parts that are ticked."""
    return [part.position for part in case.parts if form[f"part_{part.position}"].data]
