"""The pages of actions: one view for all. It opens the record, binds the form, and does the command or says why not."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Generic

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from portal.actions.action import Action, Record, ShowOnce
from portal.clock import now
from portal.people.access import me, needs
from portal.web.forms import PortalForm

HIDDEN = ("csrf_token", "once", "version")


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
    form = action.form(record, place)
    if action.preview is not None and "show" in request.form:
        return _page(kind, action, record, form, place, _written(kind, action.preview, record, form, place))
    letter = request.form.get("letter", "").strip() if action.letter is not None else ""
    if action.letter is not None and request.method == "POST" and not letter:
        shown = _written(kind, action.letter, record, form, place) if form.validate_on_submit() else ""
        return _page(kind, action, record, form, place, shown)
    more: dict[str, Any] = {"letter": letter.replace("\r\n", "\n")} if action.letter is not None else {}
    outcomes: list[object] = []

    def act() -> object:
        outcomes.append(action.do(record, form, place, doing(form) | more))
        return outcomes[0]

    if kind.done(form, act, action.told):
        once = outcomes[0]
        return _page(kind, action, record, form, place, "", once.facts) if isinstance(once, ShowOnce) else kind.back(record)
    if not action.has_page and kind.shown is not None:
        return kind.shown(record, action, form)
    return _page(kind, action, record, form, place, letter)


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
    once: Mapping[str, Any] | None = None,
) -> ResponseReturnValue:
    facts = {
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
