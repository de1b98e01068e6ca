"""The log of what reached staff by phone, paper, email or in person, and of many at once."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from wtforms import BooleanField, DateField, RadioField, SelectField, StringField
from wtforms.validators import ValidationError

from portal import clock
from portal.cases.fields import WhenField
from portal.cases.representation import PersonDetails, Representation, answered, through
from portal.doors.thanks.forms import COURT, who_said
from portal.files.kinds import MAX_FILE_SIZE, known_file
from portal.incoming_email.parsing.enclosed import saved_email
from portal.incoming_email.parsing.message import parse_email
from portal.incoming_email.services.who_wrote import (
    THE_WHOLE,
    OurOwn,
    Told,
    one_below_another,
    pasted,
    sorted_out,
    told_by,
)
from portal.intake.submission import SentFile, Submission, SubmissionKind
from portal.procedure.eligibility import Complainant
from portal.procedure.receipt import Method, PointOfReceipt
from portal.web.forms import LongTextField, NotInFuture, NotTooLong, OneFileField, PortalForm, TakesFiles, choices, line
from portal.web.sheet_form import SheetForm
from portal.wording import label

LOGGED_AS = {"compliment": "Compliment", "issue": "Issue that is sorted", "complaint": "Complaint"}
FROM = {
    "parent": "Parent",
    "child_or_young_person": "Child or young person",
    "advocacy_service": "Advocate",
    COURT: "Judge, court or solicitor",
    "foster_carer": "Foster carer",
    "special_guardian": "Special guardian",
    "adoptive_parent": "Adoptive parent",
    "prospective_adopter": "Someone who wants to adopt",
    "care_leaver": "Care leaver",
    "sufficient_interest": "Someone who cares about the child",
    "professional": "Professional",
    "member": "Councillor or MP",
    "parental_responsibility": "Someone with parental responsibility",
    "adopted_person": "Adopted person",
    "birth_relative": "Birth parent or relative of an adopted person",
    "former_guardian": "Former guardian",
    "other": "Someone else",
}
RAISED_THROUGH = {
    "": "Whoever it is from",
    "advocate": "An advocate",
    "independent_visitor": "An independent visitor",
    "commissioned_service": "A service that works for the council",
    "staff": "A colleague",
}
MAX_AGE_LOGGED = timedelta(days=5 * 365)
STAFF_METHODS = ("telephone", "letter", "email", "in_person", "other")


class StaffLogForm(PortalForm):
    """Someone rang, wrote or came in."""

    kind = RadioField("What is it?", choices=choices(LOGGED_AS), default="compliment")
    about = StringField("Who or which team is it about?", validators=[line()])
    source = RadioField("From", choices=choices(FROM), default="parent")
    words = LongTextField("What they said", validators=[NotTooLong()])
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
        if field.data < clock.today() - MAX_AGE_LOGGED:
            raise ValidationError("The day it came must be within the last five years")

    def validate_words(self, field: Any) -> None:
        """Something was said, or shown."""
        if not field.data and not self.photo.data:
            raise ValidationError("Write or paste what they said")

    def validate_about(self, field: Any) -> None:
        """A compliment needs someone to thank."""
        if self.kind.data == "compliment" and not field.data:
            raise ValidationError("Say who the thanks are for")

    happened = WhenField("When did it happen? A day, a month or a season (optional)", validators=[line(40)])
    form_code = StringField("Code on a paper form (optional)", validators=[line(8)])
    is_new = BooleanField("It is a new complaint, save it")
    photo = OneFileField("A photo of a card, or an email as a file (optional)")
    may_share = BooleanField("They said that we may quote them, without their name")
    raised_through = SelectField(
        "Who told us of it? (for an issue that is sorted)", choices=choices(RAISED_THROUGH), default=""
    )

    class Meta(TakesFiles, PortalForm.Meta):
        """How fields are bound: it takes a file."""

    def to_submission(self, by_id: int, own: OurOwn) -> Submission:
        """The log as a submission. Lines of an email above the words tell who wrote it and when. Raises FileRefused."""
        told, files = self._told(own)
        name, address = self.name.data or told.sender_name, self.reach.data or told.sender
        contact = {"email": address} if "@" in address else {"phone": address}
        said = (
            ("Who or which team is it about?", self.about.data or ""),
            ("What they said", told.words),
            (THE_WHOLE, told.whole),
        )
        source = who_said(self.source.data)
        return Submission(
            kind=self._kind(source),
            representation=Representation(
                method=Method.EMAIL if told.sender else Method(self.method.data),
                complainant=source,
                told=answered(tuple((question, answer) for question, answer in said if answer)),
                point_of_receipt=PointOfReceipt(self.point_of_receipt.data),
                person=PersonDetails.of(is_adult=source is not Complainant.CHILD_OR_YOUNG_PERSON, name=name, **contact),
                must_not_see=self.must_not_see.data or "",
                happened_on=self.happened.when.on if self.happened.when else None,
                happened_words=self.happened.when.words if self.happened.when else "",
                once_key=self.once_key(by_id, self.about.data, self.words.data),
                raised_through=through(self._through()),
            ),
            is_from_court=self.source.data == COURT,
            words=told.words,
            thanked=self.about.data or "",
            note=told.beside or None,
            may_share=self.may_share.data,
            files=files,
        )

    def received_at(self, own: OurOwn) -> datetime:
        """When it came: the day that was typed, else the day on which an email was written, else now."""
        typed = self.received_on.data or clock.today()
        sent = self._told(own)[0].sent_at if typed == clock.today() else None
        return sent if sent and clock.now() - MAX_AGE_LOGGED < sent < clock.now() else clock.at_on(typed)

    def _told(self, own: OurOwn) -> tuple[Told, tuple[SentFile, ...]]:
        """What was pasted, dropped or photographed. Raises FileRefused."""
        if self._read is None:
            self._read = self._read_it(own)
        return self._read

    def _read_it(self, own: OurOwn) -> tuple[Told, tuple[SentFile, ...]]:
        photo = self.photo.data
        content = photo.stream.read(MAX_FILE_SIZE + 1) if photo else b""
        if (saved := saved_email(content)) is not None:
            told = told_by(parse_email(saved), own)
            files = sorted_out(told.files)
            left = (f"Not kept of what came with it: {what}" for what in files.left)
            whole = one_below_another(files.below(told.whole or (told.words if self.words.data else "")), *left)
            return replace(told, words=self.words.data or told.words, whole=whole), tuple(files.kept)
        kept = (SentFile(photo.filename or "", known_file(content)),) if photo else ()
        return pasted(self.words.data or "", own), kept

    def _kind(self, source: Complainant) -> SubmissionKind:
        """What a councillor or an MP complains of for somebody is an enquiry; the complaint is the constituent's."""
        kind = SubmissionKind(self.kind.data)
        return SubmissionKind.ENQUIRY if source is Complainant.MEMBER and kind is SubmissionKind.COMPLAINT else kind

    def _through(self) -> str:
        if self.kind.data != SubmissionKind.ISSUE:
            return ""
        through = self.raised_through.data or ("advocate" if self.source.data == Complainant.ADVOCACY_SERVICE else "staff")
        return str(through)

    _read: tuple[Told, tuple[SentFile, ...]] | None = None


class ManyForm(SheetForm):
    """A table of many."""

    passes_on = BooleanField("Pass the thanks on to whom they are for, by email")
