"""What staff fill in about who may see a case, and why they look at it."""

from datetime import timedelta
from typing import Any

from wtforms import BooleanField, DateField, HiddenField, SelectField
from wtforms.validators import InputRequired, ValidationError

from portal import clock
from portal.cases.forms import CaseForm, ColleagueForm
from portal.cases.models import WallReason
from portal.web.forms import LongTextField, NotTooLong, choices

MAX_ACCESS = timedelta(days=366)
REASONS = {
    WallReason.COMPLAINED_ABOUT.value: "The complaint is about them",
    WallReason.PERSON_ASKED.value: "The person asked that they do not see it",
    WallReason.STEPPED_BACK.value: "They know someone in it and step back",
}


class WallForm(ColleagueForm):
    """Shut someone out."""

    reason = SelectField("Why", choices=choices(REASONS))


class AccessForm(ColleagueForm):
    """Give the case to someone until a day."""

    until_on = DateField("Until", validators=[InputRequired("Write the last day, like 2027-01-31")])
    reasons = LongTextField(
        "What they need it for", validators=[InputRequired("Say what they need it for"), NotTooLong(2_000)]
    )
    despite_wall = BooleanField("They manage someone who is shut out, and must see it all the same")

    def validate_until_on(self, field: Any) -> None:
        """A day to come, within a year."""
        if field.data and not clock.today() <= field.data <= clock.today() + MAX_ACCESS:
            raise ValidationError("Choose a day from today to a year from now")


class PartWallForm(ColleagueForm):
    """Hide one part from someone, or open it again."""

    position = SelectField("Which part", coerce=int, validators=[InputRequired("Choose a part")])
    reasons = LongTextField("Why", validators=[InputRequired("Say why"), NotTooLong(2_000)])


class ElementPartForm(CaseForm):
    """To which part an element belongs."""

    position = SelectField("Which part", coerce=int, validators=[InputRequired("Choose a part")])


class LetInForm(CaseForm):
    """Take a wall down."""

    person_id = HiddenField(validators=[InputRequired("Choose someone")])
    reasons = LongTextField("Why they may see it after all", validators=[InputRequired("Say why"), NotTooLong(2_000)])


class EndAccessForm(CaseForm):
    """End someone's access."""

    person_id = HiddenField(validators=[InputRequired("Choose someone")])
