"""Coming back with secret words: what was done, the answer, and a way to say something back."""

from flask import Blueprint, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from portal.casework.models import Case
from portal.casework.queries import case_by_secret_words
from portal.casework.services.messages import receive_reply
from portal.clock import now
from portal.database import db
from portal.extensions import limiter
from portal.intake.forms.child import BackForm, ReplyForm
from portal.people.access import open_to_all

back = Blueprint("back", __name__, url_prefix="/y")
READING, READ_FOR_SECONDS = "reading", 20 * 60
NOT_FOUND = "We can't find those words. Check each word and try again."


@back.route("/back", methods=["GET", "POST"])
@open_to_all
@limiter.limit("60 per minute", methods=["POST"])
def come_back() -> ResponseReturnValue:
    """C14: type the secret words."""
    form = BackForm()
    if form.validate_on_submit():
        case = case_by_secret_words(form.words.data)
        if case is not None:
            session[READING] = [case.id, int(now().timestamp())]
            return redirect(url_for("back.answer"))
        form.words.errors = [NOT_FOUND]
    return render_template("intake/child/back.html", form=form)


@back.route("/answer", methods=["GET", "POST"])
@open_to_all
def answer() -> ResponseReturnValue:
    """What was done and said so far."""
    case = _reading()
    if case is None:
        return redirect(url_for("back.come_back"))
    form = ReplyForm()
    if form.validate_on_submit():
        receive_reply(case.id, form.words.data, once_key=form.once_key(case.id, form.words.data), at=now())
        return redirect(url_for("back.answer", got=1))
    return render_template("intake/child/answer.html", case=case, form=form)


def _reading() -> Case | None:
    case_id, since = session.get(READING, (0, 0))
    return db.session.get(Case, case_id) if since + READ_FOR_SECONDS > now().timestamp() else None
