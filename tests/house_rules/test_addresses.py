"""Addresses that are printed on cards, leaflets and letters are promises: removing one fails here."""

import pytest

PRINTED = (
    "/",
    "/y/",
    "/c/7kq2",
    "/C/7KQ2",
    "/leave",
    "/help",
    "/card",
    "/healthz",
    "/thanks",
    "/t/desk",
    "/T/COURT",
    "/t/hub",
    "/t/home",
    "/complain/",
    "/helping/",
    "/y/back",
)


@pytest.mark.parametrize("address", PRINTED)
def test_a_printed_address_leads_somewhere(client, address):
    assert client.get(address, follow_redirects=address != "/leave").status_code in (200, 303)


def test_the_health_check_says_ok(client):
    assert client.get("/healthz").json == {"status": "ok", "trouble": []}
