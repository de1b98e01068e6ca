"""How a child's telling begins, from the first screen, a card, or the film."""

from typing import Any

from flask import redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from portal.cards.models import UNKNOWN_BATCH, CardEvent
from portal.cards.services import count_batch
from portal.clock import today
from portal.database import transaction
from portal.doors.child.forms import screens as forms
from portal.doors.child.forms.told import has_said_something
from portal.intake.sessions import (
    TYPED,
    VISIT,
    begin,
    begun_before,
    current_answers,
    current_files,
    forget,
    keep,
    kept_until,
)
from portal.intake.visits import with_key
from portal.web.language import is_for_a_child

DOOR = "y"


def begin_from(action: str, *, by_card: bool, batch_id: int = UNKNOWN_BATCH) -> ResponseReturnValue:
    """Start from the first screen or from a card's.

    The draft knows its card's batch so that a message that is sent can be counted; the message itself never does.
    """
    form = forms.BeginForm()
    if not form.validate_on_submit():
        return render_template("doors/child/start.html", form=form, action=action)
    if not form.again.data and begun_before(DOOR) is not None:
        facts = {"go_on": _where_they_were(), "kept_until": kept_until(DOOR)}
        return render_template("doors/child/begun.html", form=form, action=action, **facts)
    begun = {name: True for name, holds in (("by_card", by_card), ("on_a_visit", session.get(VISIT))) if holds}
    with transaction():
        begin(DOOR, begun | {"batch_id": batch_id, "noted": [CardEvent.START.value]})
        count_batch(batch_id, CardEvent.START, on=today())
    if session.pop("reading", None):  # whoever came back before on this device is not this child
        forget("back")
    return redirect(url_for("child.know"))


def _where_they_were() -> str:
    """The page to go on at: one that was typed into and not sent, or what was told so far."""
    answers = current_answers(DOOR)
    typed = [path for path in answers.get(TYPED, {}) if is_for_a_child(path)]
    if typed:
        return with_key(typed[-1])
    return url_for("child.check" if has_said_something(answers, current_files(DOOR)) else "child.kind")


def keep_and_note(answers: dict[str, Any], event: CardEvent) -> None:
    """Keep what was answered, and count that it was: once in a draft, for the batch that the draft came by."""
    with transaction():
        so_far = current_answers(DOOR)
        noted = so_far.get("noted", [])
        if event not in noted:
            answers = {**answers, "noted": [*noted, event.value]}
            count_batch(so_far.get("batch_id", UNKNOWN_BATCH), event, on=today())
        keep(DOOR, answers)
