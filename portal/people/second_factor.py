"""Codes of an authenticator app (RFC 6238), each good once."""

from flask_security import Totp

from portal.people.models import Person


class OneUseCodes(Totp):  # type: ignore[misc]
    """Remembers the last code that someone used, so that one who saw it typed cannot use it again."""

    def get_last_counter(self, user: Person) -> int | None:
        """The time step of the last code."""
        return user.last_code_counter

    def set_last_counter(self, user: Person, tmatch: object) -> None:
        """Keep the time step of the code just used."""
        user.last_code_counter = tmatch.counter  # type: ignore[attr-defined]
