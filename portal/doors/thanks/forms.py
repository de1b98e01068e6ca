"""Thanks from anyone: the public form, and what its sender wants when it may hide a complaint."""

from wtforms import BooleanField, RadioField, StringField
from wtforms.validators import DataRequired, InputRequired

from portal.cases.representation import PersonDetails, Representation
from portal.files.kinds import MAX_FILE_SIZE, known_file
from portal.intake.submission import SentFile, Submission, SubmissionKind
from portal.languages.phrase import phrase
from portal.procedure.eligibility import Complainant
from portal.procedure.receipt import Method
from portal.web.forms import LongTextField, NotTooLong, OneFileField, PortalForm, TakesFiles, choices, line
from portal.web.public_form import PublicForm

COURT = "court"
THANKERS = {
    "child_or_young_person": phrase("A child or young person"),
    "parent": phrase("A parent"),
    "foster_carer": phrase("A carer"),
    COURT: phrase("A judge, a court or a solicitor"),
    "professional": phrase("Someone who works with children"),
    "other": phrase("Someone else"),
}
WISHES = {
    "thanks": phrase("It is only a thank you. Pass on all of it"),
    "leave_out": phrase("Pass on the thank you, without that part"),
    "complain": phrase("I want to complain about that part too"),
}
DECISIONS = {
    "thanks": "It is only thanks: pass on all of it",
    "leave_out": "No complaint: pass it on without those sentences",
    "complain": "They want to complain too: open a complaint, and pass on the rest",
}


def who_said(source: str) -> Complainant:
    """Who someone is, as the law and the register count them: a court is one of the professionals."""
    return Complainant.PROFESSIONAL if source == COURT else Complainant(source or "other")


class ThanksForm(PublicForm):
    """Say thank you: thirty seconds."""

    limited_as, is_typed_into = "thank", True
    place = ""  # where a code to scan hangs that led here

    thanked = StringField(
        phrase("Who do you want to thank?"), validators=[DataRequired(phrase("Tell us who you want to thank")), line()]
    )
    words = LongTextField(
        phrase("What did they do?"), validators=[DataRequired(phrase("Tell us what they did")), NotTooLong()]
    )
    name = StringField(phrase("Your name (optional)"), validators=[line()])
    source = RadioField(phrase("I am"), choices=choices(THANKERS), default="other")
    photo = OneFileField(phrase("A photo of a card or a drawing (optional)"))
    may_share = BooleanField(phrase("You can share my words with other people, without my name"))

    class Meta(TakesFiles, PublicForm.Meta):
        """How fields are bound: it takes a file."""

    def to_submission(self) -> Submission:
        """The thanks as a submission. Raises FileRefused."""
        photo = self.photo.data
        files = (SentFile(photo.filename or "", known_file(photo.stream.read(MAX_FILE_SIZE + 1))),) if photo else ()
        return Submission(
            kind=SubmissionKind.COMPLIMENT,
            representation=Representation(
                method=Method.QR_CARD if self.place else Method.ONLINE_FORM,
                complainant=who_said(self.source.data),
                told=(),
                person=PersonDetails.of(name=self.name.data or ""),
                once_key=self.once_key(self.thanked.data, self.words.data),
            ),
            is_from_court=self.source.data == COURT,
            words=self.words.data,
            thanked=self.thanked.data,
            may_share=self.may_share.data,
            files=files,
        )


class WishForm(PublicForm):
    """What someone wants of thanks in which something may have gone wrong."""

    limited_as = "send"

    wish = RadioField(
        phrase("What would you like?"),
        choices=choices(WISHES),
        validators=[InputRequired(phrase("Choose what you would like"))],
    )


class DecisionForm(PortalForm):
    """What the person said to a colleague who asked them."""

    decision = RadioField(
        "What do they want?", choices=choices(DECISIONS), validators=[InputRequired("Choose what they want")]
    )
    said = LongTextField(
        "What did they say, when, and to whom?",
        validators=[DataRequired("Write what they said, when, and to whom"), NotTooLong()],
    )
