"""Sealed columns: what a model says is plain, what lies in the database is sealed for that row.

A value is opened when it is read, not when its row is: one that does not open harms nobody who does not ask for it.
"""

import json
import secrets
from collections.abc import Callable, Iterator, Mapping
from typing import Any, ClassVar, Generic, TypeVar, overload

from sqlalchemy import Column, LargeBinary, MetaData, Table
from sqlalchemy.orm import Mapped, mapped_column

from portal.sealing.values import SealBroken, place_of, seal, unseal

T = TypeVar("T")
NOTHING: Any = object()
MARK = {"sealed": True}


class SealedRow:
    """A table with sealed columns. `seal_id` is the random name of a row that its sealed values are bound to."""

    seal_id: Mapped[bytes] = mapped_column(LargeBinary(16), unique=True)
    _says_without_being_told: ClassVar[dict[str, Any]]

    def __init_subclass__(cls, **more: Any) -> None:
        super().__init_subclass__(**more)
        columns = ((name, kept) for name, kept in vars(cls).items() if isinstance(kept, Sealed))
        cls._says_without_being_told = {name: kept.default for name, kept in columns if kept.default not in (NOTHING, None)}

    def __init__(self, **given: Any) -> None:
        self.seal_id = secrets.token_bytes(16)
        super().__init__(**self._says_without_being_told | given)


class Sealed(Generic[T]):
    """A column of a SealedRow that is encrypted at rest."""

    def __init__(
        self, write: Callable[[Any], bytes], read: Callable[[bytes], Any], default: Any = NOTHING, *, deferred: bool = False
    ) -> None:
        self._write, self._read, self.default, self.deferred = write, read, default, deferred

    def __set_name__(self, model: type, name: str) -> None:
        self._name, self.raw, self._known = name, f"sealed_{name}", f"_opened_{name}"
        is_optional = self.default is None
        column = mapped_column(name, LargeBinary, nullable=is_optional, deferred=self.deferred, info=MARK)
        setattr(model, self.raw, column)

    @overload
    def __get__(self, row: None, model: type) -> Any: ...
    @overload
    def __get__(self, row: object, model: type) -> T: ...
    def __get__(self, row: Any, model: type) -> Any:
        """The plain value of a row; of the model itself, the column. Raises SealBroken."""
        if row is None:
            return getattr(model, self.raw)
        raw = getattr(row, self.raw)
        if raw is None:
            return None
        known = row.__dict__.get(self._known)
        if known is None or known[0] is not raw:
            known = row.__dict__[self._known] = (raw, self.read(bytes(raw), self._place(row)))
        return known[1]

    def read(self, raw: bytes, place: bytes) -> Any:
        """The plain value of what lies at a place. Raises SealBroken."""
        return self._read(unseal(raw, place))

    def __set__(self, row: Any, value: T) -> None:
        if self._is_already(row, value):
            return
        raw = None if value is None else seal(self._write(value), self._place(row))
        setattr(row, self.raw, raw)
        row.__dict__[self._known] = (raw, value)

    def _is_already(self, row: Any, value: T) -> bool:
        """Whether the row says this already: it is then not written again."""
        if row.__dict__.get(self.raw) is None:
            return False
        try:
            return bool(self.__get__(row, type(row)) == value)
        except SealBroken:
            return False

    def _place(self, row: Any) -> bytes:
        return place_of(row.__tablename__, self._name, bytes(row.seal_id))


def open_all(row: SealedRow) -> None:
    """Open every sealed value of a row but those that are read only when asked for. Raises SealBroken."""
    for name, kept in vars(type(row)).items():
        if isinstance(kept, Sealed) and not kept.deferred:
            getattr(row, name)


def as_inserted(model: type[SealedRow], given: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a new row as a bulk insert takes them, sealed."""
    row = model(**given)
    raw = {name: getattr(row, kept.raw) for name, kept in vars(model).items() if isinstance(kept, Sealed)}
    plain = {name: value for name, value in given.items() if name not in raw}
    return plain | {vars(model)[name].raw: value for name, value in raw.items()} | {"seal_id": row.seal_id}


def opened(model: type[SealedRow], column: str, seal_id: bytes, raw: bytes | None) -> Any:
    """A sealed value that was read without its row. Raises SealBroken."""
    kept: Sealed[Any] = vars(model)[column]
    return None if raw is None else kept.read(bytes(raw), place_of(model.__tablename__, column, bytes(seal_id)))  # type: ignore[attr-defined]


def sealed_text(*default: str | None) -> Any:
    """A column of text; give None, or a text, as what a row has that says nothing."""
    return Sealed[Any](str.encode, bytes.decode, *default)


def sealed_data(*default: None) -> Any:
    """A column of plain data."""
    return Sealed[Any](as_json, json.loads, *default)


def sealed_bytes(*default: None) -> Any:
    """A column of bytes, a file for example, that is read only when it is asked for."""
    return Sealed[Any](bytes, bytes, *default, deferred=True)


def as_json(data: Any) -> bytes:
    """Plain data as it is sealed."""
    return json.dumps(data, ensure_ascii=False).encode()


def sealed_columns(metadata: MetaData) -> Iterator[tuple[Table, Column[Any]]]:
    """Every column that holds sealed values."""
    for table in metadata.sorted_tables:
        for column in table.columns:
            if column.info == MARK:
                yield table, column
