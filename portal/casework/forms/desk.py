"""What staff fill in on a case. Every form carries the version of the case that it was made from."""

from typing import Any

from wtforms import BooleanField, DateField, IntegerField, RadioField, SelectField, StringField
from wtforms.validators import DataRequired, InputRequired, Optional, ValidationError

from portal import clock
from portal.casework.models import Part
from portal.casework.services.triage import PartFacts
from portal.procedure.eligibility import Complainant, Ground, Matter, Proceedings, Standing
from portal.procedure.findings import Finding
from portal.procedure.routes import Route
from portal.web.forms import LongTextField, NotInFuture, NotTooLong, PortalForm, choices, line
from portal.wording import label

YES_NO_UNKNOWN = {"": "Not said yet", "yes": "Yes", "no": "No"}
MATTERS = {
    Matter.SERVICE_FOR_A_CHILD: "Help for a child in need or in care",
    Matter.CARE_OR_SUPERVISION: "Care or supervision: contact, where a child lives, the plan",
    Matter.LEAVING_CARE: "Leaving care",
    Matter.ADOPTION_SUPPORT: "Adoption support",
    Matter.SPECIAL_GUARDIANSHIP_SUPPORT: "Special guardianship support",
    Matter.CHILD_PROTECTION_ENQUIRY: "How a child protection enquiry was done",
    Matter.CHILD_AT_RISK_NOW: "A child who may be at risk now",
    Matter.CONFERENCE_DECISION: "A child protection conference's decision",
    Matter.REPORT_FOR_COURT: "A report for the court (section 7 or 37)",
    Matter.CARER_APPROVAL: "Assessment or approval of carers",
    Matter.PERSONAL_DATA: "Personal data",
    Matter.OTHER_COUNCIL_SERVICE: "Another service of the council",
    Matter.ANOTHER_BODY: "Another body, not this council",
}
NONE_YET = {"": "Choose one"}


def said(answer: str | None) -> bool | None:
    """Yes, no, or not said yet."""
    return {"yes": True, "no": False}.get(answer or "")


def as_answer(value: bool | None) -> str:
    """The choice that shows a yes, a no, or nothing said."""
    return {True: "yes", False: "no"}.get(value, "") if value is not None else ""


def codes(enum: Any, *, blank: bool = False) -> list[Any]:
    """Choices from an enum's codes in words."""
    return choices((NONE_YET if blank else {}) | {code.value: label(code.value) for code in enum})


class CaseForm(PortalForm):
    """What every form on a case carries."""

    version = IntegerField(validators=[InputRequired("Read the case again, then try once more")])


class SafeguardingForm(CaseForm):
    """Whether a child may be at risk."""

    at_risk = RadioField(
        "May a child be at risk?",
        choices=choices({"no": "No sign of it", "yes": "Yes, a child may be at risk"}),
        validators=[InputRequired("Choose whether a child may be at risk")],
    )
    handed_over_to = StringField("Handed to (name, and how)", validators=[line()])

    def validate_handed_over_to(self, field: Any) -> None:
        """A risk is handed to a person by name."""
        if self.at_risk.data == "yes" and not field.data:
            raise ValidationError("Say who you handed this to, by name, and how")


class StandingForm(CaseForm):
    """Who is complaining, and whether they may."""

    complainant = SelectField("Who is complaining?", choices=codes(Complainant))
    child_agrees = RadioField("Is the child content with it?", choices=choices(YES_NO_UNKNOWN), default="")
    has_sufficient_interest = RadioField(
        "Sufficient interest (for someone not on the list)", choices=choices(YES_NO_UNKNOWN), default=""
    )
    reasons = LongTextField("Reasons", validators=[NotTooLong()])


class PartForm(CaseForm):
    """What one part is about."""

    words = LongTextField("This part, in a few words of theirs", validators=[NotTooLong()])
    matter = SelectField(
        "What is it about?",
        choices=choices(NONE_YET | {matter.value: words for matter, words in MATTERS.items()}),
        validators=[InputRequired("Choose what this part is about")],
    )
    service_area = StringField("Service and team", validators=[line(120)])
    subject = StringField("Subject, as the report counts it", validators=[line(120)])
    sub_subject = StringField("Sub-subject", validators=[line(120)])
    happened_on = DateField(
        "When it happened", validators=[Optional(), NotInFuture("The day it happened must be in the past")]
    )
    still_going_on = BooleanField("It is still going on")
    already_considered = BooleanField("The same complaint was already through all stages")
    reasonable = RadioField(
        "Over a year ago: reasonable not to complain sooner?", choices=choices(YES_NO_UNKNOWN), default=""
    )
    fair = RadioField("Over a year ago: still possible to look at fairly?", choices=choices(YES_NO_UNKNOWN), default="")
    proceedings = SelectField("Proceedings at the same time", choices=codes(Proceedings), default="none")
    would_prejudice = RadioField("Would it harm those proceedings?", choices=choices(YES_NO_UNKNOWN), default="")

    @staticmethod
    def from_part(part: Part | None) -> dict[str, Any]:
        """A part as the form shows it."""
        if part is None:
            return {}
        plain = ("words", "service_area", "subject", "sub_subject", "happened_on", "still_going_on", "already_considered")
        return {name: getattr(part, name) for name in plain} | {
            "matter": part.matter.value if part.matter else "",
            "reasonable": as_answer(part.reasonable_not_to_complain_sooner),
            "fair": as_answer(part.still_fair_to_consider),
            "proceedings": part.proceedings.value,
            "would_prejudice": as_answer(part.would_prejudice),
        }

    def facts(self) -> PartFacts:
        """The form as facts of a part."""
        return PartFacts(
            words=self.words.data or "",
            matter=Matter(self.matter.data),
            service_area=self.service_area.data or "",
            subject=self.subject.data or "",
            sub_subject=self.sub_subject.data or "",
            happened_on=self.happened_on.data,
            still_going_on=self.still_going_on.data,
            already_considered=self.already_considered.data,
            reasonable_not_to_complain_sooner=said(self.reasonable.data),
            still_fair_to_consider=said(self.fair.data),
            proceedings=Proceedings(self.proceedings.data),
            would_prejudice=said(self.would_prejudice.data),
        )


