"""The people of a case: added, mended, removed, and one put in the place of who complains. The audit has no names."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import or_, select

from portal.audit.services import record
from portal.cases.errors import NotComplete
from portal.cases.models import (
    CAME_OF,
    Authority,
    Case,
    CaseLink,
    LetterForm,
    LinkKind,
    MayBeTold,
    Party,
    PartyRole,
    WallReason,
)
from portal.cases.services.indexing import index_case
from portal.cases.services.locked_case import locked_case
from portal.cases.services.walls import shut_out_named
from portal.cases.standing import forget_standing
from portal.database import db
from portal.parties.events import COMPLAINANT_CHANGED, PARTY_ADDED, PARTY_MENDED, PARTY_REMOVED
from portal.procedure.eligibility import Complainant
from portal.procedure.errors import MoveNotAllowed

DETAILS = (
    *("name", "relation", "age", "organisation", "email", "phone", "post", "safe_to_write", "language", "needs", "words"),
)
OF_THE_COMPLAINANT = ("name", "age", "organisation", "email", "phone", "post", "safe_to_write", "language", "needs")
OF_THE_CASE = ("child_name", "child_age_or_birth", "must_not_see")  # stays, whoever complains
SHUTS_OUT = {
    PartyRole.COMPLAINED_ABOUT: WallReason.COMPLAINED_ABOUT,
    PartyRole.MUST_NOT_KNOW: WallReason.PERSON_ASKED,
}


@dataclass(frozen=True)
class Told:
    """What is known of somebody, and what they may be told."""

    role: PartyRole
    details: Mapping[str, str] = field(default_factory=dict)
    authority: Authority | None = None
    may_be_told: MayBeTold = MayBeTold.NOTHING


def add_party(case_id: int, told: Told, *, at: datetime, by_id: int | None, version: int | None = None) -> int:
    """Add somebody; a colleague who is complained about, or must not know, is shut out at once. Gives their key."""
    with locked_case(case_id, version) as case:
        _check(told)
        one = Party(role=told.role, details=_kept(told.details), added_at=at)
        one.authority, one.may_be_told = told.authority, told.may_be_told
        case.parties.append(one)
        _follow(case, one, at=at)
        db.session.flush()
        record(PARTY_ADDED, case.about, at=at, by_id=by_id, role=one.role, **_rights(one))
        return one.id


def mend_party(case_id: int, key: int, told: Told, *, at: datetime, by_id: int, version: int | None = None) -> None:
    """Put right what is written of somebody, or what they may be told."""
    with locked_case(case_id, version) as case:
        _check(told)
        one, kept = party_of(case, key), _kept(told.details)
        changed = sorted(name for name in DETAILS if kept.get(name) != one.details.get(name))
        one.role, one.details = told.role, kept
        one.authority, one.may_be_told = told.authority, told.may_be_told
        _follow(case, one, at=at)
        record(PARTY_MENDED, case.about, at=at, by_id=by_id, role=one.role, changed=changed, **_rights(one))


def remove_party(case_id: int, key: int, reasons: str, *, at: datetime, by_id: int, version: int | None = None) -> None:
    """Take somebody off a case who does not belong to it. A wall that stands because of them stays."""
    if not reasons.strip():
        raise NotComplete("Say why they do not belong to this case.")
    with locked_case(case_id, version) as case:
        one = party_of(case, key)
        case.parties.remove(one)
        record(PARTY_REMOVED, case.about, at=at, by_id=by_id, role=one.role, reasons=reasons.strip())


def put_in_place_of_complainant(
    case_id: int,
    key: int,
    complainant: Complainant,
    reasons: str,
    *,
    at: datetime,
    by_id: int,
    version: int | None = None,
) -> None:
    """Make somebody the one who complains, whom letters go to from now on. Who complained before is told nothing more.

    Nothing of theirs is taken for the new person's: not how they can be reached, not what was decided of them, and their
    secret words lead nowhere any more; new ones are given to the new person.
    """
    if not reasons.strip():
        raise NotComplete("Say why the complaint is theirs.")
    with locked_case(case_id, version) as case:
        one = party_of(case, key)
        if one.role in SHUTS_OUT:
            raise MoveNotAllowed("party", "This person is complained about, or must not know. Choose someone else.")
        before, was = case.complainant, {name: case.person[name] for name in OF_THE_COMPLAINANT if case.person.get(name)}
        left = {name: case.person[name] for name in OF_THE_CASE if case.person.get(name)}
        is_adult = complainant is not Complainant.CHILD_OR_YOUNG_PERSON
        new = {name: one.details[name] for name in OF_THE_COMPLAINANT if one.details.get(name)}
        case.person = left | new | {"is_adult": is_adult}
        case.complainant, case.letter_form = complainant, LetterForm.PLAIN
        forget_standing(case)
        _end_ways_back(case)
        one.role, one.details = PartyRole.COMPLAINED_BEFORE, was
        one.authority, one.may_be_told = Authority.NEITHER_YET, MayBeTold.NOTHING
        index_case(case, [str(value) for value in new.values()])
        facts = {"before": before, "after": complainant, "reasons": reasons.strip()}
        record(COMPLAINANT_CHANGED, case.about, at=at, by_id=by_id, **facts)


def _end_ways_back(case: Case) -> None:
    """No secret words of somebody else lead here: not its own, and not those of a case that it came of."""
    links = db.session.scalars(select(CaseLink).where(or_(CaseLink.case_id == case.id, CaseLink.other_id == case.id)))
    for link in links:
        if link.kind in CAME_OF:
            link.kind = LinkKind.RELATED
    if case.secret_words is not None:
        db.session.delete(case.secret_words)
        db.session.flush()
        db.session.expire(case, ["secret_words"])


def party_of(case: Case, key: int) -> Party:
    """One person of a case. Raises NotComplete when they are not there any more."""
    found = next((one for one in case.parties if one.id == key), None)
    if found is None:
        raise NotComplete("This person is not on the case any more. Reload it.")
    return found


def _check(told: Told) -> None:
    if not any(str(value).strip() for value in told.details.values()):
        raise NotComplete("Write down a name, or how they are known.")
    if told.role is PartyRole.SPEAKS_FOR and told.authority is None:
        raise NotComplete("Say with what authority they speak: the child's agreement, in writing, or neither yet.")
    if told.may_be_told is MayBeTold.ALL and told.authority is Authority.NEITHER_YET:
        raise MoveNotAllowed("party", "Nobody is told all of it before there is an authority for that.")
    if told.may_be_told is not MayBeTold.NOTHING and told.role in SHUTS_OUT:
        raise MoveNotAllowed("party", "Whoever is complained about, or must not know, is told nothing from here.")


def _follow(case: Case, one: Party, *, at: datetime) -> None:
    index_case(case, [str(value) for value in one.details.values()])
    reason = SHUTS_OUT.get(one.role)
    if reason is not None:
        shut_out_named(case, one.name, reason, at=at)


def _kept(details: Mapping[str, str]) -> dict[str, str]:
    return {name: str(details[name]).strip() for name in DETAILS if str(details.get(name) or "").strip()}


def _rights(one: Party) -> dict[str, str | None]:
    return {"authority": one.authority, "may_be_told": one.may_be_told}
