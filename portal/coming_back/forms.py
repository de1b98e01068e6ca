"""What staff fill in about what someone said on coming back, and when they give new secret words."""

from wtforms import IntegerField, StringField
from wtforms.validators import DataRequired, InputRequired

from portal.cases.forms import CaseForm
from portal.web.forms import LongTextField, NotTooLong, line


class SettleForm(CaseForm):
    """What was done."""

    follow_up = IntegerField(validators=[InputRequired("Choose what this is about")])
    words = LongTextField("What was done", validators=[DataRequired("Say what was done"), NotTooLong()])


class NewSecretWordsForm(CaseForm):
    """New secret words, given in person."""

    known_by = StringField(
        "How do you know that this is the person?",
        validators=[DataRequired("Say how you know that this is the person"), line()],
    )
