"""Keyed hashes: what search, secret words and saved drafts are found by. None tells the text without its key."""

import hashlib
import hmac
from collections.abc import Iterable

from portal.sealing.ring import PurposeKey

SHORTEST_BEGINNING, LONGEST_BEGINNING = 4, 10
SLOW, LOOKUP = "slow hash", "lookup"


def beginnings(words: frozenset[str]) -> frozenset[str]:
    """How words begin, from four letters on, without those that are whole words themselves."""
    reach = range(SHORTEST_BEGINNING, LONGEST_BEGINNING + 1)
    return frozenset(word[:length] for word in words for length in reach if length < len(word)) - words


def marks_of(words: Iterable[str], group: int, key: PurposeKey) -> frozenset[int]:
    """The keyed marks of words within one group of cases (63 bits each): another group has other marks for them.

    Whoever sends words and reads the database can compare what they sent with the cases of the same group only.
    """
    within = key.made_for(f"search {group}")
    return frozenset(mark_of(word, within) for word in words)


def mark_of(word: str, within: bytes) -> int:
    """A keyed mark of a word (63 bits)."""
    return int.from_bytes(hmac.digest(within, word.encode(), "sha256")[:8], "big") >> 1


def slow_hash(text: str, salt: bytes, key: PurposeKey) -> bytes:
    """A hash that is slow to guess, keyed with a pepper (scrypt, RFC 7914; 16 MB; 32 bytes)."""
    peppered = hmac.digest(key.made_for(SLOW), text.encode(), "sha256")
    return hashlib.scrypt(peppered, salt=salt, n=2**14, r=8, p=1, dklen=32)


def short_lookup(text: str, key: PurposeKey) -> int:
    """Sixteen keyed bits of a text: enough to find a few rows, too few to know the text by."""
    return int.from_bytes(hmac.digest(key.made_for(LOOKUP), text.encode(), "sha256")[:2], "big")
