"""Colleagues whom people thank, and the worker's minutes."""

from datetime import timedelta

import pytest

from portal.compliments.models import Compliment
from portal.compliments.services.keeping import NewCompliment, log_compliment
from portal.compliments.services.passing_on import pass_on_waiting
from portal.database import db
from portal.people.roles import Role
from portal.people.services import add_hashed_person
from portal.procedure.eligibility import Complainant
from portal.procedure.receipt import Method, PointOfReceipt
from tests.factories.cases import MONDAY

TEAM = "Children in Care / Leaving Care"


@pytest.fixture
def asha(app):
    """Asha Khan and her manager Sam Manager: the numbers of both."""
    with app.app_context():
        boss = add_hashed_person("sam@example.org", "Sam Manager", [Role.TEAM_MANAGER], password_hash="x", team=TEAM)
        worker = add_hashed_person(
            "asha@example.org", "Asha Khan", [Role.ANY_STAFF], password_hash="x", team=TEAM, manager_id=boss.id
        )
        return worker.id, boss.id


def some_thanks(words="You listened", thanked="Asha Khan", *, at=MONDAY, by_id=None, **more):
    """Thanks as a colleague logs them."""
    point, source = PointOfReceipt.SERVICE_AREA, more.pop("source", Complainant.PARENT)
    return log_compliment(NewCompliment(words, thanked, Method.LETTER, point, source, **more), at=at, by_id=by_id)


def after(minutes, at=MONDAY):
    """The worker passes on what is due some minutes later; says how many."""
    return pass_on_waiting("https://say.example", at=at + timedelta(minutes=minutes))


def fresh(compliment_id):
    """Thanks as they stand in the database now."""
    db.session.expire_all()
    return db.session.get_one(Compliment, compliment_id)
