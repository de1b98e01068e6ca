"""The store of common remedies and answers on the desk."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.cases.errors import NotComplete
from portal.clock import now
from portal.desk.routes.blueprint import desk
from portal.people.access import me, needs
from portal.people.roles import Permission
from portal.stage_1.forms import RemoveForm, StoredAnswerForm
from portal.stage_1.services.stored_answers import remove_stored_answer, store_answer, stored_answers


@desk.route("/stored-answers", methods=["GET", "POST"])
@needs(Permission.TRIAGE)
def all_stored_answers() -> ResponseReturnValue:
    """All of them, and one more."""
    form = StoredAnswerForm()
    if form.validate_on_submit():
        store_answer(form.title.data, form.words.data, at=now(), by_id=me().id)
        flash("It is kept.")
        return redirect(url_for("desk.all_stored_answers"))
    return render_template("stage_1/stored_answers.html", form=form, answers=stored_answers(), remove=RemoveForm())


@desk.post("/stored-answers/<int(max=2147483647):key>/remove")
@needs(Permission.TRIAGE)
def remove_one_stored_answer(key: int) -> ResponseReturnValue:
    """Take one away."""
    if RemoveForm().validate_on_submit():
        try:
            remove_stored_answer(key, at=now(), by_id=me().id)
        except NotComplete as refusal:
            flash(str(refusal))
    return redirect(url_for("desk.all_stored_answers"))
