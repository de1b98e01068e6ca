"""A parent's or another adult's complaint: one question a page, and each only of whom it concerns."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from typing import Any

from wtforms import BooleanField, IntegerField, RadioField, SelectMultipleField, StringField
from wtforms.validators import DataRequired, InputRequired, NumberRange, Optional, ValidationError

from portal import clock
from portal.cases.representation import PersonDetails, Representation, answered
from portal.intake.journey import Journey, Step, StepForm
from portal.intake.submission import Submission, SubmissionKind
from portal.languages.phrase import phrase
from portal.outbox.services import AddressNotValid, checked_address
from portal.procedure.eligibility import Complainant, Proceedings
from portal.procedure.receipt import Method
from portal.web.forms import LongTextField, NotTooLong, choices, line

LINKS = {
    "parent": phrase("I am the child's parent, or I have parental responsibility"),
    "foster_carer": phrase("I am a foster carer"),
    "special_guardian": phrase("I am a special guardian"),
    "prospective_adopter": phrase("I want to adopt"),
    "adoptive_parent": phrase("I have adopted"),
    "former_guardian": phrase("I was a special guardian before"),
    "adopted_person": phrase("I was adopted myself"),
    "birth_relative": phrase("Someone in my family was adopted, and I am related to them by birth"),
    "care_leaver": phrase("I was in care myself and I am 18 or over"),
    "sufficient_interest": phrase("I am someone else who cares about the child"),
}
ABOUT_THEMSELVES = ("adopted_person", "care_leaver")
ANSWER_FORMS = {
    "large_print": phrase("Large print"),
    "easy_words": phrase("Easy words"),
    "interpreter": phrase("An interpreter"),
    "sign_language": phrase("Sign language"),
    "voice": phrase("To be told by phone or in person, not in writing"),
}
YES_NO = {"yes": phrase("Yes"), "no": phrase("No")}
YES_NO_UNSURE = {**YES_NO, "not_sure": phrase("I am not sure")}


class LinkForm(StepForm):
    """1: the link to the child."""

    heading = phrase("What is your link to the child?")
    link = RadioField("", choices=choices(LINKS), validators=[InputRequired(phrase("Choose your link to the child"))])


class ChildNameForm(StepForm):
    """2: the child."""

    heading = phrase("Who is the child?")
    hint = phrase("We ask so that we can find the right records. Leave blank what you do not know.")
    child_name = StringField(phrase("The child's full name"), validators=[line()])
    child_age_or_birth = StringField(phrase("The child's date of birth or age"), validators=[line()])


class WhatForm(StepForm):
    """3: the complaint."""

    heading = phrase("What is your complaint about?")
    hint = phrase("Tell us what happened. You can write about more than one thing.")
    what = LongTextField("", validators=[DataRequired(phrase("Tell us what your complaint is about")), NotTooLong()])


class WhenForm(StepForm):
    """4: when it happened."""

    heading = phrase("When did it happen?")
    hint = phrase("We can look at most things from the last 12 months. You can still tell us about older things.")
    month = IntegerField(
        phrase("Month, as a number"),
        validators=[Optional(), NumberRange(1, 12, phrase("The month must be a number from 1 to 12"))],
    )
    year = IntegerField(
        phrase("Year"),
        validators=[Optional(), NumberRange(1950, 2100, phrase("Write the year with four numbers, like 2026"))],
    )
    still_going_on = BooleanField(phrase("It is still going on"))
    why_not_sooner = LongTextField(
        phrase("If it was over 12 months ago: why could you not complain before? (optional)"), validators=[NotTooLong()]
    )

    def validate_year(self, field: Any) -> None:
        """Refuse a time that has not come yet."""
        today = clock.today()
        if field.data and (field.data, self.month.data or 1) > (today.year, today.month):
            raise ValidationError(phrase("The date must be in the past"))


class TeamForm(StepForm):
    """5: the team or person."""

    heading = phrase("Which team or person is it about?")
    team = StringField(phrase("Team or person (optional)"), validators=[line()])


class TalkedForm(StepForm):
    """6: what was tried."""

    heading = phrase("Have you talked to anyone about it?")
    talked = LongTextField(phrase("Who did you talk to, and what did they say? (optional)"), validators=[NotTooLong()])


class CourtForm(StepForm):
    """7: proceedings."""

    heading = phrase("Is there a court case, a tribunal or a police case about this now?")
    hint = phrase("We may have to wait for it. We will tell you.")
    court = RadioField("", choices=choices(YES_NO_UNSURE), validators=[InputRequired(phrase("Choose yes, no or not sure"))])


class RightForm(StepForm):
    """8: the outcome they want."""

    heading = phrase("What would put it right?")
    right = LongTextField(phrase("What you would like us to do (optional)"), validators=[NotTooLong()])


class ChildViewsForm(StepForm):
    """9: the child's own view."""

    heading = phrase("Does the child know, and what do they think?")
    views = LongTextField(phrase("What the child thinks (optional)"), validators=[NotTooLong()])


