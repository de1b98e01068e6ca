"""The child's door: when somebody may not be safe. H with one tap that sends just that, H2, and how to find them."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.clock import now
from portal.doors.child.beginning import DOOR
from portal.doors.child.forms import screens as forms
from portal.doors.child.routes.screens import child, send_it
from portal.intake.sessions import current_answers, current_draft, keep
from portal.people.access import open_to_all
from portal.working_days.hours import opening


@child.route("/now", methods=["GET", "POST"])
@open_to_all
def not_safe() -> ResponseReturnValue:
    """H, with one tap that sends it by itself, and a way to go on and tell us more.

    Whatever arrives here is from someone who is not safe, also when the draft is gone.
    """
    form, draft = forms.SendForm(), current_draft(DOOR)
    if draft is not None and draft.receipt is not None:  # Back after it was sent: the same words, not a second message
        return redirect(url_for("child.sent"))
    if form.validate_on_submit():
        keep(DOOR, {"kind": "not_safe"})
        send_it()
        return redirect(url_for("child.sent"))
    return render_template("doors/front/help.html", can_carry_on=True, form=form)


@child.get("/5")
@open_to_all
def before_you_go_on() -> ResponseReturnValue:
    """H2: the same help for all, without repeating a word."""
    return render_template("doors/child/before_you_go_on.html", opening=opening(now()))


@child.route("/find", methods=["GET", "POST"])
@open_to_all
def find() -> ResponseReturnValue:
    """After H2: how to find them."""
    form = forms.FindForm(data={"how": current_answers(DOOR).get("how_to_find", "")})
    if form.validate_on_submit():
        keep(DOOR, {"how_to_find": form.how.data})
        return redirect(url_for("child.check"))
    return render_template("doors/child/find.html", form=form)
