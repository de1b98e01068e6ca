"""Settings, read from the environment once, with safe defaults. A missing secret stops a start that is not a demo.

Each is named once, as a field: its name in the environment, its type and its default follow from that.
"""

import base64
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

from pydantic import TypeAdapter, ValidationError

from portal.safe_start import DEMO_SEALING_KEY, DEMO_SECRET, refuse_production_in_demo, refuse_unsafe
from portal.secrets_given import SettingMissing, secret_from

Some = TypeVar("Some", bound="Settings | Council | MailboxSettings")
MAX_FILE_SIZE = 25 * 1024 * 1024
MAX_POST_SIZE, MAX_FORM_SIZE = 60 * 1024 * 1024, 24 * 1024 * 1024  # with files, of which each is cut; without


NO_DUTY_DESK = "none"
NOT_READ = {"name": ""}  # a field that has no setting of its own name; any other is read under its own


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
    data_protection_email: str = ""
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
    data_protection_email="data-protection@example.org",
    email="your-say@exampleshire.example",
    postal_address="Your Say, County Hall, Exampleshire",
)


@dataclass(frozen=True)
class MailboxSettings:
    """Where email for us is read. `users` are the mailboxes by name: `thanks`, `complaints`; empty ones are not read."""

    server: str = ""
    port: int = 993
    tls: bool = True
    by_token: bool = field(default=False, metadata={"name": "TOKEN"})
    users: Mapping[str, str] = field(default_factory=dict, metadata=NOT_READ)

    @property
    def is_set(self) -> bool:
        """Whether there is any mailbox to read."""
        return bool(self.server) and any(self.users.values())


@dataclass(frozen=True)
class Settings:
    """Everything that differs between one council's portal and another's."""

    database_url: str = field(metadata=NOT_READ)
    secret_key: str = field(metadata=NOT_READ)
    sealing_keys: tuple[str, ...] = field(metadata=NOT_READ)
    demo: bool = field(default=False, metadata=NOT_READ)
    mail_server: str = ""
    mail_port: int = 25
    mail_sender: str = "your-say@localhost"
    mail_tls: bool = True
    mail_user: str = ""
    mail_reply_to: str = ""
    mail_checked_by: str = ""
    mail_password: str = ""
    site_address: str = field(default="http://127.0.0.1:8000", metadata=NOT_READ)
    second_factor: bool = field(default=True, metadata=NOT_READ)
    seconds_before_sending: int = 2
    breached_passwords: str = ""
    clamav: str = ""
    audit_heads: str = ""
    roads: str = ""
    only_checked_languages: bool = field(default=False, metadata={"name": "REQUIRE_CHECKED_LANGUAGES"})
    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: str = ""
    oidc_trusts_provider_mfa: bool = False
    council: Council = field(default_factory=Council, metadata=NOT_READ)
    mailboxes: MailboxSettings = field(default_factory=MailboxSettings, metadata=NOT_READ)

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
            "MAX_CONTENT_LENGTH": MAX_POST_SIZE,
            "MAX_FORM_MEMORY_SIZE": MAX_FORM_SIZE,
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
        }


PREFIXES: dict[type[Any], str] = {Settings: "PORTAL_", Council: "PORTAL_COUNCIL_", MailboxSettings: "PORTAL_MAILBOX_"}


def read_settings(environment: Mapping[str, str], instance_folder: Path) -> Settings:
    """Read the settings. Raises SettingMissing with what to set: a secret outside the demo, or what is no good."""
    demo = environment.get("PORTAL_DEMO") == "1"
    secret, keys = secret_from("PORTAL_SECRET_KEY", environment), secret_from("PORTAL_SEALING_KEYS", environment)
    if demo:
        refuse_production_in_demo(environment)
        secret, keys = secret or DEMO_SECRET, keys or DEMO_SEALING_KEY
    _refuse_missing_secrets(secret, keys)
    council = _read(Council, environment, vars(DEMO_COUNCIL) if demo else {})
    _refuse_no_duty_desk(council)
    given: dict[str, Any] = {
        "database_url": environment.get("PORTAL_DATABASE_URL") or f"sqlite:///{instance_folder / 'portal.db'}",
        "secret_key": secret,
        "sealing_keys": tuple(key.strip() for key in keys.split(",") if key.strip()),
        "demo": demo,
        "second_factor": not demo,
        "site_address": environment.get("PORTAL_SITE_ADDRESS", f"http://127.0.0.1:{environment.get('PORT', '8000')}"),
        "council": council,
        "mailboxes": _mailboxes(environment),
    }
    if not demo:
        refuse_unsafe(secret, given["sealing_keys"], given["site_address"], environment)
    return _read(Settings, environment, given)


