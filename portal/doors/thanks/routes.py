"""Thanks from anyone, by the form or a code on a wall; and what its sender wants when something went wrong too."""

from flask import Blueprint, abort, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from portal.cards.printing import thanks_poster
from portal.clock import london_day, now
from portal.compliments.hidden_complaint import worrying_sentences
from portal.compliments.models import Compliment, Held
from portal.compliments.queries import compliment_by_id
from portal.compliments.services.keeping import settle
from portal.doors.thanks import held as held_thanks
from portal.doors.thanks.forms import COURT, WISHES, DecisionForm, ThanksForm, WishForm
from portal.files.kinds import FileRefused
from portal.intake.services.hours import passes_on_at
from portal.intake.services.receive import receive
from portal.intake.sessions import begin
from portal.people.access import me, needs, open_to_all
from portal.people.roles import Permission
from portal.web.downloads import pdf
from portal.web.settings import settings

PLACES = {"desk": "At the front desk", "court": "At court", "hub": "At a family hub", "home": "At a children's home"}
SIZES = ("poster", "sticker")
TO_ASK = "thanks_to_ask"  # the thanks that this visitor just sent, about which they are asked

thanks = Blueprint("thanks", __name__)


@thanks.route("/thanks", methods=["GET", "POST"])
@open_to_all
def say() -> ResponseReturnValue:
    """Say thank you."""
    return _say("")


@thanks.route("/T/<place>", methods=["GET", "POST"])  # a code in capitals is smaller
@thanks.route("/t/<place>", methods=["GET", "POST"])
@open_to_all
def say_at(place: str) -> ResponseReturnValue:
    """Say thank you, by the code that hangs at a place; a place that we do not know leads to the form all the same."""
    return _say(place.lower() if place.lower() in PLACES else "desk")


def _say(place: str) -> ResponseReturnValue:
    form = ThanksForm(source=COURT if place == COURT else "other")
    form.place = place
    if form.validate_on_submit():
        try:
            sent = form.to_submission()
        except FileRefused as refusal:
            form.photo.errors = [str(refusal)]
        else:
            receipt = receive(sent, at=now(), scanner=settings().clamav)
            session[TO_ASK] = receipt.record_id
            return redirect(url_for("thanks.ask" if _to_ask() else "thanks.sent"))
    return render_template("doors/thanks/thanks.html", form=form)


@thanks.route("/thanks/ask", methods=["GET", "POST"])
@open_to_all
def ask() -> ResponseReturnValue:
    """Something may have gone wrong too: what its sender would like."""
    found, form = _to_ask(), WishForm()
    if found is None:
        return redirect(url_for("thanks.sent"))
    if form.validate_on_submit():
        wish = form.wish.data
        session.pop(TO_ASK)
        said = f"They chose on the page: {WISHES[wish]}"
        settle(found.id, wish, said=said, leaves_out=wish == "leave_out", stays_held=wish == "complain", at=now())
        if wish == "complain":
            begin("complain", {"what": {"what": found.words}})
            return redirect(url_for("journeys.step", door="complain", slug="link"))
        return redirect(url_for("thanks.sent"))
    return render_template("doors/thanks/thanks_ask.html", form=form, worrying=worrying_sentences(found.words))


@thanks.get("/thanks/sent")
@open_to_all
def sent() -> ResponseReturnValue:
    """The thanks are here."""
    return render_template("doors/thanks/thanked.html", by=london_day(passes_on_at(now())))


@thanks.get("/staff/compliments/posters")
@needs(Permission.MAKE_CARDS)
def posters() -> ResponseReturnValue:
    """Codes to hang up where people would say thank you."""
    return render_template("doors/thanks/posters.html", places=PLACES)


@thanks.get("/staff/compliments/posters/<place>/<size>.pdf")
@needs(Permission.MAKE_CARDS)
def poster(place: str, size: str) -> ResponseReturnValue:
    """One of them as PDF."""
    if place not in PLACES or size not in SIZES:
        abort(404)
    return pdf(thanks_poster(size, place, settings().site_address), f"thanks-{place}-{size}")


@thanks.route("/staff/compliments/<int(max=2147483647):compliment_id>/decide", methods=["GET", "POST"])
@needs(Permission.TRIAGE)
def decide(compliment_id: int) -> ResponseReturnValue:
    """What the person decided when somebody of the team asked them."""
    found, form = compliment_by_id(compliment_id) or abort(404), DecisionForm()
    if form.validate_on_submit() and found.held_why is Held.MAY_COMPLAIN:
        receipt = held_thanks.decide(found.id, form.decision.data, form.said.data or "", at=now(), by_id=me().id)
        if receipt is not None:
            return redirect(url_for("desk.case", reference=receipt.reference))
        return redirect(url_for("compliments.one", compliment_id=found.id))
    return render_template(
        "doors/thanks/decide_thanks.html", form=form, compliment=found, worrying=worrying_sentences(found.words)
    )


def _to_ask() -> Compliment | None:
    """The thanks about which this visitor is still to be asked."""
    found = compliment_by_id(session[TO_ASK]) if TO_ASK in session else None
    return found if found is not None and found.held_why is Held.MAY_COMPLAIN and not found.asked_words else None
