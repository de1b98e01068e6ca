"""Opening a case for the person who is signed in, and doing one action on it with every refusal shown in words."""

from collections.abc import Callable

from flask import Blueprint, flash, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from portal import wording
from portal.actions.action import Instead
from portal.cases.errors import CaseNotFound, ChangedMeanwhile, NotComplete, ReasonNeeded
from portal.cases.forms import WhyForm
from portal.cases.holders import holders_of
from portal.cases.models import Case, NextAction
from portal.cases.next_actions import LETTER_GOES, NEXT
from portal.cases.queries import case_by_reference, case_version
from portal.cases.services.advocates import knows_only_the_name
from portal.cases.services.part_walls import hidden_parts, is_shown
from portal.cases.services.reading import note_not_found, note_read, read_lately
from portal.cases.visibility import Viewer, is_own
from portal.clock import now, today
from portal.people.access import may, me
from portal.people.queries import names_of, with_everyone_below
from portal.people.roles import Permission
from portal.procedure.errors import RuleError
from portal.web.errors import error_page
from portal.web.forms import PortalForm
from portal.web.reading_only import note_if_possible

ONLY_THE_NAME = "desk.case"  # the one page that an advocate opens who may know no more
# what is open on a case to somebody from whom a part is hidden, by its slug, with the number of the stage
ON_AN_ELEMENT = {"find-2": 2, "comment": 2, "find-3": 3}
ON_A_STAGE = {"interview": 2, "investigation-report": 2, "independent-report": 2, "panel-report": 3}
GAVE_REASON = "gave_reason"  # for cases that were opened while nothing could be kept
REFUSALS = (RuleError, NotComplete, ChangedMeanwhile)


def viewer() -> Viewer:
    """The person who is signed in, as one who looks at cases today."""
    if "viewer" not in g:
        g.viewer = Viewer(me().id, may(Permission.READ_ALL_CASES), with_everyone_below(me().id), today())
    found: Viewer = g.viewer
    return found


def found_for_me(reference: str) -> Case:
    """The case, if this person may know of it. Raises CaseNotFound; that they asked is written down, whatever the cause."""
    try:
        return case_by_reference(reference, viewer())
    except CaseNotFound:
        note_if_possible(note_not_found, reference, at=now(), by_id=me().id)
        raise


def opened(reference: str) -> Case:
    """The case, and a note that this person looked. Raises CaseNotFound, or ReasonNeeded for a case of someone else's."""
    case = found_for_me(reference)
    if not g.get("reading_noted"):
        if not (is_own(case, viewer()) or _gave_reason(case)):
            raise ReasonNeeded(case.reference)
        g.reading_noted = True
        note_if_possible(note_read, case, at=now(), by_id=me().id)
    if may(Permission.STAND_BY) and knows_only_the_name(case) and request.endpoint != ONLY_THE_NAME:
        raise CaseNotFound
    _check_part(case)
    return case


def _check_part(case: Case) -> None:
    """Shut every page of a case, but a few, to somebody from whom a part is hidden. Raises CaseNotFound."""
    hidden = g.hidden_parts = hidden_parts(case, me().id)
    if not hidden:
        return
    slug = (request.endpoint or "").removeprefix("desk.").replace("_", "-")
    if slug not in ("case", "say-why", *ON_A_STAGE, *ON_AN_ELEMENT):
        raise CaseNotFound
    if slug in ON_AN_ELEMENT:
        stage, place = case.stage(ON_AN_ELEMENT[slug]), (request.view_args or {}).get("place")
        shown = [one.position for one in stage.elements if is_shown(one, hidden)] if stage is not None else []
        if place not in shown:
            raise CaseNotFound


def _gave_reason(case: Case) -> bool:
    return case.id in session.get(GAVE_REASON, ()) or read_lately(case, at=now(), by_id=me().id)


def done(form: PortalForm, action: Callable[[], object], told: str) -> bool:
    """Do an action that a good form asks for; a refusal is put on the form, where nothing typed is lost.

    When the action did something else than was asked for, it gives the words that say so.
    """
    if not form.validate_on_submit():
        return False
    g.began_at = now()
    try:
        outcome = action()
    except REFUSALS as refusal:
        form.form_errors.append(str(refusal))
        if isinstance(refusal, ChangedMeanwhile):
            form["version"].raw_data = [str(case_version(refusal.case_id))]
        return False
    words = outcome if isinstance(outcome, Instead) else told
    if words:
        flash(words)
    return True


def to_case(reference: str) -> ResponseReturnValue:
    """Back to the top of the case, which says what was done, where a letter is that was written, and what is next."""
    try:
        case = case_by_reference(reference, viewer())
    except CaseNotFound:  # it was given away
        return redirect(url_for("desk.queue_page"))
    flash(" ".join([*_letters_now(case), _what_is_next(case)]))
    return redirect(url_for("desk.case", reference=reference))


def _letters_now(case: Case) -> list[str]:
    began_at = g.get("began_at")
    ways = {one.way for one in case.messages if one.from_us and began_at and one.at >= began_at and one.by_id == me().id}
    return [words for way, words in LETTER_GOES.items() if way in ways]


def _what_is_next(case: Case) -> str:
    if case.next_action is NextAction.NOTHING:
        return "Nothing else has to be done on it now."
    holders = holders_of(case)
    names = names_of(set(holders)) if len(holders) == 1 else {}
    whose = " It waits for you." if me().id in holders else "".join(f" It waits for {name}." for name in names.values())
    return f"Next: {NEXT[case.next_action].in_queue}, by {wording.day(case.next_due_on)}.{whose}"


def not_found(trouble: CaseNotFound) -> ResponseReturnValue:
    """The same page for a case that is not there and for one that this person may not know of."""
    return error_page(404, "We cannot find that case", "Check the reference, or look in the queue.")


def ask_why(needed: ReasonNeeded) -> ResponseReturnValue:
    """Ask for the reason before a case of someone else's opens."""
    return render_template("cases/why.html", reference=needed.reference, form=WhyForm(formdata=None))


def cannot_do(trouble: Exception) -> ResponseReturnValue:
    """A page that a rule, or what the case lacks, does not let open."""
    return error_page(404, "This page cannot be opened now", str(trouble))


def add_refusals(room: Blueprint) -> None:
    """Give a room that opens cases the pages of its refusals."""
    room.register_error_handler(CaseNotFound, not_found)
    room.register_error_handler(ReasonNeeded, ask_why)
    room.register_error_handler(NotComplete, cannot_do)
    room.register_error_handler(RuleError, cannot_do)
