"""Kinds of field that forms on a case use again and again."""

from typing import Any

from wtforms import BooleanField, DateField, RadioField, SelectField, StringField
from wtforms.validators import DataRequired, InputRequired, Optional, ValidationError

from portal import clock
from portal.procedure.findings import Finding
from portal.procedure.happened import When, told_when
from portal.web.forms import LongTextField, NotInFuture, NotTooLong, choices, line
from portal.wording import label

LONG = NotTooLong()


def words(about: str, needed: str = "") -> Any:
    """A box to write in; `needed` is the sentence for when it is empty."""
    return LongTextField(about, validators=[DataRequired(needed) if needed else Optional(), LONG])


def short(about: str, needed: str = "") -> Any:
    """One line."""
    return StringField(about, validators=[DataRequired(needed) if needed else Optional(), line()])


def past_day(about: str) -> Any:
    """A day that has come; today unless changed."""
    asked = InputRequired("Write the day")
    return DateField(about, default=clock.today, validators=[asked, NotInFuture("The day must be today or earlier")])


def coming_day(about: str) -> Any:
    """A day, which the action itself checks."""
    return DateField(about, validators=[InputRequired("Write the day")])


class WhenField(StringField):
    """When something happened: a day, a month, a season or a year. `when` is what was read; None for nothing."""

    when: When | None = None

    def pre_validate(self, form: Any) -> None:
        """Read what was typed. Raises ValidationError in words."""
        self.when = told_when(self.data, clock.today()) if self.data else None
        if self.data and self.when is None:
            raise ValidationError(
                "Write a day, a month or a season that has come, like 14 March 2026, March 2026, spring 2026"
            )


def yes_no(about: str, yes: str = "Yes", no: str = "No") -> Any:
    """Two choices, none of them chosen beforehand."""
    needed = InputRequired(f"Choose an answer: {about}")
    return RadioField(about, choices=choices({"yes": yes, "no": no}), validators=[needed])


def finding(about: str = "Finding") -> Any:
    """Upheld, partly upheld or not upheld."""
    shown = choices({one.value: label(one.value) for one in Finding})
    return RadioField(about, choices=shown, validators=[InputRequired("Choose a finding")])


def tick(about: str) -> Any:
    """A box to tick."""
    return BooleanField(about)


def one_of(about: str, coded: dict[str, str], *, needed: bool = True) -> Any:
    """A list to choose from, empty at first."""
    checks = [InputRequired(f"Choose an answer: {about}") if needed else Optional()]
    return SelectField(about, choices=choices({"": "Choose one"} | coded), validators=checks)
