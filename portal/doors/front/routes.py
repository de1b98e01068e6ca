"""The first page, the ways out, and the pages that a card leads to."""

from flask import Blueprint, Response, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import DBAPIError

from portal import clock
from portal.cards.models import CardEvent
from portal.cards.people import is_a_person
from portal.cards.printing import card_address
from portal.cards.queries import batch_by_code
from portal.cards.services import batch_of_code, count
from portal.database import db, has_little_room
from portal.doors.child.beginning import begin_from
from portal.doors.child.forms.screens import BeginForm, LanguageForm
from portal.doors.helper.sorted_already import SortedAlreadyForm
from portal.duty.queries import standing_alerts
from portal.intake.leaving import LEFT, NOWHERE, leave_for
from portal.intake.services.receive import receive
from portal.intake.sessions import DRAFTS, VISIT, forget, forget_everything
from portal.intake.visits import visit_mark, where_they_were
from portal.keys.canary import keys_fit
from portal.languages.catalogues import ENGLISH
from portal.people.access import may, open_to_all
from portal.people.roles import Permission
from portal.sealing.values import WRONG_KEYS
from portal.web.language import CHOSEN, can_come_back_to, choose, language
from portal.web.public_form import is_too_much
from portal.web.settings import council, settings

doors = Blueprint("doors", __name__)
NOT_HEARD = "An alert to the duty desk could not be sent. Ring whoever is on duty, then look at the mail server."
NO_ROOM = "The disk of the database is nearly full. Free some room now: soon nothing more can be kept."


@doors.get("/")
@open_to_all
def home() -> ResponseReturnValue:
    """The four doors."""
    return render_template("doors/front/doors.html")


@doors.get("/C/<code>")  # a code in capitals is smaller, so that is how the QR code holds the address
@doors.get("/c/<code>")
@open_to_all
def from_card(code: str) -> ResponseReturnValue:
    """A card leads to the first screen, also with a code that is unknown."""
    if is_a_person(request) and not request.args.get("sound") and not is_too_much("scan"):
        count(code, CardEvent.SCAN, on=clock.today())
    speak_as_the_card(code)
    onward = {"action": url_for("doors.begin_from_card", code=code), "film_at": url_for("film.watch", code=code)}
    return render_template("doors/child/start.html", form=BeginForm(), **onward)


def speak_as_the_card(code: str) -> None:
    """A card in another language begins in that language, unless the visitor chose one before."""
    batch = batch_by_code(code)
    if batch is not None and batch.language != ENGLISH and CHOSEN not in session:
        choose(batch.language)


@doors.post("/c/<code>")
@open_to_all
def begin_from_card(code: str) -> ResponseReturnValue:
    """Start from a card: the batch counts one more start; the message will not know the batch."""
    return begin_from(
        url_for("doors.begin_from_card", code=code), by_card=True, batch_id=batch_of_code(code, on=clock.today())
    )


@doors.get("/leave")
@open_to_all
def leave() -> ResponseReturnValue:
    """Wipe everything of this visit and land somewhere neutral."""
    return leave_for(NOWHERE)


@doors.get("/left")
@open_to_all
def left() -> ResponseReturnValue:
    """The second step of leaving: the cookie goes, and with it what the browser kept whole."""
    where, reads_in = session.get(LEFT, (NOWHERE, ENGLISH))
    session.clear()
    if where == NOWHERE:
        answer = redirect(council().leave_address, 303)
        answer.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
        return answer
    if reads_in != ENGLISH:
        choose(reads_in)
    return redirect(url_for(where))


@doors.post("/language")
@open_to_all
def choose_language() -> ResponseReturnValue:
    """The language of the public pages; then back to the page where it was chosen."""
    form = LanguageForm()
    if form.validate_on_submit():
        choose(form.code.data or "")
    back = form.back.data or ""
    return redirect(back if can_come_back_to(back) else url_for("child.start"))


@doors.get("/help")
@open_to_all
def help_now() -> ResponseReturnValue:
    """H: get help."""
    return render_template("doors/front/help.html", can_carry_on=False, back=where_they_were())


@doors.get("/card")
@open_to_all
def is_my_card_real() -> ResponseReturnValue:
    """How to tell a true card."""
    address = card_address(settings().site_address, "")
    return render_template("doors/front/card.html", address=address.partition("://")[2])


@doors.get("/helping/visit")
@open_to_all
def visit() -> ResponseReturnValue:
    """Hand a tablet to a child. Opening this page forgets whoever used it before; a helper who comes to it keeps Welsh."""
    if session.get(VISIT) or session.get(DRAFTS):
        return leave_for("doors.visit", reads_in=ENGLISH if session.get(VISIT) else language().code)
    reads_in = language().code
    session.clear()
    if reads_in != ENGLISH:
        choose(reads_in)
    return render_template("doors/front/visit.html", form=BeginForm())


@doors.post("/helping/visit")
@open_to_all
def hand_over_tablet() -> ResponseReturnValue:
    """The child's own screens begin; every one of them clears itself when nobody touches it."""
    if BeginForm().validate_on_submit():
        forget_everything()
        session[VISIT] = True
        return redirect(url_for("child.start"))
    return redirect(url_for("doors.visit"))


@doors.route("/helping/sorted", methods=["GET", "POST"])
@open_to_all
def sorted_already() -> ResponseReturnValue:
    """It is sorted: just record it, in twenty seconds."""
    form = SortedAlreadyForm()
    if form.validate_on_submit():
        receipt = receive(form.to_submission(), at=clock.now())
        forget("sorted")
        return render_template("doors/front/recorded.html", receipt=receipt)
    return render_template("doors/front/sorted_already.html", form=form)


@doors.get("/staff/")
def staff() -> ResponseReturnValue:
    """After signing in: the first page that this person's role opens."""
    pages = (
        (Permission.ANSWER, "desk.queue_page"),
        (Permission.STAND_BY, "desk.caseload"),
        (Permission.READ_REPORTS, "reports.annual"),
        (Permission.READ_CASES, "desk.queue_page"),
        (Permission.CHANGE_CALENDAR, "working_days.bank_holidays"),
        (Permission.LOG, "staff_log.log"),
    )
    return redirect(url_for(next(page for action, page in pages if may(action))))


@doors.get("/same")
@open_to_all
def same_visit() -> ResponseReturnValue:
    """The mark of the visit that this browser is in, for a page that asks whether it still belongs to it."""
    return Response(visit_mark(), mimetype="text/plain")


@doors.get("/healthz")
@open_to_all
def healthz() -> ResponseReturnValue:
    """Whether the portal and its database answer, and whether the duty desk can be told what it must be told."""
    try:
        if not keys_fit():
            return {"status": "down", "trouble": [WRONG_KEYS]}, 503
        standing = standing_alerts()
    except DBAPIError:
        db.session.rollback()
        return {"status": "down", "trouble": ["The database does not answer."]}, 503
    trouble = [NOT_HEARD] if standing.unheard else []
    trouble += [NO_ROOM] if has_little_room() else []
    return {"status": "trouble" if trouble else "ok", "trouble": trouble}
