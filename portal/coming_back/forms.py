"""What staff fill in about what someone said on coming back, and when they give new secret words."""

from wtforms import IntegerField, StringField
from wtforms.validators import DataRequired, InputRequired

from portal.cases.fields import words
from portal.cases.forms import CaseForm
from portal.web.forms import line


class SettleForm(CaseForm):
    """What was done."""

    follow_up = IntegerField(validators=[InputRequired("Choose what this is about")])
    words = words("What was done", "Say what was done")


class NewSecretWordsForm(CaseForm):
    """New secret words, given in person."""

    known_by = StringField(
        "How do you know that this is the person?",
        validators=[DataRequired("Say how you know that this is the person"), line()],
    )
