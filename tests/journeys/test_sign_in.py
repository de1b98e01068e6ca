"""A colleague with a real browser: an authenticator, a recovery code, the council's account, a time-out, and a wall."""

import threading
from datetime import timedelta

import pyotp
import pytest
import requests
from oidc_provider_mock import run_server_in_thread
from waitress import create_server

from portal import clock
from portal.cases.models import WallReason
from portal.cases.services import walls
from portal.people.roles import Role
from tests.conftest import app_for
from tests.factories.cases import a_case
from tests.factories.people import PASSWORD, a_person

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("sign-in")]


@pytest.fixture
def portal(app):
    """The portal as a council runs it, with a second factor and an OpenID provider; its address, and some cases."""
    with run_server_in_thread() as provider:
        issuer = f"http://localhost:{provider.server_port}"
        server = create_server(lambda environ, start: strict(environ, start), host="127.0.0.1", port=0)
        address = f"http://127.0.0.1:{server.effective_port}"
        given = {
            "oidc_issuer": issuer,
            "oidc_client_id": "your-say",
            "oidc_client_secret": "secret",
            "site_address": address,
        }
        strict = app_for(app.config["SQLALCHEMY_DATABASE_URI"], second_factor=True, oidc_trusts_provider_mfa=True, **given)
        with strict.app_context():
            rowan, other = a_person(Role.CUSTOMER_RELATIONS, "Rowan"), a_person(Role.CUSTOMER_RELATIONS, "Alex").id
            about_them, plain = a_case(), a_case()
            walls.put_up_wall(about_them.id, rowan.id, WallReason.COMPLAINED_ABOUT, at=clock.now(), by_id=other)
            email, references = rowan.email, (about_them.reference, plain.reference)
        claims = {"email": email, "email_verified": True}
        requests.put(f"{issuer}/users/rowan-at-the-council", json=claims, timeout=5).raise_for_status()
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        yield address, email, references
        server.close()
        thread.join(5)


def with_password(page, email):
    page.goto("/staff/sign-in")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def test_a_colleague_gets_in_and_is_kept_out(portal, browser, monkeypatch):
    address, email, (about_them, plain) = portal
    context = browser.new_context(viewport={"width": 1280, "height": 900}, base_url=address)
    context.set_default_timeout(10_000)
    page = context.new_page()

    with_password(page, email)
    page.get_by_role("button", name="Set up the app").click()
    assert page.get_by_alt_text("The key as a QR code").bounding_box()["width"] >= 200
    key = page.locator("code").inner_text().replace("-", "")
    page.get_by_label("Six numbers").fill(pyotp.TOTP(key).now())
    page.get_by_role("button", name="Carry on").click()
    code = page.locator("li code").first.inner_text()
    page.get_by_role("link", name="I have kept them").click()
    page.get_by_role("link", name=plain).wait_for()
    page.get_by_role("button", name="Sign out").click()

    with_password(page, email)
    page.get_by_role("link", name="Use a recovery code").click()
    page.get_by_label("Use a recovery code").fill(code)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("link", name=plain).wait_for()

    began = clock.now()
    monkeypatch.setattr(clock, "now", lambda: began + timedelta(minutes=31))
    page.get_by_role("link", name="Queue").click()
    page.get_by_text("You were away for a while").wait_for()

    page.get_by_role("link", name="Sign in with your council account").click()
    page.locator("input[name=sub]").fill("rowan-at-the-council")
    page.locator("button[type=submit]").first.click()
    page.get_by_role("link", name=plain).wait_for()

    assert page.get_by_role("link", name=about_them).count() == 0
    page.goto(f"/staff/cases/{about_them}")
    page.get_by_role("heading", name="We cannot find that case").wait_for()
    page.goto(f"/staff/queue?find={about_them}")
    assert page.get_by_role("link", name=about_them).count() == 0
    context.close()
