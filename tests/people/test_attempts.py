"""Wrong tries at getting in are slowed and written down; who is right is never held up by them."""

from datetime import timedelta

import pytest

from portal import clock
from portal.audit.models import AuditEntry
from portal.database import db
from portal.extensions import limiter, visitor
from portal.people.attempts import ALL_IN_ALL, ALL_OF_A_DEVICE, FROM_ONE, HERE, KNOWN, plain_address
from portal.people.models import Person
from portal.people.passwords import is_mostly_of
from portal.people.roles import Role
from portal.people.services import FIRST_PASSWORD_FOR, OF_SIGN_IN
from portal.people.sessions import JUST_NOW, SIGNED_IN_AT
from tests.factories.people import PASSWORD, a_person
from tests.factories.web import errors_on, fill_in, form_on, page_of
from tests.people.test_sign_in import CODE, SETUP, enrol, enrolled, person, send_code, strict, with_password

__all__ = ["person", "strict"]


@pytest.fixture(autouse=True)
def counting(strict):
    """Limits that hold, and begin at nothing."""
    with strict.app_context():
        limiter.storage.reset()
    return strict


def from_(app, address):
    """A browser at an address."""
    client = app.test_client()
    client.environ_base["REMOTE_ADDR"] = address
    return client


def wrong(client, email, times=1):
    return [with_password(client, email, "not the password").status_code for _ in range(times)][-1]


def test_codes_are_counted_by_the_account_whatever_else_is_sent(strict, person):
    enrolled(strict, person)
    guesser = from_(strict, "203.0.113.9")
    with_password(guesser, person)
    tries = [fill_in(guesser, CODE, code="000000", email=f"{number}@example.org").status_code for number in range(11)]
    assert tries == [200] * HERE.amount + [429]


@pytest.mark.parametrize("accepts", ["text/html", "application/json"])
@pytest.mark.parametrize("address", ["/staff/sign-in", CODE, "/staff/recovery-code"])
def test_a_wrong_try_is_counted_and_written_down_whatever_answer_is_asked_for(strict, person, accepts, address):
    enrolled(strict, person)
    guesser = from_(strict, "203.0.113.9")
    with_password(guesser, person, "wrong" if address == "/staff/sign-in" else PASSWORD)
    fields = form_on(page_of(guesser.get(address)), address) | {"email": person, "password": "wrong", "code": "000000"}
    tries = [guesser.post(address, data=fields, headers={"Accept": accepts}).status_code for _ in range(HERE.amount + 1)]
    assert tries[-1] == 429
    with strict.app_context():
        assert db.session.query(AuditEntry).filter_by(event="sign_in_failed").count() >= HERE.amount - 1


def test_a_password_that_is_changed_makes_a_sign_in_no_younger(staff, monkeypatch):
    client = staff()
    with client.session_transaction() as kept:
        began = kept[SIGNED_IN_AT] = kept[SIGNED_IN_AT] - 600
    new = "purple tractor in the rain"
    answer = fill_in(client, "/staff/password", password=PASSWORD, new_password=new, new_password_confirm=new)
    assert answer.status_code == 302
    with client.session_transaction() as kept:
        assert kept[SIGNED_IN_AT] == began
    assert "again=1" in client.get("/staff/recovery-codes").location


def test_a_device_that_is_known_is_counted_too(strict, person):
    own, _ = enrolled(strict, person)
    with strict.app_context():
        found = db.session.query(Person).filter_by(email=person).one().id
    cookie = own.get_cookie(KNOWN, path="/staff").value
    with strict.app_context():
        for _ in range(ALL_OF_A_DEVICE[0].amount):
            limiter.hit(ALL_OF_A_DEVICE[0], "device", cookie.rpartition(".")[0])
    assert cookie.startswith(f"{found}.")
    own.get("/staff/queue")
    assert wrong(own_again(strict, cookie), person) == 429


def own_again(app, cookie):
    client = from_(app, "198.51.100.7")
    client.set_cookie(KNOWN, cookie, path="/staff")
    return client


def test_an_account_is_counted_from_everywhere_and_its_person_still_comes_in_from_a_device_that_is_known(strict, person):
    own, _ = enrolled(strict, person)
    for number in range(ALL_IN_ALL[0].amount):
        assert wrong(from_(strict, f"203.0.113.{number}"), person) == 200
    assert wrong(from_(strict, "198.51.100.1"), person) == 429
    again = from_(strict, "198.51.100.2")
    again.set_cookie(KNOWN, own.get_cookie(KNOWN, path="/staff").value, path="/staff")
    assert CODE in with_password(again, person).location


def test_many_accounts_from_one_place_are_counted_too(strict, person):
    spray = from_(strict, "203.0.113.9")
    with strict.test_request_context(environ_base={"REMOTE_ADDR": "203.0.113.9"}):
        for _ in range(FROM_ONE.amount - 2):
            limiter.hit(FROM_ONE, "place", visitor())
    for number in range(2):
        assert wrong(spray, f"{number}@example.org") == 200
    assert wrong(spray, person) == 429
    assert wrong(from_(strict, "203.0.113.10"), person) == 200


