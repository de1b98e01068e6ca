"""Learning on the desk, and what everyone may read of it."""

from datetime import timedelta
from typing import Any

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from portal.cases.errors import NotComplete
from portal.cases.forms import CaseForm
from portal.cases.models import Case
from portal.cases.opened import add_refusals, doing, done, opened, viewer
from portal.cases.queries import references_of, shut_out_of
from portal.clock import today
from portal.keys.opening import those_that_open
from portal.learning import forms
from portal.learning.queries import lesson_of, lessons_done_since, lessons_of, open_lessons, public_lessons
from portal.learning.services import confirm_with_person, prove_done, tell_you_said, write_lesson
from portal.people.access import me, needs, open_to_all
from portal.people.queries import everyone_at_work, names_of
from portal.people.roles import Permission
from portal.web.forms import choices
from portal.web.settings import council

learning = Blueprint("learning", __name__)
add_refusals(learning)
SIX_WEEKS = timedelta(weeks=6)
ACTIONS: dict[str, tuple[type[CaseForm], str]] = {
    "done": (forms.ProofForm, "Say that it is done"),
    "confirmed": (forms.ConfirmedForm, "Confirm it with the person"),
    "you-said": (forms.YouSaidForm, "You said, we did"),
}


@learning.get("/you-said")
@open_to_all
def you_said() -> ResponseReturnValue:
    """What changed because someone told us: no names, no dates, no references."""
    return render_template("learning/you_said.html", lessons=those_that_open(public_lessons()))


@learning.get("/staff/learning/")
@needs(Permission.ANSWER)
def review() -> ResponseReturnValue:
    """The six-weekly review: what is late, what is due before the next one, what was done since the last."""
    is_mine = request.args.get("with") == "me"
    waiting = those_that_open(open_lessons(me().id if is_mine else None))
    recent = those_that_open(lessons_done_since(today() - SIX_WEEKS))
    references = references_of([lesson.case_id for lesson in (*waiting, *recent)], viewer())
    mine = me().id
    owned = {lesson.case_id for lesson in (*waiting, *recent) if lesson.owner_id == mine}
    open_to_me = {case_id for case_id in owned if mine not in shut_out_of(case_id)} | references.keys()
    facts = {
        "late": [lesson for lesson in waiting if lesson.due_on < today()],
        "soon": [lesson for lesson in waiting if today() <= lesson.due_on <= today() + SIX_WEEKS],
        "later": [lesson for lesson in waiting if lesson.due_on > today() + SIX_WEEKS],
        "recent": recent,
        "references": references,
        "names": names_of({lesson.owner_id for lesson in (*waiting, *recent)}),
        "can_read": lambda lesson: lesson.case_id in open_to_me,
        "is_mine": is_mine,
    }
    return render_template("learning/review.html", **facts)


@learning.route("/staff/cases/<reference>/learning", methods=["GET", "POST"])
@needs(Permission.ANSWER)
def case_learning(reference: str) -> ResponseReturnValue:
    """The Learning Outcome and Action Report of one case."""
    found = opened(reference)
    form = forms.LessonForm(version=found.version)
    form.owner_id.choices = choices({str(one.id): one.told for one in everyone_at_work()})

    def write() -> None:
        said = {name: form[name].data for name in ("lesson", "action", "owner_id", "due_on", "is_recommendation")}
        write_lesson(found.id, **said, **doing(form))

    if done(form, write, "The lesson is written down."):
        return redirect(request.path)
    return _page(opened(reference), form=form)


@learning.route(
    "/staff/cases/<reference>/learning/<int(max=2147483647):key>/<any(done, confirmed, 'you-said'):action>",
    methods=["GET", "POST"],
)
@needs(Permission.ANSWER)
def lesson_action(reference: str, key: int, action: str) -> ResponseReturnValue:
    """One more thing about one lesson."""
    found = opened(reference)
    lesson = lesson_of(found.id, key)
    if lesson is None:
        raise NotComplete("There is no such lesson on this case.")
    made, heading = ACTIONS[action]
    form = made(version=found.version)

    def act() -> None:
        if isinstance(form, forms.ProofForm):
            prove_done(found.id, key, evidence=form.evidence.data, done_on=form.done_on.data, **doing(form))
        elif isinstance(form, forms.ConfirmedForm):
            confirm_with_person(found.id, key, words=form.words.data, **doing(form))
        elif isinstance(form, forms.YouSaidForm):
            said = {name: form[name].data for name in ("you_said", "we_did", "is_public")}
            tell_you_said(found.id, key, **said, council=council(), **doing(form))

    if done(form, act, "It is written down."):
        return redirect(f"/staff/cases/{found.reference}/learning")
    return render_template("learning/action.html", case=found, lesson=lesson, form=form, heading=heading)


def _page(found: Case, **more: Any) -> ResponseReturnValue:
    lessons = lessons_of(found.id)
    asked = [
        element
        for stage in found.stages
        for element in stage.elements
        if element.recommendation and element.decision != "not_upheld"
    ]
    names = names_of({lesson.owner_id for lesson in lessons})
    return render_template("learning/case.html", case=found, lessons=lessons, asked=asked, names=names, **more)
