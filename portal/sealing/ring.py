"""The keys: those that seal, and those made for one purpose each, in versions.

A purpose begins with version 1, which is the secret of the settings itself. Later versions are random, lie sealed in the
database (`portal/keys/`), and are read from there by every process.
"""

import base64
import hashlib
import hmac
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV

from portal import clock

LABEL = b"\x01"  # how a value begins that is bound to its place


class Purpose(StrEnum):
    """What a key is for. Each can be replaced by itself."""

    SESSIONS = "sessions"
    PASSWORDS = "passwords"
    CODES = "codes"
    SEARCH = "search"
    SECRET_WORDS = "secret-words"  # noqa: S105 - the name of a purpose
    SAVED_DRAFTS = "saved-drafts"
    AUDIT = "audit"
    FORMS = "forms"


@dataclass(frozen=True)
class PurposeKey:
    """One version of the key for a purpose. It is written with from `begins_at` (UTC) on, and read with before that too."""

    version: int
    text: str
    begins_at: datetime | None = None

    def made_for(self, use: str) -> bytes:
        """The key for one use within the purpose (32 bytes)."""
        return hmac.digest(self.text.encode(), f"your say: {use}".encode(), "sha256")


Stored = Mapping[Purpose, Sequence[PurposeKey]]


class KeyRing:
    """The keys in use in this process."""

    def __init__(self) -> None:
        self._sealing: dict[bytes, AESGCMSIV] = {}
        self._unbound: MultiFernet | None = None
        self._secret = ""
        self._stored: Stored = {}
        self._read_stored: Callable[[], Stored] = dict
        self.opens_unbound = True  # values of before, which are bound to no place, until `keys rotate` moved all of them
        self.loading = 0  # how often keys were loaded: what was made under earlier keys is known by it

    def load(self, keys: tuple[str, ...], secret: str, read_stored: Callable[[], Stored] = dict) -> None:
        """Take the keys of the settings into use, the newest sealing key first.

        Raises ValueError for a sealing key that is not 32 bytes in base64.
        """
        self._sealing = {_label_of(key): AESGCMSIV(_sealing_key(key)) for key in keys}
        self._unbound = MultiFernet([Fernet(key) for key in keys])
        self._secret, self._stored, self._read_stored = secret, {}, read_stored
        self.opens_unbound = True
        self.loading += 1

    def refresh(self) -> bool:
        """Read the stored versions again; says whether any changed."""
        before, self._stored = self._stored, self._read_stored()
        changed = before != self._stored
        self.loading += changed
        return changed

    @property
    def of_the_secret(self) -> PurposeKey:
        """What the secret of the settings is: the first version for every purpose."""
        return PurposeKey(1, self._secret)

    def is_of_the_secret(self, purpose: Purpose) -> bool:
        """Whether a purpose has no key of its own yet."""
        return not self._stored.get(purpose)

    @property
    def newest_label(self) -> bytes:
        """How a value begins that the newest sealing key sealed (5 bytes)."""
        return next(iter(self._sealing_keys))

    @property
    def _sealing_keys(self) -> dict[bytes, AESGCMSIV]:
        if not self._sealing:
            raise RuntimeError("no sealing keys were loaded")
        return self._sealing

    def sealing_key(self, label: bytes) -> AESGCMSIV | None:
        """The sealing key of a label; None for one that is not in this ring."""
        return self._sealing_keys.get(label)

    @property
    def unbound(self) -> MultiFernet:
        """What opens values of before (Fernet)."""
        if self._unbound is None:
            raise RuntimeError("no sealing keys were loaded")
        return self._unbound

    def every(self, purpose: Purpose) -> Sequence[PurposeKey]:
        """Every version that still opens something, newest first, also one that has not begun yet."""
        return self._stored.get(purpose) or (self.of_the_secret,)

    def newest(self, purpose: Purpose) -> PurposeKey:
        """The version to write with now."""
        now = clock.now()
        every = self.every(purpose)
        return next((one for one in every if one.begins_at is None or one.begins_at <= now), every[-1])

    def to_sign_with(self, purpose: Purpose) -> Sequence[PurposeKey]:
        """Every version in the order that signers want: the last signs, all are accepted."""
        signs = self.newest(purpose)
        return (*(one for one in reversed(self.every(purpose)) if one != signs), signs)

    def version(self, purpose: Purpose, version: int) -> PurposeKey | None:
        """One version, read anew from the database when it is not known here yet; None when there is no such version."""
        for ask_again in (True, False):
            found = next((one for one in self.every(purpose) if one.version == version), None)
            if found is None and ask_again:
                self.refresh()
        return found

    def key(self, purpose: Purpose, use: str) -> bytes:
        """The key for one use, as it is made now (32 bytes)."""
        return self.newest(purpose).made_for(use)


def _sealing_key(key: str) -> bytes:
    return hmac.digest(base64.urlsafe_b64decode(key), b"your say: sealing", "sha256")


def _label_of(key: str) -> bytes:
    """What a value shows of the key that sealed it: four bytes of a hash."""
    return LABEL + hashlib.sha256(b"your say: label" + base64.urlsafe_b64decode(key)).digest()[:4]


ring = KeyRing()
