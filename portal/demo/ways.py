"""Which road each complaint of the demo year takes: those of one reason in turn, so that the year shows every road."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from portal.procedure.grounds import Ground, Matter
from portal.procedure.roads import Road, roads
from portal.procedure.routes import Route
from portal.reports.register_rows import RegisterRow


@dataclass(frozen=True)
class Way:
    """What a part is about, where it goes and on what ground; `road` is empty where the way has none."""

    matter: Matter
    ground: Ground
    route: Route
    road: str = ""


HEARD = Way(Matter.SERVICE_FOR_A_CHILD, Ground.STATUTORY_MATTER, Route.STATUTORY)
HELD = Way(Matter.SERVICE_FOR_A_CHILD, Ground.COURT_PROCEEDINGS, Route.COURT_OR_TRIBUNAL)
NO_ROAD = (Ground.NOT_A_PERSON_WHO_CAN_COMPLAIN, Ground.OUT_OF_TIME, Ground.ALREADY_CONSIDERED)
BESIDE = {
    "adult_social_care": "My mother gets help at home from the council, and her visits are late too.",
    "fostering_approval": "I was also told that I am no longer approved to foster.",
    "adoption_approval": "I was also told that I cannot adopt another child.",
    "special_needs": "What the plan for school says about help in class is not enough.",
    "staff_discipline": "The worker who wrote this should lose their job.",
}


def ways_of(rows: Iterable[RegisterRow]) -> dict[str, tuple[Way, ...]]:
    """The way of each point of each row by its reference: those of one reason take its roads in turn.

    What the procedure hears comes, while there are any, with a second point on a road that no row's reason leads to.
    """
    turns: Counter[str] = Counter()
    found: dict[str, tuple[Way, ...]] = {}
    for row in rows:
        reason = row.disposition if row.disposition == "accepted" else row.disposition_reason or ""
        found[row.reference] = tuple(_ways(reason, turns[reason]))
        turns[reason] += 1
    return found


def _ways(reason: str, turn: int) -> Iterator[Way]:
    if reason == "accepted":
        yield HEARD
        yield from (_on(roads.every()[road]) for road in list(BESIDE)[turn : turn + 1])
    elif reason == Ground.COURT_PROCEEDINGS and turn % 2:
        yield HELD
    elif reason in NO_ROAD:
        yield Way(Matter.SERVICE_FOR_A_CHILD, Ground(reason), Route.NONE)
    elif reason:
        led_to = [road for road in roads.every().values() if reason in (road.route, road.ground)]
        led_to = [road for road in led_to if road.id not in BESIDE]
        yield _on(led_to[turn % len(led_to)])


def _on(road: Road) -> Way:
    return Way(road.matters[0], road.ground, road.route, road.id)
