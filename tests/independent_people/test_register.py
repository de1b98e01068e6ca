"""The register of independent people."""

import pytest

from portal.audit.models import AuditEntry
from portal.database import db
from portal.independent_people.queries import register
from tests.factories.web import errors_on, fill_in, page_of


def test_someone_is_listed_changed_and_taken_off_and_the_audit_says_what_changed(app, staff):
    officer = staff()
    fill_in(officer, "/staff/independent-people/new", name="Robin", region="North West", day_rate="325.50", is_listed="y")
    with app.app_context():
        (entry,) = register()
        assert (entry.day_rate_pence, entry.is_listed) == (32550, True)
        address = f"/staff/independent-people/{entry.id}"
    fill_in(officer, address, region="Wales", is_member="y")
    assert "No: a member" in page_of(officer.get("/staff/independent-people/"))
    with app.app_context():
        newest = db.session.query(AuditEntry).filter_by(event="independent_person_listed").all()[-1]
        assert sorted(newest.facts["what_changed"]) == ["is_member", "region"]


def test_a_mistake_is_told_and_nothing_typed_is_lost(staff):
    page = page_of(fill_in(staff(), "/staff/independent-people/new", name="", region="Wales", day_rate="a lot"))
    assert "Write the name" in errors_on(page)
    assert 'value="Wales"' in page


def test_an_entry_that_is_not_there_is_not_found(staff):
    assert staff().get("/staff/independent-people/99").status_code == 404


@pytest.mark.parametrize("typed", ["sNaN", "NaN", "Infinity", "1e999999", "-1", "10000", "a lot", "١٢"])
def test_a_rate_that_is_no_sum_is_refused_in_words_or_read(app, staff, typed):
    answer = fill_in(staff(), "/staff/independent-people/new", name="Robin", day_rate=typed)
    assert answer.status_code == (302 if typed == "١٢" else 200)
    assert typed == "١٢" or "Write a sum" in errors_on(page_of(answer))
