"""Migrations run both ways, with rows in the tables, on both databases, and agree with the models."""

import pytest
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect

from portal.audit.queries import verify_chain
from portal.cases.models import WallReason
from portal.cases.queries import walls_of
from portal.cases.services.walls import put_up_wall
from portal.clock import now
from portal.database import db
from portal.keys.canary import set_canary
from portal.keys.stored import stored_keys
from portal.people.roles import Role
from portal.safe_start import DEMO_SEALING_KEY
from portal.sealing.ring import ring
from tests.factories.cases import a_case, checked
from tests.factories.people import a_person
from tests.real_settings import KEY, SECRET


def tables():
    return set(inspect(db.engine).get_table_names()) - {"alembic_version"}


def test_down_and_up_again_with_rows_in_the_tables(any_app):
    checked(a_case(), a_person(Role.CUSTOMER_RELATIONS).id)
    db.session.remove()
    downgrade(revision="base")
    assert tables() == set()
    upgrade()
    assert tables() == set(db.metadata.tables)
    assert a_case().id == 1


def test_the_models_and_the_migrations_agree(any_app):
    done = any_app.test_cli_runner().invoke(args=["db", "check"])
    assert done.exit_code == 0, done.output


def test_every_list_of_the_queue_has_an_index(any_app):
    names = {index["name"] for index in inspect(db.engine).get_indexes("cases")}
    assert {"ix_cases_queue", "ix_cases_queue_by_status", "ix_cases_queue_by_handler"} <= names
    assert verify_chain().entries == 0


@pytest.mark.parametrize("table", ["case_parts", "case_stages", "case_messages", "case_search_words"])
def test_what_belongs_to_a_case_cannot_lose_it(any_app, table):
    keys = inspect(db.engine).get_foreign_keys(table)
    assert "cases" in {key["referred_table"] for key in keys}


def test_an_upgrade_under_other_keys_begins_nothing(any_app):
    case_id = a_case().id
    put_up_wall(case_id, a_person(Role.TEAM_MANAGER).id, WallReason.COMPLAINED_ABOUT, at=now(), by_id=None)
    set_canary()
    db.session.remove()
    downgrade(revision="0016")
    for keys, secret in (((DEMO_SEALING_KEY,), SECRET), ((KEY,), "another long secret of nobody but this test")):
        ring.load(keys, secret)
        with pytest.raises((RuntimeError, SystemExit)):
            upgrade()
        db.session.remove()
        db.engine.dispose()
    ring.load((KEY,), SECRET, stored_keys)
    upgrade()
    assert len(walls_of(case_id)) == 1
