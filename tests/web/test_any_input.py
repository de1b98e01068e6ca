"""Whatever anyone sends to any address, signed in or not: an answer in words, never a failure of ours."""

from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.people.roles import Role
from tests.factories.cases import a_case
from tests.factories.web import form_on, page_of
from tests.people.test_access import addresses

ODD = st.one_of(
    st.text(max_size=80),
    st.sampled_from(
        ["", "0", "-1", "9" * 30, "1e999", "NaN", "\x00", "null", "[]", "{{7*7}}", "../..", "=1+1", "ا" * 50, "😡" * 9]
    ),
    st.integers().map(str),
    st.dates().map(str),
)
NAMES = st.one_of(
    st.sampled_from(["once", "version", "csrf_token", "made", "extra", "words", "kind", "page", "find", "next"]),
    st.text(max_size=12),
)
CALM = settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
PARTS = 4  # so that what is made up for all addresses of one example stays small
LEFT_OUT = {"security.logout", "doors.leave"}  # they end the visit that the test goes on with


@pytest.fixture(params=["signed out", "the lead", "an administrator"])
def visitor(request, app, staff):
    roles = {"the lead": Role.CUSTOMER_RELATIONS_LEAD, "an administrator": Role.ADMINISTRATOR}
    return staff(roles[request.param]) if request.param in roles else app.test_client()


@pytest.fixture(params=range(PARTS))
def places(request, app):
    """A part of the addresses of the app, with a case that is there, by method. All parts together are every address."""
    with app.app_context():
        reference = a_case().reference
    found = {}
    for method in ("GET", "POST"):
        for endpoint, address in addresses(app, method):
            if endpoint not in LEFT_OUT:
                found.setdefault(address.replace("/cases/1", f"/cases/{reference}"), set()).add(method)
    return dict(sorted(found.items())[request.param :: PARTS])


@CALM
@given(data=st.data())
def test_any_fields_at_any_address_are_answered(visitor, places, data):
    for address, methods in places.items():
        fields = data.draw(st.dictionaries(NAMES, st.lists(ODD, min_size=1, max_size=2), max_size=4))
        if "POST" in methods:
            assert visitor.post(address, data=fields).status_code < 500, (address, fields)
        if "GET" in methods:
            assert visitor.get(address, query_string=fields).status_code < 500, (address, fields)


@CALM
@given(data=st.data())
def test_any_answers_in_a_true_form_are_answered(visitor, places, data):
    """The page's own fields and its good token, so that the checks behind the token are reached."""
    for address, methods in places.items():
        if methods != {"GET", "POST"}:
            continue
        page = visitor.get(address)
        if page.status_code != 200 or "csrf_token" not in page_of(page):
            continue
        fields = dict(form_on(page_of(page), address)) if has_own_form(page_of(page), address) else {}
        for name in fields:
            if name not in ("csrf_token", "made"):
                fields[name] = [data.draw(ODD)]
        assert visitor.post(address, data=fields).status_code < 500, (address, fields)


def has_own_form(page, address):
    try:
        return bool(form_on(page, address))
    except AssertionError:
        return False


@CALM
@given(path=st.text(st.characters(blacklist_categories=["Cs"]), max_size=40), query=st.text(max_size=30))
def test_any_path_is_answered(visitor, path, query):
    for start in ("/", "/y/", "/c/", "/staff/", "/staff/cases/", "/complain/", "/static/"):
        assert visitor.get(f"{start}{quote(path)}", query_string=quote(query)).status_code < 500


@pytest.mark.parametrize(
    "kind", ["application/json", "text/xml", "multipart/form-data", "application/x-www-form-urlencoded"]
)
@CALM
@given(body=st.binary(max_size=200))
def test_any_body_is_answered(visitor, kind, body):
    for address in ("/thanks", "/y/6", "/y/back", "/staff/sign-in", "/staff/log"):
        assert visitor.post(address, data=body, content_type=kind).status_code < 500
