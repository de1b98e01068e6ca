"""One sealed value: encrypted, and bound to the table, the column and the row where it lies.

Moved anywhere else it does not open (AES-GCM-SIV, RFC 8452, with the place as associated data).
"""

import base64
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.fernet import InvalidToken
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV

from portal.sealing.ring import LABEL, ring

LABEL_LENGTH, NONCE = 5, 12
UNBOUND = b"\x80"  # how values of before begin: Fernet's own version


WRONG_KEYS = (
    "The keys in PORTAL_SEALING_KEYS, or PORTAL_SECRET_KEY, do not open what is kept, so nothing is taken in. Give this "
    "process the same as the others, the old key too while a rotation is not done, and start it again."
)


class SealBroken(Exception):
    """A sealed value that no key of the ring opens, or that lies where it was not sealed for."""


class WrongKeys(Exception):
    """Other keys are in use here than those that sealed what is kept."""


def place_of(table: str, column: str, row: bytes) -> bytes:
    """The place that a value is bound to; `row` is the random name of its row."""
    return f"{table}.{column}\n".encode() + row


def seal(plain: bytes, place: bytes) -> bytes:
    """Encrypt a value for one place: 33 bytes longer than it was."""
    label = ring.newest_label
    key, nonce = ring.sealing_key(label), secrets.token_bytes(NONCE)
    return label + nonce + key.encrypt(nonce, plain, place)  # type: ignore[union-attr] # the newest is there


def unseal(sealed: bytes, place: bytes) -> bytes:
    """Decrypt a value where it lies. Raises SealBroken."""
    if sealed[:1] == UNBOUND:
        return _open_unbound(sealed)
    key = ring.sealing_key(sealed[:LABEL_LENGTH]) if sealed[:1] == LABEL else None
    if key is None:
        raise SealBroken("No key in PORTAL_SEALING_KEYS opens this. Add the key that sealed it.")
    try:
        return key.decrypt(sealed[LABEL_LENGTH : LABEL_LENGTH + NONCE], sealed[LABEL_LENGTH + NONCE :], place)
    except (InvalidTag, ValueError) as trouble:
        raise SealBroken("A sealed value was changed, or lies where it was not sealed for.") from trouble


def lock(plain: bytes, key: bytes) -> bytes:
    """Encrypt a value under a key of its own (32 bytes), beside the seal that it is kept under."""
    nonce = secrets.token_bytes(NONCE)
    return nonce + AESGCMSIV(key).encrypt(nonce, plain, None)


def unlock(locked: bytes, key: bytes) -> bytes:
    """Decrypt a value that was locked. Raises SealBroken."""
    try:
        return AESGCMSIV(key).decrypt(locked[:NONCE], locked[NONCE:], None)
    except (InvalidTag, ValueError) as trouble:
        raise SealBroken("A value was locked with another key.") from trouble


def _open_unbound(sealed: bytes) -> bytes:
    if not ring.opens_unbound:
        raise SealBroken("A value is bound to no place, and all values of before have been moved. It was put here.")
    try:
        return ring.unbound.decrypt(base64.urlsafe_b64encode(sealed))
    except InvalidToken as trouble:
        raise SealBroken("No key in PORTAL_SEALING_KEYS opens this. Add the key that sealed it.") from trouble