class DecidePartForm(CaseForm):
    """The decision on one part."""

    decision = RadioField(
        "Your decision",
        choices=choices(
            {
                Standing.ELIGIBLE.value: "It can be heard",
                Standing.NOT_ELIGIBLE.value: "It cannot be heard here",
                Standing.HELD.value: "Held until proceedings end",
            }
        ),
        validators=[InputRequired("Choose a decision")],
    )
    route = SelectField(
        "Where it goes", choices=codes(Route, blank=True), validators=[InputRequired("Choose where it goes")]
    )
    ground = SelectField("Ground", choices=codes(Ground, blank=True), validators=[Optional()])
    reasons = LongTextField("Reasons, as the person will read them", validators=[NotTooLong()])
    review_on = DateField("If it is held: when to look at it again", validators=[Optional()])


class ConfirmForm(CaseForm):
    """One button."""


class LetterForm(CaseForm):
    """A letter, as it will go."""

    letter = LongTextField("The letter", validators=[DataRequired("Write the letter first"), NotTooLong()])


class MessageForm(LetterForm):
    """A letter of a colleague's own."""

    keeps_promise = BooleanField("This is the letter that we said we would write")


class PersonForm(CaseForm):
    """Choosing a colleague."""

    person_id = SelectField("Who", coerce=int, validators=[InputRequired("Choose someone")])


class HandlerForm(CaseForm):
    """Who in the team has it."""

    handler_id = SelectField("Who has it", coerce=int)


class ExtendForm(CaseForm):
    """A lawful ground, and why."""

    ground = RadioField(
        "Ground",
        choices=choices({"complex": "It is complex", "advocate": "An advocate is needed"}),
        validators=[InputRequired("Choose a ground")],
    )
    reasons = LongTextField(
        "Why, as the person will read it", validators=[DataRequired("Say why. The person is told"), NotTooLong()]
    )


class AnswerForm(CaseForm):
    """The answer."""

    text = LongTextField("The answer", validators=[DataRequired("Write the answer first"), NotTooLong()])


class ChildsAnswerForm(CaseForm):
    """The answer to a child, in three parts, and once more in their own language where they asked for that."""

    told = LongTextField("What you told us", validators=[DataRequired("Say what they told us"), NotTooLong()])
    found = LongTextField("What we found", validators=[DataRequired("Say what you found"), NotTooLong()])
    will_do = LongTextField("What we will do", validators=[DataRequired("Say what we will do"), NotTooLong()])
    in_language = LongTextField("The same in their language", validators=[NotTooLong()])
    language_checked_by = StringField("Who, speaking it, checked that it says the same", validators=[line()])

    def boxes(self) -> dict[str, str]:
        """The parts, without those that are empty."""
        names = ("told", "found", "will_do", "in_language", "language_checked_by")
        return {name: self[name].data for name in names if self[name].data}


class EaseForm(PortalForm):
    """Words to measure."""

    words = LongTextField(validators=[NotTooLong()])


class CheckForm(CaseForm):
    """The team's quality check."""

    good = RadioField(
        "Is it good to go?",
        choices=choices({"yes": "Yes, it can be sent", "no": "No, back to the writer"}),
        validators=[InputRequired("Choose yes or no")],
    )
    reasons = LongTextField("What should change", validators=[NotTooLong()])


class SendForm(CaseForm):
    """Sending the answer: a finding for each part is added by `with_findings`."""

    @classmethod
    def with_findings(cls, positions: list[int]) -> type["SendForm"]:
        """The form with one finding for each part that was heard."""
        fields = {
            f"finding_{position}": RadioField(
                f"Finding on part {position}",
                choices=codes(Finding),
                validators=[DataRequired(f"Choose a finding on part {position}")],
            )
            for position in positions
        }
        return type("SendFormWithFindings", (cls,), fields)


class AskForm(CaseForm):
    """They ask for the next stage."""

    requested_on = DateField(
        "When they asked",
        default=clock.today,
        validators=[InputRequired("Write the day they asked"), NotInFuture("The day they asked must be today or earlier")],
    )


class ReopenForm(CaseForm):
    """Opening it again."""

    reasons = LongTextField("Why is it opened again?", validators=[DataRequired("Say why it is opened again"), NotTooLong()])
