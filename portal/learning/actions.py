"""What can be said of a lesson once it is written down."""

from typing import Any, NamedTuple, TypeAlias

from portal.actions.action import Action, Stamp
from portal.cases.forms import CaseForm
from portal.cases.models import Case
from portal.learning import forms, services
from portal.learning.models import Lesson
from portal.people.roles import Permission
from portal.web.settings import council


class CaseLesson(NamedTuple):
    """A lesson with its case."""

    case: Case
    lesson: Lesson


LessonAction: TypeAlias = Action[CaseLesson]


def _form(form: type[CaseForm]) -> Any:
    return lambda one, place: form(version=one.case.version)


def _prove(one: CaseLesson, form: Any, place: int, who: Stamp) -> None:
    services.prove_done(one.case.id, one.lesson.id, evidence=form.evidence.data, done_on=form.done_on.data, **who)


def _confirm(one: CaseLesson, form: Any, place: int, who: Stamp) -> None:
    services.confirm_with_person(one.case.id, one.lesson.id, words=form.words.data, **who)


def _tell(one: CaseLesson, form: Any, place: int, who: Stamp) -> None:
    said = {name: form[name].data for name in ("you_said", "we_did", "is_public")}
    services.tell_you_said(one.case.id, one.lesson.id, **said, council=council(), **who)


ACTIONS: tuple[LessonAction, ...] = (
    LessonAction(
        slug="done",
        permission=Permission.ANSWER,
        title="Say that it is done",
        form=_form(forms.ProofForm),
        do=_prove,
        leaves=(services.LESSON_DONE,),
    ),
    LessonAction(
        slug="confirmed",
        permission=Permission.ANSWER,
        title="Confirm it with the person",
        form=_form(forms.ConfirmedForm),
        do=_confirm,
        leaves=(services.LESSON_CONFIRMED,),
    ),
    LessonAction(
        slug="tell-you-said",
        address="you-said",
        permission=Permission.ANSWER,
        title="You said, we did",
        form=_form(forms.YouSaidForm),
        do=_tell,
        leaves=(services.LESSON_TOLD,),
    ),
)
