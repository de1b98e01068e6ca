"""Two doors of one page: the public thank-you, and the log of what reached staff by phone, paper, email or in person."""

from datetime import timedelta
from typing import Any

from wtforms import BooleanField, DateField, RadioField, SelectField, StringField
from wtforms.validators import DataRequired, ValidationError

from portal import clock
from portal.files.kinds import LARGEST_FILE, known_file
from portal.intake.forms.helper import HELPERS
from portal.intake.submission import SentFile, Submission, SubmissionKind
from portal.languages.phrase import phrase
from portal.procedure.eligibility import Complainant
from portal.procedure.receipt import Method, PointOfReceipt
from portal.web.forms import LongTextField, NotInFuture, NotTooLong, OneFileField, PortalForm, TakesFiles, choices, line
from portal.web.public_form import PublicForm
from portal.wording import label

THANKERS = {
    "child_or_young_person": phrase("A child or young person"),
    "parent": phrase("A parent"),
    "foster_carer": phrase("A carer"),
    "professional": phrase("Someone who works with children, or a court"),
    "other": phrase("Someone else"),
}
LOGGED_AS = {"compliment": "Compliment", "issue": "Issue that is sorted", "complaint": "Complaint"}
FROM = {
    "parent": "Parent",
    "child_or_young_person": "Child or young person",
    "advocacy_service": "Advocate",
    "foster_carer": "Foster carer",
    "special_guardian": "Special guardian",
    "adoptive_parent": "Adoptive parent",
    "prospective_adopter": "Someone who wants to adopt",
    "care_leaver": "Care leaver",
    "sufficient_interest": "Someone who cares about the child",
    "professional": "Court or professional",
    "other": "Someone else",
}
OLDEST = timedelta(days=5 * 365)
STAFF_METHODS = ("telephone", "letter", "email", "in_person", "other")


class ThanksForm(PublicForm):
    """Say thank you: thirty seconds."""

    limited_as, is_typed_into = "thank", True

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
        files = (SentFile(photo.filename or "", known_file(photo.stream.read(LARGEST_FILE + 1))),) if photo else ()
        return Submission(
            kind=SubmissionKind.COMPLIMENT,
            method=Method.ONLINE_FORM,
            complainant=Complainant(self.source.data or "other"),
            told=(),
            person={"name": self.name.data or ""},
            words=self.words.data,
            thanked=self.thanked.data,
            may_share=self.may_share.data,
            once_key=self.once_key(self.thanked.data, self.words.data),
            files=files,
        )


class SortedAlreadyForm(PublicForm):
    """A helper records what is sorted already: twenty seconds."""

    limited_as, is_typed_into = "thank", True

    who = RadioField(phrase("Who are you?"), choices=choices(HELPERS), default="advocacy_service")
    words = LongTextField(
        phrase("What was it, and how was it sorted?"), validators=[DataRequired(phrase("Say what it was")), NotTooLong()]
    )
    name = StringField(phrase("Your name (optional)"), validators=[line()])

    def to_submission(self) -> Submission:
        """The issue as a submission."""
        visits = self.who.data == "independent_visitor"
        return Submission(
            kind=SubmissionKind.ISSUE,
            method=Method.ONLINE_FORM,
            complainant=Complainant.SUFFICIENT_INTEREST if visits else Complainant(self.who.data or "other"),
            told=(("What was it, and how was it sorted?", self.words.data or ""),),
            person={"is_adult": True, **({"name": self.name.data} if self.name.data else {})},
            words=self.words.data or "",
            once_key=self.once_key(self.who.data, self.words.data),
        )


class StaffLogForm(PortalForm):
    """Someone rang, wrote or came in."""

    kind = RadioField("What is it?", choices=choices(LOGGED_AS), default="compliment")
    about = StringField("Who or which team is it about?", validators=[line()])
    source = RadioField("From", choices=choices(FROM), default="parent")
    words = LongTextField("What they said", validators=[DataRequired("Write or paste what they said"), NotTooLong()])
    name = StringField("Their name (optional)", validators=[line()])
    reach = StringField("How to reach them (optional)", validators=[line()])
    must_not_see = StringField("Anyone who must not see this? (optional)", validators=[line()])
    method = RadioField(
        "How did it come?", choices=choices({method: label(method) for method in STAFF_METHODS}), default="telephone"
    )
    point_of_receipt = SelectField(
        "Who received it?", choices=choices({str(point): label(point) for point in PointOfReceipt}), default="service_area"
    )
    received_on = DateField(
        "When did it come?", default=clock.today, validators=[NotInFuture("The day it came must be today or earlier")]
    )

    def validate_received_on(self, field: Any) -> None:
        """Refuse no day at all, and one that is years ago."""
        if field.data is None:
            raise ValidationError("Write the day it came, like 2026-05-31")
        if field.data < clock.today() - OLDEST:
            raise ValidationError("The day it came must be within the last five years")

    def validate_about(self, field: Any) -> None:
        """A compliment needs someone to thank."""
        if self.kind.data == "compliment" and not field.data:
            raise ValidationError("Say who the thanks are for")

    form_code = StringField("Code on a paper form (optional)", validators=[line(8)])
    is_new = BooleanField("It is a new complaint, save it")

    def to_submission(self, by_id: int) -> Submission:
        """The log as a submission. An email address in 'how to reach them' is kept as one."""
        reach = self.reach.data or ""
        contact = {"email": reach} if "@" in reach else {"phone": reach}
        told = (("Who or which team is it about?", self.about.data or ""), ("What they said", self.words.data))
        is_child = self.source.data == Complainant.CHILD_OR_YOUNG_PERSON
        return Submission(
            kind=SubmissionKind(self.kind.data),
            method=Method(self.method.data),
            complainant=Complainant(self.source.data),
            point_of_receipt=PointOfReceipt(self.point_of_receipt.data),
            told=tuple((question, answer) for question, answer in told if answer),
            person={"is_adult": not is_child, "name": self.name.data or "", **contact},
            words=self.words.data,
            thanked=self.about.data or "",
            must_not_see=self.must_not_see.data or "",
            once_key=self.once_key(by_id, self.about.data, self.words.data),
        )
