"""What staff fill in about cards."""

from wtforms import IntegerField, SelectField, StringField
from wtforms.validators import DataRequired, InputRequired, NumberRange, Optional, Regexp

from portal.cards.content import LANGUAGES
from portal.cards.services import MIN_IN_A_BATCH
from portal.web.forms import PortalForm, choices, line

MAX_AT_ONCE = 500


class BatchForm(PortalForm):
    """A new batch."""

    team = StringField("Team that hands them out", validators=[DataRequired("Say which team hands them out"), line(120)])
    month = StringField(
        "Month it is for, like 2026-06",
        validators=[Optional(), Regexp(r"^20\d\d-(0[1-9]|1[0-2])$", message="Write the month like 2026-06")],
    )
    quantity = IntegerField(
        "How many cards",
        validators=[
            InputRequired("Say how many cards"),
            NumberRange(MIN_IN_A_BATCH, 10_000, "A batch has 25 to 10,000 cards, so that no count can point at a child"),
        ],
    )
    language = SelectField("Language", choices=choices(LANGUAGES), default="en")


class HandedOutForm(PortalForm):
    """How many cards someone handed out today."""

    batch = SelectField("Batch", validators=[InputRequired("Choose the batch")])
    how_many = IntegerField(
        "Cards handed out today",
        validators=[InputRequired("Write how many"), NumberRange(1, MAX_AT_ONCE, "Write a number from 1 to 500")],
    )


class ChooseForm(PortalForm):
    """An action on one batch."""
