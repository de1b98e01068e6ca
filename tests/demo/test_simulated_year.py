"""A year of 137 representations with a clock that jumps, answered as late as the report says."""

import re
from datetime import date, timedelta

import pytest
from sqlalchemy import text

from portal.casework.services.reminders import remind
from portal.config import DEMO_COUNCIL
from portal.database import db
from tests.conftest import app_for
from tests.factories.cases import in_stage_1
from tests.factories.stages import at

SECRETS_OF_A_DEMO = {"demo": True}


@pytest.fixture
def demo(app):
    made = app_for(app.config["SQLALCHEMY_DATABASE_URI"], **SECRETS_OF_A_DEMO)
    yield made
    with made.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.mark.xdist_group("simulation")
def test_everything_goes_out_once_and_on_its_day_and_the_audit_stands(demo):
    run = demo.test_cli_runner()
    done = run.invoke(args=["demo", "simulate"])
    assert done.exit_code == 0, done.output
    assert "137 representations" in done.output
    assert re.search(
        r"112 letters and reminders were due\.\nSent: 112\. Missed: 0\. Twice or on another day: 0", done.output
    )
    assert "10 right to stage 2" in done.output
    assert run.invoke(args=["audit", "verify"]).exit_code == 0
    with demo.app_context():
        db.session.execute(text("UPDATE audit_entries SET event = 'case_closed' WHERE id = 40"))
        db.session.commit()
    broken = run.invoke(args=["audit", "verify"])
    assert broken.exit_code == 1
    assert "entry 40" in broken.output
    again = run.invoke(args=["demo", "simulate"])
    assert again.exit_code == 1
    assert "empty database" in again.output


def test_a_simulation_that_misses_a_letter_fails(demo, monkeypatch):
    def lazy(council, *, at):
        if at.day % 2:
            remind(council, at=at)

    monkeypatch.setattr("portal.demo.simulation.remind", lazy)
    monkeypatch.setattr("portal.demo.simulation.AFTER_THE_YEAR", timedelta(0))
    done = demo.test_cli_runner().invoke(args=["demo", "simulate"])
    assert done.exit_code == 1
    assert "Missed: 0" not in done.output


def test_only_a_demo_can_be_simulated(app):
    done = app.test_cli_runner().invoke(args=["demo", "simulate"])
    assert done.exit_code == 1
    assert "PORTAL_DEMO=1" in done.output


def test_a_run_that_was_missed_is_made_up_for_once(in_app, staff):
    staff()
    case = in_stage_1(1, at=at(date(2026, 6, 1)))
    for day in (10, 11, 12):
        remind(DEMO_COUNCIL, at=at(date(2026, 7, day)))
    kinds = [message.kind for message in case.messages]
    assert kinds.count("right_to_stage_2") == 1
    assert kinds.count("late_stage_1") == 0
