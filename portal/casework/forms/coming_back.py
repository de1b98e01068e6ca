"""What staff fill in about what someone said on coming back, and when they give new secret words."""

from wtforms import IntegerField, RadioField, StringField
from wtforms.validators import DataRequired, InputRequired

from portal.casework.forms.desk import CaseForm
from portal.web.forms import LongTextField, NotTooLong, choices, line


class SettleForm(CaseForm):
    """What was done."""

    follow_up = IntegerField(validators=[InputRequired("Choose what this is about")])
    words = LongTextField("What was done", validators=[DataRequired("Say what was done"), NotTooLong()])


class ContactForm(CaseForm):
    """A decision to use a way that was not called safe."""

    words = LongTextField(
        "Reasons",
        validators=[DataRequired("Say why they must be reached this way, and how you keep them safe"), NotTooLong()],
    )


class ConsentForm(CaseForm):
    """What the child said that an advocate may know."""

    may_know = RadioField(
        "What may an advocate know? Only the child decides this.",
        choices=choices({"all": "What they said", "name": "Only their name", "nothing": "Nothing"}),
        validators=[InputRequired("Choose what the child said")],
    )


class NewSecretWordsForm(CaseForm):
    """New secret words, given in person."""

    known_by = StringField(
        "How do you know that this is the person?",
        validators=[DataRequired("Say how you know that this is the person"), line()],
    )
