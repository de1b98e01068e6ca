"""A failure can be found in the log by its number and its frames, and nothing that was typed stands there."""

import logging
import sys

import pytest

from portal.failures import told
from tests.factories.web import page_of


def inner(typed):
    raise ValueError(f"cannot read {typed}")


def outer(typed):
    try:
        inner(typed)
    except ValueError as trouble:
        raise LookupError(typed) from trouble


def test_every_frame_is_told_from_the_inside_out_with_its_cause_and_no_value():
    try:
        outer("he hits me")
    except LookupError as trouble:
        line = told(trouble)
    assert line.startswith("LookupError at tests/test_failures.py:")
    assert "outer < tests/test_failures.py:" in line
    assert ", because of ValueError at tests/test_failures.py:" in line
    assert "hits" not in line


def test_what_never_was_raised_is_told_too():
    assert told(KeyError("x")) == "KeyError at ?"


@pytest.fixture
def broken(app, monkeypatch):
    """A portal in earnest, of which one page fails."""
    app.testing = False
    monkeypatch.setattr(
        sys.modules["portal.doors.front.routes"], "render_template", lambda *names, **facts: outer("he hits me")
    )
    yield app
    app.testing = True


def test_the_page_of_a_failure_shows_the_number_under_which_the_log_has_it(broken, caplog):
    with caplog.at_level(logging.ERROR):
        answer = broken.test_client().get("/help")
    number = page_of(answer).split("<small>")[1].split("</small>")[0]
    assert answer.status_code == 500
    assert f"failed {number}: LookupError at tests/test_failures.py" in caplog.text
    assert "front/routes.py" in caplog.text


def test_in_debug_a_failure_is_raised(broken):
    broken.debug = True
    try:
        with pytest.raises(LookupError):
            broken.test_client().get("/help")
    finally:
        broken.debug = False


def test_a_page_that_is_only_not_there_has_no_number(client):
    assert "<small>" not in page_of(client.get("/nowhere"))
