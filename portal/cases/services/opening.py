"""A case begins: from a form, from a colleague's log, or taken over from the system that a council leaves."""

import secrets
from collections.abc import Iterator
from datetime import datetime

from portal.audit.services import record
from portal.cases.events import CASE_OPENED
from portal.cases.models import (
    Case,
    Disposition,
    FollowUp,
    FollowUpKind,
    Kind,
    LetterForm,
    MayBeTold,
    NextAction,
    Part,
    Party,
    PartyRole,
    WallReason,
)
from portal.cases.representation import PersonDetails, Representation
from portal.cases.services.indexing import index_new_case
from portal.cases.services.stock_of_words import DrawnWords
from portal.cases.services.walls import shut_out_named
from portal.clock import london_day
from portal.database import insert_now, transaction
from portal.procedure.stages import Status
from portal.working_days.hours import read_by

REFERENCE_LETTERS, REFERENCE_LENGTH = "23456789BCDFGHJKMNPQRSTVWXYZ", 7  # no vowels: no reference spells a word


def open_case(
    kind: Kind,
    told: Representation,
    *,
    at: datetime,
    received_at: datetime | None = None,
    read_first: tuple[str, ...] = (),
    letter_form: LetterForm | None = None,
    by_id: int | None = None,
    drawn: DrawnWords | None = None,
) -> Case:
    """Open a case with one part, ready to be read. It was received now, or at `received_at` when staff log it later.

    Letters on paper look as the person likes their answers, unless `letter_form` says how. With `drawn`, the slow hash of
    its secret words is kept: nobody can find the words themselves again.
    """
    with transaction() as session:
        case = _case_of(kind, told, received_at or at)
        case.reads_first, case.reads_first_why = 0 if read_first else 1, " ".join(read_first)
        case.letter_form = letter_form or _letter_form(told.person)
        insert_now(case)
        insert_now(_first_part(case.id, told))
        if drawn is not None:
            insert_now(drawn.kept(case.id))
        if told.person.advocate == "yes":
            session.add(FollowUp(case_id=case.id, kind=FollowUpKind.WANTS_SIDE, at=at))
        for party in parties_named(case.id, told, at):
            insert_now(party)
        index_new_case(case)
        shut_out_named(case, told.must_not_see, WallReason.PERSON_ASKED, at=at)
        shut_out_named(case, told.about_whom, WallReason.COMPLAINED_ABOUT, at=at)
        record(CASE_OPENED, case.about, at=at, by_id=by_id, read_first=list(read_first), **what_it_is(case))
    return case


def _case_of(kind: Kind, told: Representation, received_at: datetime) -> Case:
    """A case as it begins: to be read, with all that was told."""
    received_on = london_day(received_at)
    return Case(
        reference=new_reference(),
        old_reference=told.old_reference,
        once_key=told.once_key,
        kind=kind,
        method=told.method,
        point_of_receipt=told.point_of_receipt,
        complainant=told.complainant,
        received_at=received_at,
        received_on=received_on,
        told=[list(pair) for pair in told.told],
        person=told.person.kept() | ({"must_not_see": told.must_not_see} if told.must_not_see else {}),
        status=Status.TO_READ,
        is_open=True,
        disposition=Disposition.OPEN,
        raised_through=told.raised_through,
        promises=[],
        next_action=NextAction.CHECK_SAFEGUARDING,
        next_due_on=read_by(received_at) or received_on,
    )


def parties_named(case_id: int, told: Representation, at: datetime) -> Iterator[Party]:
    """The people whom somebody names beside themselves: the child, who is complained about, who must not know."""
    child = {"name": told.person.child_name, "age": told.person.child_age_or_birth}
    named = (
        (PartyRole.CHILD, child),
        (PartyRole.COMPLAINED_ABOUT, {"name": told.about_whom}),
        (PartyRole.MUST_NOT_KNOW, {"name": told.must_not_see}),
    )
    for role, said in named:
        if details := {name: value for name, value in said.items() if value}:
            yield Party(case_id=case_id, role=role, details=details, may_be_told=MayBeTold.NOTHING, added_at=at)


def _letter_form(person: PersonDetails) -> LetterForm:
    """The form of letters on paper that follows from how someone likes their answers."""
    liked = (LetterForm.EASY_WORDS, LetterForm.LARGE_PRINT)
    return next((form for form in liked if form.value in person.answer_forms), LetterForm.PLAIN)


def what_it_is(case: Case) -> dict[str, str]:
    """What the audit says of a case as it begins."""
    return {"kind": case.kind, "method": case.method, "complainant": case.complainant}


def _first_part(case_id: int, told: Representation) -> Part:
    return Part(
        case_id=case_id,
        position=1,
        service_area=told.service_area,
        subject=told.subject,
        sub_subject=told.sub_subject,
        happened_on=told.happened_on,
        happened_words=told.happened_words,
        still_going_on=told.still_going_on,
        proceedings=told.proceedings,
    )


def new_reference() -> str:
    """A reference that says nothing of how many cases there are and cannot be guessed from another."""
    return f"YS-{''.join(secrets.choice(REFERENCE_LETTERS) for _ in range(REFERENCE_LENGTH))}"
