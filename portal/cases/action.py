"""One step, one page: a form, an action, and a letter that is read and edited before it goes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from portal.cases.forms import CaseForm
from portal.cases.models import Case

Who = Mapping[str, Any]  # at, by_id, version: what every action is told


class Instead(str):
    """What a colleague is told when an action did something else than was asked for."""


@dataclass(frozen=True)
class Step:
    """What a colleague can do on a case. `place` is the part, element, appointment or duty that the page is about.

    A step with a `letter` is pressed twice: once to read the letter as it would go, once to send it as it then stands.
    """

    slug: str
    title: str
    button: str
    told: str
    form: Callable[[Case, int], CaseForm]
    do: Callable[[Case, Any, int, Who], object]
    explains: str = ""
    letter: Callable[[Case, Any, int], str] | None = None


def plain(form: type[CaseForm]) -> Callable[[Case, int], CaseForm]:
    """A form that needs nothing of the case but its version."""
    return lambda case, place: form(version=case.version)


def by_slug(*steps: Step) -> dict[str, Step]:
    """Steps by the last word of their address."""
    return {step.slug: step for step in steps}