class ContactForm(StepForm):
    """10: how to reach them."""

    heading = phrase("How should we contact you?")
    hint = phrase("Give us one way or more. Or leave it blank: you will get secret words, and can read our answer here.")
    email = StringField(phrase("Email"), validators=[line(254)], render_kw={"autocomplete": "email"})
    phone = StringField(phrase("Phone"), validators=[line(40)], render_kw={"autocomplete": "tel"})
    post = LongTextField(
        phrase("Postal address"), validators=[NotTooLong(1_000)], render_kw={"autocomplete": "street-address"}
    )
    safe_to_write = RadioField(
        phrase("Is it safe to write to you or leave a message?"),
        choices=choices(YES_NO),
        validators=[InputRequired(phrase("Choose yes or no"))],
    )
    answer_forms = SelectMultipleField(phrase("Do you need any of these? (optional)"), choices=choices(ANSWER_FORMS))
    needs = LongTextField(
        phrase("Is there anything else you need? (optional) For example which language, or only to be called at some times"),
        validators=[NotTooLong(2_000)],
    )

    def validate_email(self, field: Any) -> None:
        """Refuse an address that no mail can reach."""
        if not field.data:
            return
        try:
            field.data = checked_address(field.data)
        except AddressNotValid:
            raise ValidationError(phrase("Check the email address. It should look like name@example.com")) from None


class NameForm(StepForm):
    """11: their name."""

    heading = phrase("What is your name?")
    name = StringField(
        phrase("Your name"),
        validators=[DataRequired(phrase("Tell us your name")), line()],
        render_kw={"autocomplete": "name"},
    )


def is_about_a_child(answers: Mapping[str, Any]) -> bool:
    """Whether there is a child to ask about: who was adopted or in care, and is grown up, complains for themselves."""
    return answers.get("link", {}).get("link") not in ABOUT_THEMSELVES


def last_day_of(year: int, month: int) -> date:
    """The end of a month. Who says only the month may mean any day of it, and it counts for them (reg 9, one year)."""
    return date(year, month, monthrange(year, month)[1])


def to_submission(journey: Journey, answers: Mapping[str, Any], once_key: str) -> Submission:
    """The answers as a submission."""
    contact, when = answers["contact"], answers["when"]
    child = answers["child"] if is_about_a_child(answers) else {}
    said_no = answers["court"]["court"] == "no"
    return Submission(
        kind=SubmissionKind.COMPLAINT,
        representation=Representation(
            method=Method.ONLINE_FORM,
            complainant=Complainant(answers["link"]["link"]),
            told=answered(journey.told(answers)),
            person=PersonDetails.of(is_adult=True, name=answers["name"]["name"], **contact, **child),
            happened_on=min(last_day_of(when["year"], when["month"] or 12), clock.today()) if when["year"] else None,
            still_going_on=when["still_going_on"],
            proceedings=Proceedings.NONE if said_no else Proceedings.NOT_KNOWN,
            once_key=once_key,
        ),
        wants_secret_words=True,
    )


ADULT = Journey(
    "complain",
    (
        Step("link", LinkForm),
        Step("child", ChildNameForm, is_about_a_child),
        Step("what", WhatForm),
        Step("when", WhenForm),
        Step("team", TeamForm),
        Step("talked", TalkedForm),
        Step("court", CourtForm),
        Step("right", RightForm),
        Step("views", ChildViewsForm, is_about_a_child),
        Step("contact", ContactForm),
        Step("name", NameForm),
    ),
    to_submission,
)
