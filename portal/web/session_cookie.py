"""The session's cookie. A clock that is set back by some seconds, or two machines that differ, end nobody's visit."""

from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import SignatureExpired, TimestampSigner

SKEW = timedelta(minutes=5)


class PatientSigner(TimestampSigner):
    """Takes a signature from a few minutes ahead as one of now: itsdangerous calls it expired."""

    def unsign(self, signed_value: str | bytes, max_age: int | None = None, return_timestamp: bool = False) -> Any:
        """The value that was signed. Raises BadSignature."""
        try:
            return super().unsign(signed_value, max_age, return_timestamp)  # type: ignore[call-overload]
        except SignatureExpired as trouble:
            signed_at = trouble.date_signed
            ahead = (signed_at or datetime.max.replace(tzinfo=UTC)) - datetime.fromtimestamp(self.get_timestamp(), UTC)
            if not timedelta(0) < ahead <= SKEW:
                raise
            return (trouble.payload, signed_at) if return_timestamp else trouble.payload


class PatientSessions(SecureCookieSessionInterface):
    """Flask's own session, signed patiently."""

    def get_signing_serializer(self, app: Flask) -> Any:
        """The serializer; none without a secret key."""
        found = super().get_signing_serializer(app)
        if found is not None:
            found.signer = PatientSigner
        return found
