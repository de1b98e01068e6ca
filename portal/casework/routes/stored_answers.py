"""The store of common remedies and answers on the desk."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import StringField
from wtforms.validators import DataRequired

from portal.casework.errors import NotComplete
from portal.casework.routes.blueprint import casework
from portal.casework.services.stored_answers import remove_stored_answer, store_answer, stored_answers
from portal.clock import now
from portal.people.access import me, needs
from portal.people.roles import Deed
from portal.web.forms import LongTextField, NotTooLong, PortalForm, line


class StoredAnswerForm(PortalForm):
    """Words under a title."""

    title = StringField("Title", validators=[DataRequired("Write a title"), line(120)])
    words = LongTextField("Words", validators=[DataRequired("Write the words"), NotTooLong(5000)])


class RemoveForm(PortalForm):
    """One button."""


@casework.route("/stored-answers", methods=["GET", "POST"])
@needs(Deed.TRIAGE)
def all_stored_answers() -> ResponseReturnValue:
    """All of them, and one more."""
    form = StoredAnswerForm()
    if form.validate_on_submit():
        store_answer(form.title.data, form.words.data, at=now(), by_id=me().id)
        flash("It is kept.")
        return redirect(url_for("casework.all_stored_answers"))
    return render_template("casework/stored_answers.html", form=form, answers=stored_answers(), remove=RemoveForm())


@casework.post("/stored-answers/<int(max=2147483647):key>/remove")
@needs(Deed.TRIAGE)
def remove_one_stored_answer(key: int) -> ResponseReturnValue:
    """Take one away."""
    if RemoveForm().validate_on_submit():
        try:
            remove_stored_answer(key, at=now(), by_id=me().id)
        except NotComplete as refusal:
            flash(str(refusal))
    return redirect(url_for("casework.all_stored_answers"))
