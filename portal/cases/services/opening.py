"""A case begins: from a form, from a colleague's log, or taken over from the system that a council leaves."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from portal.audit.services import record
from portal.cases.events import CASE_OPENED
from portal.cases.models import (
    Case,
    Disposition,
    FollowUp,
    FollowUpKind,
    Kind,
    LetterForm,
    NextAction,
    Part,
    RaisedThrough,
    WallReason,
)
from portal.cases.services.drawing import DrawnWords
from portal.cases.services.indexing import index_new_case
from portal.cases.services.walls import shut_out_named
from portal.clock import london_day
from portal.database import transaction
from portal.procedure.eligibility import Complainant, Proceedings
from portal.procedure.receipt import Method, PointOfReceipt
from portal.procedure.stages import Status
from portal.working_days.hours import read_by

REFERENCE_LETTERS, REFERENCE_LENGTH = "23456789BCDFGHJKMNPQRSTVWXYZ", 7  # no vowels: no reference spells a word


@dataclass(frozen=True)
class NewCase:
    """Everything that a case begins with. `told` are pairs of question and answer, in the order they were asked."""

    kind: Kind
    method: Method
    point_of_receipt: PointOfReceipt
    complainant: Complainant
    told: tuple[tuple[str, str], ...]
    person: Mapping[str, Any] = field(default_factory=dict)
    read_first: tuple[str, ...] = ()
    service_area: str = ""
    subject: str = ""
    sub_subject: str = ""
    happened_on: date | None = None
    still_going_on: bool = False
    proceedings: Proceedings = Proceedings.NONE
    once_key: str | None = None
    old_reference: str | None = None
    received_at: datetime | None = None
    must_not_see: str = ""
    about_whom: str = ""
    letter_form: LetterForm = LetterForm.PLAIN
    raised_through: RaisedThrough | None = None


def open_case(new: NewCase, *, at: datetime, by_id: int | None = None, drawn: DrawnWords | None = None) -> Case:
    """Open a case with one part, ready to be read. It was received now, or at `new.received_at` when staff log it later.

    With `drawn`, the slow hash of its secret words is kept: nobody can find the words themselves again.
    """
    received_on = london_day(new.received_at or at)
    with transaction() as session:
        case = Case(
            reference=_new_reference(),
            old_reference=new.old_reference,
            once_key=new.once_key,
            kind=new.kind,
            method=new.method,
            point_of_receipt=new.point_of_receipt,
            complainant=new.complainant,
            received_at=new.received_at or at,
            received_on=received_on,
            told=[list(pair) for pair in new.told],
            person={**new.person, **({"must_not_see": new.must_not_see} if new.must_not_see else {})},
            status=Status.TO_READ,
            is_open=True,
            disposition=Disposition.OPEN,
            reads_first=0 if new.read_first else 1,
            reads_first_why=" ".join(new.read_first),
            letter_form=new.letter_form,
            raised_through=new.raised_through,
            next_action=NextAction.CHECK_SAFEGUARDING,
            next_due_on=read_by(new.received_at or at) or received_on,
        )
        case.parts = [_first_part(new)]
        if drawn is not None:
            case.secret_words = drawn.kept()
        case.follow_ups = [FollowUp(kind=FollowUpKind.WANTS_SIDE, at=at)] if new.person.get("advocate") == "yes" else []
        session.add(case)
        session.flush()
        index_new_case(case)
        shut_out_named(case, new.must_not_see, WallReason.PERSON_ASKED, at=at)
        shut_out_named(case, new.about_whom, WallReason.COMPLAINED_ABOUT, at=at)
        record(CASE_OPENED, case.about, at=at, by_id=by_id, read_first=list(new.read_first), **_what_it_is(case))
    return case


def _what_it_is(case: Case) -> dict[str, str]:
    return {"kind": case.kind, "method": case.method, "complainant": case.complainant}


def _first_part(new: NewCase) -> Part:
    return Part(
        position=1,
        service_area=new.service_area,
        subject=new.subject,
        sub_subject=new.sub_subject,
        happened_on=new.happened_on,
        still_going_on=new.still_going_on,
        proceedings=new.proceedings,
    )


def _new_reference() -> str:
    """A reference that says nothing of how many cases there are and cannot be guessed from another."""
    return f"YS-{''.join(secrets.choice(REFERENCE_LETTERS) for _ in range(REFERENCE_LENGTH))}"
