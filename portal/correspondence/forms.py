"""What is filled in about letters, and about how someone can be reached."""

from wtforms import BooleanField, EmailField, RadioField, SelectField, StringField
from wtforms.validators import DataRequired, InputRequired, Optional

from portal.cases.fields import coming_day, one_of, past_day, short, words
from portal.cases.forms import CaseForm
from portal.cases.models import Kind, LetterHow
from portal.correspondence.models import MeetingKind
from portal.correspondence.services.leaving import BY_HAND
from portal.procedure.receipt import Method
from portal.web.forms import LongTextField, NotTooLong, choices, line
from portal.wording import label


class LetterWordsForm(CaseForm):
    """A letter, as it will go."""

    letter = words("The letter", "Write the letter first")


class LawfulLetterForm(LetterWordsForm):
    """A letter that decides something; and why it goes where it lacks what the law wants in it."""

    despite = words("Why it must go without that")


class MessageForm(LetterWordsForm):
    """A letter of a colleague's own."""

    keeps_promise = BooleanField("This is the letter that we said we would write")


class WaitForm(CaseForm):
    """The person is content to wait."""

    until_on = coming_day("Until when")
    confirmed_by = short("Who agreed to wait, and how", "Say who agreed to wait, and how")


class NewDateForm(CaseForm):
    """Our own honest date."""

    expected_on = coming_day("The new date")
    reasons = words("Why. They read this", "Say why it takes longer")


MEETINGS = {MeetingKind.MEETING.value: "A meeting with us", MeetingKind.MEDIATION.value: "Mediation by someone independent"}


class OfferMeetingForm(CaseForm):
    """A meeting or mediation is offered."""

    kind = one_of("What you offer", MEETINGS)
    words = words("With whom, where or how, and when. They read this", "Say what you offer")


class MeetingHeldForm(CaseForm):
    """What came of a meeting or mediation."""

    kind = one_of("What it was", MEETINGS)
    on = past_day("When")
    words = words("Who took part and what came of it, or that they did not want it", "Say what came of it")


class AdvocateForm(CaseForm):
    """An advocate is asked for, or there."""

    what = one_of("What happened", {"asked_for": "The person asked for an advocate", "in_place": "An advocate is in place"})
    on = past_day("When")


class LetterFormForm(CaseForm):
    """How letters on paper look."""

    form = one_of("Letters on paper", {"plain": "14 point", "large_print": "Large print", "easy_words": "Easy words"})


class DecideContactForm(CaseForm):
    """A decision to use a way that was not called safe."""

    words = LongTextField(
        "Reasons",
        validators=[DataRequired("Say why they must be reached this way, and how you keep them safe"), NotTooLong()],
    )


class AdvocateConsentForm(CaseForm):
    """What the child said that an advocate may know."""

    may_know = RadioField(
        "What may an advocate know? Only the child decides this.",
        choices=choices({"all": "What they said", "name": "Only their name", "nothing": "Nothing"}),
        validators=[InputRequired("Choose what the child said")],
    )


HOW = {
    LetterHow.POSTED: "I posted it",
    LetterHow.READ_OUT: "I read it to them",
    LetterHow.HANDED_OVER: "I gave it to them",
}


METHODS = {one.value: label(one.value) for one in Method}


KINDS = {one.value: label(one.value) for one in Kind}


SAFE = {"": "They did not say", "yes": "Yes, it is safe to write or call", "no": "No, or they are not sure"}


class LeftForm(CaseForm):
    """How a letter left, and when."""

    how = one_of("How did it reach them?", {how.value: HOW[how] for how in BY_HAND})
    on = past_day("On which day?")


class CorrectForm(CaseForm):
    """Who they are, how they are reached, when and how it came."""

    name = short("Name")
    email = EmailField("Email", validators=[Optional(), line()])
    phone = StringField("Telephone", validators=[Optional(), line()])
    post = StringField("Postal address", validators=[Optional(), line()])
    safe_to_write = SelectField("Is it safe to write or call?", choices=choices(SAFE))
    language = short("Language")
    needs = short("What they need to take part")
    received_on = past_day("The day on which the council received it")
    method = SelectField(
        "How it came", choices=choices({one.value: label(one.value) for one in Method}), validators=[InputRequired()]
    )
    kind = SelectField(
        "What it is", choices=choices({one.value: label(one.value) for one in Kind}), validators=[InputRequired()]
    )
