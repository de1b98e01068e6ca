"""Thanks of before, whose words the register does not hold. Many at once; nobody waits for them."""

from collections.abc import Callable, Sequence

from portal.audit.services import Happened
from portal.clock import at_on, london_day
from portal.compliments.events import COMPLIMENT_LOGGED
from portal.compliments.models import Compliment, Thanked
from portal.people.directory import Meant
from portal.procedure.eligibility import Complainant
from portal.procedure.receipt import Method, PointOfReceipt
from portal.reports.register_rows import RegisterRow
from portal.reports.services.in_bulk import insert_all, insert_numbered


def keep_past_thanks(rows: Sequence[RegisterRow], whom_it_means: Callable[[str], Meant]) -> list[list[Happened]]:
    """Keep past thanks, for whom the name of their service means, and say what happened to each."""
    kept = [_compliment(row) for row in rows]
    insert_numbered(kept)
    insert_all([one for thanks in kept for one in _for_whom(thanks, whom_it_means(thanks.service_area))])
    return [[_happened(one)] for one in kept]


def _compliment(row: RegisterRow) -> Compliment:
    at = at_on(row.received_on)
    return Compliment(
        old_reference=row.reference,
        received_at=at,
        received_on=london_day(at),
        method=Method(row.method),
        point_of_receipt=PointOfReceipt(row.point_of_receipt),
        source=Complainant(row.complainant),
        thanked=row.service_area,
        words="",
        service_area=row.service_area,
    )


def _for_whom(thanks: Compliment, meant: Meant) -> list[Thanked]:
    given = {"compliment_id": thanks.id, "is_guess": not meant.is_sure}
    people = [Thanked(person_id=one, team_id=None, **given) for one in meant.people]
    return [*people, *(Thanked(person_id=None, team_id=one, **given) for one in meant.teams)]


def _happened(thanks: Compliment) -> Happened:
    facts = {"method": thanks.method, "source": thanks.source, "held_why": None}
    return Happened(COMPLIMENT_LOGGED, thanks.about, thanks.received_at, facts)
