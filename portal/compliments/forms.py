"""What somebody of the team says about thanks."""

from wtforms import HiddenField, StringField
from wtforms.validators import DataRequired

from portal.web.forms import LongTextField, NotTooLong, PortalForm, line


class WhomForm(PortalForm):
    """Whom thanks are for."""

    whom = StringField("Who or which team is it for?", validators=[DataRequired("Choose who it is for"), line()])


class TypeForm(PortalForm):
    """The words of a card."""

    words = LongTextField("What the card says", validators=[DataRequired("Type what the card says"), NotTooLong()])


class ConsentForm(PortalForm):
    """How someone agreed to be quoted, or changed their mind."""

    how = LongTextField(
        "When and how did they tell us?", validators=[DataRequired("Write when and how they told us"), NotTooLong()]
    )


class QuoteForm(PortalForm):
    """What may be quoted."""

    quote = LongTextField("The quote", validators=[DataRequired("Write the quote"), NotTooLong()])


class CheckForm(PortalForm):
    """The quote as the second person saw it."""

    seen = HiddenField()
