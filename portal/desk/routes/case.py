"""One case on one page: what was said, what to do next, what was done."""

from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue

from portal.audit.queries import entries_about
from portal.cases import forms as forms
from portal.cases.clocks import case_clocks
from portal.cases.models import Case
from portal.cases.next_words import LIMITS, NEXT, PROMISED
from portal.cases.opened import doing, done, opened, to_case, viewer
from portal.cases.promises import owes_letter, told_promises
from portal.cases.queries import ombudsman_cases_of, references_of
from portal.cases.services.advocates import knows_only_the_name
from portal.clock import now
from portal.closing.confirmation import ASKED_FIRST
from portal.closing.forms import CloseForm, ReopenForm
from portal.closing.services import closing
from portal.coming_back.forms import SettleForm
from portal.correspondence.forms import ConsentForm, ContactForm, MessageForm
from portal.correspondence.letter_names import LETTERS_OF_OTHER_PARTS, letter_name
from portal.correspondence.reach import is_for_adult, way, ways_to_reach
from portal.correspondence.services import messages
from portal.desk.forms.files import FileForm, TranscriptForm
from portal.desk.routes.blueprint import desk
from portal.duty.queries import alerts_about
from portal.files.queries import files_of
from portal.independent_people.queries import listed_people
from portal.keys.opening import those_that_open
from portal.later_stages.forms import AskForm
from portal.later_stages.services import later_stages
from portal.people.access import may, me, needs
from portal.people.queries import names_of, people_with
from portal.people.roles import THE_TEAM, Permission
from portal.procedure.eligibility import Complainant
from portal.procedure.stages import ClosingReason
from portal.triage.forms import HandlerForm, SafeguardingForm, StandingForm
from portal.triage.services import triage
from portal.triage.services.linking import links_of
from portal.triage.services.triage import assess_part
from portal.web.forms import choices
from portal.web.settings import council

READS = frozenset({"case_read"})
NOT_FOR_OUTSIDERS = (
    "strand_",
    "part_",
    "hold_",
    "proceedings_",
    "case_",
    "wall_",
    "access_",
    "lesson_",
    "ombudsman_",
    "reminded",
)


@desk.get("/cases/<reference>")
@needs(Permission.READ_CASES)
def case(reference: str) -> ResponseReturnValue:
    """The case; to an advocate whom the child lets know only the name, no more than that."""
    found = opened(reference)
    if may(Permission.STAND_BY) and knows_only_the_name(found):
        return render_template("desk/case_name_only.html", case=found, find_them=way(found, "how_to_find"))
    return show(found)


def show(found: Case, **sent: Any) -> ResponseReturnValue:
    """The page of a case, with any form that was just refused in place of a fresh one."""
    entries = those_that_open(entries_about(found.about))
    told = [entry for entry in entries if entry.event not in READS]
    if is_outside := not may(Permission.LOG):
        told = [entry for entry in told if not entry.event.startswith(NOT_FOR_OUTSIDERS)]
    people = {entry.by_id for entry in entries} | {found.handler_id} | {entry.facts.get("person_id") for entry in told}
    people |= {entry.facts.get(name) for entry in told for name in ("from_id", "to_id")}
    for stage in found.stages:
        people |= {stage.senior_manager_id, stage.team_manager_id, stage.drafted_by_id, stage.checked_by_id}
        people |= {version.by_id for version in stage.statements} if stage.number > 1 else set()
    facts = {
        "case": found,
        "entries": told,
        "reads": len(entries) - len(told),
        "names": names_of({person for person in people if person}),
        "assessed": {part.position: assess_part(found, part) for part in found.parts},
        "handler": handler_form(found),
        "my_id": me().id,
        "ways": ways_to_reach(found),
        "is_reachable": any(one.is_safe for one in ways_to_reach(found)),
        "for_adult": is_for_adult(found),
        "letters": those_that_open(found.messages),
        "files": those_that_open(files_of(found.id)),
        "alerts": alerts_about(found.about) if may(Permission.TRIAGE) else (),
        "is_outside": is_outside,
        "not_shown": LETTERS_OF_OTHER_PARTS if is_outside else (),
        "NEXT": NEXT,
        "letter_name": letter_name,
        "LIMITS": LIMITS,
        "PROMISED": PROMISED,
        "promised": told_promises(found),
        "owes_letter": owes_letter(found),
    }
    facts |= fresh_forms(found) | belongings(found)
    return render_template("desk/case.html", **facts | sent), 422 if sent else 200


def fresh_forms(found: Case) -> dict[str, Any]:
    """The forms of the page, as nobody has filled them in yet."""
    return {
        "safeguarding": SafeguardingForm(formdata=None, version=found.version),
        "standing": standing_form(found),
        "close": CloseForm(formdata=None, version=found.version),
        "confirm": forms.ConfirmForm(formdata=None, version=found.version),
        "message": MessageForm(formdata=None, version=found.version),
        "ask": AskForm(formdata=None, version=found.version),
        "reopen": ReopenForm(formdata=None, version=found.version),
        "add_file": FileForm(formdata=None),
        "contact": ContactForm(formdata=None, version=found.version),
        "settle": SettleForm(formdata=None, version=found.version),
        "consent": ConsentForm(formdata=None, version=found.version),
        "settle_blank": SettleForm(formdata=None, version=found.version),
        "transcript": TranscriptForm(formdata=None),
    }


