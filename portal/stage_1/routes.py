"""What stage 1 has beside its actions: the store of common remedies and answers, and the measure of easy words."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.cases.errors import NotComplete
from portal.clock import now
from portal.correspondence.reading_ease import ease_of
from portal.people.access import me, needs
from portal.people.roles import Permission
from portal.stage_1.forms import EaseForm, RemoveForm, StoredAnswerForm
from portal.stage_1.services.stored_answers import remove_stored_answer, store_answer, stored_answers

stage_1 = Blueprint("stage_1", __name__, url_prefix="/staff")


@stage_1.post("/reading-ease")
@needs(Permission.ANSWER)
def reading_ease() -> ResponseReturnValue:
    """How easy some words are to read, for the measure beside the box they are typed into. Nothing is kept."""
    form = EaseForm()
    measured = ease_of(form.words.data or "") if form.validate_on_submit() else None
    return render_template("stage_1/ease.html", ease=measured)


@stage_1.route("/stored-answers", methods=["GET", "POST"])
@needs(Permission.TRIAGE)
def all_stored_answers() -> ResponseReturnValue:
    """All of them, and one more."""
    form = StoredAnswerForm()
    if form.validate_on_submit():
        store_answer(form.title.data, form.words.data, at=now(), by_id=me().id)
        flash("It is kept.")
        return redirect(url_for("stage_1.all_stored_answers"))
    return render_template("stage_1/stored_answers.html", form=form, answers=stored_answers(), remove=RemoveForm())


@stage_1.post("/stored-answers/<int(max=2147483647):key>/remove")
@needs(Permission.TRIAGE)
def remove_one_stored_answer(key: int) -> ResponseReturnValue:
    """Take one away."""
    if RemoveForm().validate_on_submit():
        try:
            remove_stored_answer(key, at=now(), by_id=me().id)
        except NotComplete as refusal:
            flash(str(refusal))
    return redirect(url_for("stage_1.all_stored_answers"))
