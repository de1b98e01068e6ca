"""The database: one session, one naming convention, one way to write (`transaction`)."""

import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import IO, Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import DateTime, Dialect, Engine, Enum, MetaData, Table, event, insert, inspect
from sqlalchemy.engine import Connection
from sqlalchemy.exc import InterfaceError, InternalError, OperationalError
from sqlalchemy.orm import DeclarativeBase, make_transient_to_detached
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.types import TypeDecorator

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """What every table shares."""

    metadata = MetaData(naming_convention=NAMING)


db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False})
_turn_of_threads = threading.Lock()
BUSY_SECONDS, TURN_ASKED_EVERY = 15, 0.0005


TAKES_NOTHING = (OperationalError, InternalError, InterfaceError)  # full, down, or only to be read
MIN_ROOM = 100 * 1024 * 1024


def has_little_room() -> bool:
    """Whether the disk on which our own database file lies is nearly full. Of a server elsewhere nothing is known here."""
    file = db.engine.url.database if db.engine.dialect.name == "sqlite" else None
    return bool(file) and shutil.disk_usage(Path(str(file)).parent).free < MIN_ROOM


class UtcDateTime(TypeDecorator[datetime]):
    """A moment, kept and given back in UTC on every database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn a moment into UTC; a moment without a zone is a mistake in the code."""
        if value is not None and value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the moment back with its zone, which SQLite forgets."""
        return value.replace(tzinfo=UTC) if value is not None and value.tzinfo is None else value


def coded(codes: type[StrEnum]) -> Enum:
    """A column that holds one code of an enum, as plain text that any tool can read."""
    return Enum(codes, native_enum=False, length=40, values_callable=lambda enum: [code.value for code in enum])


@contextmanager
def _writing_turn() -> Iterator[None]:
    """A turn at writing to SQLite, which has one writer: threads and processes wait in line instead of polling for its lock.

    Whoever gets no turn (a file that cannot be opened or locked, another that holds it too long) goes on: SQLite's own lock
    decides in any case.
    """
    with _turn_of_threads, _turn_file() or nullcontext() as turn:
        until = time.monotonic() + BUSY_SECONDS
        while turn is not None and time.monotonic() < until:
            try:
                fcntl.flock(turn, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                time.sleep(TURN_ASKED_EVERY)
            except OSError:
                break
        yield


def _turn_file() -> IO[bytes] | None:
    """The empty file beside the database that is locked for a turn, of the same owner; None where there can be none."""
    database = db.engine.url.database or ""
    if fcntl is None or not Path(database).is_file():
        return None
    try:
        file = Path(f"{database}-turn").open("ab")  # noqa: SIM115 - closed by whoever has the turn
        if os.geteuid() == 0:
            owner = Path(database).stat()
            os.chown(file.fileno(), owner.st_uid, owner.st_gid)
    except OSError:
        return None
    return file


def is_in_action() -> bool:
    """Whether an action has begun here that is not kept yet."""
    return bool(db.session.info.get("in_action"))


def last_of_all(do: Callable[[], None]) -> None:
    """Do something at the end of the action that has begun, before it is kept: what others wait for is held shortest."""
    db.session.info["last"].append(do)


@contextmanager
def transaction() -> Iterator[Any]:
    """One action: all of it is kept, or nothing. Inside another action it joins that one.

    The write lock is taken first, so that what is read here is still true when it is written.
    """
    session = db.session
    if is_in_action():
        yield session
        return
    session.rollback()
    session.expire_all()
    with _writing_turn() if db.engine.dialect.name == "sqlite" else nullcontext():
        session.connection(execution_options={"write": True})
        session.info.update(in_action=True, last=[])
        try:
            yield session
            for do in session.info["last"]:
                do()
            session.commit()
        except BaseException:
            session.rollback()
            raise
        finally:
            session.info["in_action"] = False


def insert_now(row: Base) -> None:
    """Insert a new row at once, by itself; the session then knows it as one that it read.

    The session's own way looks at every relation of a row to find the order of its statements. What has none to other new
    rows needs no order.
    """
    table = table_of(row)
    inserted = db.session.connection().execute(insert(table), said_by(row))
    kept: dict[str, Any] = {**inserted.last_inserted_params()}  # type: ignore[dict-item]
    kept |= dict(zip((column.key for column in table.primary_key), inserted.inserted_primary_key or (), strict=True))
    for column, key in _attributes_of(type(row)).items():
        set_committed_value(row, key, kept.get(column))
    make_transient_to_detached(row)
    db.session.add(row)


def table_of(row: Base) -> Table:
    """The table that a row belongs to."""
    return Base.metadata.tables[row.__tablename__]


def said_by(row: Base) -> dict[str, Any]:
    """What a new row says, by column, as a statement takes it."""
    return {column: row.__dict__[key] for column, key in _attributes_of(type(row)).items() if key in row.__dict__}


@cache
def _attributes_of(model: type[Base]) -> dict[str, str]:
    """By what name a model calls each of its columns."""
    return {attribute.columns[0].key: attribute.key for attribute in inspect(model).column_attrs}


@event.listens_for(Engine, "connect")
def _prepare_sqlite(connection: Any, record: object) -> None:
    if "sqlite3" not in type(connection).__module__:
        return
    connection.isolation_level = None
    # FULL: in WAL mode NORMAL leaves the last actions in memory, and whoever was told of them loses them with the power
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", f"busy_timeout={BUSY_SECONDS * 1000}", "synchronous=FULL"):
        connection.execute(f"PRAGMA {pragma}")


@event.listens_for(Engine, "begin")
def _begin_sqlite(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("write") else "BEGIN")
