"""Email that was read out of the mailboxes: what was set aside waits here, with its reason, until somebody looked at it."""

from collections.abc import Sequence

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.cases.first_page import Notice, above_the_queue
from portal.cases.opened import viewer
from portal.cases.queries import references_of
from portal.clock import london_day, now, today
from portal.incoming_email.models import EmailState, IncomingEmail
from portal.incoming_email.our_own import our_own
from portal.incoming_email.queries import email_by_id, emails_in, how_many_set_aside, oldest_set_aside
from portal.incoming_email.services.receive_email import settle_email
from portal.intake.submission import SubmissionKind
from portal.keys.opening import those_that_open
from portal.people.access import me, needs
from portal.people.roles import Permission
from portal.web.filters import plain_day
from portal.web.forms import PortalForm, page_number
from portal.working_days.hours import read_by

BECOMES = {"thanks": SubmissionKind.COMPLIMENT, "complaint": SubmissionKind.COMPLAINT, "nothing": None}

email = Blueprint("email", __name__, url_prefix="/staff/email")


@above_the_queue
def set_aside_waits() -> Notice | None:
    """Email that was set aside stands above the queue with the day by which somebody looks at it, as with a message."""
    oldest = oldest_set_aside()
    if oldest is None:
        return None
    count, due_on = how_many_set_aside(), read_by(oldest.fetched_at) or london_day(oldest.fetched_at)
    many = "1 email was set aside" if count == 1 else f"{count} emails were set aside"
    is_late = due_on < today()
    when = f"this was due on {plain_day(due_on)}" if is_late else f"look by {plain_day(due_on)}"
    return Notice(f"{many}: {when}", url_for("email.set_aside"), is_late)


@email.get("/")
@needs(Permission.TRIAGE)
def set_aside() -> ResponseReturnValue:
    """What was set aside, newest first; or what was taken in, or looked at."""
    state = next((one for one in EmailState if one == request.args.get("show")), EmailState.SET_ASIDE)
    page = page_number(request.args.get("page"))
    kept, has_more = emails_in(state, page)
    found = those_that_open(kept)
    facts = {"state": state, "page": page, "has_more": has_more, "waiting": how_many_set_aside(), "form": PortalForm()}
    facts["states"] = (EmailState.SET_ASIDE, EmailState.TAKEN, EmailState.SETTLED)
    led_to = _where(found)
    shown = [one for one in found if one.id in led_to or not one.record.startswith("case/")]  # not behind a wall
    return render_template("incoming_email/email.html", found=shown, led_to=led_to, **facts)


@email.post("/<int(max=2147483647):email_id>/<what>")
@needs(Permission.TRIAGE)
def settle(email_id: int, what: str) -> ResponseReturnValue:
    """Somebody looked: it is thanks, a complaint, or nothing."""
    found = email_by_id(email_id) or abort(404)
    if what not in BECOMES:
        abort(404)
    if PortalForm().validate_on_submit():
        settle_email(found.id, BECOMES[what], at=now(), by_id=me().id, own=our_own())
    return redirect(url_for("email.set_aside"))


def _where(found: Sequence[IncomingEmail]) -> dict[int, str]:
    """The page of what each email became, where this person may know of it."""
    cases = {one.record.removeprefix("case/") for one in found if one.record.startswith("case/")}
    references = references_of([int(number) for number in cases], viewer())
    led = {}
    for one in found:
        kind, _, number = one.record.partition("/")
        if kind == "compliment":
            led[one.id] = url_for("compliments.one", compliment_id=int(number))
        elif kind == "case" and int(number) in references:
            led[one.id] = url_for("desk.case", reference=references[int(number)])
    return led
