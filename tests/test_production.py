"""The portal as the handbook starts it for real people: the command that stands there, behind a proxy."""

import http.client
import os
import re
import shlex
import socket
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from urllib.parse import urlencode

import pytest

from portal.people.attempts import HERE
from tests.real_settings import REAL

pytestmark = pytest.mark.xdist_group("production")
ROOT = Path(__file__).parents[1]
SITE = REAL["PORTAL_SITE_ADDRESS"].removeprefix("https://")


def the_command():
    """The command of the handbook, with the programs of this Python."""
    written = re.search(r"`(waitress-serve [^`]+)`", (ROOT / "docs" / "operating.md").read_text(encoding="utf-8"))
    program, *more = shlex.split(written.group(1))
    return [str(Path(sys.executable).with_name(program)), *more]


@pytest.fixture(scope="module")
def port(tmp_path_factory, empty_database):
    """Where it listens."""
    place = tmp_path_factory.mktemp("production") / "portal.db"
    place.write_bytes(empty_database.read_bytes())
    with closing(socket.create_server(("127.0.0.1", 0))) as door:
        free = door.getsockname()[1]
    command = the_command()
    command = [word.replace("127.0.0.1:8080", f"127.0.0.1:{free}") for word in command]
    assert f"--listen=127.0.0.1:{free}" in command
    known = {name: value for name, value in os.environ.items() if not name.startswith(("PORTAL_", "FLASK_"))}
    given = known | REAL | {"PORTAL_DATABASE_URL": f"sqlite:///{place}"}
    with subprocess.Popen(command, cwd=ROOT, env=given, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as served:
        try:
            _wait_for(free, served)
            yield free
        finally:
            served.terminate()


def _wait_for(port, served):
    for _ in range(600):
        assert served.poll() is None, served.stderr.read().decode()
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("it does not listen")


def ask(port, method, path, *, host=SITE, at="203.0.113.9", cookie="", body=None):
    """An answer as the proxy gets it, for a visitor at an address."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    told = {"Host": host, "X-Forwarded-For": at, "X-Forwarded-Proto": "https", "Cookie": cookie}
    if body is not None:
        told |= {"Content-Type": "application/x-www-form-urlencoded", "Referer": f"https://{SITE}{path}"}
    line.request(method, path, urlencode(body) if body is not None else None, told)
    answer = line.getresponse()
    answer.words = answer.read().decode()  # type: ignore[attr-defined]  # its words go with it
    line.close()
    return answer


def sign_in_wrongly(port, at):
    page = ask(port, "GET", "/staff/sign-in", at=at)
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.words).group(1)
    cookie = page.headers["Set-Cookie"].partition(";")[0]
    typed = {"csrf_token": token, "email": "nobody@example.org", "password": "not the password"}
    return ask(port, "POST", "/staff/sign-in", at=at, cookie=cookie, body=typed)


def test_it_starts_and_is_well(port):
    answer = ask(port, "GET", "/healthz")
    assert (answer.status, '"status":"ok"' in answer.words.replace(" ", "")) == (200, True)


def test_its_cookie_is_its_own(port):
    kept = ask(port, "GET", "/staff/sign-in").headers["Set-Cookie"]
    assert kept.startswith("__Host-session=")
    for word in ("Secure", "HttpOnly", "Path=/", "SameSite=Lax"):
        assert word in kept.split("; ")
    assert "Domain" not in kept


def test_it_answers_to_its_own_name(port):
    assert ask(port, "GET", "/", host="evil.example").status == 400
    assert ask(port, "GET", "/healthz", host="127.0.0.1").status == 200


def test_visitors_behind_the_proxy_are_told_apart(port):
    tries = [sign_in_wrongly(port, "203.0.113.9").status for _ in range(HERE.amount + 1)]
    assert tries == [200] * HERE.amount + [429]
    assert sign_in_wrongly(port, "203.0.113.10").status == 200
