"""Actions that take two people: what the first filled in waits here until somebody else agrees, or says why not."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from portal.audit.services import record
from portal.cases.errors import NotComplete
from portal.cases.events import SECOND_PERSON_AGREED, SECOND_PERSON_ASKED, SECOND_PERSON_REFUSED
from portal.cases.models import Case, Countersignature
from portal.cases.services.locked_case import locked_case
from portal.procedure.errors import MoveNotAllowed


def waiting_for_second(case: Case, slug: str, place: int = 0) -> Countersignature | None:
    """What waits for a second person on an action of a case; None when nothing does."""
    return next((one for one in case.unsigned if (one.slug, one.place) == (slug, place)), None)


def ask_second_person(
    case_id: int,
    slug: str,
    place: int,
    filled: Mapping[str, Sequence[str]],
    agree_to: str,
    *,
    at: datetime,
    by_id: int,
    version: int | None = None,
) -> None:
    """Keep what somebody filled in until another agrees; what waited on the same action before is replaced."""
    with locked_case(case_id, version) as case:
        before = waiting_for_second(case, slug, place)
        if before is not None:
            before.ended_at, before.ended_by_id, before.agreed = at, by_id, False
        told = {"filled": {name: list(values) for name, values in filled.items()}, "agree_to": agree_to}
        case.countersignatures.append(Countersignature(slug=slug, place=place, **told, asked_by_id=by_id, asked_at=at))
        record(SECOND_PERSON_ASKED, case.about, at=at, by_id=by_id, action=slug, position=place, agree_to=agree_to)


def do_with_second_person(case_id: int, key: int, do: Callable[[], object], *, at: datetime, by_id: int) -> object:
    """Do an action to which this person agrees after another asked for it; both names stand in the audit."""
    with locked_case(case_id) as case:
        outcome = do()
        one = _still_waiting(case, key)
        one.ended_at, one.ended_by_id, one.agreed = at, by_id, True
        facts = {"action": one.slug, "position": one.place, "from_id": one.asked_by_id, "agree_to": one.agree_to}
        record(SECOND_PERSON_AGREED, case.about, at=at, by_id=by_id, **facts)
        return outcome


def refuse_as_second_person(
    case_id: int, key: int, words: str, *, at: datetime, by_id: int, version: int | None = None
) -> None:
    """Say that one does not agree, and why; or take back what one asked for oneself. It is then not done."""
    if not words.strip():
        raise NotComplete("Say why it is not done.")
    with locked_case(case_id, version) as case:
        one = _still_waiting(case, key)
        one.ended_at, one.ended_by_id, one.agreed, one.words = at, by_id, False, words.strip()
        facts = {"action": one.slug, "position": one.place, "from_id": one.asked_by_id, "words": words.strip()}
        record(SECOND_PERSON_REFUSED, case.about, at=at, by_id=by_id, **facts)


def _still_waiting(case: Case, key: int) -> Countersignature:
    one = next((one for one in case.unsigned if one.id == key), None)
    if one is None:
        raise MoveNotAllowed("second_person", "It does not wait for anyone any more. Reload the case.")
    return one
