"""How each entry of the audit holds the hash of the one before, and the key of its end."""

import hmac
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from portal.audit.events import declare
from portal.sealing.ring import Purpose, PurposeKey, ring
from portal.sealing.values import SealBroken

START = "0" * 64


AUDIT_BEGAN_AGAIN = declare("audit_began_again", "people")


AUDIT_END_CHANGED = declare("audit_end_changed", "entries")


AUDIT_KEY_CHANGED = declare("audit_key_changed", "version")


def audit_key(version: int) -> PurposeKey:
    """A version of the audit's key. Raises SealBroken when there is none such."""
    found = ring.version(Purpose.AUDIT, version)
    if found is None:
        raise SealBroken(f"The key of the audit, version {version}, is not here.")
    return found


def entry_hash(
    previous: str, at: datetime, by_id: int | None, event: str, about: str, facts: Mapping[str, Any], key: PurposeKey
) -> str:
    """The hash of an entry and of everything before it (HMAC-SHA-256 over canonical JSON).

    Keyed, so that nobody with the database alone can forge the chain, or try out what a sealed fact says.
    """
    told = [previous, at.astimezone(UTC).isoformat(), by_id, event, about, facts]
    text = json.dumps(told, sort_keys=True, ensure_ascii=False).encode()
    return hmac.digest(key.made_for("audit"), text, "sha256").hex()


def head_seal(count: int, newest: str, key: PurposeKey) -> str:
    """What only somebody with the portal's own key can make of the length of the chain and its newest hash."""
    return hmac.digest(key.made_for("audit head"), f"{count} {newest}".encode(), "sha256").hex()
