"""The six extra questions, C6 to C11, each of which can be skipped: what each one asks, and which comes next."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wtforms import RadioField, SelectMultipleField, StringField
from wtforms.validators import DataRequired, Optional

from portal.doors.child.forms.screens import LINE_TOO_LONG, ChildForm
from portal.languages.phrase import phrase
from portal.web.forms import LongTextField, NotTooLong, choices, line

FEELINGS = {
    "sad": phrase("Sad"),
    "angry": phrase("Angry"),
    "worried": phrase("Worried"),
    "scared": phrase("Scared"),
    "mixed_up": phrase("Mixed up"),
    "ok": phrase("OK"),
    "happy": phrase("Happy"),
    "not_known": phrase("I do not know"),
}
WANTS = {
    "listen_to_me": phrase("Listen to me"),
    "tell_why": phrase("Tell me why"),
    "say_sorry": phrase("Say sorry"),
    "change": phrase("Change something"),
    "just_know": phrase("Just know about it"),
    "not_sure": phrase("I am not sure"),
}
WAYS = {
    "words_only": phrase("No thanks. I will use my secret words"),
    "grown_up": phrase("Tell a grown-up I trust"),
    "text": phrase("Text me"),
    "call": phrase("Call me"),
    "email": phrase("Email me"),
    "write": phrase("Write to me"),
    "visit": phrase("Come and see me"),
}
REACH = {
    "grown_up": phrase("Who is it? How can we find them?"),
    "text": phrase("What is your number?"),
    "call": phrase("What is your number?"),
    "email": phrase("What is your email?"),
    "write": phrase("Where do we write to?"),
    "visit": phrase("Where can we find you?"),
}
SAFE = {"yes": phrase("Yes, it is safe"), "no": phrase("No, do not do that"), "not_sure": phrase("I am not sure")}
ANSWER_FORMS = {
    "normal": phrase("Normal words"),
    "easy_words": phrase("Easy words with pictures"),
    "voice": phrase("A voice I can listen to"),
    "large_print": phrase("Big letters"),
}
ADVOCATE = {"yes": phrase("Yes please"), "no": phrase("No thanks")}
ADVOCATE_MAY_KNOW = {"all": phrase("Yes, tell them"), "name": phrase("Just my name")}
MAX_ANSWER_LENGTH = 2_000


class FeelForm(ChildForm):
    """C6."""

    feelings = SelectMultipleField(phrase("How do you feel about it?"), choices=choices(FEELINGS))


class WhomForm(ChildForm):
    """C7."""

    about_whom = StringField(phrase("Who is it about?"), validators=[line(said=LINE_TOO_LONG)])


class WantForm(ChildForm):
    """C8."""

    wants = SelectMultipleField(phrase("What do you want to happen?"), choices=choices(WANTS))
    wants_words = LongTextField(
        phrase("Do you want to say more about it?"), validators=[NotTooLong(MAX_ANSWER_LENGTH, LINE_TOO_LONG)]
    )


class ReplyWayForm(ChildForm):
    """C9."""

    reply_way = RadioField(phrase("How can we tell you what we find out?"), choices=choices(WAYS), validators=[Optional()])


class SafeForm(ChildForm):
    """C9b: how to reach them that way, and whether it is safe."""

    contact = StringField(phrase("How can we find you?"), validators=[line(said=LINE_TOO_LONG)])
    best_time = StringField(phrase("What is a good day or time?"), validators=[line(said=LINE_TOO_LONG)])
    safe = RadioField(phrase("Is it safe?"), choices=choices(SAFE), validators=[Optional()])


class AnswerForm(ChildForm):
    """C9c: how they like their answer."""

    answer_forms = SelectMultipleField(phrase("How do you like your answer?"), choices=choices(ANSWER_FORMS))
    own_language = StringField(phrase("My own language"), validators=[line(60, LINE_TOO_LONG)])
    talk_to = StringField(phrase("Is there someone you would like to talk to?"), validators=[line(said=LINE_TOO_LONG)])


class NameForm(ChildForm):
    """C10."""

    name = StringField(phrase("What is your name?"), validators=[line(said=LINE_TOO_LONG)])
    age = StringField(phrase("How old are you?"), validators=[line(20, LINE_TOO_LONG)])


class SideForm(ChildForm):
    """C11."""

    advocate = RadioField(phrase("Do you want someone on your side?"), choices=choices(ADVOCATE), validators=[Optional()])


class SideTellForm(ChildForm):
    """C11, after yes: what the advocate may be told."""

    advocate_may_know = RadioField(
        phrase("Can we give them your name and what you said?"),
        choices=choices(ADVOCATE_MAY_KNOW),
        validators=[Optional()],
    )


class AskForSideForm(ChildForm):
    """Before anything else is said: an advocate, please."""

    how_to_find = LongTextField(
        phrase("How can an advocate find you?"),
        validators=[DataRequired(phrase("Type how we can find you")), NotTooLong(MAX_ANSWER_LENGTH, LINE_TOO_LONG)],
    )
    safe = RadioField(phrase("Is it safe?"), choices=choices(SAFE), validators=[Optional()])


@dataclass(frozen=True)
class Question:
    """One extra question: its address, its form, and what is said under its heading."""

    slug: str
    form: type[ChildForm]
    notes: tuple[str, ...] = ()
    after: tuple[str, ...] = ()

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of what it asks."""
        own = vars(self.form)
        return tuple(name for name in own if not name.startswith("_"))


PICK = phrase("Pick as many as you like.")
QUESTIONS = {
    one.slug: one
    for one in (
        Question("feel", FeelForm, (PICK,)),
        Question(
            "whom",
            WhomForm,
            (
                phrase("You can tell us a name. You do not have to."),
                phrase("We will not show them this form."),
                phrase("We may need to ask them what happened. We will talk to you first."),
            ),
        ),
        Question("want", WantForm, (PICK,), (phrase("We can't always do what you ask. We will always tell you why."),)),
        Question(
            "reply",
            ReplyWayForm,
            (
                phrase("We will give you some secret words. You can use them to come back here."),
                phrase("No one else can see. Do you want another way too?"),
            ),
        ),
        Question(
            "safe",
            SafeForm,
            (),
            (phrase("We will not say what it is about. We will just say: you have a message."),),
        ),
        Question("form", AnswerForm, (PICK,)),
        Question(
            "name",
            NameForm,
            (
                phrase("You do not have to tell us. If you tell us, we can fix it faster."),
                phrase("If you do not, we will still read it. But we may not be able to fix it."),
            ),
        ),
        Question(
            "side",
            SideForm,
            (
                phrase("An advocate helps you say what you want."),
                phrase("They do not work for the council. It is free. It is your right."),
            ),
        ),
        Question("side-tell", SideTellForm),
    )
}


def is_asked(slug: str, answers: Mapping[str, Any]) -> bool:
    """Whether a question follows from the answers so far."""
    if slug == "safe":
        return answers.get("reply_way", "words_only") not in ("", "words_only")
    if slug == "side-tell":
        return answers.get("advocate") == "yes"
    return True


def next_question(slug: str, answers: Mapping[str, Any]) -> str | None:
    """The address of the question after one; None after the last."""
    order = list(QUESTIONS)
    later = order[order.index(slug) + 1 :]
    return next((one for one in later if is_asked(one, answers)), None)
