"""The pages of actions: one view for all. It opens the record, binds the form, and does the command or says why not."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, Protocol

from flask import Blueprint, g, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from portal.actions.action import Action, Instead, Record, ShowOnce
from portal.clock import now
from portal.people.access import me, needs
from portal.people.queries import names_of
from portal.procedure.letter_check import Edited
from portal.procedure.second_person import SecondPersonNeeded
from portal.web.forms import PortalForm

HIDDEN = ("csrf_token", "once", "version")
ASKED_ANOTHER = Instead("It takes two people. What you wrote waits until somebody else of the team has read it and agrees.")


class Waiting(Protocol):
    """What one person filled in for an action that takes two."""

    id: int
    filled: dict[str, list[str]]
    agree_to: str
    asked_by_id: int


@dataclass(frozen=True)
class SecondPerson(Generic[Record]):
    """How an action on records of a kind waits for a second person, and is done when they agree."""

    waiting: Callable[[Record, str, int], Waiting | None]
    ask: Callable[..., None]
    do: Callable[..., object]


@dataclass(frozen=True)
class RecordKind(Generic[Record]):
    """How records of one kind are opened from the parts of an address, acted on, shown, and come back to.

    `done` does a command that a good form asks for, puts a refusal (one of `refusals`) on it, and says whether it went.
    """

    name: str
    opened: Callable[..., Record]
    done: Callable[[PortalForm, Callable[[], object], str], bool]
    back: Callable[[Record], ResponseReturnValue]
    shown: Callable[[Record, Action[Record], PortalForm], ResponseReturnValue] | None  # None: each has a page of its own
    refusals: tuple[type[Exception], ...]
    page: str
    check: Callable[[Record, Action[Record]], None] = lambda record, action: None
    second_person: SecondPerson[Record] | None = None  # None: nothing on such records takes two


def add_actions(blueprint: Blueprint, kind: RecordKind[Any], prefix: str, actions: Iterable[Action[Any]]) -> None:
    """Give each action its address below the records of a kind, shut to whoever has not its permission."""
    for action in actions:
        methods = ["GET", "POST"] if action.has_page else ["POST"]
        address = f"{prefix}/{action.address or action.slug}"
        blueprint.add_url_rule(address, action.endpoint, _view(kind, action), methods=methods)


def doing(form: PortalForm) -> dict[str, Any]:
    """When, by whom, and on which version of the record: what every command is told."""
    told: dict[str, Any] = {"at": now(), "by_id": me().id}
    return told | {"version": form["version"].data} if "version" in form else told


def _view(kind: RecordKind[Any], action: Action[Any]) -> Callable[..., ResponseReturnValue]:
    @needs(action.permission)
    def view(place: int = 0, **address: str) -> ResponseReturnValue:
        return _take(kind, action, kind.opened(**address), place)

    view.__doc__ = action.title or action.told
    return view


def _take(kind: RecordKind[Any], action: Action[Any], record: Any, place: int) -> ResponseReturnValue:
    kind.check(record, action)
    waits = kind.second_person.waiting(record, action.slug, place) if kind.second_person is not None else None
    if waits is not None and request.method == "GET":
        g.typed = MultiDict([(name, value) for name, values in waits.filled.items() for value in values])
    form, typed = action.form(record, place), g.get("typed") or request.form
    if action.preview is not None and "show" in request.form:
        return _page(kind, action, record, form, place, _written(kind, action.preview, record, form, place), waits)
    letter = typed.get("letter", "").strip().replace("\r\n", "\n") if action.letter is not None else ""
    if action.letter is not None and request.method == "POST" and not letter:
        shown = _written(kind, action.letter, record, form, place) if form.validate_on_submit() else ""
        return _page(kind, action, record, form, place, shown, waits)
    done = _Done(kind, action, record, form, place, letter, waits)
    if kind.done(form, done, action.told):
        once = done.outcome
        return (
            _page(kind, action, record, form, place, "", None, once.facts)
            if isinstance(once, ShowOnce)
            else kind.back(record)
        )
    if not action.has_page and kind.shown is not None:
        return kind.shown(record, action, form)
    return _page(kind, action, record, form, place, letter, waits)


@dataclass
class _Done:
    """One press: does the command, or keeps what was filled in for a second person. A refusal goes on to whoever called."""

    kind: RecordKind[Any]
    action: Action[Any]
    record: Any
    form: PortalForm
    place: int
    letter: str
    waits: Waiting | None
    outcome: object = None

    def __call__(self) -> object:
        """Do it, as the second person where another asked for it."""
        second, stamp = self.kind.second_person, doing(self.form)
        by = {"at": stamp["at"], "by_id": stamp["by_id"]}
        try:
            if second is not None and self.waits is not None and self._agrees():
                asked_by = self.waits.asked_by_id
                self.outcome = second.do(self.record.id, self.waits.id, lambda: self._command(stamp, asked_by), **by)
            else:
                self.outcome = self._command(stamp, None)
        except SecondPersonNeeded as needed:
            if second is None:
                raise
            filled = {name: values for name, values in request.form.lists() if name not in HIDDEN}
            second.ask(self.record.id, self.action.slug, self.place, filled, needed.needs, **stamp)
            self.outcome = ASKED_ANOTHER
        return self.outcome

    def _agrees(self) -> bool:
        """Whether somebody else sends what was asked for as it was. What they changed is a request of their own."""
        waits = self.waits
        if waits is None or waits.asked_by_id == me().id:
            return False
        return _said(request.form.lists()) == _said(waits.filled.items())

    def _command(self, stamp: dict[str, Any], asked_by: int | None) -> object:
        more: dict[str, Any] = {"asked_by": asked_by} if self.action.takes_two else {}
        if self.action.letter is not None:
            more["letter"] = Edited(self.letter, request.form.get("despite", "").strip(), asked_by)
        return self.action.do(self.record, self.form, self.place, stamp | more)


def _said(answers: Iterable[tuple[str, list[str]]]) -> dict[str, list[str]]:
    """What was filled in, whatever a browser makes of line ends and of what is blank."""
    told = {name: [one.replace("\r\n", "\n").strip() for one in values] for name, values in answers if name not in HIDDEN}
    return {name: [one for one in values if one] for name, values in told.items() if any(values)}


def _written(kind: RecordKind[Any], write: Callable[[Any, Any, int], str], record: Any, form: PortalForm, place: int) -> str:
    """A letter as it would go; empty when a rule holds it back, which the form then says."""
    try:
        return write(record, form, place)
    except kind.refusals as refusal:
        form.form_errors.append(str(refusal))
        return ""


def _page(
    kind: RecordKind[Any],
    action: Action[Any],
    record: Any,
    form: PortalForm,
    place: int,
    letter: str,
    waits: Waiting | None = None,
    once: Mapping[str, Any] | None = None,
) -> ResponseReturnValue:
    typed = g.get("typed") or request.form
    facts = {
        "waits": waits,
        "asked_by": names_of({waits.asked_by_id}).get(waits.asked_by_id, "") if waits is not None else "",
        "is_mine": waits is not None and waits.asked_by_id == me().id,
        "despite": typed.get("despite", ""),
        kind.name: record,
        "action": action,
        "form": form,
        "title": action.title.format(place=place),
        "letter": letter,
        "shown": [field for field in form if field.name not in HIDDEN],
        "place": place,
    }
    page = action.page(record) if callable(action.page) else action.page
    return render_template(page or kind.page, **facts | dict(action.facts(record, form, place)) | dict(once or {}))
