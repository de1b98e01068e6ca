"""Drawing secret words ahead of time, so that nobody who presses Send waits for the slow hash.

Words that wait are kept in memory only. When all are taken, the next are drawn on the spot.
"""

import secrets
import threading
from dataclasses import dataclass
from queue import Empty, SimpleQueue

from portal.cases.models import SecretWords
from portal.cases.secret_words import new_words
from portal.sealing.hashes import short_lookup, slow_hash
from portal.sealing.ring import Purpose, ring

KEPT_READY = 256


@dataclass(frozen=True)
class DrawnWords:
    """Secret words, what is kept of them, and the loading of the key ring that they were drawn under."""

    words: str
    salt: bytes
    hashed: bytes
    lookup: int
    loading: int

    def kept(self) -> SecretWords:
        """What is kept of them with a case."""
        return SecretWords(lookup=self.lookup, salt=self.salt, hash=self.hashed)


def draw_secret_words() -> DrawnWords:
    """Words that will lead back to a case: ready ones if there are any. Call it before any lock is taken."""
    try:
        drawn = _ready.get_nowait()
    except Empty:
        drawn = _draw()
    _someone_took.set()
    _start_filling()
    return drawn if drawn.loading == ring.loading else _draw()


def _draw() -> DrawnWords:
    words, salt, loading, key = new_words(), secrets.token_bytes(16), ring.loading, ring.newest(Purpose.SECRET_WORDS)
    return DrawnWords(words, salt, slow_hash(words, salt, key), short_lookup(words, key), loading)


_ready: SimpleQueue[DrawnWords] = SimpleQueue()
_someone_took = threading.Event()
_starting = threading.Lock()
_filler: list[threading.Thread] = []


def _start_filling() -> None:
    """Start the thread that draws ahead, once for each process."""
    with _starting:
        if not any(thread.is_alive() for thread in _filler):
            _filler[:] = [threading.Thread(target=_fill, name="draws secret words", daemon=True)]
            _filler[0].start()


def _fill() -> None:
    while _someone_took.wait():
        _someone_took.clear()
        while _ready.qsize() < KEPT_READY:
            _ready.put(_draw())
