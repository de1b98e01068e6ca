"""Keyed hashes: what search, secret words and saved drafts are found by. None tells the text without its key."""

import hashlib
import hmac
from collections.abc import Iterable

from itsdangerous import Signer

from portal.sealing.ring import Purpose, PurposeKey, ring

MIN_BEGINNING_LENGTH, MAX_BEGINNING_LENGTH = 4, 10
SLOW, LOOKUP = "slow hash", "lookup"
KEYED_BITS = 47


def beginnings(words: frozenset[str]) -> frozenset[str]:
    """How words begin, from four letters on, without those that are whole words themselves."""
    reach = range(MIN_BEGINNING_LENGTH, MAX_BEGINNING_LENGTH + 1)
    return frozenset(word[:length] for word in words for length in reach if length < len(word)) - words


def marks_of(word: str, groups: Iterable[int], key: PurposeKey) -> list[int]:
    """The keyed marks of a word in some groups of cases (BLAKE2b, RFC 7693): each group has other ones.

    Whoever sends words and reads the database can compare what they sent with the cases of the same group only. A mark
    begins with its group (16 bits), so that the index keeps a group together and finds cases in their order, and ends with
    47 keyed bits. The word is taken in once, and the groups one after another: a search asks for thousands.
    """
    begun = hashlib.blake2b(word.encode(), key=key.made_for("search index"), digest_size=8)
    marks = []
    for group in groups:
        within = begun.copy()
        within.update(group.to_bytes(4, "big"))
        marks.append((group & 0xFFFF) << KEYED_BITS | int.from_bytes(within.digest(), "big") >> 64 - KEYED_BITS)
    return marks


def slow_hash(text: str, salt: bytes, key: PurposeKey) -> bytes:
    """A hash that is slow to guess, keyed with a pepper (scrypt, RFC 7914; 16 MB; 32 bytes)."""
    peppered = hmac.digest(key.made_for(SLOW), text.encode(), "sha256")
    return hashlib.scrypt(peppered, salt=salt, n=2**14, r=8, p=1, dklen=32)


def short_lookup(text: str, key: PurposeKey) -> int:
    """Sixteen keyed bits of a text: enough to find a few rows, too few to know the text by."""
    return int.from_bytes(hmac.digest(key.made_for(LOOKUP), text.encode(), "sha256")[:2], "big")


def signer_of_forms(use: str) -> Signer:
    """What signs a mark of ours in a form or a cookie, and knows those of every key for forms that is kept."""
    return Signer([key.made_for(use) for key in ring.to_sign_with(Purpose.FORMS)])
