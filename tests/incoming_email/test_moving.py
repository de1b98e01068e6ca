"""A message is moved and no other is touched: what another program marked as deleted is still there, and is read too."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from portal.config import read_settings
from portal.database import db
from portal.incoming_email.fetching import FOLDERS, fetch_all
from portal.incoming_email.models import EmailState, IncomingEmail
from portal.incoming_email.moving import DELETED, MARK, Folder, MoveRefused
from portal.incoming_email.services.who_wrote import OurOwn
from tests.factories.cases import MONDAY
from tests.factories.emails import OURS, plain
from tests.incoming_email.mail_server import start

OWN = OurOwn(frozenset({OURS}), frozenset())
TAKEN = FOLDERS[EmailState.TAKEN]
LACKING = {"MOVE and UIDPLUS": (), "no MOVE": ("MOVE",), "neither": ("MOVE", "UIDPLUS")}
pytestmark = [pytest.mark.xdist_group("mailboxes"), pytest.mark.usefixtures("in_app")]


@pytest.fixture(scope="module")
def servers():
    """A Dovecot of each kind."""
    found = {name: start(lacking) for name, lacking in LACKING.items()}
    if None in found.values():
        pytest.skip("Dovecot is not installed")
    yield found
    for server in found.values():
        server.stop()


@pytest.fixture(params=LACKING)
def server(request, servers):
    """One of them, with empty mailboxes."""
    servers[request.param].empty()
    return servers[request.param]


def look(server, tmp_path, monkeypatch):
    """Look into the mailboxes once, as the worker does; gives what it brought."""
    for name, value in server.settings().items():
        monkeypatch.setenv(name, value)
    settings = read_settings({"PORTAL_DEMO": "1", **server.settings()}, tmp_path).mailboxes
    return fetch_all(settings, OWN, at=MONDAY)


def marked(server, name, flag=DELETED):
    """How many messages of a folder carry a mark."""
    with server.mailbox("complaints") as box:
        box.folder.set(name)
        return len(box.uids(f"KEYWORD {flag}" if flag == MARK else "DELETED"))


def message(key):
    """One email."""
    return plain(f"Nobody rang, {key}.", f"Hello {key}", ("Pat", "pat@post.example.org"), key=key).as_bytes()


def put_marked(server, key):
    """An email that some other program marked as deleted before we read it."""
    with server.mailbox("complaints") as box:
        box.append(message(key), "INBOX", flag_set=[DELETED])


class Arriving:
    """Another program marks a message as deleted while we are moving one: it arrives after we looked what is there."""

    def __init__(self, server, monkeypatch):
        self.server, self.done, move = server, False, Folder.move

        def and_arrive(folder, uid, head, name):
            if not self.done:
                put_marked(server, "arriving")
                self.done = True
            move(folder, uid, head, name)

        monkeypatch.setattr(Folder, "move", and_arrive)


def test_what_another_program_marked_as_deleted_outlives_our_move(server, tmp_path, monkeypatch):
    server.put("complaints", message("a"), message("b"))
    Arriving(server, monkeypatch)
    assert look(server, tmp_path, monkeypatch).taken == 2
    assert marked(server, "INBOX") == 1
    assert look(server, tmp_path, monkeypatch).taken == 1
    assert server.counts("complaints")[TAKEN] == 3


def test_an_email_that_was_marked_before_we_read_it_is_read_and_loses_the_mark(server, tmp_path, monkeypatch):
    put_marked(server, "marked")
    assert look(server, tmp_path, monkeypatch).taken == 1
    assert db.session.scalars(select(IncomingEmail)).one().subject == "Hello marked"
    assert server.counts("complaints")[TAKEN] == 1
    assert marked(server, TAKEN) == 0


def test_what_has_to_stay_in_the_inbox_is_marked_and_copied_once(servers, tmp_path, monkeypatch):
    server = servers["neither"]
    server.empty()
    server.put("complaints", message("a"), message("b"))
    assert [look(server, tmp_path, monkeypatch).taken for _ in range(3)] == [2, 0, 0]
    assert {name: server.counts("complaints")[name] for name in ("INBOX", TAKEN)} == {"INBOX": 2, TAKEN: 2}
    assert (marked(server, "INBOX", MARK), marked(server, "INBOX")) == (2, 0)


def test_a_server_without_marks_of_ones_own_copies_once_too(servers, tmp_path, monkeypatch):
    server = servers["neither"]
    server.empty()
    server.put("complaints", message("a"))
    made = Folder.__init__

    def without_marks(folder, inbox):
        made(folder, inbox)
        folder.may_mark = False

    monkeypatch.setattr(Folder, "__init__", without_marks)
    assert [look(server, tmp_path, monkeypatch).taken for _ in range(3)] == [1, 0, 0]
    assert server.counts("complaints")[TAKEN] == 1


def test_what_the_server_can_do_is_asked_after_sign_in(servers):
    with servers["MOVE and UIDPLUS"].mailbox("thanks") as box:
        assert "MOVE" not in box.client.capabilities  # as it was before
        folder = Folder(box)
        assert {"MOVE", "UIDPLUS"} <= folder.can
        assert folder.may_mark


def test_a_message_that_cannot_be_moved_never_stops_those_after_it(server, tmp_path, monkeypatch, caplog):
    server.put("complaints", message("a"), message("b"))
    move = Folder.move

    def refusing(folder, uid, head, name):
        if b"Hello a" in head.raw:
            raise MoveRefused("MOVE")
        move(folder, uid, head, name)

    monkeypatch.setattr(Folder, "move", refusing)
    assert look(server, tmp_path, monkeypatch).taken == 2
    assert server.counts("complaints")["INBOX"] >= 1
    assert "stays in the inbox: the server refused MOVE" in caplog.text


def test_the_day_is_the_servers(server, tmp_path, monkeypatch):
    arrived = datetime(2024, 5, 31, 7, 5, 9, tzinfo=UTC)
    with server.mailbox("complaints") as box:
        box.append(message("a"), "INBOX", dt=arrived)
    look(server, tmp_path, monkeypatch)
    assert db.session.scalars(select(IncomingEmail)).one().fetched_at == arrived


def test_of_an_email_that_is_too_large_the_words_are_read(servers, tmp_path, monkeypatch):
    server = servers["MOVE and UIDPLUS"]
    server.empty()
    large = plain("He hits me.", "Film", ("Pat", "pat@post.example.org"), key="large")
    large.add_attachment(b"\x00" * (18 * 1024 * 1024), maintype="video", subtype="mp4", filename="film.mp4")
    server.put("complaints", large.as_bytes())
    assert look(server, tmp_path, monkeypatch).set_aside == 1
    kept = db.session.scalars(select(IncomingEmail)).one()
    assert (kept.reason, kept.words) == ("too_large", "He hits me.")
