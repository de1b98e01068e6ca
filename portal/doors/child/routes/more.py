"""The child's door: the extra questions, C6 to C11, and asking for an advocate before anything is said."""

from typing import Any

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.cards.models import CardEvent
from portal.doors.child.beginning import DOOR, keep_and_note
from portal.doors.child.forms import more as more_forms
from portal.doors.child.routes.screens import child
from portal.intake.sessions import current_answers, keep
from portal.people.access import open_to_all


@child.route("/ask-side", methods=["GET", "POST"])
@open_to_all
def ask_for_side() -> ResponseReturnValue:
    """An advocate is asked for, and nothing else has to be said."""
    form = more_forms.AskForSideForm(data=current_answers(DOOR))
    if form.validate_on_submit():
        asked = {"asks_for_side": True, "advocate": "yes", "advocate_may_know": "name"}
        keep(DOOR, asked | {"how_to_find": form.how_to_find.data, "reach_is_safe": form.safe.data or "not_sure"})
        return redirect(url_for("child.check"))
    return render_template("doors/child/ask_side.html", form=form)


@child.route("/more/<slug>", methods=["GET", "POST"])
@open_to_all
def more(slug: str) -> ResponseReturnValue:
    """C6 to C11: one more question, which can be skipped."""
    question, answers = more_forms.QUESTIONS.get(slug), current_answers(DOOR)
    if question is None:
        abort(404)
    after = more_forms.next_question(slug, answers)
    form = question.form(data={name: answers[name] for name in question.fields if name in answers})
    if form.validate_on_submit():
        keep(DOOR, {name: form[name].data or "" for name in question.fields})
        after = _after(slug, current_answers(DOOR))
        return redirect(url_for("child.more", slug=after) if after else url_for("child.check"))
    facts = {"skip_to": url_for("child.more", slug=after) if after else url_for("child.check"), "answers": answers}
    return render_template("doors/child/more.html", form=form, question=question, REACH=more_forms.REACH, **facts)


def _after(slug: str, answers: dict[str, Any]) -> str | None:
    """The next question; after a change from the last page only one that follows from it."""
    after = more_forms.next_question(slug, answers)
    if after is None:
        keep_and_note({"asked_more": True}, CardEvent.SAID_MORE)
    only_follows = answers.get("asked_more") and after not in ("safe", "side-tell")
    return None if only_follows else after