def belongings(found: Case) -> dict[str, Any]:
    """What hangs on a case beside its own rows: clocks, people appointed, the Ombudsman, other cases."""
    links = links_of(found.id)
    appointed = [one.independent_person_id for stage in found.stages[1:] for one in stage.appointments]
    started = bool(found.stages or found.strands)
    return {
        "clocks": case_clocks(found) if started else [],
        "listed": listed_people(appointed) if appointed else {},
        "ombudsman": ombudsman_cases_of(found.id) if started else [],
        "links": links,
        "references": references_of([key for key, _, _ in links], viewer()) if links else {},
    }


def handler_form(found: Case) -> HandlerForm:
    """Who in the team can have it."""
    form = HandlerForm(version=found.version, handler_id=found.handler_id or 0)
    team = {str(person.id): person.name for person in people_with(*THE_TEAM)}
    form.handler_id.choices = choices({"0": "Nobody"} | team)
    return form


def standing_form(found: Case) -> StandingForm:
    """Who is complaining, as it stands."""
    return StandingForm(
        formdata=None,
        version=found.version,
        complainant=found.complainant.value,
        child_agrees=forms.as_answer(found.child_agrees),
        has_sufficient_interest=forms.as_answer(found.has_sufficient_interest),
        reasons=found.standing_reasons,
    )


@desk.post("/cases/<reference>/handler")
@needs(Permission.TRIAGE)
def hand_to(reference: str) -> ResponseReturnValue:
    """Give it to someone of the team."""
    found = opened(reference)
    form = handler_form(found)
    if done(
        form, lambda: triage.hand_to(found.id, form.handler_id.data or None, **doing(form)), "Who has it is written down."
    ):
        return to_case(reference)
    return show(opened(reference), handler=form)


@desk.post("/cases/<reference>/safeguarding")
@needs(Permission.TRIAGE)
def safeguarding(reference: str) -> ResponseReturnValue:
    """Whether a child may be at risk."""
    found, form = opened(reference), SafeguardingForm()

    def check() -> None:
        at_risk, to = form.at_risk.data == "yes", form.handed_over_to.data or ""
        triage.check_safeguarding(found.id, at_risk=at_risk, handed_over_to=to, **doing(form))

    if done(form, check, "Safeguarding is checked."):
        return to_case(reference)
    return show(opened(reference), safeguarding=form)


@desk.post("/cases/<reference>/standing")
@needs(Permission.TRIAGE)
def standing(reference: str) -> ResponseReturnValue:
    """Who is complaining, and whether they may."""
    found, form = opened(reference), StandingForm()

    def decide() -> None:
        triage.decide_standing(
            found.id,
            complainant=Complainant(form.complainant.data),
            has_sufficient_interest=forms.said(form.has_sufficient_interest.data),
            child_agrees=forms.said(form.child_agrees.data),
            reasons=form.reasons.data or "",
            **doing(form),
        )

    if done(form, decide, "Who is complaining is written down."):
        return to_case(reference)
    return show(opened(reference), standing=form)


@desk.post("/cases/<reference>/close")
@needs(Permission.TRIAGE)
def close(reference: str) -> ResponseReturnValue:
    """Withdrawn, or settled."""
    found, form = opened(reference), CloseForm()

    def end() -> object:
        reason = ClosingReason(form.reason.data)
        said, words = form.confirmation(), form.words.data or ""
        return closing.close_case(found.id, reason, said=said, words=words, council=council(), **doing(form)) or ASKED_FIRST

    if done(form, end, "The case is closed, and a letter tells the person."):
        return to_case(reference)
    return show(opened(reference), close=form)


@desk.post("/cases/<reference>/message")
@needs(Permission.TRIAGE)
def message(reference: str) -> ResponseReturnValue:
    """Write to the person."""
    found, form = opened(reference), MessageForm()

    def write() -> None:
        messages.send_message(found.id, form.letter.data, keeps_promise=form.keeps_promise.data, **doing(form))

    if done(form, write, "Your message is written."):
        return to_case(reference)
    return show(opened(reference), message=form)


@desk.post("/cases/<reference>/stage-<int(min=2, max=3):number>")
@needs(Permission.TRIAGE)
def ask_for_stage(reference: str, number: int) -> ResponseReturnValue:
    """The person asks for the next stage, in any words."""
    found, form = opened(reference), AskForm()

    def ask() -> None:
        asked = {"requested_on": form.requested_on.data, "council": council()}
        later_stages.ask_for_stage(found.id, number, **asked, **doing(form))

    if done(form, ask, f"The request for stage {number} is written down."):
        return to_case(reference)
    return show(opened(reference), ask=form)


@desk.post("/cases/<reference>/reply-read")
@needs(Permission.TRIAGE)
def reply_read(reference: str) -> ResponseReturnValue:
    """Someone has read what the person said back."""
    found, form = opened(reference), forms.ConfirmForm()
    if done(form, lambda: messages.note_reply_read(found.id, **doing(form)), "The reply is marked as read."):
        return to_case(reference)
    return show(opened(reference), confirm=form)


@desk.post("/cases/<reference>/have-it")
@needs(Permission.TRIAGE)
def have_it(reference: str) -> ResponseReturnValue:
    """A colleague has what the duty desk was told of."""
    found, form = opened(reference), forms.ConfirmForm()
    if done(form, lambda: messages.have_it(found.id, at=now(), by_id=me().id), "You have it. Nobody else is called."):
        return to_case(reference)
    return show(opened(reference), confirm=form)


@desk.post("/cases/<reference>/reopen")
@needs(Permission.TRIAGE)
def reopen(reference: str) -> ResponseReturnValue:
    """Open it again, for example when proceedings have ended."""
    found, form = opened(reference), ReopenForm()
    if done(
        form,
        lambda: closing.reopen_case(found.id, form.reasons.data, council=council(), **doing(form)),
        "The case is open again.",
    ):
        return to_case(reference)
    return show(opened(reference), reopen=form)
