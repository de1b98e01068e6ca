"""Settings, read from the environment once, with safe defaults. A missing secret stops a start that is not a demo."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from portal.safe_start import DEMO_SEALING_KEY, DEMO_SECRET, refuse_production_in_demo, refuse_unsafe
from portal.secrets_given import SettingMissing, secret_from

LARGEST_POST, LARGEST_FORM = 60 * 1024 * 1024, 24 * 1024 * 1024  # with files, of which each is cut; without


NO_DUTY_DESK = "none"


@dataclass(frozen=True)
class DutyLadder:
    """Whom to tell that something must be read at once, lowest first, and after how long without an answer to go on up."""

    rungs: tuple[str, ...] = ()
    again_after: timedelta = timedelta(minutes=30)


@dataclass(frozen=True)
class Council:
    """What a council says of itself. An empty number is not shown anywhere."""

    name: str = "The council"
    leave_address: str = "https://www.bbc.co.uk/weather"
    day_phone: str = ""
    night_phone: str = ""
    advocacy_phone: str = ""
    duty_email: str = ""
    duty_next: str = ""
    duty_again_after: str = "30"
    email: str = ""
    postal_address: str = ""

    @property
    def duty(self) -> DutyLadder:
        """The ladder of the duty desk: the desk, then whoever is named after it; empty when there is none."""
        named = (self.duty_email, *self.duty_next.split(","))
        rungs = tuple(address.strip() for address in named if address.strip() and address.strip() != NO_DUTY_DESK)
        return DutyLadder(rungs, timedelta(minutes=int(self.duty_again_after)))


DEMO_COUNCIL = Council(
    name="Exampleshire Council",
    day_phone="01632 960 001",
    night_phone="01632 960 002",
    advocacy_phone="01632 960 003",
    duty_email="duty-desk@example.org",
    duty_next="duty-manager@example.org, head-of-service@example.org",
    email="your-say@exampleshire.example",
    postal_address="Your Say, County Hall, Exampleshire",
)


@dataclass(frozen=True)
class MailboxSettings:
    """Where email for us is read. `users` are the mailboxes by name: `thanks`, `complaints`; empty ones are not read."""

    server: str = ""
    port: int = 993
    tls: bool = True
    by_token: bool = False
    users: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_set(self) -> bool:
        """Whether there is any mailbox to read."""
        return bool(self.server) and any(self.users.values())


@dataclass(frozen=True)
class Settings:
    """Everything that differs between one council's portal and another's."""

    database_url: str
    secret_key: str
    sealing_keys: tuple[str, ...]
    demo: bool = False
    mail_server: str = ""
    mail_port: int = 25
    mail_sender: str = "your-say@localhost"
    mail_tls: bool = True
    mail_user: str = ""
    mail_reply_to: str = ""
    mail_checked_by: str = ""
    mail_password: str = ""
    site_address: str = "http://127.0.0.1:8000"
    second_factor: bool = True
    seconds_before_sending: int = 2
    breached_passwords: str = ""
    clamav: str = ""
    audit_heads: str = ""
    only_checked_languages: bool = False
    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: str = ""
    oidc_trusts_provider_mfa: bool = False
    council: Council = field(default_factory=Council)
    mailboxes: MailboxSettings = field(default_factory=MailboxSettings)

    @property
    def reply_to(self) -> str:
        """Where answers to our mail come; empty where no mailbox is read, and answers go to the sender's address."""
        return self.mail_reply_to or self.mailboxes.users.get("complaints", "")

    @property
    def is_https(self) -> bool:
        """Whether people come over HTTPS: cookies then travel nowhere else."""
        return self.site_address.lower().startswith("https:")

    def for_flask(self) -> dict[str, Any]:
        """The settings under the names that Flask and its extensions use."""
        return {
            "SECRET_KEY": self.secret_key,
            "SQLALCHEMY_DATABASE_URI": self.database_url,
            "MAX_CONTENT_LENGTH": LARGEST_POST,
            "MAX_FORM_MEMORY_SIZE": LARGEST_FORM,
            "SESSION_COOKIE_HTTPONLY": True,
            "SESSION_COOKIE_SAMESITE": "Lax",
            "SESSION_COOKIE_NAME": "__Host-session" if self.is_https else "session",
            "SESSION_COOKIE_PATH": "/",
            "SESSION_COOKIE_SECURE": self.is_https,
            "TRUSTED_HOSTS": [urlsplit(self.site_address).hostname, "localhost", "127.0.0.1"] if self.is_https else None,
            "WTF_CSRF_TIME_LIMIT": None,
            "MAIL_SERVER": self.mail_server,
            "MAIL_PORT": self.mail_port,
            "MAIL_DEFAULT_SENDER": self.mail_sender,
            "MAIL_USE_TLS": self.mail_tls,
            "MAIL_USERNAME": self.mail_user or None,
            "MAIL_PASSWORD": self.mail_password or None,
            "RATELIMIT_STORAGE_URI": "memory://",
            "RATELIMIT_HEADERS_ENABLED": False,
        }


