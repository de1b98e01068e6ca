"""Where the time of one child's visit goes: the processor's milliseconds of each request, and what they were spent on.

In one process without a server, so that nothing but the portal is counted. What is not named is Flask, WTForms and the
toolkit's own work around statements.
"""

import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from flask.testing import FlaskClient
from jinja2 import Template
from sqlalchemy import Engine, event

from portal.database import db
from tools.bench.in_process import InProcess
from tools.bench.server import portal_app, prepare_portal
from tools.bench.visits import CHILD

WARM, ASKED = 30, 100


def bench_where(folder: Path) -> None:
    """Print the parts of a visit, request by request."""
    url = f"sqlite:///{folder / 'where.db'}"
    prepare_portal(url)
    app = portal_app(url)
    for _ in range(WARM):
        _visit(app.test_client(), Counter())
    spent: Counter[tuple[str, str]] = Counter()
    with app.app_context():
        engine = db.engine
    with _watching(engine, spent):
        for _ in range(ASKED):
            _visit(app.test_client(), spent)
    print(f"\nWhere a child's visit goes (milliseconds of processor, mean of {ASKED}; statements)")
    parts = ("in all", "statements", "templates", "sealing", "slow hash", "signs")
    print(f"  {'':10}{''.join(f'{part:>12}' for part in parts)}{'asked':>8}")
    for request in sorted(
        dict.fromkeys(request for request, _ in spent), key="a visit".__eq__
    ):  # in their order, all together last
        own = {part: spent[request, part] / ASKED for part in (*parts, "asked")}
        print(f"  {request:10}{''.join(f'{own[part] * 1000:12.2f}' for part in parts)}{own['asked']:8.0f}")


_now: dict[str, str] = {"request": ""}


class _Watched(InProcess):
    """A child whose requests are timed."""

    def __init__(self, client: FlaskClient, spent: Counter[tuple[str, str]]) -> None:
        super().__init__(client)
        self._spent = spent

    def ask(self, method: str, address: str, fields: dict[str, str]) -> bytes:
        """Ask once, and note what it took."""
        _now["request"] = f"{method} {address}"
        began = time.process_time()
        page = super().ask(method, address, fields)
        _add(self._spent, "in all", time.process_time() - began)
        return page


def _visit(client: FlaskClient, spent: Counter[tuple[str, str]]) -> None:
    visitor = _Watched(client, spent)
    for step in CHILD.steps:
        step(visitor)


def _add(spent: Counter[tuple[str, str]], part: str, seconds: float) -> None:
    for request in (_now["request"], "a visit"):
        spent[request, part] += seconds  # type: ignore[assignment]


@contextmanager
def _watching(engine: Engine, spent: Counter[tuple[str, str]]) -> Iterator[None]:
    from portal.cases.services import stock_of_words
    from portal.intake.services import first_signs
    from portal.sealing import rows

    def timed(part: str, do: Callable[..., Any]) -> Callable[..., Any]:
        def doing(*what: Any, **more: Any) -> Any:
            began = time.process_time()
            try:
                return do(*what, **more)
            finally:
                _add(spent, part, time.process_time() - began)

        return doing

    def begin(connection: Any, cursor: Any, statement: str, values: Any, context: Any, many: bool) -> None:
        _add(spent, "asked", 1)
        connection.info["began"] = time.process_time()

    def end(connection: Any, *told: Any) -> None:
        _add(spent, "statements", time.process_time() - connection.info["began"])

    event.listen(engine, "before_cursor_execute", begin)
    event.listen(engine, "after_cursor_execute", end)
    with ExitStack() as stack:
        watched = (
            (rows, "seal", "sealing"),
            (rows, "unseal", "sealing"),
            (stock_of_words, "slow_hash", "slow hash"),
            (first_signs, "has_sign", "signs"),
            (Template, "render", "templates"),
        )
        for room, name, part in watched:
            stack.enter_context(patch.object(room, name, timed(part, getattr(room, name))))
        yield
