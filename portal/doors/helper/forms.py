"""Someone who helps a child to say it: an advocate, a visitor, a carer, family, a school. Six pages."""

from collections.abc import Mapping
from typing import Any

from wtforms import BooleanField, RadioField, StringField
from wtforms.validators import DataRequired, InputRequired, ValidationError

from portal.cases.representation import PersonDetails, Representation, answered
from portal.doors.adult.forms import ContactForm
from portal.intake.journey import Journey, Step, StepForm
from portal.intake.submission import Submission, SubmissionKind
from portal.languages.phrase import phrase
from portal.procedure.eligibility import Complainant
from portal.procedure.receipt import Method
from portal.web.forms import LongTextField, NotTooLong, choices, line

HELPERS = {
    "advocacy_service": phrase("Advocate"),
    "independent_visitor": phrase("Independent visitor"),
    "foster_carer": phrase("Carer"),
    "sufficient_interest": phrase("Family"),
    "professional": phrase("School or health"),
    "other": phrase("Someone else"),
}
KNOWS = {
    "asked": phrase("Yes, they asked me to"),
    "knows": phrase("Yes, they know"),
    "not_yet": phrase("Not yet"),
    "cannot": phrase("They cannot tell me. I am acting for them"),
}


class WhoForm(StepForm):
    """1: who is helping."""

    heading = phrase("Who are you?")
    who = RadioField("", choices=choices(HELPERS), validators=[InputRequired(phrase("Choose who you are"))])


class KnowsForm(StepForm):
    """2: whether the child knows."""

    heading = phrase("Does the child know you are telling us?")
    hint = phrase("If they do not know yet, you can still send this. We will talk to you before we do anything with it.")
    knows = RadioField("", choices=choices(KNOWS), validators=[InputRequired(phrase("Choose whether the child knows"))])


class WordsForm(StepForm):
    """3: whose words."""

    heading = phrase("What do you want to tell us?")
    child_words = LongTextField(phrase("In the child's words"), validators=[NotTooLong()])
    own_words = LongTextField(phrase("What you want to add"), validators=[NotTooLong()])
    sorted_already = BooleanField(phrase("It is sorted already. Just record it"))

    def validate_own_words(self, field: Any) -> None:
        """One of the two boxes is enough."""
        if not field.data and not self.child_words.data:
            raise ValidationError(phrase("Write in one of the two boxes"))


class WantsForm(StepForm):
    """4: what the child wants."""

    heading = phrase("What does the child want to happen?")
    wants = LongTextField(phrase("What they want (optional)"), validators=[NotTooLong()])


class ReplyForm(StepForm):
    """5: how to answer."""

    heading = phrase("How should we reply?")
    reply_to = RadioField(
        phrase("Who should we reply to?"),
        choices=choices({"child": phrase("The child"), "you": phrase("You"), "both": phrase("Both of you")}),
        validators=[InputRequired(phrase("Choose who we should reply to"))],
    )
    how = LongTextField(phrase("How does the child like to be told things? (optional)"), validators=[NotTooLong(2_000)])
    must_not_see = StringField(phrase("Is there anyone who must not see this? (optional)"), validators=[line()])
    child_name = StringField(phrase("The child's name (optional)"), validators=[line()])
    child_age_or_birth = StringField(phrase("The child's age or date of birth (optional)"), validators=[line()])


class YouForm(ContactForm):
    """6: the helper."""

    heading = phrase("How can we reach you?")
    hint = phrase("Give us your name, and one way to reach you or more. We may need to talk to you before we do anything.")
    name = StringField(
        phrase("Your name"),
        validators=[DataRequired(phrase("Tell us your name")), line()],
        render_kw={"autocomplete": "name"},
    )
    organisation = StringField(
        phrase("Your organisation (optional)"), validators=[line()], render_kw={"autocomplete": "organization"}
    )


def to_submission(journey: Journey, answers: Mapping[str, Any], once_key: str) -> Submission:
    """The answers as a submission: an issue when it is sorted already, else a complaint."""
    who, words, reply = answers["who"]["who"], answers["words"], answers["reply"]
    child = {name: reply[name] for name in ("child_name", "child_age_or_birth", "reply_to", "how")}
    return Submission(
        kind=SubmissionKind.ISSUE if words["sorted_already"] else SubmissionKind.COMPLAINT,
        representation=Representation(
            method=Method.ONLINE_FORM,
            complainant=Complainant.SUFFICIENT_INTEREST if who == "independent_visitor" else Complainant(who),
            told=answered(journey.told(answers)),
            person=PersonDetails.of(is_adult=True, **answers["you"], **child, child_knows=answers["knows"]["knows"]),
            must_not_see=reply.get("must_not_see") or "",
            once_key=once_key,
        ),
        wants_secret_words=True,
    )


HELPER = Journey(
    "helping",
    (
        Step("who", WhoForm),
        Step("knows", KnowsForm),
        Step("words", WordsForm),
        Step("wants", WantsForm),
        Step("reply", ReplyForm),
        Step("you", YouForm),
    ),
    to_submission,
)
