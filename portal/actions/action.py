"""An action as data. Each room declares its own in `actions.py`; `pages.py` gives every one its address and its page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from portal.audit.events import Event
from portal.people.roles import Permission
from portal.web.forms import PortalForm

Record = TypeVar("Record")
Stamp = Mapping[str, Any]  # `at`, `by_id` and, where a record has one, `version`: what every command is told
ON_ITS_PAGE = ""  # in place of a template: it is pressed on the page of the record itself


class Instead(str):
    """What a colleague is told when an action did something else than was asked for."""


@dataclass(frozen=True)
class ShowOnce:
    """What an action gives to show, once, on its own page; kept by nobody."""

    facts: Mapping[str, Any]


def always(record: Any, place: int) -> bool:
    """Offered whenever its place is shown."""
    return True


def fresh(form: type[PortalForm]) -> Callable[[Any, int], PortalForm]:
    """A form that stands on the page of the record, which has its version."""
    return lambda record, place: form()


@dataclass(frozen=True, kw_only=True)
class Action(Generic[Record]):
    """What a colleague can do to a record. `place` is the part, element, letter or duty of it that the action is about.

    `do` is the command: it gives None, `Instead` or `ShowOnce`, and raises what the room refuses. An action with a `letter`
    is pressed twice: once to read the letter as it would go, once to send it as it then stands. `preview` only shows.
    One that `takes_two` people is told `asked_by`: who asked for it, where another person agrees now.
    """

    slug: str
    permission: Permission
    form: Callable[[Record, int], PortalForm]
    do: Callable[[Record, Any, int, Stamp], object]
    leaves: tuple[Event, ...]  # what it writes into the audit, now or when its letter has left
    told: str = "It is written down."
    title: str = ""
    button: str = "Save"
    explains: str = ""
    letter: Callable[[Record, Any, int], str] | None = None
    preview: Callable[[Record, Any, int], str] | None = None
    address: str = ""  # below the address of the record; the slug unless it is another
    page: str | Callable[[Record], str] | None = None  # its template, where it is not that of all actions on such records
    facts: Callable[[Record, Any, int], Mapping[str, Any]] = field(default=lambda record, form, place: {})
    shown_as: str = ""  # the name of its form on the page of the record, where it is not its own
    only_for: Callable[[Record], bool] | None = None  # whom it is for on this record, beside the team
    does: Mapping[Any, str] = field(default_factory=dict)  # the next actions that it is, with the words of its button there
    offered_at: str = ""  # where on the page of the record a link leads to it
    link: str | Callable[[Record, int], str] = ""  # the words of that link
    is_offered: Callable[[Record, int], bool] = always
    is_main: bool = False
    takes_two: bool = False

    @property
    def has_page(self) -> bool:
        """Whether it has a page of its own."""
        return self.page != ON_ITS_PAGE

    @property
    def has_place(self) -> bool:
        """Whether it is about a part of the record."""
        return "place>" in self.address

    @property
    def form_name(self) -> str:
        """What its form is called on the page of the record."""
        return self.shown_as or self.endpoint

    @property
    def endpoint(self) -> str:
        """Its name among the addresses of its blueprint."""
        return self.slug.replace("-", "_")
