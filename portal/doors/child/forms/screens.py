"""A child's screens from C0 to C5 (docs/child-screens.md): what each one asks, in the words of the screen."""

from wtforms import RadioField, SelectMultipleField, StringField
from wtforms.validators import DataRequired, InputRequired

from portal.languages.phrase import phrase
from portal.web.forms import LongTextField, NotTooLong, OneFileField, TakesFiles, choices, line
from portal.web.public_form import PublicForm

MAX_WORDS_LENGTH = 20_000
KINDS = {
    "wrong": phrase("Something is wrong"),
    "good": phrase("Something is good"),
    "idea": phrase("I have an idea"),
    "help": phrase("I want help to say it"),
    "not_safe": phrase("I do not feel safe"),
}
TOPICS = {
    "social_worker": phrase("My social worker"),
    "home": phrase("Where I live"),
    "family": phrase("Seeing my family"),
    "meetings": phrase("Meetings about me"),
    "school": phrase("School"),
    "money": phrase("Money or my things"),
    "listen": phrase("No one listens to me"),
    "wait": phrase("I have to wait too long"),
    "else": phrase("Something else"),
}
GOOD_TOPICS = {
    "helped": phrase("Someone helped me"),
    "listened": phrase("Someone listened"),
    "good_home": phrase("I like where I live"),
    "fun": phrase("Something fun"),
    "else": phrase("Something else"),
}
NOTHING_SAID = phrase("Pick a picture or tell us some words")
TOO_LONG = phrase("This is too long. Send the first part now. Then tell us the rest. Your words are still here.")
LINE_TOO_LONG = phrase("This is too long. Make it shorter. Your words are still here.")
NOT_OPENED = phrase("We can't open this one. Try another one, or tell us in words.")
LASTS_TOO_LONG = phrase("This one is too big. Send a shorter one, or tell us in words.")
TOO_BIG = phrase("This one is too big. Try a smaller one, or tell us in words.")
TOO_MANY_FILES = phrase("You can send six. Take one away first.")


class ChildForm(PublicForm):
    """What every screen of a child shares."""

    wait = phrase("Wait a bit. Then tap the button again. Your words are still here.")
    too_many = phrase("A lot of people are using this now. Wait one minute. Then tap again. Your words are still here.")
    too_old = phrase("This page was open a long time. Your words are still here. Tap the button again.")


class StartForm(ChildForm):
    """C0 and the screens that only go on."""


class BeginForm(StartForm):
    """C0: a new draft; `again` beside one that is not sent."""

    limited_as = "begin"

    again = StringField(validators=[line(3)])


class SendForm(StartForm):
    """C5: send it."""

    limited_as = "send"


class LanguageForm(ChildForm):
    """C0: the language of the pages."""

    code = StringField(validators=[line(10)])
    back = StringField(validators=[line(100)])


class KindForm(ChildForm):
    """C2: one tap."""

    kind = RadioField(
        phrase("What do you want to tell us?"),
        choices=choices(KINDS),
        validators=[InputRequired(phrase("Pick one, then carry on"))],
    )


class TopicsForm(ChildForm):
    """C3: as many pictures as they like."""

    topics = SelectMultipleField(phrase("What is it about?"), choices=choices(TOPICS | GOOD_TOPICS))


class WordsForm(ChildForm):
    """C4: their own words, a recording, a photo of a drawing."""

    words = LongTextField(phrase("Tell us more"), validators=[NotTooLong(MAX_WORDS_LENGTH, TOO_LONG)])
    voice = OneFileField(phrase("Say it out loud"))
    photo = OneFileField(phrase("Send a photo or a video"))

    class Meta(TakesFiles, ChildForm.Meta):
        """How fields are bound: it takes files."""


class TakeAwayForm(ChildForm):
    """C4: take a recording or a photo away again."""

    take_away = StringField(validators=[line(9)])


class FindForm(ChildForm):
    """After H2: how to find them, if they want that."""

    how = LongTextField(
        phrase("How can we find you?"),
        validators=[DataRequired(phrase("Type how we can find you, or tap No")), NotTooLong(2_000, LINE_TOO_LONG)],
    )


class MustNotSeeForm(ChildForm):
    """From C5, for whoever wants it: who must not see this."""

    who = StringField(
        phrase("Who must not see this?"),
        validators=[DataRequired(phrase("Type a name, or tap No")), line(said=LINE_TOO_LONG)],
    )


class SharingForm(ChildForm):
    """C13 of a thank-you: whether it may be passed on."""

    share = RadioField(
        phrase("Is that OK?"),
        choices=choices({"yes": phrase("Yes"), "no": phrase("No")}),
        validators=[InputRequired(phrase("Pick one"))],
    )
