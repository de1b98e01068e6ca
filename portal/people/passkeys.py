"""Passkeys (WebAuthn, W3C Level 2) as a second factor beside the authenticator app; never as the only one."""

from typing import Any

from flask import flash, session
from flask_security import WebauthnUtil
from flask_security.webauthn import WebAuthnRegisterForm, WebAuthnSigninResponseForm
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from portal.people.models import Person

DOES_NOT_FIT = "This passkey does not fit. Try again, or use the code of your authenticator app"


class OurPasskeys(WebauthnUtil):  # type: ignore[misc]
    """Any authenticator will do: a phone, a computer, a stick."""

    def authenticator_selection(self, user: Person, usage: str) -> AuthenticatorSelectionCriteria:
        """Which passkeys may be kept. The password says who it is, so the device need not know."""
        return AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.DISCOURAGED, user_verification=UserVerificationRequirement.PREFERRED
        )


class NewPasskeyForm(WebAuthnRegisterForm):  # type: ignore[misc]
    """A name for a new passkey."""

    def validate(self, **more: Any) -> bool:
        """Only as a second factor, whatever was posted."""
        self.usage.data = "secondary"
        return bool(super().validate(**more))


class UsePasskeyForm(WebAuthnSigninResponseForm):  # type: ignore[misc]
    """What an authenticator answered at a sign-in."""

    def validate(self, **more: Any) -> bool:
        """It must be a passkey of the very person whose password was given: the library asks only that it is somebody's."""
        fits = super().validate(**more) and self.is_secondary and session.get("tf_user_id") == self.user.fs_uniquifier
        if not fits:
            flash(DOES_NOT_FIT)
        return bool(fits)
