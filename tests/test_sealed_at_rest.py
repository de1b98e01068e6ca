"""What a thief of the database, its files or a backup would find: none of the words, names or contacts that were typed."""

import base64
import re
import sqlite3
from contextlib import closing

import pytest
from flask_migrate import upgrade
from sqlalchemy import inspect, text

from portal.categories import service_area_names, sub_subject_names, subject_names
from portal.database import db
from portal.demo import today, words
from portal.extensions import limiter
from tests.conftest import app_for
from tests.factories.web import fill_in

OURS = (
    "Zanzibar quagmire",
    "Quentin Quillfeather",
    "07700 900123",
    "quentin.quillfeather@example.org",
    "14 Umbrella Crescent",
    "wobbly xylophone",
)
WORDS, NAME, PHONE, EMAIL, PLACE, REPLY = OURS
MIN_LENGTH = 6


@pytest.fixture(
    scope="module",
    params=["sqlite", pytest.param("postgresql", marks=[pytest.mark.postgres, pytest.mark.xdist_group("postgres")])],
)
def lived_in(request, tmp_path_factory):
    """The demo year, then something typed at every door; the folder with every file."""
    folder = tmp_path_factory.mktemp(f"sealed-{request.param}")
    url = f"sqlite:///{folder / 'portal.db'}"
    if request.param == "postgresql":
        server = request.getfixturevalue("postgres_server")
        server.psql("CREATE DATABASE sealed;")
        url = server.get_uri(database="sealed").replace("postgresql://", "postgresql+psycopg://")
    app = app_for(url, demo=True)
    limiter.storage.reset()
    with app.app_context():
        upgrade()
        done = app.test_cli_runner().invoke(args=["demo", "load"])
        assert done.exit_code == 0, done.output
    type_everywhere(app)
    with app.app_context():
        yield folder
        db.session.remove()
        db.engine.dispose()


def type_everywhere(app):
    child, draft, grateful = app.test_client(), app.test_client(), app.test_client()
    steps = (
        ("/y/", {}),
        ("/y/2", {"kind": "wrong"}),
        ("/y/4", {"words": WORDS}),
        ("/y/find", {"how": f"{NAME} {PHONE} {PLACE}"}),
    )
    for visitor in (child, draft):
        for address, given in (*steps, ("/y/who", {"who": NAME})):
            assert fill_in(visitor, address, **given).status_code == 302, address
    assert fill_in(child, "/y/6").status_code == 302
    said = re.search(r'class="secret"[^>]*>([^<]+)<', child.get("/y/7").get_data(as_text=True))[1]
    assert fill_in(child, "/y/back", words=said).status_code == 302
    assert fill_in(child, "/y/answer", words=REPLY).status_code == 302
    assert fill_in(grateful, "/thanks", thanked=NAME, words=WORDS, name=NAME).status_code == 302
    officer = app.test_client()
    assert fill_in(officer, "/staff/sign-in", email="officer@demo.example", password="your-say-demo").status_code == 302
    logged = {"kind": "complaint", "words": WORDS, "name": NAME, "reach": EMAIL, "about": PLACE}
    assert fill_in(officer, "/staff/log", **logged, is_new="y").status_code == 302
    assert officer.get("/staff/queue", query_string={"find": NAME}).status_code == 200


def forms_of(typed):
    """A text as it could lie somewhere: plain, in other encodings, in hexadecimal or in base64."""
    plain = typed.encode()
    return {plain, plain.lower(), typed.encode("utf-16-le"), plain.hex().encode(), *base64_of(plain)}


def base64_of(plain):
    return {base64.b64encode(b" " * shift + plain)[4:-4] for shift in range(3) if len(plain) > 5}


def everything_stored():
    """Every value of every column of every table, as bytes."""
    held = []
    for table in inspect(db.engine).get_table_names():
        for row in db.session.execute(text(f'select * from "{table}"')):
            held += [bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode() for value in row]
    return b"\n".join(held).lower()


def typed_in_the_demo():
    """The longer words of everything that the demo types, but for those that are codes and names of the report."""
    typed = [*words.ABOUT.values(), words.CHILD_WORDS, words.THANKS, today.MIXED, *(str(told) for _, told in today.CHILDREN)]
    ours = " ".join(
        [*service_area_names(), *subject_names(), *sub_subject_names(), str(today.CHILDREN[0][1].keys())]
    ).lower()
    codes = {"social_worker", "not_safe", "must_not_see", "worker", "social", "topics", "kind", "helped"}
    found = {word for said in typed for word in re.findall(r"[a-z]{6,}", said.lower())}
    return {word for word in found if word not in ours and word not in codes}


def test_no_word_name_or_contact_lies_readable_in_any_column(lived_in):
    stored = everything_stored()
    assert len(stored) > 100_000
    for typed in OURS:
        for form in forms_of(typed) | {word.encode() for word in typed.lower().split() if len(word) >= MIN_LENGTH}:
            assert form.lower() not in stored, typed


def test_not_one_longer_word_of_the_demo_year_lies_readable(lived_in):
    stored, typed = everything_stored(), typed_in_the_demo()
    schema = " ".join(str(table) + str(table.columns.keys()) for table in db.metadata.sorted_tables)
    people = db.session.execute(text("select name, email from people")).all()
    assert len(typed) > 30
    known = f"{schema} {people}".lower()
    readable = {word for word in typed if re.search(rb"\b" + word.encode() + rb"\b", stored) and word not in known}
    assert readable <= set(codes_in_use()), readable


def codes_in_use():
    """The words of the codes that columns hold on purpose: kinds, statuses, reasons."""
    for table in db.metadata.sorted_tables:
        for column in table.columns:
            for code in getattr(column.type, "enums", ()):
                yield from code.lower().split("_")


def copied(table):
    """A table as a dump holds it (COPY, as pg_dump writes; the wheel's own pg_dump is older than its server)."""
    with db.engine.raw_connection().cursor() as cursor, cursor.copy(f"COPY {table} TO STDOUT") as copy:  # type: ignore[attr-defined]
        return b"".join(bytes(part) for part in copy)


def test_neither_the_files_nor_a_backup_hold_any_of_it(lived_in):
    if db.engine.dialect.name == "sqlite":
        with (
            closing(sqlite3.connect(lived_in / "portal.db")) as source,
            closing(sqlite3.connect(lived_in / "backup")) as backup,
        ):
            source.backup(backup)
    else:
        (lived_in / "backup").write_bytes(b"".join(copied(table) for table in inspect(db.engine).get_table_names()))
    files = {path.name: path.read_bytes().lower() for path in lived_in.rglob("*") if path.is_file()}
    assert len(files["backup"]) > 100_000
    for name, held in files.items():
        for typed in OURS:
            assert not [form for form in forms_of(typed) if form.lower() in held], (name, typed)
