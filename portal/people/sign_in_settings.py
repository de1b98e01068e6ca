"""How people sign in, told to Flask-Security under its own names."""

from datetime import timedelta
from typing import Any

from portal import clock
from portal.config import Settings


def sign_in_settings(settings: Settings) -> dict[str, Any]:
    """Flask-Security, as we want it: its own names, our addresses, templates and words."""
    return {
        "SECURITY_CLI_USERS_NAME": None,  # its own commands pass the audit by
        "SECURITY_CLI_ROLES_NAME": None,
        "SECURITY_PASSWORD_SALT": settings.secret_key,
        "SECURITY_PASSWORD_HASH": "argon2",
        "SECURITY_LOGIN_URL": "/staff/sign-in",
        "SECURITY_LOGOUT_URL": "/staff/sign-out",
        "SECURITY_LOGOUT_METHODS": ["POST"],
        "SECURITY_LOGOUT_CSRF": True,
        "SECURITY_LOGOUT_USER_TEMPLATE": "people/sign_out.html",
        "SECURITY_POST_LOGIN_VIEW": "/staff/",
        "SECURITY_CHANGEABLE": True,
        "SECURITY_CHANGE_URL": "/staff/password",
        "SECURITY_CHANGE_PASSWORD_TEMPLATE": "people/change_password.html",
        "SECURITY_POST_CHANGE_VIEW": "/staff/",
        "SECURITY_SEND_PASSWORD_CHANGE_EMAIL": False,
        "SECURITY_PASSWORD_LENGTH_MIN": 12,
        "SECURITY_POST_LOGOUT_VIEW": "/",
        "SECURITY_LOGIN_USER_TEMPLATE": "people/sign_in.html",
        "SECURITY_REGISTERABLE": False,
        "SECURITY_SEND_REGISTER_EMAIL": False,
        "SECURITY_DEFAULT_REMEMBER_ME": False,
        "SECURITY_RETURN_GENERIC_RESPONSES": True,
        "SECURITY_FLASH_MESSAGES": False,
        "SECURITY_MSG_PASSWORD_NOT_PROVIDED": ("Write a password here", "error"),
        "SECURITY_MSG_INVALID_PASSWORD": ("This is not your password now. Try again", "error"),
        "SECURITY_MSG_RETYPE_PASSWORD_MISMATCH": ("Write the same new password twice", "error"),
        "SECURITY_MSG_GENERIC_AUTHN_FAILED": ("Check the email address and the password, then try again", "error"),
        "SECURITY_EMAIL_VALIDATOR_ARGS": {"check_deliverability": False, "test_environment": settings.demo},
        **_for_second_factor(settings),
    }


def _for_second_factor(settings: Settings) -> dict[str, Any]:
    return {
        "SECURITY_TWO_FACTOR": True,
        "SECURITY_TWO_FACTOR_REQUIRED": settings.second_factor,
        "SECURITY_TWO_FACTOR_ENABLED_METHODS": ["authenticator"],
        "SECURITY_TWO_FACTOR_ALWAYS_VALIDATE": True,
        "SECURITY_TWO_FACTOR_AUTHENTICATOR_VALIDITY": 30,  # seconds: one step before and one after
        "SECURITY_TWO_FACTOR_RESCUE_EMAIL": False,
        "SECURITY_TWO_FACTOR_SETUP_URL": "/staff/second-factor",
        "SECURITY_TWO_FACTOR_TOKEN_VALIDATION_URL": "/staff/code",
        "SECURITY_TWO_FACTOR_RESCUE_URL": "/staff/rescue",
        "SECURITY_TWO_FACTOR_POST_SETUP_VIEW": "/staff/recovery-codes",
        "SECURITY_TWO_FACTOR_SETUP_TEMPLATE": "people/second_factor.html",
        "SECURITY_TWO_FACTOR_VERIFY_CODE_TEMPLATE": "people/code.html",
        "SECURITY_TOTP_SECRETS": {"1": settings.secret_key},
        "SECURITY_TOTP_ISSUER": "Your Say",
        "SECURITY_MULTI_FACTOR_RECOVERY_CODES": True,
        "SECURITY_MULTI_FACTOR_RECOVERY_CODES_N": 8,
        "SECURITY_MULTI_FACTOR_RECOVERY_CODES_URL": "/staff/recovery-codes",
        "SECURITY_MULTI_FACTOR_RECOVERY_CODES_TEMPLATE": "people/recovery_codes.html",
        "SECURITY_MULTI_FACTOR_RECOVERY_URL": "/staff/recovery-code",
        "SECURITY_MULTI_FACTOR_RECOVERY_TEMPLATE": "people/recovery_code.html",
        **_for_passkeys(),
        "SECURITY_MSG_TWO_FACTOR_INVALID_TOKEN": ("This code does not fit. Wait for the next one and type it", "error"),
        "SECURITY_MSG_INVALID_RECOVERY_CODE": ("This recovery code does not fit, or was used before", "error"),
    }


def _for_passkeys() -> dict[str, Any]:
    return {
        "SECURITY_WEBAUTHN": True,
        "SECURITY_DATETIME_FACTORY": clock.now,
        "SECURITY_WAN_RP_NAME": "Your Say",
        "SECURITY_WAN_ALLOW_AS_FIRST_FACTOR": False,
        "SECURITY_WAN_ALLOW_AS_MULTI_FACTOR": False,
        "SECURITY_WAN_REGISTER_URL": "/staff/passkeys",
        "SECURITY_WAN_REGISTER_TEMPLATE": "people/passkeys.html",
        "SECURITY_WAN_DELETE_URL": "/staff/passkeys-away",
        "SECURITY_WAN_SIGNIN_URL": "/staff/passkey",
        "SECURITY_WAN_SIGNIN_TEMPLATE": "people/passkey.html",
        "SECURITY_WAN_SIGNIN_WITHIN": timedelta(minutes=5),
        "SECURITY_TWO_FACTOR_SELECT_URL": "/staff/which-way",
        "SECURITY_TWO_FACTOR_SELECT_TEMPLATE": "people/which_way.html",
        "SECURITY_MSG_WEBAUTHN_NAME_REQUIRED": ("Write a name for it, like My phone", "error"),
        "SECURITY_MSG_WEBAUTHN_NAME_INUSE": ("You have a passkey of this name. Write another one", "error"),
        "SECURITY_MSG_WEBAUTHN_NAME_DISALLOWED_CHARACTERS": ("Write the name with letters and numbers only", "error"),
    }
