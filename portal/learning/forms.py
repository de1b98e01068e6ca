"""What is filled in about a lesson."""

from wtforms import BooleanField, DateField, SelectField
from wtforms.validators import DataRequired, InputRequired

from portal import clock
from portal.cases.forms import CaseForm
from portal.web.forms import LongTextField, NotInFuture, NotTooLong

WORDS = NotTooLong(5000)


class LessonForm(CaseForm):
    """A lesson and its action."""

    lesson = LongTextField("What was learnt", validators=[DataRequired("Write what was learnt"), WORDS])
    action = LongTextField("What will be done", validators=[DataRequired("Write what will be done"), WORDS])
    owner_id = SelectField("Who does it", coerce=int, validators=[InputRequired("Choose who does it")])
    due_on = DateField("By when", validators=[InputRequired("Write the day by which it is done")])
    is_recommendation = BooleanField("It is a recommendation of stage 2, of the panel or of the Ombudsman")


class ProofForm(CaseForm):
    """It is done, and this is the proof."""

    done_on = DateField(
        "When it was done",
        default=clock.today,
        validators=[InputRequired("Write the day"), NotInFuture("The day must be today or earlier")],
    )
    evidence = LongTextField("What proves it", validators=[DataRequired("Say what proves it"), WORDS])


class ConfirmedForm(CaseForm):
    """What the person says about it."""

    words = LongTextField("What the person said", validators=[DataRequired("Say what the person said"), WORDS])


class YouSaidForm(CaseForm):
    """You said, we did."""

    you_said = LongTextField("You said", validators=[DataRequired("Write what they said, in a line"), WORDS])
    we_did = LongTextField("We did", validators=[DataRequired("Write what was done, in plain words"), WORDS])
    is_public = BooleanField("Show it to everyone too, without a name")
