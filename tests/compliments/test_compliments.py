"""Thanks reach the list, are passed on, and are read only by those who may."""

from sqlalchemy import select

from portal.audit.queries import entries_about
from portal.compliments.models import Compliment
from portal.compliments.services import NewCompliment, log_compliment
from portal.database import db
from portal.people.roles import Role
from portal.procedure.eligibility import Complainant
from portal.procedure.receipt import Method, PointOfReceipt
from tests.factories.cases import MONDAY
from tests.factories.web import fill_in, page_of


def some_thanks(words="You listened", thanked="Asha"):
    point, source = PointOfReceipt.SERVICE_AREA, Complainant.PARENT
    return log_compliment(NewCompliment(words, thanked, Method.LETTER, point, source), at=MONDAY)


def test_thanks_are_passed_on_once_seen(app, staff):
    with app.app_context():
        address = f"/staff/compliments/{some_thanks().id}/passed-on"
    officer = staff()
    fill_in(officer, "/staff/compliments/", address)
    assert "Passed on" in page_of(officer.get("/staff/compliments/"))
    with app.app_context():
        assert entries_about("compliment/1")[-1].event == "compliment_passed_on"


def test_a_director_reads_thanks_and_changes_nothing(app, staff):
    with app.app_context():
        some_thanks()
    page = page_of(staff(Role.DIRECTOR).get("/staff/compliments/"))
    assert "You listened" in page
    assert "It was passed on" not in page


def test_thanks_come_newest_first_page_by_page(app, staff):
    with app.app_context():
        for number in range(30):
            some_thanks(thanked=f"Person {number:02}")
    client = staff()
    assert "Person 29" in page_of(client.get("/staff/compliments/"))
    assert "Person 00" in page_of(client.get("/staff/compliments/?page=2"))
    assert client.get("/staff/compliments/?page=zero").status_code == 200


def test_thanks_are_sealed(in_app, tmp_path):
    some_thanks(words="Zanzibar kindness")
    db.session.remove()
    assert b"Zanzibar" not in b"".join(path.read_bytes() for path in tmp_path.glob("portal.db*"))
    assert db.session.scalars(select(Compliment)).one().words == "Zanzibar kindness"
