"""Batches of cards: made, printed, handed out, withdrawn, reissued; and the funnel that they lead through."""

from datetime import date

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.cards.forms import BatchForm, ChooseForm, HandedOutForm
from portal.cards.funnel import STEPS, funnel
from portal.cards.models import CardBatch, CardEvent
from portal.cards.printing import PRINTS, print_pdf
from portal.cards.queries import batch_by_code, batches, counts_by_team_and_month, counts_of_all, unknown_scans_spike
from portal.cards.services import count_batch, make_batch, reissue_batch, withdraw_batch
from portal.clock import now, today
from portal.people.access import me, needs
from portal.people.directory import team_names
from portal.people.roles import Permission
from portal.web.downloads import pdf
from portal.web.forms import choices
from portal.web.settings import council, settings

cards = Blueprint("cards", __name__, url_prefix="/staff/cards")
# Nothing that is also shown by team: a total of all would let a hidden team be worked out.
ALL_TOGETHER = (
    *(CardEvent.SAID_KIND, CardEvent.SAID_TOPICS, CardEvent.SAID_WORDS, CardEvent.SAID_MORE),
    CardEvent.COME_BACK,
)


@cards.route("/", methods=["GET", "POST"])
@needs(Permission.MAKE_CARDS)
def all_batches() -> ResponseReturnValue:
    """Every batch, and a form for one more."""
    form = BatchForm(month=f"{today():%Y-%m}")
    if form.validate_on_submit():
        month = date.fromisoformat(f"{form.month.data}-01") if form.month.data else None
        team, quantity, language = form.team.data or "", form.quantity.data or 0, str(form.language.data)
        batch = make_batch(team, quantity, month=month, language=language, at=now(), by_id=me().id)
        flash(f"The batch {batch.code} is made.")
        return redirect(url_for("cards.all_batches"))
    facts = {
        "batches": batches(),
        "teams": team_names(),
        "choose": ChooseForm(formdata=None),
        "spike": unknown_scans_spike(today()),
    }
    return render_template("cards/list.html", form=form, PRINTS=PRINTS, **facts)


@cards.get("/<code>/<any(card, sheet, poster, sticker, leaflet):what>.pdf")
@needs(Permission.MAKE_CARDS)
def printed(code: str, what: str) -> ResponseReturnValue:
    """One print of a batch, for the press or the office printer."""
    batch = _batch(code)
    made = print_pdf(what, batch.language, batch.code, settings().site_address, council(), pictures())
    return pdf(made, f"{what}-{batch.code}")


def pictures() -> dict[str, str]:
    """The paths of our own pictures, by name."""
    module = current_app.jinja_env.get_template("components/pictures.html").module
    return dict(module.SHAPES)  # type: ignore[attr-defined]


@cards.post("/<code>/<any(withdraw, reissue):change>")
@needs(Permission.MAKE_CARDS)
def change(code: str, change: str) -> ResponseReturnValue:
    """Take a batch back, alone or with another in its place."""
    batch = _batch(code)
    if ChooseForm().validate_on_submit():
        if change == "withdraw":
            withdraw_batch(batch, at=now(), by_id=me().id)
            flash(f"The batch {batch.code} is withdrawn. Its code still leads to the start page.")
        else:
            anew = reissue_batch(batch, at=now(), by_id=me().id)
            flash(f"The batch {anew.code} takes the place of {batch.code}.")
    return redirect(url_for("cards.all_batches"))


@cards.route("/handed-out", methods=["GET", "POST"])
@needs(Permission.LOG)
def handed_out() -> ResponseReturnValue:
    """How many were handed out today: one number, and never to whom."""
    open_ones = [batch for batch in batches() if batch.leads_in(today())]
    form = HandedOutForm()
    form.batch.choices = choices({str(one.id): f"{one.team}, {one.month:%B %Y} ({one.code})" for one in open_ones})
    if form.validate_on_submit():
        count_batch(int(form.batch.data), CardEvent.HANDED_OUT, on=today(), how_many=form.how_many.data or 0)
        flash("Counted. Thank you.")
        return redirect(url_for("cards.handed_out"))
    return render_template("cards/handed_out.html", form=form)


@cards.get("/funnel")
@needs(Permission.MAKE_CARDS)
def how_it_goes() -> ResponseReturnValue:
    """From cards handed out to messages sent, by team and month; and which question people stop at."""
    counts = counts_by_team_and_month()
    teams = sorted({team for team, _, _ in counts})
    months = sorted({month for _, month, _ in counts})
    team = request.args.get("team") if request.args.get("team") in teams else None
    month = next((one for one in months if f"{one:%Y-%m}" == request.args.get("month")), None)
    found = funnel(counts, teams=[team] if team else None, months=[month] if month else None)
    together = {("all cards", when, event): n for (when, event), n in counts_of_all(ALL_TOGETHER).items()}
    questions = funnel(together, steps=tuple(event.value for event in ALL_TOGETHER))
    asked = {"team": team, "month": month, "teams": teams, "months": months}
    return render_template("cards/funnel.html", found=found, STEPS=STEPS, questions=questions, **asked)


def _batch(code: str) -> CardBatch:
    batch = batch_by_code(code)
    if batch is None:
        abort(404)
    return batch
