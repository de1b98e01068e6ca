"""A journey of one question a page: what its pages share, and how its answers become pairs of question and answer."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from wtforms import BooleanField, Field, HiddenField, StringField
from wtforms.fields.choices import SelectFieldBase
from wtforms.validators import DataRequired

from portal.intake.submission import NothingToSend, SentFile, Submission
from portal.languages.phrase import phrase
from portal.web.forms import PortalForm, line
from portal.web.public_form import PublicForm

Say = Callable[[str], str]


class StepForm(PortalForm):
    """One page of a journey."""

    heading: ClassVar[str] = ""
    hint: ClassVar[str] = ""

    def answers(self) -> dict[str, Any]:
        """What was typed, as plain data."""
        return {field.name: field.data for field in self.questions()}

    def questions(self) -> list[Field]:
        """The fields that a person sees."""
        return [field for field in self if not isinstance(field, HiddenField) and field.name != "csrf_token"]


class BeginJourneyForm(PublicForm):
    """The first page: a new draft; `again` beside one that is not sent."""

    limited_as = "begin"

    again = StringField(validators=[line(3)])


class SendJourneyForm(PublicForm):
    """The last page: send it."""

    limited_as = "send"


class SavedForm(PublicForm):
    """The secret words of what was saved."""

    words = StringField(
        phrase("Your four secret words"), validators=[DataRequired(phrase("Type your four secret words")), line()]
    )


CONTACT = ("email", "phone", "post")  # shown to staff only where it is safe: correspondence/reach.py


@dataclass(frozen=True)
class Step:
    """One page: its name in the address, its form, and whether it is asked, by what was answered so far."""

    slug: str
    form: type[StepForm]
    is_asked: Callable[[Mapping[str, Any]], bool] = lambda answers: True

    def told(self, answers: Mapping[str, Any], say: Say = str, leave_out: Collection[str] = ()) -> list[tuple[str, str]]:
        """The page's answers as pairs of question and answer, without those left blank; `say` translates what is ours."""
        form = self.form(data=answers.get(self.slug, {}), meta={"csrf": False}, formdata=None)
        rows = (
            (say(_question(form, field)), _answer(field, say)) for field in form.questions() if field.name not in leave_out
        )
        return [(question, answer) for question, answer in rows if answer]


@dataclass(frozen=True)
class Journey:
    """A door of several pages: their order, and what they make together."""

    door: str
    steps: tuple[Step, ...]
    to_submission: Callable[["Journey", Mapping[str, Any], str], Submission]

    def step(self, slug: str) -> Step | None:
        """One page by its name."""
        return next((step for step in self.steps if step.slug == slug), None)

    def asked(self, answers: Mapping[str, Any]) -> list[Step]:
        """The pages that concern this person, by what they answered so far, in order."""
        return [step for step in self.steps if step.is_asked(answers)]

    def after(self, slug: str, answers: Mapping[str, Any]) -> str | None:
        """The name of the next page; None after the last."""
        slugs = [step.slug for step in self.asked(answers)]
        place = slugs.index(slug) + 1
        return slugs[place] if place < len(slugs) else None

    def before(self, slug: str, answers: Mapping[str, Any]) -> str | None:
        """The name of the page before; None at the first."""
        slugs = [step.slug for step in self.asked(answers)]
        place = slugs.index(slug)
        return slugs[place - 1] if place else None

    def told(self, answers: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
        """Every answer as pairs of question and answer, in English for staff; how to reach someone stands elsewhere."""
        return tuple(pair for step in self.asked(answers) for pair in step.told(answers, leave_out=CONTACT))

    def build(self, answers: Mapping[str, Any], once_key: str, files: tuple[SentFile, ...] = ()) -> Submission:
        """The answers as a submission. Raises NothingToSend while a page is missing."""
        if self.first_unanswered(answers) is not None:
            raise NothingToSend
        sent = self.to_submission(self, answers, once_key)
        given = sent.representation
        person = replace(given.person, language=answers.get("language") or given.person.language)
        return replace(sent, files=files, representation=replace(given, person=person))

    def first_unanswered(self, answers: Mapping[str, Any]) -> str | None:
        """The first page that was not yet sent."""
        return next((step.slug for step in self.asked(answers) if step.slug not in answers), None)


def _question(form: StepForm, field: Field) -> str:
    return form.heading if field.label.text == "" else field.label.text


def _answer(field: Field, say: Say) -> str:
    """What they chose, said by `say`; what they typed, as it is."""
    if isinstance(field, BooleanField):
        return say(phrase("Yes")) if field.data else ""
    if isinstance(field, SelectFieldBase):
        labels = {choice.value: say(str(choice.label)) for choice in field.iter_choices()}
        if isinstance(field.data, list):
            return ". ".join(labels[one] for one in field.data if one in labels)
        return labels.get(field.data, "")
    return str(field.data) if field.data not in (None, "") else ""
