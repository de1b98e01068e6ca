"""What people write is sealed at rest: columns are encrypted under a ring of keys, and search works over keyed hashes.

The first key of the ring seals; every key opens. The index key and the pepper come from the secret key, so that sealing
keys can be changed without making the index anew.
"""

import base64
import hashlib
import hmac
import json
import re
import unicodedata
from collections.abc import Callable
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from sqlalchemy import Dialect, LargeBinary
from sqlalchemy.types import TypeDecorator

SHORTEST_WORD = 2
SHORTEST_BEGINNING, LONGEST_BEGINNING = 4, 10


class SealBroken(Exception):
    """A sealed value that no key of the ring opens."""


class KeyRing:
    """The keys that seal and open, and the keys made from the secret for hashes."""

    def __init__(self) -> None:
        self._fernet: MultiFernet | None = None
        self._secret = b""
        self.loading = 0  # how often keys were loaded: what was made under earlier keys is known by it

    def load(self, keys: tuple[str, ...], secret: str) -> None:
        """Take the keys into use, newest first. Raises ValueError for a key that is not 32 bytes in base64."""
        self._fernet = MultiFernet([Fernet(key) for key in keys])
        self._secret = secret.encode()
        self.loading += 1

    @property
    def fernet(self) -> MultiFernet:
        """The keys in use."""
        if self._fernet is None:
            raise RuntimeError("no sealing keys were loaded")
        return self._fernet

    def hash_key(self, purpose: str) -> bytes:
        """A key for one purpose, made from the secret."""
        return hmac.digest(self._secret, f"your say: {purpose}".encode(), "sha256")


ring = KeyRing()


def seal(text: str) -> bytes:
    """Encrypt a text."""
    return base64.urlsafe_b64decode(ring.fernet.encrypt(text.encode()))


def unseal(sealed: bytes) -> str:
    """Decrypt a text. Raises SealBroken when no key opens it."""
    return _opened(ring.fernet.decrypt, sealed).decode()


def reseal(sealed: bytes) -> bytes:
    """The same text under the newest key. Raises SealBroken when no key opens it."""
    return base64.urlsafe_b64decode(_opened(ring.fernet.rotate, sealed))


def _opened(open_with: Callable[[bytes], bytes], sealed: bytes) -> bytes:
    try:
        return open_with(base64.urlsafe_b64encode(sealed))
    except InvalidToken as trouble:
        raise SealBroken("No key in PORTAL_SEALING_KEYS opens this. Add the key that sealed it.") from trouble


class SealedText(TypeDecorator[str]):
    """A column of text, encrypted at rest."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:
        """Seal on the way in."""
        return None if value is None else seal(value)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> str | None:
        """Open on the way out."""
        return None if value is None else unseal(bytes(value))


class SealedBytes(TypeDecorator[bytes]):
    """A column of bytes, a file for example, encrypted at rest."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        """Seal on the way in."""
        return None if value is None else base64.urlsafe_b64decode(ring.fernet.encrypt(value))

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        """Open on the way out."""
        return None if value is None else _opened(ring.fernet.decrypt, bytes(value))


class SealedJSON(TypeDecorator[Any]):
    """A column of plain data, encrypted at rest."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> bytes | None:
        """Seal on the way in."""
        return None if value is None else seal(json.dumps(value, ensure_ascii=False))

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> Any:
        """Open on the way out."""
        return None if value is None else json.loads(unseal(bytes(value)))


def index_words(*texts: str) -> frozenset[str]:
    """The keyed hashes of the words of texts, whatever their case and accents: what a search asks for."""
    return _hashed(plain_words(*texts))


def index_beginnings(*texts: str) -> frozenset[str]:
    """The keyed hashes of how the words of texts begin, from four letters on: what a search for part of a word asks for."""
    words = plain_words(*texts)
    reach = range(SHORTEST_BEGINNING, LONGEST_BEGINNING + 1)
    return _hashed(frozenset(word[:length] for word in words for length in reach if length < len(word)) - words)


def _hashed(words: frozenset[str]) -> frozenset[str]:
    key = ring.hash_key("search index")
    return frozenset(base64.b32encode(hmac.digest(key, word.encode(), "sha256")[:10]).decode() for word in words)


def plain_words(*texts: str) -> frozenset[str]:
    """The words of texts without case and accents, each once."""
    return frozenset(word for word in bare_words(" ".join(texts)) if len(word) >= SHORTEST_WORD)


def bare_words(text: str) -> list[str]:
    """The words of a text in their order, without case and accents."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return re.findall(r"\w+", "".join(letter for letter in decomposed if not unicodedata.combining(letter)))


def slow_hash(text: str, salt: bytes) -> bytes:
    """A hash that is slow to guess, keyed with a pepper that is not in the database (scrypt, RFC 7914; 16 MB)."""
    peppered = hmac.digest(ring.hash_key("slow hash"), text.encode(), "sha256")
    return hashlib.scrypt(peppered, salt=salt, n=2**14, r=8, p=1, dklen=32)


def short_lookup(text: str) -> int:
    """Sixteen keyed bits of a text: enough to find a few rows, too few to know the text by."""
    return int.from_bytes(hmac.digest(ring.hash_key("lookup"), text.encode(), "sha256")[:2], "big")