def read_settings(environment: Mapping[str, str], instance_folder: Path) -> Settings:
    """Read the settings. Raises SettingMissing with what to set when a secret is missing outside the demo."""
    demo = environment.get("PORTAL_DEMO") == "1"
    secret, keys = secret_from("PORTAL_SECRET_KEY", environment), secret_from("PORTAL_SEALING_KEYS", environment)
    if demo:
        refuse_production_in_demo(environment)
        secret, keys = secret or DEMO_SECRET, keys or DEMO_SEALING_KEY
    _refuse_missing_secrets(secret, keys)
    council, mailboxes = _council(environment, DEMO_COUNCIL if demo else Council()), _mailboxes(environment)
    sealing_keys = tuple(key.strip() for key in keys.split(",") if key.strip())
    site_address = environment.get("PORTAL_SITE_ADDRESS", f"http://127.0.0.1:{environment.get('PORT', '8000')}")
    if not demo:
        refuse_unsafe(secret, sealing_keys, site_address, environment)
    return Settings(
        database_url=environment.get("PORTAL_DATABASE_URL") or f"sqlite:///{instance_folder / 'portal.db'}",
        secret_key=secret,
        sealing_keys=sealing_keys,
        demo=demo,
        mail_server=environment.get("PORTAL_MAIL_SERVER", ""),
        mail_port=_number("PORTAL_MAIL_PORT", "25", environment, like="587"),
        mail_sender=environment.get("PORTAL_MAIL_SENDER", "your-say@localhost"),
        mail_tls=environment.get("PORTAL_MAIL_TLS", "1") != "0",
        mail_user=environment.get("PORTAL_MAIL_USER", ""),
        mail_reply_to=environment.get("PORTAL_MAIL_REPLY_TO", ""),
        mail_checked_by=environment.get("PORTAL_MAIL_CHECKED_BY", ""),
        mail_password=environment.get("PORTAL_MAIL_PASSWORD", ""),
        site_address=site_address,
        second_factor=not demo,
        seconds_before_sending=_number("PORTAL_SECONDS_BEFORE_SENDING", "2", environment, like="2"),
        breached_passwords=environment.get("PORTAL_BREACHED_PASSWORDS", ""),
        clamav=environment.get("PORTAL_CLAMAV", ""),
        audit_heads=environment.get("PORTAL_AUDIT_HEADS", ""),
        only_checked_languages=environment.get("PORTAL_REQUIRE_CHECKED_LANGUAGES") == "1",
        oidc_issuer=environment.get("PORTAL_OIDC_ISSUER", ""),
        oidc_client_id=environment.get("PORTAL_OIDC_CLIENT_ID", ""),
        oidc_client_secret=environment.get("PORTAL_OIDC_CLIENT_SECRET", ""),
        oidc_trusts_provider_mfa=environment.get("PORTAL_OIDC_TRUSTS_PROVIDER_MFA") == "1",
        council=council,
        mailboxes=mailboxes,
    )


def _refuse_missing_secrets(secret: str, keys: str) -> None:
    for name, value in (("PORTAL_SECRET_KEY", secret), ("PORTAL_SEALING_KEYS", keys)):
        if not value:
            raise SettingMissing(f"{name} is not set. Set it, or set PORTAL_DEMO=1 to try the portal with made-up people.")
    if not all(_is_sealing_key(key.strip()) for key in keys.split(",")):
        raise SettingMissing(
            "PORTAL_SEALING_KEYS holds a key that is no Fernet key. docs/operating.md says how to make one."
        )


def _number(name: str, default: str, environment: Mapping[str, str], *, like: str) -> int:
    typed = environment.get(name, default)
    if not typed.isdecimal():
        raise SettingMissing(f"{name} is {typed!r}. It must be a number, like {like}.")
    return int(typed)


def _mailboxes(environment: Mapping[str, str]) -> MailboxSettings:
    """The mailboxes; one without a way to its password stops the start in words. Raises SettingMissing."""
    names = ("thanks", "complaints")
    users = {name: environment.get(f"PORTAL_{name.upper()}_MAILBOX_USER", "") for name in names}
    server = environment.get("PORTAL_MAILBOX_SERVER", "")
    for name in (name for name, user in users.items() if user and server):
        secret = f"PORTAL_{name.upper()}_MAILBOX_PASSWORD"
        if not any(environment.get(secret + source) for source in ("", "_FILE", "_COMMAND")):
            raise SettingMissing(f"{secret} is not set. Set it, {secret}_FILE or {secret}_COMMAND.")
    port, tls = _number("PORTAL_MAILBOX_PORT", "993", environment, like="993"), environment.get("PORTAL_MAILBOX_TLS") != "0"
    return MailboxSettings(server, port, tls, environment.get("PORTAL_MAILBOX_TOKEN") == "1", users)


def _is_sealing_key(key: str) -> bool:
    """A Fernet key: 32 bytes in URL-safe base64."""
    try:
        return len(base64.urlsafe_b64decode(key)) == 32
    except ValueError:
        return False


def _council(environment: Mapping[str, str], default: Council) -> Council:
    names = (setting.name for setting in fields(Council))
    told = {name: environment.get(f"PORTAL_COUNCIL_{name.upper()}", getattr(default, name)) for name in names}
    if not told["duty_email"].strip():
        raise SettingMissing(
            "PORTAL_COUNCIL_DUTY_EMAIL is not set: nobody would be told of a child in danger. Set the address of whoever is "
            "on duty, day and night; or set it to 'none' if there is nobody, and see that the queue is read."
        )
    if not told["duty_again_after"].isdecimal() or not int(told["duty_again_after"]):
        raise SettingMissing("PORTAL_COUNCIL_DUTY_AGAIN_AFTER must be a number of minutes, like 30.")
    return Council(**told)
