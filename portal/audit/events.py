"""Events are declared where they happen, in the past tense, with the facts that each must carry."""

from dataclasses import dataclass

DECLARED: dict[str, "Event"] = {}


@dataclass(frozen=True)
class Event:
    """A kind of thing that happens, and the names of its facts.

    Whoever is appointed to a case from outside reads of it only what is marked as for them.
    """

    name: str
    facts: frozenset[str]
    is_for_outsiders: bool = False

    @property
    def partial(self) -> str:
        """The template that tells it in a timeline."""
        return f"timeline/{self.name}.html"


def declare(name: str, *facts: str, is_for_outsiders: bool = False) -> Event:
    """Declare an event once. Raises ValueError for a name that is taken."""
    if name in DECLARED:
        raise ValueError(f"the event {name} is already declared")
    DECLARED[name] = Event(name, frozenset(facts), is_for_outsiders)
    return DECLARED[name]
