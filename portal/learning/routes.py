"""Learning on the desk, and what everyone may read of it."""

from datetime import timedelta
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.actions.pages import RecordKind, add_actions, doing
from portal.cases.errors import NotComplete
from portal.cases.models import Case
from portal.cases.opened import REFUSALS, add_refusals, done, opened, viewer
from portal.cases.queries import references_of, shut_out_of
from portal.clock import today
from portal.keys.opening import those_that_open
from portal.learning import forms
from portal.learning.actions import ACTIONS, CaseLesson
from portal.learning.queries import lesson_of, lessons_done_since, lessons_of, open_lessons, public_lessons
from portal.learning.services import write_lesson
from portal.people.access import me, needs, open_to_all
from portal.people.queries import everyone_at_work, names_of
from portal.people.roles import Permission
from portal.web.forms import choices

learning = Blueprint("learning", __name__)
add_refusals(learning)
SIX_WEEKS = timedelta(weeks=6)


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


def _opened(reference: str, key: int) -> CaseLesson:
    """A lesson of a case that this person may know of. Raises NotComplete when there is none."""
    found = opened(reference)
    lesson = lesson_of(found.id, key)
    if lesson is None:
        raise NotComplete("There is no such lesson on this case.")
    return CaseLesson(found, lesson)


def _back(one: CaseLesson) -> ResponseReturnValue:
    return redirect(url_for("learning.case_learning", reference=one.case.reference))


LESSONS = RecordKind(
    name="one", opened=_opened, done=done, back=_back, shown=None, refusals=REFUSALS, page="learning/action.html"
)
add_actions(learning, LESSONS, "/staff/cases/<reference>/learning/<int(max=2147483647):key>", ACTIONS)


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
