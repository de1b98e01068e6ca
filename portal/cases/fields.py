"""Kinds of field that forms on a case use again and again."""

from typing import Any

from wtforms import BooleanField, DateField, RadioField, SelectField, StringField
from wtforms.validators import DataRequired, InputRequired, Optional, ValidationError

from portal import clock
from portal.cases.confirmation import TOLD_BY
from portal.procedure.findings import Finding
from portal.procedure.happened import When, told_when
from portal.procedure.roads import roads
from portal.web.forms import LongTextField, NotInFuture, NotTooLong, choices, line
from portal.wording import label

LONG = NotTooLong()


def words(about: str, needed: str = "") -> Any:
    """A box to write in; `needed` is the sentence for when it is empty."""
    return LongTextField(about, validators=[DataRequired(needed) if needed else Optional(), LONG])


def short(about: str, needed: str = "") -> Any:
    """One line."""
    return StringField(about, validators=[DataRequired(needed) if needed else Optional(), line()])


def past_day(about: str, *, needed: bool = True) -> Any:
    """A day that has come; today unless changed, or else empty where it need not be written."""
    asked = InputRequired("Write the day") if needed else Optional()
    checks = [asked, NotInFuture("The day must be today or earlier")]
    return DateField(about, default=clock.today if needed else None, validators=checks)


def said_by(about: str) -> Any:
    """Whose word something is, where that need not be said."""
    return RadioField(about, choices=choices(TOLD_BY), validate_choice=False)


def road(otherwise: str) -> Any:
    """A road to choose, of those that the council has now; `otherwise` says what happens without."""

    def every() -> Any:
        return choices({"": otherwise} | {one.id: one.title for one in roads.every().values()})

    return SelectField("Which road, where there are several", choices=every, validators=[Optional()])


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
