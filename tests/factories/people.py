"""Colleagues for tests."""

import secrets

from flask_security import hash_password

from portal.people.services import add_hashed_person

PASSWORD = "a-password-of-the-tests"
HASHED = []


def a_person(role, name="Rowan"):
    if not HASHED:
        HASHED.append(hash_password(PASSWORD))  # half a second, once for all tests
    address = f"{name.lower().replace(' ', '.')}-{secrets.token_hex(4)}@example.org"
    return add_hashed_person(address, name, [role], password_hash=HASHED[0], team="Team")