def setting_names() -> frozenset[str]:
    """Every setting by its name in the environment, but for the secrets."""
    return frozenset(name for kind in PREFIXES for name in _names(kind).values())


def _names(kind: type[Any]) -> dict[str, str]:
    """The names in the environment of what a kind of settings reads there, by the names of its fields."""
    read = (one for one in fields(kind) if one.metadata.get("name") != "")
    return {one.name: f"{PREFIXES[kind]}{one.metadata.get('name') or one.name.upper()}" for one in read}


def _read(kind: type[Some], environment: Mapping[str, str], given: Mapping[str, Any]) -> Some:
    """Some settings: those that are set, else as given, else as they are by default. Raises SettingMissing in words."""
    names = _names(kind)
    told = {name: environment[named] for name, named in names.items() if named in environment}
    try:
        return TypeAdapter(kind).validate_python({**given, **told})
    except ValidationError as trouble:
        first = trouble.errors()[0]
        name = str(first["loc"][0])
        default = getattr(kind, name)
        like = "0 or 1" if isinstance(default, bool) else f"a number, like {default}"
        raise SettingMissing(f"{names[name]} is {first['input']!r}. It must be {like}.") from None


def _refuse_missing_secrets(secret: str, keys: str) -> None:
    for name, value in (("PORTAL_SECRET_KEY", secret), ("PORTAL_SEALING_KEYS", keys)):
        if not value:
            raise SettingMissing(f"{name} is not set. Set it, or set PORTAL_DEMO=1 to try the portal with made-up people.")
    if not all(_is_sealing_key(key.strip()) for key in keys.split(",")):
        raise SettingMissing(
            "PORTAL_SEALING_KEYS holds a key that is no Fernet key. docs/operating.md says how to make one."
        )


def _refuse_no_duty_desk(council: Council) -> None:
    if not council.duty_email.strip():
        raise SettingMissing(
            "PORTAL_COUNCIL_DUTY_EMAIL is not set: nobody would be told of a child in danger. Set the address of whoever is "
            "on duty, day and night; or set it to 'none' if there is nobody, and see that the queue is read."
        )
    if not council.duty_again_after.isdecimal() or not int(council.duty_again_after):
        raise SettingMissing("PORTAL_COUNCIL_DUTY_AGAIN_AFTER must be a number of minutes, like 30.")


def _mailboxes(environment: Mapping[str, str]) -> MailboxSettings:
    """The mailboxes; one without a way to its password stops the start in words. Raises SettingMissing."""
    users = {name: environment.get(f"PORTAL_{name.upper()}_MAILBOX_USER", "") for name in ("thanks", "complaints")}
    mailboxes = _read(MailboxSettings, environment, {"users": users})
    for name in (name for name, user in users.items() if user and mailboxes.server):
        secret = f"PORTAL_{name.upper()}_MAILBOX_PASSWORD"
        if not any(environment.get(secret + source) for source in ("", "_FILE", "_COMMAND")):
            raise SettingMissing(f"{secret} is not set. Set it, {secret}_FILE or {secret}_COMMAND.")
    return mailboxes


def _is_sealing_key(key: str) -> bool:
    """A Fernet key: 32 bytes in URL-safe base64."""
    try:
        return len(base64.urlsafe_b64decode(key)) == 32
    except ValueError:
        return False
