"""A real browser against a real server, in a process of its own."""

import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --disable-dev-shm-usage"
)


def pytest_collection_modifyitems(items):
    for item in items:
        if "journeys" in str(item.path):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))
            if CHROMIUM is None and os.environ.get("CI") != "true":
                item.add_marker(pytest.mark.skip(reason="no Chromium on this machine"))


@pytest.fixture(scope="session")
def browser_type_launch_args():
    return {"executable_path": CHROMIUM, "args": FLAGS.split(), "headless": True}


@contextmanager
def serving(folder, *command, **more):
    """The portal as `make run` serves it, with the demo year, on a port of its own; gives its address and environment.

    With a `command` that starts it in another way, on what is in the folder already.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    told = {"PORTAL_DEMO": "1", "PORTAL_DATABASE_URL": f"sqlite:///{folder / 'portal.db'}", "PORT": str(port)}
    told["WITHOUT_FILM"] = "1"
    told["PORTAL_SECONDS_BEFORE_SENDING"] = "0"  # a test types faster than any person
    told["PORTAL_COUNCIL_LEAVE_ADDRESS"] = f"http://localhost:{port}/healthz"  # another host for a browser
    environment = os.environ | told | more
    log = (folder / "server.log").open("w")
    starts = [*(command or (sys.executable, "tools/serve.py"))]
    process = subprocess.Popen([one.format(port=port) for one in starts], cwd=ROOT, env=environment, stdout=log, stderr=log)
    address = f"http://127.0.0.1:{port}"
    for _ in range(300):
        try:
            urllib.request.urlopen(f"{address}/healthz", timeout=2)
            break
        except OSError:
            assert process.poll() is None, Path(log.name).read_text()
            time.sleep(0.2)
    yield address, environment
    process.terminate()
    process.wait(10)
    log.close()


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    """The portal that most journeys share."""
    with serving(tmp_path_factory.mktemp("journey")) as (address, _):
        yield address


@pytest.fixture(scope="session")
def demo_year(server, tmp_path_factory):
    """A folder for another portal, with a copy of what is in the first."""
    folder = tmp_path_factory.mktemp("another")
    first = tmp_path_factory.getbasetemp() / "journey0" / "portal.db"
    with closing(sqlite3.connect(first)) as source, closing(sqlite3.connect(folder / "portal.db")) as copy:
        source.backup(copy)
    return folder


@pytest.fixture(scope="session")
def base_url(server):
    return server


@pytest.fixture
def phone(browser, server):
    """A small phone that runs no scripts."""
    context = browser.new_context(viewport={"width": 360, "height": 640}, java_script_enabled=False, base_url=server)
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


def colleague(browser, address, name):
    """A colleague at a desk who signed in: their browser's context, and their page."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, base_url=address)
    context.set_default_timeout(10_000)
    page = context.new_page()
    page.goto("/staff/sign-in")
    page.get_by_label("Email").fill(f"{name}@demo.example")
    page.get_by_label("Password").fill("your-say-demo")
    page.get_by_role("button", name="Sign in").click()
    return context, page


@pytest.fixture
def sign_in(browser, server):
    """A colleague at a desk: `sign_in("officer")` gives their page."""
    contexts = []

    def as_colleague(name):
        context, page = colleague(browser, server, name)
        contexts.append(context)
        return page

    yield as_colleague
    for context in contexts:
        context.close()
