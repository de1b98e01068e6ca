"""A clock that is set back by half a minute, or two machines that differ by as much, end nobody's visit."""

import time
from dataclasses import replace
from datetime import timedelta

import pytest

from portal import clock
from portal.clock import now
from portal.people.roles import Role
from tests.factories.web import fill_in, form_on, page_of


@pytest.fixture
def set_back(monkeypatch):
    def by(change):
        moved = lambda: now() - change  # noqa: E731
        monkeypatch.setattr(clock, "now", moved)
        monkeypatch.setattr(time, "time", lambda: moved().timestamp())

    return by


def test_a_child_goes_on_where_they_were(client, set_back):
    fill_in(client, "/y/")
    fill_in(client, "/y/2", kind="wrong")
    fill_in(client, "/y/4", words="my bike is at the old house")
    set_back(timedelta(seconds=30))
    page = client.get("/y/6").get_data(as_text=True)
    assert "my bike is at the old house" in page


def test_a_colleague_stays_signed_in(staff, set_back):
    officer = staff(Role.CUSTOMER_RELATIONS)
    set_back(timedelta(seconds=30))
    assert officer.get("/staff/queue").status_code == 200


def test_a_page_made_before_is_taken_at_once(app, client, set_back):
    app.extensions["your_say_settings"] = replace(app.extensions["your_say_settings"], seconds_before_sending=2)
    fill_in(client, "/y/")
    fields = form_on(page_of(client.get("/y/4")), "/y/4", None) | {"words": ["my bike"]}
    set_back(timedelta(seconds=30))
    assert client.post("/y/4", data=fields).status_code == 302


def test_a_session_from_far_ahead_is_still_refused(staff, set_back):
    officer = staff(Role.CUSTOMER_RELATIONS)
    set_back(timedelta(hours=1))
    assert officer.get("/staff/queue").status_code != 200
