"""A child's screens: what each one asks, in the words of the screen, and the submission they make together."""

from collections.abc import Mapping
from typing import Any

from wtforms import RadioField, SelectMultipleField, StringField
from wtforms.validators import DataRequired, InputRequired

from portal.intake.submission import NothingToSend, Submission, SubmissionKind
from portal.procedure.eligibility import Complainant
from portal.procedure.receipt import Method
from portal.web.forms import LongTextField, NotTooLong, choices, line
from portal.web.public_form import PublicForm

LONGEST_WORDS = 20_000
KINDS = {
    "wrong": "Something is wrong",
    "good": "Something is good",
    "idea": "I have an idea",
    "help": "I want help to say it",
    "not_safe": "I do not feel safe",
}
TOPICS = {
    "social_worker": "My social worker",
    "home": "Where I live",
    "family": "Seeing my family",
    "meetings": "Meetings about me",
    "school": "School",
    "money": "Money or my things",
    "listen": "No one listens to me",
    "wait": "I have to wait too long",
    "else": "Something else",
}
GOOD_TOPICS = {
    "helped": "Someone helped me",
    "listened": "Someone listened",
    "good_home": "I like where I live",
    "fun": "Something fun",
    "else": "Something else",
}
NOTHING_SAID = "Pick a picture or tell us some words"
BECOMES = {"good": SubmissionKind.COMPLIMENT, "idea": SubmissionKind.COMMENT}


class ChildForm(PublicForm):
    """What every screen of a child shares."""

    wait = "Wait a bit. Then tap the button again. Your words are still here."
    too_many = "A lot of people are using this now. Wait one minute. Then tap again. Your words are still here."
    too_old = "This page was open a long time. Your words are still here. Tap the button again."


class StartForm(ChildForm):
    """C0 and the screens that only go on."""


class BeginForm(StartForm):
    """C0: a new draft."""

    limited_as = "begin"


class SendForm(StartForm):
    """C5: send it."""

    limited_as = "send"


class KindForm(ChildForm):
    """C2: one tap."""

    kind = RadioField(
        "What do you want to tell us?", choices=choices(KINDS), validators=[InputRequired("Pick one, then carry on")]
    )


class TopicsForm(ChildForm):
    """C3: as many pictures as they like."""

    topics = SelectMultipleField("What is it about?", choices=choices(TOPICS | GOOD_TOPICS))


class WordsForm(ChildForm):
    """C4: their own words."""

    words = LongTextField("Tell us more", validators=[NotTooLong(LONGEST_WORDS)])


class FindForm(ChildForm):
    """After H2: how to find them, if they want that."""

    how = LongTextField(
        "How can we find you?", validators=[DataRequired("Type how we can find you, or tap No"), NotTooLong(2_000)]
    )


class MustNotSeeForm(ChildForm):
    """From C5, for whoever wants it: who must not see this."""

    who = StringField("Who must not see this?", validators=[DataRequired("Type a name, or tap No"), line()])


class BackForm(ChildForm):
    """C14: the secret words."""

    words = StringField("Type your secret words", validators=[DataRequired("Type your four secret words"), line()])


class ReplyForm(ChildForm):
    """C14: saying something back."""

    limited_as, is_typed_into = "reply", True

    words = LongTextField(
        "Do you want to say something back?", validators=[DataRequired("Type some words first"), NotTooLong(LONGEST_WORDS)]
    )


class SharingForm(ChildForm):
    """C13 of a thank-you: whether it may be passed on."""

    share = RadioField("Is that OK?", choices=choices({"yes": "Yes", "no": "No"}), validators=[InputRequired("Pick one")])


def summary(answers: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """What a child said so far, as pairs of question and answer."""
    topics = ". ".join((TOPICS | GOOD_TOPICS)[topic] for topic in answers.get("topics", ()))
    rows = (
        ("What do you want to tell us?", KINDS.get(answers.get("kind", ""), "")),
        ("What is it about?", topics),
        ("Tell us more", answers.get("words", "")),
        ("How can we find you?", answers.get("how_to_find", "")),
        ("Who must not see this?", answers.get("must_not_see", "")),
    )
    return tuple((question, answer) for question, answer in rows if answer)


def has_said_something(answers: Mapping[str, Any]) -> bool:
    """Whether there is a picture or a word: the one answer that is needed."""
    return bool(answers.get("topics") or answers.get("words"))


def to_submission(answers: Mapping[str, Any], once_key: str) -> Submission:
    """The child's answers as a submission; thanks go to the compliments, all else to the queue. Raises NothingToSend."""
    if not has_said_something(answers):
        raise NothingToSend
    kind = BECOMES.get(answers.get("kind", ""), SubmissionKind.COMPLAINT)
    told = summary(answers)
    return Submission(
        kind=kind,
        method=Method.QR_CARD if answers.get("by_card") else Method.ONLINE_FORM,
        complainant=Complainant.CHILD_OR_YOUNG_PERSON,
        told=told,
        person={"how_to_find": answers["how_to_find"]} if answers.get("how_to_find") else {},
        chose_not_safe=answers.get("kind") == "not_safe",
        words="\n".join(answer for question, answer in told if question != "What do you want to tell us?"),
        may_pass_on=False,  # until the child says on the last screen that it is OK
        must_not_see=answers.get("must_not_see", ""),
        once_key=once_key,
        wants_secret_words=kind is not SubmissionKind.COMPLIMENT,
    )
