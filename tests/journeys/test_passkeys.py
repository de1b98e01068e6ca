"""A passkey from its making to a sign-in, with a real browser and an authenticator that the browser makes up."""

import threading

import pytest
from waitress import create_server
from webauthn.helpers import bytes_to_base64url

from portal.audit.queries import entries_about
from portal.database import db
from portal.people.models import Passkey, Person
from portal.people.roles import Role
from tests.factories.people import PASSWORD, a_person

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("sign-in")]
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def portal(app):
    """The portal at a name (an address of numbers has no passkeys), and two colleagues who sign in to it."""
    server = create_server(lambda environ, start: app(environ, start), host="127.0.0.1", port=0)
    with app.app_context():
        emails = [a_person(Role.CUSTOMER_RELATIONS, name).email for name in ("Rowan", "Alex")]
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://localhost:{server.effective_port}", *emails
    server.close()
    thread.join(5)


@pytest.fixture
def page(portal, browser):
    """A browser with an authenticator."""
    context = browser.new_context(base_url=portal[0])
    context.set_default_timeout(10_000)
    page = context.new_page()
    devices = context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    page.devices = devices
    yield page
    context.close()


def sign_in(page, email):
    page.goto("/staff/sign-in")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def add_passkey(page, name):
    page.get_by_role("link", name="My sign-in").click()
    page.get_by_role("link", name="Add or take away a passkey").click()
    page.get_by_label("A name for it").fill(name)
    page.get_by_role("button", name="Add it").click()
    page.get_by_text(f"The passkey {name} is kept.").wait_for()


def test_a_passkey_is_added_used_and_taken_away(app, portal, page):
    _, email, _ = portal
    sign_in(page, email)
    add_passkey(page, "My phone")
    page.get_by_role("button", name="Sign out").click()

    sign_in(page, email)
    page.get_by_role("button", name="Use my passkey").click()
    page.get_by_role("link", name="My sign-in").click()
    page.get_by_role("link", name="Add or take away a passkey").click()
    page.get_by_role("button", name="Take it away").click()
    page.get_by_text("The passkey My phone is taken away.").wait_for()
    page.get_by_role("button", name="Sign out").click()

    sign_in(page, email)
    page.get_by_role("button", name="Sign out").wait_for()
    with app.app_context():
        about = db.session.query(Person).filter_by(email=email).one().about
        events = [entry.event for entry in entries_about(about)]
    assert (events.count("passkey_added"), events.count("passkey_taken_away")) == (1, 1)


def test_an_authenticator_that_says_no_lets_nobody_in_and_says_so(portal, page):
    _, email, _ = portal
    sign_in(page, email)
    add_passkey(page, "My phone")
    page.get_by_role("button", name="Sign out").click()
    page.devices.send("WebAuthn.disable")
    page.devices.send("WebAuthn.enable")
    page.devices.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})  # another device, without the passkey

    sign_in(page, email)
    page.get_by_role("button", name="Use my passkey").click()
    page.get_by_text("That did not work, or was stopped.").wait_for()
    assert page.goto("/staff/queue").url.partition("?")[0].endswith("/staff/sign-in")


def test_a_passkey_of_somebody_else_does_not_complete_a_sign_in(app, portal, page):
    _, one, other = portal
    for email, name in ((one, "Key of one"), (other, "Key of other")):
        sign_in(page, email)
        add_passkey(page, name)
        page.get_by_role("button", name="Sign out").click()
    with app.app_context():
        wanted, offered = (
            db.session.query(Passkey).filter_by(name=name).one().credential_id for name in ("Key of one", "Key of other")
        )

    def ask_for_the_other(route):
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace(bytes_to_base64url(wanted), bytes_to_base64url(offered)))

    sign_in(page, one)
    page.route("**/staff/passkey", ask_for_the_other)
    page.get_by_role("button", name="Use my passkey").click()
    page.get_by_text("This passkey does not fit.").wait_for()
    page.unroute("**/staff/passkey")
    assert page.goto("/staff/queue").url.partition("?")[0].endswith("/staff/sign-in")
