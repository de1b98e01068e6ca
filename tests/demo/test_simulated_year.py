"""A year of 137 representations with a clock that jumps, answered as late as the report says."""

import re
import sys
from datetime import date, timedelta
from functools import partial

import pytest
from sqlalchemy import select, text

from portal.cases.clocks import ask_stage_3_by, case_clocks
from portal.cases.models import Case, Part
from portal.cases.queries import line_of
from portal.clock import london_day
from portal.config import DEMO_COUNCIL
from portal.database import db
from portal.demo.simulation import simulate
from portal.desk.services.reminders import remind
from portal.procedure.roads import roads
from portal.reports.register_rows import read_register
from portal.wording import short_day
from tests.conftest import app_for
from tests.factories.cases import in_stage_1
from tests.factories.stages import at

SECRETS_OF_A_DEMO = {"demo": True}
A_DAY = re.compile(r"[A-Z][a-z]+day \d{1,2} [A-Z][a-z]+")


@pytest.fixture
def demo(app):
    made = app_for(app.config["SQLALCHEMY_DATABASE_URI"], **SECRETS_OF_A_DEMO)
    yield made
    with made.app_context():
        db.session.remove()
        db.engine.dispose()


class Seen:
    """Compares each day on a person's page and letters with what they were told that we do, and with what happened."""

    def __init__(self, app, monkeypatch):
        self.app, self.monkeypatch = app, monkeypatch
        self.pages = self.letters = self.days = 0
        self.strange, self.known = [], set()

    def look(self, at):
        if at.day != 1 or at.hour != 17:
            return
        self.monkeypatch.setattr(sys.modules["portal.doors.own_page.routes"], "now", lambda: at)
        self.monkeypatch.setattr(sys.modules["portal.doors.own_page.routes"], "_with_words", lambda case: "four words")
        self.monkeypatch.setitem(self.app.jinja_env.globals, "today", lambda: london_day(at))
        lately = Case.is_open | (Case.closed_on > london_day(at) - timedelta(days=40))
        for case in db.session.scalars(select(Case).where(lately).order_by(Case.id)).all():
            ours, client = {day for one in line_of(case) for day in days_known(one)}, self.app.test_client()
            for letter in case.messages:
                if letter.from_us and letter.id not in self.known:
                    self.known.add(letter.id)
                    self.letters += 1
                    self.compare(case, letter.words, ours, letter.kind)
            with client.session_transaction() as session:
                session["reading"] = [case.id, int(at.timestamp()), "four words"]
            page = client.get("/y/answer").get_data(as_text=True).split("<main")[1].split("How do we count")[0]
            self.pages += 1
            self.compare(case, page, ours, f"the page on {at:%d %B}")

    def compare(self, case, words, ours, where):
        for found in A_DAY.findall(words):
            self.days += 1
            if found not in ours:
                self.strange.append((case.old_reference, where, found))


def days_known(case):
    """What they were told that we do by a day, what happened on a day, and until when the law lets them come back."""
    happened = [case.received_on, case.closed_on, *(one.by_on for one in case.promises)]
    happened += [london_day(at) for at in (case.safeguarding_checked_at, case.told_decision_at) if at]
    for one in case_clocks(case):  # the law's own days, of which a letter says that they have passed
        happened += [clock.due_on for clock in one.clocks]
    for stage in (*case.stages, *case.strands):
        happened += [stage.requested_on, stage.acknowledged_on, stage.responded_on, stage.closed_on, stage.extended_on]
        happened += [one.on for one in stage.happened]
        if stage.number == 2 and stage.responded_on:
            happened.append(ask_stage_3_by(stage.responded_on))
    return {short_day(day) for day in happened if day}


@pytest.mark.xdist_group("simulation")
def test_everything_goes_out_once_and_on_its_day_is_true_and_the_audit_stands(demo, monkeypatch):
    run, seen = demo.test_cli_runner(), Seen(demo, monkeypatch)
    monkeypatch.setattr("portal.demo.simulation.simulate", partial(simulate, look=seen.look))
    done = run.invoke(args=["demo", "simulate"])
    assert done.exit_code == 0, done.output
    print(done.output, f"{seen.pages} pages and {seen.letters} letters with {seen.days} days were compared")
    assert "Unkept without a letter: 0." in done.output
    assert "Without a next step: 0." in done.output
    assert "Letters sent that did not leave: 0." in done.output
    assert seen.pages > 200
    assert seen.days > 500
    assert seen.strange == []
    assert "137 representations" in done.output
    assert re.search(
        r"112 letters and reminders were due\.\nSent: 112\. Missed: 0\. Twice or on another day: 0", done.output
    )
    assert "10 right to stage 2" in done.output
    assert run.invoke(args=["audit", "verify"]).exit_code == 0
    with demo.app_context():
        taken = set(db.session.scalars(select(Part.road).where(Part.road.is_not(None))))
        assert taken == set(roads.every())
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
    monkeypatch.setattr("portal.demo.commands.read_register", lambda text: read_register(text)[:60])
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
