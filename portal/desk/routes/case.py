"""One case on one page: what was said, what to do next, what was done."""

from collections.abc import Sequence
from functools import partial
from typing import Any, NamedTuple

from flask import g, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.audit.events import DECLARED
from portal.audit.models import AuditEntry
from portal.audit.queries import entries_about
from portal.cases.actions import CaseAction
from portal.cases.clocks import case_clocks, counted_from_first_agreement, envelope_of
from portal.cases.forms import ConfirmForm
from portal.cases.limit_names import LIMITS, PROMISED
from portal.cases.models import Case, Countersignature
from portal.cases.next_actions import NEXT
from portal.cases.opened import ON_A_STAGE, ON_AN_ELEMENT, opened, viewer
from portal.cases.promises import owes_letter, told_promises
from portal.cases.queries import has_way_back, ombudsman_cases_of, references_of
from portal.cases.services.advocates import knows_only_the_name
from portal.cases.services.part_walls import is_shown
from portal.clock import today
from portal.closing.forms import CloseForm, ReopenForm
from portal.coming_back.forms import SettleForm
from portal.correspondence.forms import AdvocateConsentForm, DecideContactForm, MessageForm
from portal.correspondence.letter_names import LETTERS_OF_OTHER_PARTS, letter_name
from portal.correspondence.reach import is_for_adult, way, ways_to_reach
from portal.desk.every_action import BY_SLUG, ON_CASES
from portal.desk.forms.files import FileForm, TranscriptForm
from portal.desk.routes.blueprint import desk
from portal.duty.queries import alerts_about
from portal.files.queries import files_of
from portal.independent_people.queries import listed_people
from portal.keys.opening import those_that_open
from portal.later_stages.forms import AskForm
from portal.people.access import may, me, needs
from portal.people.queries import names_of
from portal.people.roles import Permission
from portal.procedure.stages import Status
from portal.triage.forms.deciding import SafeguardingForm, handler_form, standing_form
from portal.triage.services.linking import links_of
from portal.triage.services.triage import assess_part

READS = frozenset({"case_read"})
FOR_OUTSIDERS = frozenset(event.name for event in DECLARED.values() if event.is_for_outsiders)


class Offer(NamedTuple):
    """An action, with the words of the link to it."""

    action: CaseAction
    words: str


@desk.get("/cases/<reference>")
@needs(Permission.READ_CASES)
def case(reference: str) -> ResponseReturnValue:
    """The case; to an advocate whom the child lets know only the name, no more than that."""
    found = opened(reference)
    if may(Permission.STAND_BY) and knows_only_the_name(found):
        return render_template("desk/case_name_only.html", case=found, find_them=way(found, "how_to_find"))
    if g.hidden_parts:
        return in_part(found, g.hidden_parts)
    return show(found)


def in_part(found: Case, hidden: frozenset[int]) -> ResponseReturnValue:
    """The case for somebody from whom a part is hidden: what is known to be of the other parts, and nothing else."""

    def mine(slugs: dict[str, int], number: int) -> list[CaseAction]:
        found_ = [BY_SLUG[slug] for slug, of in slugs.items() if of == number]
        return [one for one in found_ if may(one.permission) and (one.only_for is None or one.only_for(found))]

    stages = [(stage, [one for one in stage.elements if is_shown(one, hidden)]) for stage in found.stages[1:]]
    facts = {
        "case": found,
        "parts": [part for part in found.parts if part.position not in hidden],
        "ways": ways_to_reach(found),
        "stages": stages,
        "on_elements": {number: mine(ON_AN_ELEMENT, number) for number in (2, 3)},
        "on_stages": {number: mine(ON_A_STAGE, number) for number in (2, 3)},
    }
    return render_template("desk/case_in_part.html", **facts)


