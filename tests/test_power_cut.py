"""What a person was told of is on the disk: the power is cut at the moment of the confirmation, and everything is there.

The disk is a file system in an image. A copy of the image is what a disk holds when the power goes: what the database still
keeps in memory is not in it.
"""

import os
import shutil
import subprocess
import sys
import textwrap
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
CHILDREN = 5
TELL = """
    import shutil, sys
    from wsgi import app
    from tests.factories.web import fill_in
    image, copy, children = sys.argv[1], sys.argv[2], int(sys.argv[3])
    app.config["RATELIMIT_ENABLED"] = False
    for _ in range(children):
        client = app.test_client()
        fill_in(client, "/y/")
        fill_in(client, "/y/2", kind="wrong")
        fill_in(client, "/y/4", words="my bike is at the old house")
        fill_in(client, "/y/6")
        assert "Thank you" in client.get("/y/7").get_data(as_text=True)
    shutil.copyfile(image, copy)  # the power goes now
"""


@contextmanager
def mounted(image, at):
    at.mkdir(exist_ok=True)
    subprocess.run(["mount", "-o", "loop", image, at], check=True, capture_output=True)
    try:
        yield at
    finally:
        subprocess.run(["umount", at], check=True)


def portal(folder, *words):
    given = {
        "PORTAL_DATABASE_URL": f"sqlite:///{folder}/portal.db",
        "PORTAL_DEMO": "1",
        "PORTAL_SECONDS_BEFORE_SENDING": "0",
    }
    command = [sys.executable, *words]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, **given}, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def can_mount(tmp_path):
    image = tmp_path / "try.img"
    image.write_bytes(bytes(8 * 1024 * 1024))
    try:
        subprocess.run(["mkfs.ext4", "-q", image], check=True, capture_output=True)
        with mounted(image, tmp_path / "try"):
            return True
    except (OSError, subprocess.CalledProcessError):
        return False


def test_what_children_were_told_is_kept_survives_a_power_cut(tmp_path):
    if not can_mount(tmp_path):
        pytest.skip("no file system can be mounted on this machine")
    image, copy = tmp_path / "disk.img", tmp_path / "after.img"
    image.write_bytes(bytes(64 * 1024 * 1024))
    subprocess.run(["mkfs.ext4", "-q", image], check=True)
    with mounted(image, tmp_path / "disk") as disk:
        portal(disk, "-m", "flask", "--app", "wsgi", "db", "upgrade")
        subprocess.run(["sync"], check=True)
        portal(disk, "-c", textwrap.dedent(TELL), str(image), str(copy), str(CHILDREN))
    with mounted(copy, tmp_path / "after") as disk:
        rescued = shutil.copytree(disk, tmp_path / "rescued", ignore=shutil.ignore_patterns("lost+found"))
    count = "from wsgi import app; from portal.cases.models import Case; from portal.database import db; "
    count += "app.app_context().push(); print(db.session.query(Case).count())"
    assert portal(rescued, "-c", count).strip() == str(CHILDREN)
