"""A child's page when we cannot be reached, in a real browser: it says so, keeps what it has, and goes on by itself."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.test_bars import begin, press
from tests.journeys.test_tabs import tablet, to_words, words_of

__all__ = ["tablet"]
AWAY = "This page can't reach us just now. "
KEPT, AGAIN = "Your words are still here. ", "We will try again."


def told(page):
    return page.locator("#away")


def to_check(page):
    to_words(page).fill("the bus never comes")
    press(page, page.get_by_role("button", name="Carry on"))


def test_the_words_stay_and_are_sent_when_we_can_be_reached_again(tablet):
    page = tablet()
    to_words(page).fill("no bars on my phone")
    page.context.set_offline(True)
    page.get_by_role("button", name="Carry on").click()
    expect(told(page)).to_have_text(AWAY + KEPT + AGAIN)
    expect(words_of(page)).to_have_value("no bars on my phone")
    expect(page.locator("#until")).to_be_hidden()
    page.get_by_role("button", name="Get help").click()
    expect(page.locator("#call")).to_contain_text("999")
    with page.expect_navigation(url=re.compile("/help|/y/6"), wait_until="load"):
        page.context.set_offline(False)
    page.goto("/y/4")
    expect(words_of(page)).to_have_value("no bars on my phone")


def test_send_it_now_waits_and_sends_once(tablet):
    page = tablet()
    to_check(page)
    page.context.set_offline(True)
    send = page.get_by_role("button", name="Send it now")
    send.click()
    send.click()
    expect(told(page)).to_have_text(AWAY + AGAIN)
    with page.expect_navigation(url=re.compile("/y/7"), wait_until="load"):
        page.context.set_offline(False)
    expect(page.locator("h1")).to_have_text("Thank you. We have got it.")


@pytest.mark.parametrize("name", ["OK, carry on", "Get help"])
def test_a_link_waits_and_get_help_shows_whom_to_call(tablet, name):
    page = tablet()
    begin(page)
    page.context.set_offline(True)
    page.get_by_role("link", name=name).click()
    expect(told(page)).to_have_text(AWAY + AGAIN)
    expect(page.locator("#call")).to_be_visible(visible=name == "Get help")
    with page.expect_navigation(wait_until="load"):
        page.context.set_offline(False)


def test_who_is_not_safe_sees_whom_to_call_at_once(tablet):
    page = tablet()
    begin(page)
    page.goto("/y/2")
    page.context.set_offline(True)
    page.get_by_role("button", name="I want help to say it").click()
    expect(told(page)).to_have_text(AWAY + AGAIN)
    expect(page.locator("#call")).to_be_hidden()
    page.get_by_role("button", name="I do not feel safe").click()
    expect(page.locator("#call")).to_contain_text("999")


def test_typing_while_the_page_waits_does_not_stop_it_from_trying(tablet):
    page = tablet()
    to_words(page).fill("one")
    page.route("**/same", lambda route: route.abort())
    page.get_by_role("button", name="Carry on").click()
    expect(told(page)).to_have_text(AWAY + KEPT + AGAIN)
    words_of(page).press_sequentially(" two")
    page.unroute("**/same")
    expect(page.locator("dd").filter(has_text="one two")).to_be_visible(timeout=12_000)


def test_a_server_that_is_down_is_not_called_no_internet(tablet):
    page = tablet()
    begin(page)
    page.goto("/y/2")
    page.route("**/same", lambda route: route.fulfill(status=502))
    page.get_by_role("button", name="Something is wrong").click()
    expect(told(page)).to_have_text(AWAY + AGAIN)
    page.unroute("**/same")
    expect(page.locator("h1")).to_have_text("What is it about?", timeout=12_000)
