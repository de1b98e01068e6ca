"""What people do at each door, from the first page to the press that sends.

A visit is a row of steps; the last is the press that sends, so that it can be made ready and timed by itself.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tools.bench.in_process import InProcess
from tools.bench.server import CONTENT
from tools.bench.visitor import Visitor

Step = Callable[[Visitor | InProcess], object]
WORDS = "my bike is still at the old house"
ADULT = {
    "link": {"link": "parent"},
    "child": {"child_name": "Robin Example"},
    "what": {"what": "The support that was agreed in June has stopped, and nobody wrote to us about it."},
    "when": {"still_going_on": "y"},
    "team": {},
    "talked": {},
    "court": {"court": "no"},
    "right": {"right": "Start it again"},
    "views": {},
    "contact": {"phone": "01632 960 100", "safe_to_write": "yes"},
    "name": {"name": "Pat Example"},
}
LOGGED = {  # no two are alike: the same form sent twice is kept once
    "kind": "compliment",
    "about": "Duty team",
    "source": "parent",
    "words": "She rang back the same day, and call {number} too.",
    "method": "telephone",
    "point_of_receipt": "customer_relations_team",
}


def get(address: str) -> Step:
    """A step that opens a page."""
    return lambda visitor: visitor.get(address)


def post(address: str, **fields: str) -> Step:
    """A step that sends a form."""
    return lambda visitor: visitor.post(address, {name: one.format(number=visitor.number) for name, one in fields.items()})


@dataclass(frozen=True)
class Visit:
    """A kind of visit, by somebody new each time; or, with `signs_in`, again and again by the same colleague."""

    name: str
    steps: Sequence[Step]
    signs_in: Sequence[Step] = ()


BARE = Visit("a bare form", (get("/"), post("/", words=WORDS)))
CHILD = Visit("child", (get("/y/"), post("/y/"), post("/y/2", kind="wrong"), post("/y/4", words=WORDS), post("/y/6")))
GROWN_UP = Visit(
    "adult",
    (
        get("/complain/"),
        post("/complain/"),
        *(post(f"/complain/{slug}", **answers) for slug, answers in ADULT.items()),
        post("/complain/check"),
    ),
)
THANKS = Visit(
    "thanks",
    (
        get("/thanks"),
        post("/thanks", source="parent", thanked="Duty team", words="Thank you for listening, {number} times."),
    ),
)
STAFF_LOG = Visit(
    "staff log",
    (get("/staff/log"), post("/staff/log", **LOGGED)),
    (get("/staff/sign-in"), post("/staff/sign-in", email="o@example.org", password=CONTENT)),
)
DOORS = (CHILD, GROWN_UP, THANKS, STAFF_LOG)
