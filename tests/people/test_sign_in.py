"""Getting in: a second factor for everyone outside the demo, short sessions, no password that everybody knows."""

import hashlib
import threading
from datetime import timedelta

import pyotp
import pytest

from portal import clock
from portal.audit.queries import entries_about
from portal.config import read_settings
from portal.database import db
from portal.people.models import Person
from portal.people.passwords import is_leaked, is_well_known
from portal.people.roles import Role
from portal.people.services import LastAdministrator, add_person, change_roles, deactivate, start_afresh
from portal.people.sessions import IDLE, IN_ALL
from portal.secrets_given import SettingMissing
from tests.conftest import app_for
from tests.factories.people import PASSWORD, a_person
from tests.factories.web import errors_on, fill_in, form_on, page_of
from tests.real_settings import REAL

SETUP, CODE, RECOVERY = "/staff/second-factor", "/staff/code", "/staff/recovery-code"


@pytest.fixture
def strict(app):
    """The app on the same database, with a second factor asked of everyone."""
    return app_for(app.config["SQLALCHEMY_DATABASE_URI"], second_factor=True)


@pytest.fixture
def person(strict):
    with strict.app_context():
        return a_person(Role.CUSTOMER_RELATIONS, "Rowan").email


def with_password(client, email, password=PASSWORD):
    return fill_in(client, "/staff/sign-in", email=email, password=password)


def enrol(client):
    """Set up an authenticator; gives the app that shows the codes."""
    page = page_of(fill_in(client, SETUP))
    return pyotp.TOTP(page.split("<code>")[1].split("</code>")[0].replace("-", "")), page


def send_code(client, page, code):
    token = page.split('id="csrf-code" name="csrf_token" type="hidden" value="')[1].split('"')[0]
    return client.post(CODE, data={"csrf_token": token, "code": code})


def enrolled(strict, email):
    client = strict.test_client()
    with_password(client, email)
    authenticator, page = enrol(client)
    assert send_code(client, page, authenticator.now()).status_code == 302
    assert page_of(client.get("/staff/recovery-codes")).count("<li><code>") == 8
    return client, authenticator


def test_a_password_alone_opens_nothing_but_the_set_up(strict, person):
    client = strict.test_client()
    assert with_password(client, person).location.endswith(SETUP)
    assert client.get("/staff/queue").location.startswith("/staff/sign-in")
    assert client.get("/staff/recovery-codes").location.startswith("/staff/sign-in")


def test_the_first_sign_in_sets_up_an_authenticator(strict, person):
    client, _ = enrolled(strict, person)
    assert client.get("/staff/queue").status_code == 200


def test_recovery_codes_are_shown_at_the_end_of_the_set_up_and_once(strict, person):
    client = strict.test_client()
    with_password(client, person)
    authenticator, page = enrol(client)
    assert send_code(client, page, authenticator.now()).status_code == 302
    assert client.get("/staff/queue").location == "/staff/recovery-codes"
    assert page_of(client.get("/staff/recovery-codes")).count("<li><code>") == 8
    assert page_of(client.get("/staff/recovery-codes")).count("<li><code>") == 0
    assert client.get("/staff/queue").status_code == 200


def test_a_wrong_code_is_refused_in_words(strict, person):
    client = strict.test_client()
    with_password(client, person)
    _, page = enrol(client)
    refused = send_code(client, page, "000000")
    assert "This code does not fit" in page_of(refused)
    assert client.get("/staff/queue").status_code == 302


def test_a_code_is_good_once(strict, person):
    _, authenticator = enrolled(strict, person)
    with strict.app_context():
        used = authenticator.at(db.session.query(Person).filter_by(email=person).one().last_code_counter * 30)
    other = strict.test_client()
    assert with_password(other, person).location.startswith(CODE)
    assert "This code does not fit" in page_of(fill_in(other, CODE, code=used))
    assert other.get("/staff/queue").status_code == 302


def test_a_recovery_code_lets_in_once_and_lies_sealed(strict, person):
    client, _ = enrolled(strict, person)
    codes = page_of(fill_in(client, "/staff/recovery-codes")).split("<li><code>")[1:]
    code = codes[0].split("<")[0]
    assert len(codes) == 8
    with strict.app_context():
        kept = db.session.execute(
            db.text("select mf_recovery_codes, tf_totp_secret from people where email = :e"), {"e": person}
        )
        assert not any(code.encode() in bytes(value) or b"enckey" in bytes(value) for value in kept.one())
    for status in (302, 200):
        other = strict.test_client()
        with_password(other, person)
        assert fill_in(other, RECOVERY, code=code).status_code == status
        assert (other.get("/staff/queue").status_code == 200) is (status == 302)


