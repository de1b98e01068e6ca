"""Events are declared where they happen, in the past tense, with the facts that each must carry."""

from dataclasses import dataclass

DECLARED: dict[str, "Event"] = {}


@dataclass(frozen=True)
class Event:
    """A kind of thing that happens, and the names of its facts."""

    name: str
    facts: frozenset[str]

    @property
    def partial(self) -> str:
        """The template that tells it in a timeline."""
        return f"timeline/{self.name}.html"


def declare(name: str, *facts: str) -> Event:
    """Declare an event once. Raises ValueError for a name that is taken."""
    if name in DECLARED:
        raise ValueError(f"the event {name} is already declared")
    DECLARED[name] = Event(name, frozenset(facts))
    return DECLARED[name]
