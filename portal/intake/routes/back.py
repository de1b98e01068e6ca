"""Coming back with secret words: what was done, the answer, and a way to say something back."""

from flask import Blueprint, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from portal.casework.clocks import case_clocks
from portal.casework.models import Case
from portal.casework.next_words import LIMITS
from portal.casework.queries import case_by_secret_words
from portal.casework.services.messages import is_for_adult, receive_reply
from portal.clock import now
from portal.database import db
from portal.extensions import limiter
from portal.intake.forms.back import BackForm, ReplyForm
from portal.people.access import open_to_all
from portal.procedure.clocks import Clock, Day

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
    facts = {"promised": promised(case), "for_adult": is_for_adult(case), "LIMITS": LIMITS}
    return render_template("intake/child/answer.html", case=case, form=form, **facts)


def promised(case: Case) -> list[Clock]:
    """What runs on a case and is promised to the person: the earliest limit of each stage that is not met yet."""
    running = [one for one in case_clocks(case) if one.stage.closed_on is None]
    waiting = [[clock for clock in one.clocks if clock.met_on is None] for one in running]
    answers = [[clock for clock in unmet if clock.met_by is not Day.ACKNOWLEDGEMENT] or unmet for unmet in waiting]
    return [min(unmet, key=lambda clock: clock.due_on) for unmet in answers if unmet]


def _reading() -> Case | None:
    case_id, since = session.get(READING, (0, 0))
    return db.session.get(Case, case_id) if since + READ_FOR_SECONDS > now().timestamp() else None
