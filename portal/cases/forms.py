"""What staff fill in on a case. Every form carries the version of the case that it was made from."""

from typing import Any

from wtforms import IntegerField, RadioField, SelectField
from wtforms.validators import InputRequired, ValidationError

from portal.cases.fields import short, words
from portal.cases.models import Part
from portal.web.forms import LongTextField, NotTooLong, PortalForm, choices
from portal.wording import label

YES_NO_UNKNOWN = {"": "Not said yet", "yes": "Yes", "no": "No"}
NONE_YET = {"": "Choose one"}


def said(answer: str | None) -> bool | None:
    """Yes, no, or not said yet."""
    return {"yes": True, "no": False}.get(answer or "")


def as_answer(value: bool | None) -> str:
    """The choice that shows a yes, a no, or nothing said."""
    return {True: "yes", False: "no"}.get(value, "") if value is not None else ""


def codes(enum: Any, *, blank: bool = False) -> list[Any]:
    """Choices from an enum's codes in words."""
    return choices((NONE_YET if blank else {}) | {code.value: label(code.value) for code in enum})


def part_shown(part: Part, letters: int) -> str:
    """A part among others to choose from: its place, and how its words begin."""
    return f"Part {part.position}: {(part.words or 'all that was said')[:letters]}"


class CaseForm(PortalForm):
    """What every form on a case carries."""

    version = IntegerField(validators=[InputRequired("Read the case again, then try once more")])


class ConfirmForm(CaseForm):
    """One button."""


class ColleagueForm(CaseForm):
    """Choosing a colleague."""

    person_id = SelectField("Who", coerce=int, validators=[InputRequired("Choose someone")])


WHY_LOOK = {
    "standing_in": "I stand in for a colleague",
    "person_asked": "The person rang, wrote or came in",
    "second_look": "A second signature or a quality check",
    "report": "For the report or an audit",
    "something_else": "Something else",
}


class WhyForm(PortalForm):
    """Why someone opens a case that is not one of theirs."""

    why = RadioField("Why do you open this case?", choices=choices(WHY_LOOK), validators=[InputRequired("Choose a reason")])
    words = LongTextField("In a few words", validators=[NotTooLong(2_000)])

    def validate_words(self, field: Any) -> None:
        """Something else is said in words."""
        if self.why.data == "something_else" and not field.data:
            raise ValidationError("Say in a few words why you open it")

    def reason(self) -> str:
        """The reason as the audit keeps it."""
        return f"{self.why.data}: {self.words.data}" if self.words.data else str(self.why.data)


class ReasonsForm(CaseForm):
    """Reasons alone."""

    reasons = words("Reasons", "Give your reasons")


class ConfirmedByForm(CaseForm):
    """The person's own word."""

    confirmed_by = short("Who confirmed this, and how", "Say who confirmed this, and how")


class ChoosePersonForm(CaseForm):
    """A colleague."""

    person = SelectField("Who", coerce=int, validators=[InputRequired("Choose someone")])


def people_choices(people: dict[int, str]) -> Any:
    """People by number as choices."""
    return choices({str(key): name for key, name in people.items()})
