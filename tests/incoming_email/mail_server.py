"""A real Dovecot for tests: of its own folder, its own port and its own two mailboxes, on this machine alone."""

import base64
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from imap_tools import MailBoxUnencrypted
from joserfc import jwt
from joserfc.jwk import OctKey

from tests.factories.certificates import make_certificate

SECRET = "a-password-of-the-tests"
USERS = {"thanks": "thanks@exampleshire.example", "complaints": "your-say@exampleshire.example"}
CONFIG = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
ssl = yes
ssl_cert = <{folder}/certificate.pem
ssl_key = <{folder}/key.pem
disable_plaintext_auth = no
auth_mechanisms = plain login xoauth2
auth_failure_delay = 0
mail_location = maildir:{folder}/mail/%n
first_valid_uid = 1
passdb {{
  driver = passwd-file
  args = scheme=PLAIN {folder}/passwd
}}
passdb {{
  driver = oauth2
  mechanisms = xoauth2
  args = {folder}/oauth2.conf
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/mail/%n
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
mail_max_userip_connections = 50
{more}
"""
TOKENS = """
introspection_mode = local
local_validation_key_dict = fs:posix:prefix={folder}/keys/
username_attribute = email
"""


@dataclass
class MailServer:
    """A server that runs: where it listens, and its mailboxes as a mail program sees them."""

    port: int
    tls_port: int
    folder: Path
    process: subprocess.Popen

    def settings(self):
        """What the worker's environment says of it."""
        names = {"PORTAL_MAILBOX_SERVER": "127.0.0.1", "PORTAL_MAILBOX_PORT": str(self.port), "PORTAL_MAILBOX_TLS": "0"}
        for name, user in USERS.items():
            names |= {f"PORTAL_{name.upper()}_MAILBOX_USER": user, f"PORTAL_{name.upper()}_MAILBOX_PASSWORD": SECRET}
        return names

    def settings_with_tls(self):
        """The same over TLS, with this server's certificate among those that are trusted."""
        port, certificate = str(self.tls_port), str(self.folder / "certificate.pem")
        return self.settings() | {"PORTAL_MAILBOX_PORT": port, "PORTAL_MAILBOX_TLS": "1", "SSL_CERT_FILE": certificate}

    def settings_with_tokens(self, *, last_minutes=5):
        """The same, where each mailbox is opened with a token that a command prints, as Microsoft 365 asks."""
        told = self.settings() | {"PORTAL_MAILBOX_TOKEN": "1"}
        for name, user in USERS.items():
            del told[f"PORTAL_{name.upper()}_MAILBOX_PASSWORD"]
            claims = {"sub": user, "email": user, "iat": int(time.time()), "exp": int(time.time()) + last_minutes * 60}
            token = jwt.encode({"alg": "HS256"}, claims, OctKey.import_key(SECRET))
            told[f"PORTAL_{name.upper()}_MAILBOX_PASSWORD_COMMAND"] = f"echo {token}"
        return told

    def mailbox(self, name):
        """One mailbox, signed in to."""
        return MailBoxUnencrypted("127.0.0.1", self.port, timeout=20).login(USERS[name], SECRET)

    def put(self, name, *messages):
        """Put messages into a mailbox, as they are."""
        with self.mailbox(name) as box:
            for message in messages:
                box.append(message, "INBOX")

    def counts(self, name):
        """How many messages each folder of a mailbox holds."""
        with self.mailbox(name) as box:
            folders = [folder.name for folder in box.folder.list()]
            return {folder: box.folder.status(folder)["MESSAGES"] for folder in folders}

    def empty(self):
        """Take every message out of every folder."""
        for name in USERS:
            with self.mailbox(name) as box:
                for folder in [folder.name for folder in box.folder.list()]:
                    box.folder.set(folder)
                    box.delete(box.uids())
                    if folder != "INBOX":
                        box.folder.set("INBOX")
                        box.folder.delete(folder)

    def stop(self):
        """Stop it."""
        self.process.terminate()
        self.process.wait(20)
        shutil.rmtree(self.folder, ignore_errors=True)


def start(lacking=()):
    """Start a server that lacks some of what servers can do; None where Dovecot is not installed.

    Its folder is not one of pytest's: a run that begins beside this one shuts those for all users but its own, and Dovecot
    has others.
    """
    program = shutil.which("dovecot") or ("/usr/sbin/dovecot" if Path("/usr/sbin/dovecot").exists() else None)
    if program is None:
        return None
    folder = Path(tempfile.mkdtemp(prefix="your-say-dovecot-"))
    port, tls_port, mail = _free_port(), _free_port(), folder / "mail"
    make_certificate(folder)
    mail.mkdir()
    is_root = os.geteuid() == 0
    owner = pwd.getpwnam("nobody") if is_root else pwd.getpwuid(os.geteuid())
    if is_root:
        os.chown(mail, owner.pw_uid, owner.pw_gid)
        folder.chmod(0o755)
    more = f"protocol imap {{\n  imap_capability = {without(lacking)}\n}}\n" if lacking else ""
    more += "" if is_root else f"default_internal_user = {owner.pw_name}\ndefault_login_user = {owner.pw_name}\n"
    told = {"folder": folder, "uid": owner.pw_uid, "gid": owner.pw_gid, "port": port, "tls_port": tls_port, "more": more}
    (folder / "passwd").write_text("".join(f"{user}:{{PLAIN}}{SECRET}\n" for user in USERS.values()))
    (folder / "passwd").chmod(0o644)
    (folder / "oauth2.conf").write_text(TOKENS.format(**told))
    key = folder / "keys" / "default" / "HS256" / "default"
    key.parent.mkdir(parents=True)
    key.write_text(base64.b64encode(SECRET.encode()).decode())
    (folder / "dovecot.conf").write_text(CONFIG.format(**told))
    process = subprocess.Popen([program, "-F", "-c", str(folder / "dovecot.conf")])
    server = MailServer(port, tls_port, folder, process)
    for _ in range(600):
        try:
            server.counts("thanks")
        except Exception:
            time.sleep(0.1)
        else:
            return server
    process.kill()
    raise RuntimeError((folder / "log").read_text() if (folder / "log").exists() else "Dovecot did not start")


def without(lacking):
    """What a Dovecot says that it can do, without some of it; it says so after sign-in, as it does everything of use."""
    can = "IMAP4rev1 SASL-IR LOGIN-REFERRALS ID ENABLE IDLE LITERAL+ UIDPLUS MOVE UNSELECT CHILDREN NAMESPACE SPECIAL-USE"
    return " ".join(one for one in can.split() if one not in lacking)


def _free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]
