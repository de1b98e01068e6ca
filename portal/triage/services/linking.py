"""Linking cases that belong together, splitting one in two, and answering two together without losing either sender."""

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import or_, select

from portal.audit.services import record
from portal.cases.errors import NotComplete
from portal.cases.models import Authority, Case, CaseLink, Disposition, Kind, LinkKind, Part, Party, PartyRole
from portal.cases.queries import wall_for, walls_of
from portal.cases.representation import Answer, PersonDetails, Representation, person_of
from portal.cases.services.locked_case import locked_case, work_out_what_follows
from portal.cases.services.opening import open_case
from portal.cases.services.part_walls import parts_left, parts_went
from portal.cases.services.walls import new_wall
from portal.clock import at_on
from portal.database import db
from portal.parties.services.members import constituent_of, member_may_be_told
from portal.procedure.eligibility import Complainant
from portal.procedure.errors import MoveNotAllowed
from portal.procedure.stages import Status
from portal.triage.events import CASE_LINKED, CASE_MERGED, CASE_SPLIT, ISSUE_BECAME_COMPLAINT

DESCRIBED = (
    *("words", "matter", "service_area", "subject", "sub_subject", "happened_on", "still_going_on", "already_considered"),
    *("reasonable_not_to_complain_sooner", "still_fair_to_consider", "sooner_words", "fair_words", "happened_words"),
)


def links_of(case_id: int) -> list[tuple[int, LinkKind, bool]]:
    """The other case, the kind, and whether this case is the one that was linked to it."""
    wanted = select(CaseLink).where(or_(CaseLink.case_id == case_id, CaseLink.other_id == case_id))
    rows = db.session.scalars(wanted.order_by(CaseLink.case_id, CaseLink.other_id)).all()
    return [(row.other_id if row.case_id == case_id else row.case_id, row.kind, row.case_id == case_id) for row in rows]


def answered_with(case_id: int) -> list[Case]:
    """The cases of other senders that are answered together with this one."""
    rows = select(CaseLink.case_id).where(CaseLink.other_id == case_id, CaseLink.kind == LinkKind.ANSWERED_WITH)
    return list(db.session.scalars(select(Case).where(Case.id.in_(rows)).order_by(Case.id)))


def link_cases(case_id: int, other_id: int, *, at: datetime, by_id: int, version: int | None = None) -> None:
    """Say that two cases belong together."""
    with locked_case(case_id, version) as case:
        _link(case, other_id, LinkKind.RELATED)
        record(CASE_LINKED, case.about, at=at, by_id=by_id, other_id=other_id)


def merge_into(case_id: int, other_id: int, reasons: str, *, at: datetime, by_id: int, version: int | None = None) -> None:
    """Answer this case together with another: it stays, and its sender gets the answer in a letter of their own."""
    if not reasons.strip():
        raise NotComplete("Say why they are one complaint.")
    with locked_case(case_id, version) as case:
        other = db.session.get(Case, other_id)
        if other is None or other.id == case.id or other.status is not Status.STAGE_1 or case.status is not Status.STAGE_1:
            raise MoveNotAllowed("merge", "Both cases must be at stage 1, so that one answer can serve both.")
        if answered_with(case.id) or any(kind is LinkKind.ANSWERED_WITH for _, kind, _ in links_of(case.id)):
            raise NotComplete("This case is merged already.")
        _link(case, other_id, LinkKind.ANSWERED_WITH)
        record(CASE_MERGED, case.about, at=at, by_id=by_id, other_id=other_id, reasons=reasons)


def split_case(case_id: int, positions: Collection[int], *, at: datetime, by_id: int, version: int | None = None) -> str:
    """Make a case of its own of some parts, with the same day of receipt; gives its reference."""
    with locked_case(case_id, version) as case:
        if case.status is not Status.TO_DECIDE:
            raise MoveNotAllowed("decided", "A case is split before the person is told what happens to each part.")
        if not positions or len(positions) >= len(case.parts):
            raise NotComplete("Choose some parts, and leave at least one.")
        parts_left(case, positions)
        new = open_from(case, positions, received_on=case.received_on, at=at, by_id=by_id)
        for mine, its in zip(_taken(case, positions), new.parts, strict=True):
            its.proceedings, its.would_prejudice = mine.proceedings, mine.would_prejudice
        case.parts = [part for part in case.parts if part.position not in positions]
        for place, part in enumerate(case.parts, start=1):
            part.position = place
        record(CASE_SPLIT, case.about, at=at, by_id=by_id, positions=sorted(positions), into=new.reference)
        return new.reference


def open_from(case: Case, positions: Collection[int], *, received_on: date, at: datetime, by_id: int | None) -> Case:
    """Open a case of its own from parts of another, for the same person and behind the same walls, checked for safety."""
    parts = _taken(case, positions)
    if len(parts) != len(set(positions)):
        raise NotComplete("There is no such part. Reload the case.")
    new = open_case(
        case.kind,
        Representation(
            method=case.method,
            point_of_receipt=case.point_of_receipt,
            complainant=case.complainant,
            told=tuple(Answer("From " + case.reference, part.words or "All that was said.") for part in parts),
            person=person_of(case.person),
        ),
        at=at,
        received_at=at_on(received_on),
        by_id=by_id,
    )
    new.person = dict(case.person)  # with whom they do not want to see it; the walls as they stand come along below
    new.parts = [Part(position=place, **_described(part)) for place, part in enumerate(parts, start=1)]
    new.has_sufficient_interest, new.child_agrees = case.has_sufficient_interest, case.child_agrees
    new.interest = case.interest
    if case.first_told_on is not None or received_on > case.received_on:  # the year of regulation 9 ends with the first word
        new.first_told_on = case.first_told_on or case.received_on
    new.standing_reasons, new.assignee_id, new.letter_form = case.standing_reasons, case.assignee_id, case.letter_form
    parts_went(case, new, positions)
    _belongs_to(new, case, LinkKind.SPLIT_FROM)
    work_out_what_follows(new)
    return new


