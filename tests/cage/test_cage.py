"""A file from outside is decoded where it can take little, reach nothing and know nothing."""

import json
import subprocess
import sys
import time

import pytest

from portal.cage import running
from portal.cage.running import ON_A_PAGE, Budget, CageBroken, CageBusy, Line, Work, decode
from tests.factories.files import a_picture

SHUT = "from portal.cage.inside import shut; import socket, subprocess; shut(100_000_000, 1); "
PICTURE = {"most_pixels": 50_000_000}


@pytest.mark.parametrize(
    ("action", "refusal"),
    [
        ("open('/etc/hostname')", "Too many open files"),
        ("open('/tmp/x', 'w')", "Too many open files"),
        ("socket.socket()", "Too many open files"),
        ("subprocess.run(['true'], capture_output=True)", "Too many open files"),
        ("bytes(200_000_000)", "MemoryError"),
    ],
)
@pytest.mark.skipif(sys.platform == "win32", reason="the system has no such limits")
def test_inside_nothing_is_opened_and_little_is_held(action, refusal):
    done = subprocess.run([sys.executable, "-c", SHUT + action], capture_output=True, text=True, check=False)
    assert refusal in done.stderr.splitlines()[-1]


@pytest.mark.skipif(sys.platform == "win32", reason="the system has no such limits")
def test_what_never_ends_is_ended(monkeypatch):
    monkeypatch.setattr(running, "INSIDE", f"{SHUT}\nwhile True: pass")
    began = time.monotonic()
    with pytest.raises(CageBroken):
        decode(Work.PICTURE, b"", Budget(100_000_000, 1))
    assert time.monotonic() - began < 10


def test_no_secret_is_known_inside(monkeypatch):
    monkeypatch.setenv("PORTAL_SECRET_KEY", "a secret of the portal")
    monkeypatch.setattr(running, "INSIDE", "import json, os; print(json.dumps(dict(os.environ)))")
    known, _ = decode(Work.PICTURE, b"", ON_A_PAGE)
    assert "a secret of the portal" not in json.dumps(known)


def test_more_than_two_at_once_are_told_to_wait(monkeypatch):
    monkeypatch.setattr(running, "SECONDS_IN_LINE", 0)
    turn = running._turns[Line.AWAITED]
    held = [turn.acquire(blocking=False) for _ in range(running.AT_ONCE)]
    try:
        assert all(held)
        with pytest.raises(CageBusy):
            decode(Work.PICTURE, a_picture(), ON_A_PAGE, **PICTURE)
    finally:
        for _ in held:
            turn.release()
    assert decode(Work.PICTURE, a_picture(), ON_A_PAGE, **PICTURE)[0] == "image/jpeg"
