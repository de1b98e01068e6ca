"""Batches of cards: made, printed, counted."""

from flask import Blueprint, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import IntegerField, StringField
from wtforms.validators import DataRequired, InputRequired, NumberRange

from portal.cards.printing import card_address, qr_svg
from portal.cards.queries import batch_by_code, batches, totals
from portal.cards.services import FEWEST_IN_A_BATCH, make_batch
from portal.clock import now
from portal.people.access import me, needs
from portal.people.roles import Deed
from portal.web.forms import PortalForm, line
from portal.web.settings import settings

cards = Blueprint("cards", __name__, url_prefix="/staff/cards")


class BatchForm(PortalForm):
    """A new batch."""

    team = StringField("Team that hands them out", validators=[DataRequired("Say which team hands them out"), line(120)])
    quantity = IntegerField(
        "How many cards",
        validators=[
            InputRequired("Say how many cards"),
            NumberRange(FEWEST_IN_A_BATCH, 10_000, "A batch has 25 to 10,000 cards, so that no count can point at a child"),
        ],
    )


@cards.route("/", methods=["GET", "POST"])
@needs(Deed.MAKE_CARDS)
def all_batches() -> ResponseReturnValue:
    """Every batch with its counts, and a form for one more."""
    form = BatchForm()
    if form.validate_on_submit():
        batch = make_batch(form.team.data, form.quantity.data, at=now(), by_id=me().id)
        return redirect(url_for("cards.sheet", code=batch.code))
    return render_template("cards/list.html", form=form, batches=batches(), totals=totals())


@cards.get("/<code>/print")
@needs(Deed.MAKE_CARDS)
def sheet(code: str) -> ResponseReturnValue:
    """A sheet of cards for the office printer."""
    batch = batch_by_code(code)
    if batch is None:
        abort(404)
    address = card_address(settings().site_address, batch.code)
    return render_template("cards/sheet.html", batch=batch, address=address.partition("://")[2], code_svg=qr_svg(address))
