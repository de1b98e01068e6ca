"""Whether the keys in use are those that sealed what is kept. With wrong ones nothing may be read, taken in or written."""

from sqlalchemy import LargeBinary, select, type_coerce
from sqlalchemy.orm import Mapped, mapped_column

from portal.database import Base, db, transaction
from portal.sealing import SealBroken, SealedText, reseal
from portal.web.keys import sealed_columns

SINGS = "These keys open what is kept."
WRONG_KEYS = (
    "The keys in PORTAL_SEALING_KEYS do not open what is kept, so nothing is taken in. Give this process the same keys as "
    "the others, the old one too while a rotation is not done, and start it again."
)


class SealCanary(Base):
    """One sealed sentence. Whoever cannot open it has other keys than those that sealed the rest."""

    __tablename__ = "seal_canary"

    id: Mapped[int] = mapped_column(primary_key=True)
    sealed: Mapped[str] = mapped_column(SealedText)


def keys_fit() -> bool:
    """Whether the keys open the canary; before there is one, whether they open anything that is kept."""
    kept = db.session.scalars(select(type_coerce(SealCanary.__table__.c.sealed, LargeBinary)).limit(1)).first()
    return _opens(kept) if kept is not None else all(_opens(one) for one in _one_of_each_column())


def set_canary() -> bool:
    """Seal the sentence, once, with keys that fit; says whether they do."""
    if not keys_fit():
        return False
    with transaction() as session:
        if session.get(SealCanary, 1) is None:
            session.add(SealCanary(id=1, sealed=SINGS))
    return True


def _one_of_each_column() -> list[bytes]:
    wanted = (select(type_coerce(column, LargeBinary)).where(column.is_not(None)).limit(1) for _, column in sealed_columns())
    return [bytes(found) for one in wanted if (found := db.session.execute(one).scalar()) is not None]


def _opens(sealed: bytes) -> bool:
    try:
        reseal(bytes(sealed))
    except SealBroken:
        return False
    return True
