"""Secret words drawn ahead of time, so that nobody who presses Send waits for the slow hash.

The worker keeps a stock of them in the database: sealed, and locked once more with the key of secret words, so that neither
the sealing keys nor the secret alone open it. A process takes a few out at a time. When the stock is out, words are drawn on
the spot.
"""

import base64
import json
import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from queue import Empty, SimpleQueue

from sqlalchemy import delete, func, select
from sqlalchemy.orm import undefer

from portal.cases.models import SecretWords, StockedWords
from portal.cases.secret_words import new_words
from portal.clock import LONDON
from portal.database import is_in_action, transaction
from portal.sealing.hashes import short_lookup, slow_hash
from portal.sealing.ring import Purpose, PurposeKey, ring
from portal.sealing.values import SealBroken, lock, unlock

FULL, LOW = 4_000, 500  # sets that wait, by night and at least
IN_A_DEMO = 32  # enough to play with: nobody waits half a minute of processor for it
TAKEN_AT_ONCE, LAID_DOWN_AT_ONCE = 16, 20
NIGHT_ENDS = 6  # the stock is filled to the brim from midnight on, in London
USE = "stock of secret words"


@dataclass(frozen=True)
class DrawnWords:
    """Secret words, what is kept of them, and the loading of the key ring that they were drawn under."""

    words: str
    salt: bytes
    hashed: bytes
    lookup: int
    loading: int

    def kept(self, case_id: int) -> SecretWords:
        """What is kept of them with a case."""
        return SecretWords(case_id=case_id, lookup=self.lookup, salt=self.salt, hash=self.hashed)


_taken: SimpleQueue[DrawnWords] = SimpleQueue()


def draw_secret_words() -> DrawnWords:
    """Words that will lead back to a case: ready ones if there are any. Call it before any lock is taken."""
    while True:
        try:
            drawn = _taken.get_nowait()
        except Empty:
            break
        if drawn.loading == ring.loading:
            return drawn
    # an action that is taken back would put sets back that were given out: within one, none are taken from the stock
    first, *others = ([] if is_in_action() else _take_some()) or [_draw()]
    for one in others:
        _taken.put(one)
    return first


def fill_stock(to: int, *, until: float = float("inf")) -> int:
    """Draw words until so many sets wait, or until a moment (of `time.monotonic`); gives how many were laid down.

    Sets under a key of before are thrown away.
    """
    key, laid_down = ring.newest(Purpose.SECRET_WORDS), 0
    with transaction() as session:
        session.execute(delete(StockedWords).where(StockedWords.key_version != key.version))
        missing: int = to - session.execute(select(func.count()).select_from(StockedWords)).scalar_one()
    while missing > laid_down and time.monotonic() < until:
        sets = [_draw() for _ in range(min(LAID_DOWN_AT_ONCE, missing - laid_down))]
        with transaction() as session:
            session.add_all(StockedWords(key_version=key.version, kept=_packed(one, key)) for one in sets)
        laid_down += len(sets)
    return laid_down


def throw_away() -> int:
    """Throw away every set that waits, and those that this process took; gives how many waited."""
    while not _taken.empty():
        _taken.get_nowait()
    with transaction() as session:
        return int(session.execute(delete(StockedWords)).rowcount)


def wanted_at(at: datetime) -> int:
    """How many sets should wait: the slow hash is drawn when nobody else needs the processor."""
    return FULL if at.astimezone(LONDON).hour < NIGHT_ENDS else LOW


def _draw() -> DrawnWords:
    words, salt, loading, key = new_words(), secrets.token_bytes(16), ring.loading, ring.newest(Purpose.SECRET_WORDS)
    return DrawnWords(words, salt, slow_hash(words, salt, key), short_lookup(words, key), loading)


def _take_some() -> Sequence[DrawnWords]:
    """Take some sets out of the stock for good: whatever becomes of them, nobody else gets them."""
    key, loading = ring.newest(Purpose.SECRET_WORDS), ring.loading
    of_key = select(StockedWords).where(StockedWords.key_version == key.version).order_by(StockedWords.id)
    wanted = of_key.options(undefer(StockedWords.kept)).limit(TAKEN_AT_ONCE).with_for_update(skip_locked=True)
    with transaction() as session:
        rows = session.scalars(wanted).all()
        session.execute(delete(StockedWords).where(StockedWords.id.in_([row.id for row in rows])))
        return [drawn for row in rows if (drawn := _unpacked(row, key, loading)) is not None]


def _packed(drawn: DrawnWords, key: PurposeKey) -> bytes:
    hashes = [base64.b64encode(one).decode() for one in (drawn.salt, drawn.hashed)]
    return lock(json.dumps([drawn.words, *hashes, drawn.lookup]).encode(), key.made_for(USE))


def _unpacked(row: StockedWords, key: PurposeKey, loading: int) -> DrawnWords | None:
    """The set of a row; None for one that was changed, or laid down under other keys: it is thrown away like the rest."""
    try:
        words, salt, hashed, lookup = json.loads(unlock(row.kept, key.made_for(USE)))
    except SealBroken:
        return None
    return DrawnWords(words, base64.b64decode(salt), base64.b64decode(hashed), lookup, loading)