def test_the_pages_of_the_second_factor_say_nothing_without_a_password(strict):
    client = strict.test_client()
    for page in (SETUP, CODE, RECOVERY):
        assert client.get(page).location.startswith("/staff/sign-in")
        assert client.post(page, data={"code": "123456"}).status_code in (302, 400)


def test_many_guesses_at_a_code_are_slowed(strict, person):
    enrolled(strict, person)
    client = strict.test_client()
    with_password(client, person)
    assert [fill_in(client, CODE, code="000000").status_code for _ in range(10)][-1] == 200
    assert client.post(CODE, data={"code": "000000"}).status_code == 429


@pytest.mark.parametrize(
    ("step", "times"), [(IDLE + timedelta(seconds=1), 1), (timedelta(minutes=29), IN_ALL // timedelta(minutes=29) + 1)]
)
def test_a_sign_in_ends_when_idle_and_after_a_long_day(staff, monkeypatch, step, times):
    client = staff()
    client.get("/staff/queue")
    began = clock.now()
    for count in range(1, times + 1):
        monkeypatch.setattr(clock, "now", lambda count=count: began + step * count)
        answer = client.get("/staff/queue?show=stage_1")
    assert "ended=1" in answer.location
    assert "queue" in answer.location
    assert "You were away for a while" in page_of(client.get(answer.location))


@pytest.mark.parametrize(("address", "status"), [("/static/js/reading-ease.js", 200), ("/favicon.ico", 404)])
def test_what_a_browser_loads_by_itself_neither_ends_a_sign_in_nor_prolongs_it(staff, monkeypatch, address, status):
    client = staff()
    client.get("/staff/queue")
    began = clock.now()
    for minutes in (29, 31):
        monkeypatch.setattr(clock, "now", lambda minutes=minutes: began + timedelta(minutes=minutes))
        with client.get(address) as answer:
            assert answer.status_code == status
            assert "Set-Cookie" not in answer.headers
    assert "ended=1" in client.get("/staff/queue").location


def test_a_first_password_is_changed_before_anything_is_seen(app, client):
    with app.app_context():
        add_person("new@example.org", "New", [Role.CUSTOMER_RELATIONS], password="given by a colleague")
    with_password(client, "new@example.org", "given by a colleague")
    assert client.get("/staff/queue").location.startswith("/staff/password")
    own = {
        "password": "given by a colleague",
        "new_password": "three brown horses",
        "new_password_confirm": "three brown horses",
    }
    fill_in(client, "/staff/password", **own)
    assert client.get("/staff/queue").status_code == 200


@pytest.mark.parametrize("password", ["password1234", "Sunshine!2024", "aaaaaaaaaaaa", "qwertyuiop12"])
def test_a_password_that_everybody_tries_is_refused(staff, password):
    page = page_of(
        fill_in(staff(), "/staff/password", password=PASSWORD, new_password=password, new_password_confirm=password)
    )
    assert "attackers try first" in errors_on(page)


@pytest.mark.parametrize("place", [0, 1, 250, 498, 499])
def test_a_leaked_password_is_found_in_a_sorted_file_of_hashes(tmp_path, place):
    def hashed(text):
        return hashlib.sha1(text.encode()).hexdigest().upper()

    leaked = sorted((f"leaked {number}" for number in range(500)), key=hashed)
    (tmp_path / "leaked").write_text("".join(f"{hashed(text)}:{number}\r\n" for number, text in enumerate(leaked)))
    assert is_leaked(leaked[place], tmp_path / "leaked")
    assert not is_leaked(f"never leaked {place}", tmp_path / "leaked")
    assert is_well_known(leaked[place], str(tmp_path / "leaked"))
    assert not is_well_known("three brown horses")


def test_someone_who_left_is_out_at_once_and_for_good(app, staff):
    client = staff(Role.CUSTOMER_RELATIONS, "Leaver")
    with app.app_context():
        leaver = db.session.query(Person).filter_by(name="Leaver").one()
        deactivate(leaver.id, at=clock.now())
        email = leaver.email
    assert client.get("/staff/queue").status_code == 302
    wrong, right = (
        errors_on(page_of(with_password(app.test_client(), email, word))) for word in ("wrong password", PASSWORD)
    )
    assert wrong == right


def test_starting_afresh_takes_the_old_ways_in_away(strict, person):
    client, _ = enrolled(strict, person)
    with strict.app_context():
        password = start_afresh(db.session.query(Person).filter_by(email=person).one().id, at=clock.now())
    assert client.get("/staff/queue").status_code == 302
    again = strict.test_client()
    assert errors_on(page_of(with_password(again, person)))
    assert with_password(again, person, password).location.endswith(SETUP)


def test_there_is_always_an_administrator(in_app):
    admin = a_person(Role.ADMINISTRATOR, "Lee").id
    with pytest.raises(LastAdministrator):
        deactivate(admin, at=clock.now())
    with pytest.raises(LastAdministrator):
        change_roles(admin, [Role.ANY_STAFF], at=clock.now())
    a_person(Role.ADMINISTRATOR, "Noor")
    change_roles(admin, [Role.ANY_STAFF], at=clock.now())


def test_people_leave_and_start_afresh_by_command(in_app):
    run = in_app.test_cli_runner().invoke
    email = a_person(Role.ADMINISTRATOR, "Lee").email
    assert run(args=["people", "leave", email]).exit_code == 1
    assert "first password" in run(args=["people", "start-afresh", email]).output
    other = a_person(Role.ANY_STAFF, "Kit").email
    assert run(args=["people", "leave", other]).exit_code == 0
    assert run(args=["people", "leave", "nobody@example.org"]).exit_code == 2


@pytest.mark.parametrize(
    "own",
    [{"PORTAL_SECRET_KEY": "x"}, {"PORTAL_SITE_ADDRESS": "https://your-say.example"}, {"PORTAL_OIDC_ISSUER": "https://x"}],
)
def test_a_demo_refuses_to_start_with_what_a_real_portal_has(tmp_path, own):
    with pytest.raises(SettingMissing, match="everybody knows"):
        read_settings({"PORTAL_DEMO": "1", **own}, tmp_path)


def test_outside_the_demo_a_second_factor_cannot_be_switched_off(tmp_path):
    assert read_settings(REAL, tmp_path).second_factor
    assert not read_settings({"PORTAL_DEMO": "1"}, tmp_path).second_factor


def test_the_demo_says_loudly_that_it_is_one(app, empty_database):
    demo = app_for(app.config["SQLALCHEMY_DATABASE_URI"], demo=True)
    assert "everybody knows its passwords" in page_of(demo.test_client().get("/staff/sign-in"))


def test_no_command_passes_the_audit_by(app):
    assert {"users", "roles"} & set(app.cli.commands) == set()
    assert "people" in app.cli.commands


def test_signing_in_with_a_code_is_no_new_authenticator(strict, person):
    _, authenticator = enrolled(strict, person)
    with strict.app_context():
        someone = db.session.query(Person).filter_by(email=person).one()
        someone.last_code_counter -= 10
        db.session.commit()
        about = someone.about
    again = strict.test_client()
    with_password(again, person)
    assert fill_in(again, CODE, code=authenticator.now()).status_code == 302
    with strict.app_context():
        assert [entry.event for entry in entries_about(about)].count("second_factor_set") == 1


def at_once(strict, email, page, many=4, **fields):
    """Send the same to a page from several browsers that gave the password, at the same moment; gives who got in."""
    browsers = [strict.test_client() for _ in range(many)]
    forms = []
    for browser in browsers:
        with_password(browser, email)
        forms.append(form_on(page_of(browser.get(page)), page) | {name: [value] for name, value in fields.items()})
    gate = threading.Barrier(many)

    def send(browser, form):
        gate.wait()
        browser.post(page, data=form)

    threads = [threading.Thread(target=send, args=pair) for pair in zip(browsers, forms, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [browser.get("/staff/queue").status_code for browser in browsers].count(200)


def test_one_code_sent_from_several_browsers_at_once_lets_in_one(strict, person):
    _, authenticator = enrolled(strict, person)
    with strict.app_context():
        db.session.query(Person).filter_by(email=person).one().last_code_counter -= 10
        db.session.commit()
    assert at_once(strict, person, CODE, code=authenticator.now()) == 1


def test_one_recovery_code_sent_from_several_browsers_at_once_lets_in_one(strict, person):
    client, _ = enrolled(strict, person)
    code = page_of(fill_in(client, "/staff/recovery-codes")).split("<li><code>")[1].split("<")[0]
    assert at_once(strict, person, RECOVERY, code=code) == 1