def test_who_is_right_counts_for_nothing(strict, person):
    enrolled(strict, person)
    for _ in range(HERE.amount + 2):
        assert with_password(from_(strict, "203.0.113.9"), person).status_code == 302


@pytest.mark.parametrize("typed", ["rowan@exämple.org", "ROWAN@XN--EXMPLE-CUA.ORG", " ｒowan@exämple.org "])
def test_an_address_is_counted_once_however_it_is_written(typed):
    assert plain_address(typed) == "rowan@xn--exmple-cua.org"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2:bbbb::2", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:203.0.113.9", "203.0.113.9", True),
        ("203.0.113.9", "203.0.113.10", False),
    ],
)
def test_a_household_of_the_new_internet_is_one_visitor(strict, one, other, same):
    seen = []
    for address in (one, other):
        with strict.test_request_context(environ_base={"REMOTE_ADDR": address}):
            seen.append(visitor())
    assert (seen[0] == seen[1]) is same


def test_failures_new_ways_in_and_new_roles_are_written_down_and_can_be_read(strict, person):
    enrolled(strict, person)
    wrong(from_(strict, "203.0.113.9"), person)
    with strict.app_context():
        lee = a_person(Role.ADMINISTRATOR, "Lee").email
        names = [event.name for event in OF_SIGN_IN]
        kept = {entry.event: dict(entry.facts) for entry in db.session.query(AuditEntry).filter(AuditEntry.event.in_(names))}
    assert kept["sign_in_failed"] == {"step": "password"}
    assert "second_factor_set" in kept
    admin, _ = enrolled(strict, lee)
    page = page_of(admin.get("/staff/people/sign-ins"))
    assert "A sign-in failed: wrong password" in page
    assert "Set up an authenticator" in page


def test_a_session_without_its_times_is_refused(staff):
    client = staff()
    with client.session_transaction() as kept:
        kept.pop(SIGNED_IN_AT)
    assert client.get("/staff/queue").location.startswith("/staff/sign-in")


def test_nobody_stays_signed_in_by_asking_for_it(app, client):
    with app.app_context():
        email = a_person(Role.CUSTOMER_RELATIONS, "Rowan").email
    assert fill_in(client, "/staff/sign-in", email=email, password=PASSWORD, remember="y").status_code == 302
    assert client.get_cookie("remember_token") is None


@pytest.mark.parametrize("address", ["/staff/recovery-codes", SETUP])
def test_new_ways_in_are_made_only_just_after_signing_in(strict, person, monkeypatch, address):
    client, _ = enrolled(strict, person)
    assert client.get(address).status_code == 200
    began = clock.now()
    monkeypatch.setattr(clock, "now", lambda: began + JUST_NOW + timedelta(seconds=1))
    answer = client.get(address)
    assert "again=1" in answer.location
    assert "Sign in once more" in page_of(client.get(answer.location))


def test_a_first_password_runs_out(strict, person):
    with strict.app_context():
        found = db.session.query(Person).filter_by(email=person).one()
        found.must_change_password, found.first_password_until = True, clock.now() - timedelta(seconds=1)
        db.session.commit()
    client = strict.test_client()
    assert "has run out" in errors_on(page_of(with_password(client, person)))
    assert timedelta(days=1) < FIRST_PASSWORD_FOR < timedelta(days=31)


@pytest.mark.parametrize(
    ("password", "is_one"),
    [
        ("rowan.example@council.example", True),
        ("Exampleshire-2026!", True),
        ("yoursayyoursay99", True),
        ("purple tractor in the rain", False),
        ("Exampleshire purple tractor", False),
    ],
)
def test_a_password_is_not_what_stands_on_every_page(password, is_one):
    own = ["rowan.example@council.example", "Rowan", "Exampleshire Council", "Your Say"]
    assert is_mostly_of(password, own) is is_one


def test_colleagues_who_share_a_computer_are_each_known_on_it(strict, person, app):
    with strict.app_context():
        other = a_person(Role.CUSTOMER_RELATIONS, "Sam").email
    shared, _ = enrolled(strict, person)
    fill_in(shared, "/staff/queue", "/staff/sign-out")
    with_password(shared, other)
    authenticator, page = enrol(shared)
    send_code(shared, page, authenticator.now())
    shared.get("/staff/recovery-codes")
    fill_in(shared, "/staff/queue", "/staff/sign-out")
    known = shared.get_cookie(KNOWN, path="/staff").value
    with strict.app_context():
        ids = {str(one.id) for one in db.session.query(Person).filter(Person.email.in_([person, other]))}
    assert {one.partition(".")[0] for one in known.strip('"').rpartition(".")[0].split()} == ids