def show(found: Case, **sent: Any) -> ResponseReturnValue:
    """The page of a case, with any form that was just refused in place of a fresh one."""
    entries = those_that_open(entries_about(found.about))
    told = [entry for entry in entries if entry.event not in READS]
    if is_outside := not may(Permission.LOG):
        told = [entry for entry in told if entry.event in FOR_OUTSIDERS]
    facts = {
        "case": found,
        "entries": told,
        "reads": len(entries) - len(told),
        "names": names_of(_people_on(found, entries, told)),
        "assessed": {part.position: assess_part(found, part) for part in found.parts},
        "my_id": me().id,
        "ways": ways_to_reach(found),
        "has_way_back": has_way_back,
        "for_adult": is_for_adult(found),
        "letters": those_that_open(found.messages),
        "files": those_that_open(files_of(found.id)),
        "alerts": alerts_about(found.about) if may(Permission.TRIAGE) else (),
        "is_outside": is_outside,
        "not_shown": LETTERS_OF_OTHER_PARTS if is_outside else (),
        "letter_name": letter_name,
        "LIMITS": LIMITS,
        "PROMISED": PROMISED,
        "promised": told_promises(found),
        "owes_letter": owes_letter(found),
        "envelope": envelope_of(found, today()),
        "counted_from_first_agreement": counted_from_first_agreement,
    }
    facts |= fresh_forms(found) | belongings(found) | what_can_be_done(found)
    return render_template("desk/case.html", **facts | sent), 422 if sent else 200


def _people_on(found: Case, entries: Sequence[AuditEntry], told: Sequence[AuditEntry]) -> set[int]:
    """The numbers of all colleagues whose names the page says."""
    people = {entry.by_id for entry in entries} | {found.assignee_id}
    people |= {entry.facts.get(name) for entry in told for name in ("person_id", "from_id", "to_id")}
    for stage in found.stages:
        people |= {stage.senior_manager_id, stage.team_manager_id, stage.drafted_by_id, stage.checked_by_id}
        people |= {version.by_id for version in stage.statements} if stage.number > 1 else set()
    return {person for person in people if person}


def what_can_be_done(found: Case) -> dict[str, Any]:
    """What is next, in words, and the actions that are it; and the links to all others, place by place."""
    code = found.next_action
    answered_on = found.stages[0].responded_on if found.stages else None
    return {
        "next": NEXT[code],
        "to_do": [one for one in ON_CASES if one.does.get(code) and may(one.permission)],
        "offered": partial(offered, found),
        "address_of": lambda one: _address_of(found, one),
        "title_of": lambda one: BY_SLUG[one.slug].title.format(place=one.place),
        "reply_read": BY_SLUG["reply-read"],
        "answered_on": answered_on,
        "may_reopen": found.status is Status.CLOSED and not answered_on and may(Permission.TRIAGE),
    }


def _address_of(found: Case, one: Countersignature) -> str:
    """Where an action that waits for a second person is read."""
    action = BY_SLUG[one.slug]
    return url_for(f"desk.{action.endpoint}", reference=found.reference, place=one.place if action.has_place else None)


def fresh_forms(found: Case) -> dict[str, Any]:
    """The forms of the page, as nobody has filled them in yet."""
    return {
        "hand_to": handler_form(found),
        "safeguarding": SafeguardingForm(formdata=None, version=found.version),
        "standing": standing_form(found),
        "close": CloseForm(formdata=None, version=found.version),
        "confirm": ConfirmForm(formdata=None, version=found.version),
        "message": MessageForm(formdata=None, version=found.version),
        "ask_for_stage": AskForm(formdata=None, version=found.version),
        "reopen": ReopenForm(formdata=None, version=found.version),
        "add_file": FileForm(formdata=None),
        "decide_contact": DecideContactForm(formdata=None, version=found.version),
        "settle": SettleForm(formdata=None, version=found.version),
        "note_consent": AdvocateConsentForm(formdata=None, version=found.version),
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


def offered(found: Case, at: str, place: int = 0) -> list[Offer]:
    """The links to actions that stand at a place of the page, for this person and as the case stands."""
    return [
        Offer(one, one.link(found, place) if callable(one.link) else one.link)
        for one in ON_CASES
        if one.offered_at == at and may(one.permission) and one.is_offered(found, place)
    ]
