"""The worker: each job each minute or hour, and one that stops never holds up the others."""

import time

import pytest

from portal import worker
from portal.clock import now


class Broken(Exception):
    """What nobody foresaw."""


def breaks(*given, **named):
    raise Broken("with a name in it")


@pytest.fixture
def minutes(monkeypatch):
    """A worker that is stopped after three minutes."""
    passed = []

    def sleep(seconds):
        passed.append(seconds)
        if len(passed) == 3:
            raise KeyboardInterrupt

    monkeypatch.setattr(time, "sleep", sleep)
    return passed


def test_one_job_that_stops_is_told_and_the_others_are_done(in_app, monkeypatch, caplog):
    monkeypatch.setattr(worker, "remind", breaks)
    done = worker.do_every_job(now())
    assert done.stopped == ["remind"]
    assert "0 drafts wiped, 0 cases indexed anew, 0 thanks passed on" in str(done)
    assert "remind stopped and is tried again: Broken" in caplog.text
    assert "with a name in it" not in caplog.text


def test_once_says_which_job_stopped(app, monkeypatch):
    monkeypatch.setattr(worker, "wipe_old", breaks)
    done = app.test_cli_runner().invoke(args=["worker", "--once"])
    assert done.exit_code == 1
    assert "These jobs stopped: wipe drafts" in done.output
    assert "0 asked if it got sorted" in done.output


def test_once_ends_well_when_nothing_stopped(app):
    done = app.test_cli_runner().invoke(args=["worker", "--once"])
    assert done.exit_code == 0
    assert "stopped" not in done.output


@pytest.mark.parametrize(("stops", "times"), [(False, 1), (True, 3)])
def test_the_jobs_of_the_hour_are_done_once_an_hour_and_again_when_one_stopped(app, monkeypatch, minutes, stops, times):
    asked, hour = [], now().replace(minute=10)
    monkeypatch.setattr(worker, "now", lambda: hour)
    monkeypatch.setattr(worker, "let_leavers_go", lambda at: asked.append(at) or (breaks() if stops else 0))
    app.test_cli_runner().invoke(args=["worker"])
    assert len(minutes) == 3
    assert len(asked) == times
