"""What is filled in on a new case."""

from typing import Any

from wtforms import BooleanField, DateField, RadioField, SelectField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Optional, ValidationError

from portal.cases.confirmation import HOW, Confirmation, confirmation_of
from portal.cases.fields import WhenField, one_of, past_day, road, said_by, words, yes_no
from portal.cases.forms import NONE_YET, YES_NO_UNKNOWN, CaseForm, as_answer, codes, said
from portal.cases.models import Case, Part
from portal.people.queries import people_with
from portal.people.roles import THE_TEAM
from portal.procedure.eligibility import ChildSays, Complainant, Interest, Proceedings, Standing, Weighed
from portal.procedure.grounds import Ground, Matter
from portal.procedure.routes import Route
from portal.triage.services.triage import PartFacts
from portal.web.forms import LongTextField, NotTooLong, choices, line

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
    Matter.CARER_APPROVAL: "How an assessment of carers was done",
    Matter.FOSTERING_APPROVAL: "Whether somebody is approved as a foster carer",
    Matter.ADOPTION_APPROVAL: "Whether somebody is suitable to adopt",
    Matter.PERSONAL_DATA: "Personal data",
    Matter.ADULT_SOCIAL_CARE: "Care and support for an adult",
    Matter.SCHOOL: "A school",
    Matter.SPECIAL_NEEDS: "What an education, health and care plan says",
    Matter.STAFF_DISCIPLINE: "That a member of staff be disciplined",
    Matter.HEALTH: "The health service",
    Matter.ANOTHER_COUNCIL: "Another council",
    Matter.OTHER_COUNCIL_SERVICE: "Another service of the council, not for children or their families",
    Matter.ANOTHER_BODY: "Another body: police, a charity, a company",
}


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


CHILD_SAYS = {
    ChildSays.YES: "The child is content with it",
    ChildSays.NO: "The child is not content with it",
    ChildSays.CANNOT_SAY: "The child cannot say: too young, or could not be asked safely",
}
WEIGHED = {
    Weighed.CHILDS_VIEWS: "The child's views and wishes",
    Weighed.CHILDS_WELFARE: "The child's welfare",
    Weighed.RELATIONSHIP: "How they are related to the child",
    Weighed.PART_IN_THEIR_LIFE: "What part they have in the child's life",
    Weighed.WHAT_THEY_KNOW: "What they know of what happened",
    Weighed.PARENTAL_RESPONSIBILITY: "Whether they have parental responsibility",
}


class StandingForm(CaseForm):
    """Who is complaining."""

    complainant = SelectField("Who is complaining?", choices=codes(Complainant))


class ChildAgreesForm(CaseForm):
    """What the child says of somebody who speaks for them."""

    says = RadioField(
        "What does the child say of it?",
        choices=choices({one.value: said for one, said in CHILD_SAYS.items()}),
        validators=[InputRequired("Choose what the child says")],
    )
    words = words("How they told you, or why they cannot say", "Say how the child told you, or why they cannot say")


class InterestForm(CaseForm):
    """Whether somebody who is not on the list has a sufficient interest."""

    is_sufficient = yes_no("Do they have a sufficient interest in the child?")
    says = RadioField(
        "What does the child say of it?",
        choices=choices({"": "Not said yet"} | {one.value: said for one, said in CHILD_SAYS.items()}),
        default="",
    )
    childs_views = words("The child's views in your words, or why the child could not be asked. This stays with colleagues")
    weighed = SelectMultipleField(
        "What did you weigh? It stands in the letter", choices=choices({one.value: said for one, said in WEIGHED.items()})
    )
    reasons = words("Reasons, as the person will read them", "Give your reasons. They stand in the letter")

    def interest(self) -> Interest:
        """What is filled in, as plain data."""
        return Interest(
            is_sufficient=self.is_sufficient.data == "yes",
            weighed=frozenset(Weighed(one) for one in self.weighed.data or ()),
            child_says=ChildSays(self.says.data) if self.says.data else None,
            childs_views=self.childs_views.data or "",
            reasons=self.reasons.data or "",
        )


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
    happened_on = WhenField("When it happened: a day, a month or a season", validators=[line(40)])
    still_going_on = BooleanField("It is still going on")
    already_considered = BooleanField("The same complaint was already through all stages")
    reasonable = RadioField(
        "Over a year ago: reasonable not to complain sooner?", choices=choices(YES_NO_UNKNOWN), default=""
    )
    sooner_words = LongTextField(
        "Over a year ago: why they could, or could not, have complained sooner, as they will read it",
        validators=[NotTooLong()],
    )
    fair = RadioField("Over a year ago: still possible to look at fairly?", choices=choices(YES_NO_UNKNOWN), default="")
    fair_words = LongTextField(
        "Over a year ago: why it can, or cannot, still be looked at fairly, as they will read it", validators=[NotTooLong()]
    )
    proceedings = SelectField("Proceedings at the same time", choices=codes(Proceedings), default="none")
    would_prejudice = RadioField("Would it harm those proceedings?", choices=choices(YES_NO_UNKNOWN), default="")

    @staticmethod
    def from_part(part: Part | None) -> dict[str, Any]:
        """A part as the form shows it."""
        if part is None:
            return {}
        plain = ("words", "service_area", "subject", "sub_subject", "still_going_on", "already_considered")
        day = part.happened_on.isoformat() if part.happened_on else ""
        return {name: getattr(part, name) for name in plain} | {
            "happened_on": part.happened_words or day,
            "matter": part.matter.value if part.matter else "",
            "reasonable": as_answer(part.reasonable_not_to_complain_sooner),
            "fair": as_answer(part.still_fair_to_consider),
            "sooner_words": part.sooner_words or "",
            "fair_words": part.fair_words or "",
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
            happened_on=self.happened_on.when.on if self.happened_on.when else None,
            happened_words=self.happened_on.when.words if self.happened_on.when else "",
            still_going_on=self.still_going_on.data,
            already_considered=self.already_considered.data,
            reasonable_not_to_complain_sooner=said(self.reasonable.data),
            still_fair_to_consider=said(self.fair.data),
            sooner_words=self.sooner_words.data or "",
            fair_words=self.fair_words.data or "",
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
    road = road("As the facts point")
    ground = SelectField("Ground", choices=codes(Ground, blank=True), validators=[Optional()])
    reasons = LongTextField("Reasons, as the person will read them", validators=[NotTooLong()])
    review_on = DateField("If it is held: when to look at it again", validators=[Optional()])
    told_by = said_by("If it is settled: who said so?")
    told_how = one_of("If it is settled: how?", HOW, needed=False)
    told_on = past_day("If it is settled: when?", needed=False)

    def confirmation(self) -> Confirmation | None:
        """The person's own word that it is settled; nothing where it was not said who gave it, how and when."""
        return confirmation_of(self.told_by.data, self.told_how.data, self.told_on.data)


class HandlerForm(CaseForm):
    """Who in the team has it."""

    handler_id = SelectField("Who has it", coerce=int)


def handler_form(case: Case) -> HandlerForm:
    """Who in the team can have it."""
    form = HandlerForm(version=case.version, handler_id=case.assignee_id or 0)
    team = {str(person.id): person.name for person in people_with(*THE_TEAM)}
    form.handler_id.choices = choices({"0": "Nobody"} | team)
    return form


def standing_form(case: Case) -> StandingForm:
    """Who is complaining, as it stands."""
    return StandingForm(formdata=None, version=case.version, complainant=case.complainant.value)
