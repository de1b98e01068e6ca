"""Handing over all that someone holds: what would move, who may have it, and a way to undo it."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.audit.queries import entries_since
from portal.cases.errors import NotComplete
from portal.cases.forms import people_choices
from portal.cases.models import Case
from portal.cases.next_actions import NEXT
from portal.cases.opened import viewer
from portal.cases.queries import references_of, shut_out_of
from portal.clock import now
from portal.desk.events import HANDED_OVER
from portal.desk.forms.handing_over import FromForm, HandOverAllForm
from portal.desk.routes.blueprint import desk
from portal.desk.services.handing_over import MAY_HOLD, HeldAs, Moved, give_back, hand_over_all, held_by, holders
from portal.people.access import me, needs
from portal.people.queries import everyone, names_of, people_with
from portal.people.roles import Permission
from portal.web.forms import PortalForm

SHOWN_FOR = timedelta(days=14)
HEADINGS = {
    HeldAs.HANDLER: "Cases that they have",
    HeldAs.SENIOR_MANAGER: "Stages that they hold as senior manager, or decide on",
    HeldAs.TEAM_MANAGER: "Stages that they look into as team manager",
}


@dataclass
class Batch:
    """One hand-over of many cases, as the audit has it."""

    key: str
    at: datetime
    from_id: int
    to_id: int
    what: HeldAs
    ids: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class Pile:
    """What someone holds of one kind, whom it can go to, and the form that sends it there."""

    what: HeldAs
    cases: list[Case]
    form: HandOverAllForm


@desk.route("/hand-over", methods=["GET", "POST"])
@needs(Permission.LET_IN)
def hand_over_everything() -> ResponseReturnValue:
    """What someone holds, kind by kind; each goes to somebody who may have it."""
    from_id = request.args.get("from_id", type=int)
    chosen = FromForm(formdata=None, from_id=from_id)
    chosen.from_id.choices = _those_who_hold(from_id)
    piles = [pile for what in HeldAs if (pile := _pile(from_id, what)) is not None] if from_id else []
    for pile in piles:
        form = pile.form
        if request.form.get("what") == pile.what and form.validate_on_submit():
            try:
                moved = hand_over_all(from_id or 0, form.to_id.data, pile.what, form.note.data, at=now(), by_id=me().id)
            except NotComplete as refusal:
                form.form_errors.append(str(refusal))
            else:
                flash(_told(moved, "handed over"))
                return _back_to(from_id)
    recent = batches()
    names = names_of({one for batch in recent for one in (batch.from_id, batch.to_id)} | {from_id or 0})
    facts = {"piles": piles, "from_id": from_id, "batches": recent, "names": names, "NEXT": NEXT, "HEADINGS": HEADINGS}
    return render_template("desk/hand_over.html", chosen=chosen, undo=PortalForm(), **facts)


@desk.post("/hand-over/<batch>/back")
@needs(Permission.LET_IN)
def undo_hand_over(batch: str) -> ResponseReturnValue:
    """What went in one hand-over goes back, as far as it is still there."""
    found = next((one for one in batches() if one.key == batch), None)
    if found is None or not PortalForm().validate_on_submit():
        raise NotComplete("That hand-over is no longer here. Go back and reload the page.")
    moved = give_back(found.ids, found.from_id, found.to_id, found.what, at=now(), by_id=me().id)
    flash(_told(moved, "given back"))
    return _back_to(found.from_id)


def _those_who_hold(chosen: int | None) -> Any:
    held = holders() | {chosen}
    return people_choices({one.id: one.told for one in everyone() if one.id in held})


def _back_to(from_id: int | None) -> ResponseReturnValue:
    return redirect(f"{url_for('desk.hand_over_everything')}?from_id={from_id}")


def _pile(from_id: int, what: HeldAs) -> Pile | None:
    cases = [case for case in held_by(from_id, what) if me().id not in shut_out_of(case.id)]
    if not cases:
        return None
    is_sent = request.form.get("what") == what
    form = HandOverAllForm(what=what.value) if is_sent else HandOverAllForm(formdata=None, what=what.value)
    able = {one.id: one.told for one in people_with(*MAY_HOLD[what]) if one.id != from_id}
    form.to_id.choices = people_choices(able)
    for one in form:  # several forms stand on one page
        one.id = f"{one.name}-{what}"
    return Pile(what, cases, form)


def _told(moved: Moved, action: str) -> str:
    stays = f" A wall kept {len(moved.kept)} back: {', '.join(moved.kept)}." if moved.kept else ""
    return f"{moved.went} {'case was' if moved.went == 1 else 'cases were'} {action}.{stays}"


def batches() -> list[Batch]:
    """The hand-overs of the last two weeks, newest first, as far as something of them is still there."""
    found: dict[str, Batch] = {}
    for entry in entries_since((HANDED_OVER,), now() - SHOWN_FOR):
        facts = entry.facts
        if not facts.get("batch"):
            continue
        case_id, what = int(entry.about.removeprefix("case/")), HeldAs(facts["what"][0])
        made = Batch(facts["batch"], entry.at, facts["from_id"], facts["to_id"], what)
        batch = found.setdefault(facts["batch"], made)
        batch.ids.append(case_id)
    shown = references_of([key for batch in found.values() for key in batch.ids], viewer())
    for batch in found.values():
        batch.ids = [key for key in batch.ids if key in shown]
    return [batch for batch in found.values() if batch.ids and _is_still_there(batch)]


def _is_still_there(batch: Batch) -> bool:
    return any(case.id in batch.ids for case in held_by(batch.to_id, batch.what))