def became_complaint(
    case_id: int,
    said: str,
    said_on: date,
    *,
    of_constituent: Complainant | None = None,
    at: datetime,
    by_id: int,
    version: int | None = None,
) -> str:
    """An issue, a comment or an enquiry became a complaint: a case of its own that keeps the day on which it first came.

    Only what the person themselves had called settled is received anew, on the day they said so; the year of the law counts
    to the first day all the same. A member's enquiry becomes a complaint of the constituent, who is `of_constituent`.
    What was recorded stays and is still counted. Gives the reference of the complaint.
    """
    with locked_case(case_id, version) as case:
        if case.kind is Kind.COMPLAINT:
            raise NotComplete("It is already a complaint.")
        new = open_case(
            Kind.COMPLAINT,
            _as_complaint(case, said, of_constituent),
            at=at,
            received_at=at_on(said_on) if _was_settled(case) else case.received_at,
            letter_form=case.letter_form,
            by_id=by_id,
        )
        _let_speak_for(new, case, at)
        new.first_told_on = case.first_told_on or case.received_on
        _belongs_to(new, case, LinkKind.COMPLAINT_FROM)
        record(ISSUE_BECAME_COMPLAINT, case.about, at=at, by_id=by_id, into=new.reference, said=said)
        return new.reference


def _as_complaint(case: Case, said: str, of_constituent: Complainant | None) -> Representation:
    person, complainant = _whose_it_is(case, of_constituent)
    return Representation(
        method=case.method,
        point_of_receipt=case.point_of_receipt,
        complainant=complainant,
        told=(*(Answer(*pair) for pair in case.told), Answer("What they say now", said)),
        person=person,
        must_not_see=str(case.person.get("must_not_see", "")),
        service_area=case.parts[0].service_area if case.parts else "",
    )


def _whose_it_is(case: Case, of_constituent: Complainant | None) -> tuple[PersonDetails, Complainant]:
    """Who complains now. A member complains of nothing: the constituent does, who must be known."""
    if case.complainant is not Complainant.MEMBER:
        return person_of(case.person), case.complainant
    constituent = constituent_of(case)
    if constituent is None or of_constituent is None or of_constituent is Complainant.MEMBER:
        raise NotComplete("Add the constituent under People of this case first, and say who they are.")
    known = {name: value for name, value in constituent.details.items() if name not in ("relation", "words")}
    return PersonDetails.of(is_adult=of_constituent is not Complainant.CHILD_OR_YOUNG_PERSON, **known), of_constituent


def _let_speak_for(new: Case, case: Case, at: datetime) -> None:
    """The member stays on the complaint as who speaks for the constituent, told as far as the constituent agreed."""
    constituent = constituent_of(case)
    if case.complainant is not Complainant.MEMBER or constituent is None:
        return
    known = {
        name: str(case.person[name]) for name in ("name", "organisation", "email", "phone", "post") if case.person.get(name)
    }
    member = Party(case_id=new.id, role=PartyRole.SPEAKS_FOR, details=known, added_at=at)
    member.authority, member.may_be_told = constituent.authority or Authority.NEITHER_YET, member_may_be_told(case)
    new.parties.append(member)


def _was_settled(case: Case) -> bool:
    """Whether the person had said that it was settled: an issue that was sorted, or a record closed by their own word."""
    return case.kind is Kind.ISSUE or case.disposition in (Disposition.RESOLVED_NEXT_DAY, Disposition.RESOLVED_LOCALLY)


def _belongs_to(new: Case, case: Case, kind: LinkKind) -> None:
    """Put the same walls up around a case that came of another, with the same people on it, and link the two."""
    there = {(one.role, one.name) for one in new.parties} | {(PartyRole.CONSTITUENT, one.name) for one in case.parties}
    for one in case.parties:
        if (one.role, one.name) not in there:
            copied = Party(case_id=new.id, role=one.role, details=one.details, added_at=one.added_at)
            copied.authority, copied.may_be_told = one.authority, one.may_be_told
            new.parties.append(copied)
    for wall in walls_of(case.id):
        if wall_for(new.id, wall.person_id) is None:
            db.session.add(new_wall(new.id, wall.person_id, wall.reason))
    _link(new, case.id, kind)


def _taken(case: Case, positions: Collection[int]) -> list[Part]:
    return [part for part in case.parts if part.position in positions]


def _described(part: Part) -> dict[str, object]:
    return {name: getattr(part, name) for name in DESCRIBED}


def _link(case: Case, other_id: int, kind: LinkKind) -> None:
    if other_id == case.id or db.session.get(Case, other_id) is None:
        raise NotComplete("Choose another case.")
    if db.session.get(CaseLink, (case.id, other_id)) or db.session.get(CaseLink, (other_id, case.id)):
        raise NotComplete("These two are already linked.")
    db.session.add(CaseLink(case_id=case.id, other_id=other_id, kind=kind))
    db.session.flush()
