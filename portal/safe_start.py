"""What a real portal refuses to start with, in words that say what to do. Everything that is wrong is told at once."""

import base64
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from portal.secrets_given import SettingMissing

DEMO_SECRET = "demo-only-secret-that-protects-nothing-real"  # noqa: S105 - a demo shows made-up people only
DEMO_SEALING_KEY = "ZGVtby1vbmx5LXNlYWxpbmcta2V5LTMyLWJ5dGVzISE="
MIN_SECRET_LENGTH, MIN_LETTERS = 32, 10
FOR_EVERYONE = {"common", "organizations", "consumers"}  # Entra ID, any council's people and anybody else
HERE = {"", "localhost", "127.0.0.1", "::1"}
OFF = {"", "0", "false", "no"}


def refuse_unsafe(secret: str, keys: Iterable[str], site_address: str, environment: Mapping[str, str]) -> None:
    """Stop a portal for real people that anybody could open. Raises SettingMissing."""
    wrong = [*_unsafe(secret, set(keys), site_address, environment), *_open_to_others(environment)]
    if wrong:
        raise SettingMissing("\n".join(wrong))


def _unsafe(secret: str, keys: set[str], site_address: str, environment: Mapping[str, str]) -> Iterator[str]:
    opened = {_bytes_of(key) for key in keys}
    if secret == DEMO_SECRET or _bytes_of(DEMO_SEALING_KEY) in opened:
        yield "PORTAL_SECRET_KEY or PORTAL_SEALING_KEYS is the published one of the demo. Make new ones (docs/operating.md)."
    if len(secret) < MIN_SECRET_LENGTH:
        yield (
            f"PORTAL_SECRET_KEY has fewer than {MIN_SECRET_LENGTH} characters. "
            'Make one: python -c "import secrets; print(secrets.token_urlsafe(48))"'
        )
    if len(set(secret)) < MIN_LETTERS or any(len(set(one)) < MIN_LETTERS for one in opened):
        yield "PORTAL_SECRET_KEY or PORTAL_SEALING_KEYS is no random one. Make it as docs/operating.md says."
    if secret in keys:
        yield "PORTAL_SECRET_KEY and PORTAL_SEALING_KEYS are the same. Make two: who learns one must not have the other."
    if urlsplit(site_address).scheme != "https" or not urlsplit(site_address).hostname:
        yield "PORTAL_SITE_ADDRESS is no https:// address. Set it to the address that people see, behind HTTPS."
    if environment.get("FLASK_DEBUG", "").lower() not in OFF:
        yield "FLASK_DEBUG is set. It shows what people wrote to anyone who meets an error. Take it away."


def _open_to_others(environment: Mapping[str, str]) -> Iterator[str]:
    """What would let somebody on the way read along, or answer in another's place; and files that could not be written."""
    issuer = environment.get("PORTAL_OIDC_ISSUER", "")
    if issuer and (not issuer.startswith("https://") or FOR_EVERYONE & set(urlsplit(issuer).path.split("/"))):
        yield (
            "PORTAL_OIDC_ISSUER is no https:// address of the council's own provider. With Entra ID it holds the council's "
            "tenant: https://login.microsoftonline.com/TENANT/v2.0"
        )
    for name in ("MAIL", "MAILBOX"):
        server = environment.get(f"PORTAL_{name}_SERVER", "")
        if environment.get(f"PORTAL_{name}_TLS") == "0" and server not in HERE:
            yield f"PORTAL_{name}_TLS is 0, and {server} is another machine: words would travel open. Take the setting away."
    for name in ("PORTAL_BREACHED_PASSWORDS", "PORTAL_AUDIT_HEADS"):
        folder = Path(environment.get(name) or ".").parent
        if not folder.is_dir():
            yield f"{name} names a file in {folder}, which is not there. Make the folder, or correct the setting."
    if _is_elsewhere(environment.get("PORTAL_DATABASE_URL", ""), also_shut=True):
        yield (
            "PORTAL_DATABASE_URL names another machine without sslmode=verify-full: anybody on the way could read along, or "
            "answer in its place. Add ?sslmode=verify-full&sslrootcert=FILE"
        )


def _is_elsewhere(address: str, *, also_shut: bool = False) -> bool:
    """Whether a database is on another machine; with `also_shut`, without a way to it that nobody can read or take over."""
    if not address:
        return False
    try:
        url = make_url(address)
    except ArgumentError:
        return False  # whoever opens it says so
    asked = {name: told if isinstance(told, str) else ",".join(told) for name, told in url.query.items()}
    hosts = [host for told in (url.host or "", asked.get("host", ""), asked.get("hostaddr", "")) for host in told.split(",")]
    is_elsewhere = "service" in asked or any(host not in HERE and not host.startswith("/") for host in hosts)
    return is_elsewhere and not (also_shut and asked.get("sslmode") == "verify-full" and "service" not in asked)


def _bytes_of(key: str) -> bytes:
    """A key by what it is: the last letter of base64 can be written in several ways."""
    try:
        return base64.urlsafe_b64decode(key)
    except ValueError:
        return key.encode()


def refuse_production_in_demo(environment: Mapping[str, str]) -> None:
    """A demo has well-known passwords: it never starts with the secrets, the address or the post of a real portal.

    Raises SettingMissing.
    """
    secrets = [
        name + source for name in ("PORTAL_SECRET_KEY", "PORTAL_SEALING_KEYS") for source in ("", "_FILE", "_COMMAND")
    ]
    own = [name for name in (*secrets, "PORTAL_OIDC_ISSUER") if environment.get(name)]
    own += ["PORTAL_DATABASE_URL"] if _is_elsewhere(environment.get("PORTAL_DATABASE_URL", "")) else []
    own += [name for name in ("PORTAL_MAIL_SERVER", "PORTAL_MAILBOX_SERVER") if environment.get(name, "") not in HERE]
    if environment.get("PORTAL_SITE_ADDRESS", "").lower().startswith("https:"):
        own.append("PORTAL_SITE_ADDRESS")
    if own:
        raise SettingMissing(
            f"PORTAL_DEMO=1 is set together with {', '.join(own)}. A demo has passwords that everybody knows. "
            "Take PORTAL_DEMO away to serve real people, or take the others away to try the demo."
        )
