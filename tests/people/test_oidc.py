"""Signing in with the council's accounts, against a real OpenID provider that runs beside the tests."""

import base64
import json
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from joserfc import jwt
from oidc_provider_mock import User, run_server_in_thread

from portal.clock import now
from portal.database import db
from portal.people.models import Person
from portal.people.roles import Role
from portal.people.services import deactivate
from tests.conftest import app_for
from tests.factories.people import a_person
from tests.factories.web import page_of

LEAVE, BACK = "/staff/sign-in/council", "/staff/sign-in/council/back"


@pytest.fixture
def provider():
    with run_server_in_thread() as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture
def joined(app, provider):
    """The app with that provider, on the same database."""

    def with_settings(**more):
        given = {"oidc_issuer": provider, "oidc_client_id": "your-say", "oidc_client_secret": "secret"}
        return app_for(app.config["SQLALCHEMY_DATABASE_URI"], **given | more)

    return with_settings


def at_the_provider(client, provider, subject, **claims):
    """Go to the provider, be someone there, and give the address that it sends the browser back to."""
    requests.put(f"{provider}/users/{subject}", json=claims, timeout=5).raise_for_status()
    there = client.get(LEAVE).location
    assert there.startswith(provider)
    asked = parse_qs(urlsplit(there).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert {"nonce", "state"} <= set(asked)
    sent = requests.post(there, data={"sub": subject}, allow_redirects=False, timeout=5)
    back = urlsplit(sent.headers["Location"])
    return f"{back.path}?{back.query}"


def signed_in(client):
    return client.get("/staff/queue").status_code == 200


def someone(app, name="Rowan"):
    with app.app_context():
        return a_person(Role.CUSTOMER_RELATIONS, name).email


def test_someone_taken_in_here_signs_in_with_the_councils_account(joined, provider):
    app = joined()
    email, client = someone(app), app.test_client()
    assert "council account" in page_of(client.get("/staff/sign-in"))
    done = client.get(at_the_provider(client, provider, "sub-1", email=email, email_verified=True))
    assert done.location == "/staff/"
    assert signed_in(client)


def test_from_the_second_time_only_the_account_itself_counts(joined, provider):
    app = joined()
    email = someone(app)
    first, other, again = app.test_client(), app.test_client(), app.test_client()
    first.get(at_the_provider(first, provider, "sub-1", email=email, email_verified=True))
    other.get(at_the_provider(other, provider, "sub-2", email=email, email_verified=True))
    assert not signed_in(other)
    again.get(at_the_provider(again, provider, "sub-1", email="changed@example.org", email_verified=True))
    assert signed_in(again)


@pytest.mark.parametrize(
    "claims",
    [
        {"email": "stranger@example.org", "email_verified": True},
        {"email": "{known}", "email_verified": False},
        {"email": "{known}"},
        {"preferred_username": "{known}"},
        {},
    ],
)
def test_nobody_else_gets_in_and_the_answer_is_the_same(joined, provider, claims):
    app = joined()
    email, client = someone(app), app.test_client()
    given = {name: email if value == "{known}" else value for name, value in claims.items()}
    done = client.get(at_the_provider(client, provider, "sub-9", **given))
    assert done.location == "/staff/sign-in?refused=1"
    assert "The sign-in did not work" in page_of(client.get(done.location))
    assert not signed_in(client)


def test_someone_who_left_gets_the_same_answer(joined, provider):
    app = joined()
    email, client = someone(app), app.test_client()
    client.get(at_the_provider(client, provider, "sub-1", email=email, email_verified=True))
    with app.app_context():
        deactivate(db.session.query(Person).filter_by(email=email).one().id, at=now())
    other = app.test_client()
    done = other.get(at_the_provider(other, provider, "sub-1", email=email, email_verified=True))
    assert done.location == "/staff/sign-in?refused=1"


def test_an_answer_played_twice_or_made_up_lets_nobody_in(joined, provider):
    app = joined()
    email, client = someone(app), app.test_client()
    back = at_the_provider(client, provider, "sub-1", email=email, email_verified=True)
    thief = app.test_client()
    for made_up in (back, f"{BACK}?code=x&state=y", f"{BACK}?error=access_denied", BACK):
        assert thief.get(made_up).location == "/staff/sign-in?refused=1"
    client.get(back)
    assert client.get(back).location == "/staff/sign-in?refused=1"


def test_our_second_factor_is_asked_unless_the_provider_asked_for_one(joined, provider):
    app = joined(second_factor=True)
    email, client = someone(app), app.test_client()
    done = client.get(at_the_provider(client, provider, "sub-1", email=email, email_verified=True))
    assert done.location.endswith("/staff/second-factor")
    assert not signed_in(client)
    trusting = joined(second_factor=True, oidc_trusts_provider_mfa=True)
    other = trusting.test_client()
    other.get(at_the_provider(other, provider, "sub-1", email=email, email_verified=True))
    assert signed_in(other)


def test_a_provider_that_is_not_there_or_not_set_is_told_in_words(app, joined):
    gone = joined(oidc_issuer="http://127.0.0.1:9").test_client()
    assert gone.get(LEAVE).location == "/staff/sign-in?refused=1"
    client = app.test_client()
    assert "council account" not in page_of(client.get("/staff/sign-in"))
    assert client.get(LEAVE).status_code == 404
    assert client.get(BACK).status_code == 404


def test_the_provider_of_the_tests_is_a_real_one(provider):
    told = requests.get(f"{provider}/.well-known/openid-configuration", timeout=5).json()
    assert told["issuer"].rstrip("/") == provider
    assert requests.get(told["jwks_uri"], timeout=5).json()["keys"]
    assert User(sub="x").sub == "x"


def test_a_provider_that_calls_itself_something_else_is_not_ours(joined, provider, monkeypatch):
    app = joined()
    email, client = someone(app), app.test_client()
    back = at_the_provider(client, provider, "sub-1", email=email, email_verified=True)
    app.extensions["council_provider"].server_metadata["issuer"] = "https://other.example"
    assert client.get(back).location == "/staff/sign-in?refused=1"
    assert not signed_in(client)


@pytest.mark.parametrize("changed", [{"aud": "another portal"}, {"iss": "https://other.example"}])
def test_a_token_for_somebody_else_or_by_somebody_else_lets_nobody_in(joined, provider, monkeypatch, changed):
    app = joined()
    email, client = someone(app), app.test_client()
    back = at_the_provider(client, provider, "sub-1", email=email, email_verified=True)
    real = jwt.decode

    def decode(*given, **more):
        token = real(*given, **more)
        token.claims.update(changed)
        return token

    monkeypatch.setattr("authlib.integrations.base_client.sync_openid.jwt.decode", decode)
    assert client.get(back).location == "/staff/sign-in?refused=1"
    assert not signed_in(client)


def test_a_token_that_nobody_signed_lets_nobody_in(joined, provider, monkeypatch):
    app = joined()
    email, client = someone(app), app.test_client()
    back = at_the_provider(client, provider, "sub-1", email=email, email_verified=True)
    council = app.extensions["council_provider"]
    council.server_metadata["id_token_signing_alg_values_supported"] = ["RS256", "none"]
    real = jwt.decode

    def unsigned(token, **more):
        claims = real(token, key=more["key"], algorithms=["RS256"]).claims
        parts = [json.dumps(part).encode() for part in ({"alg": "none"}, claims)]
        nobody = ".".join(base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts) + "."
        return real(nobody, **more)

    monkeypatch.setattr("authlib.integrations.base_client.sync_openid.jwt.decode", unsigned)
    assert client.get(back).location == "/staff/sign-in?refused=1"
    assert not signed_in(client)
