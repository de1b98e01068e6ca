"""Tabs, time and a lost connection, in a real browser: nothing that was typed is lost, and nobody is mixed up."""

from contextlib import suppress

import pytest
from playwright.sync_api import Error, expect

from tests.journeys.test_bars import begin, press
from tests.journeys.test_leaving import seen

BOTH = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])


@pytest.fixture
def tablet(browser, server):
    """A browser of somebody's own: `tablet(scripts=True)` gives its page."""
    contexts = []

    def knock(scripts=True):
        size = {"width": 360, "height": 640}
        context = browser.new_context(viewport=size, base_url=server, java_script_enabled=scripts)
        context.set_default_timeout(10_000)
        contexts.append(context)
        return context.new_page()

    yield knock
    for context in contexts:
        context.close()


def words_of(page):
    return page.get_by_label("Tell us more")


def to_words(page):
    begin(page)
    page.goto("/y/4")
    return words_of(page)


@BOTH
def test_two_tabs_about_two_children_stay_two(tablet, scripts):
    one = tablet(scripts)
    to_words(one).fill("the first child")
    press(one, one.get_by_role("button", name="Carry on"))
    other = one.context.new_page()
    other.goto("/c/7kq2")  # a card is scanned in the middle
    press(other, other.get_by_role("button", name="Start", exact=True))
    expect(other.locator("h1")).to_have_text("You started before")
    press(other, other.get_by_role("button", name="Begin again"))
    press(other, other.get_by_role("link", name="OK, carry on"))
    press(other, other.get_by_role("button", name="Something is wrong"))
    press(other, other.get_by_role("button", name="Carry on"))
    words_of(other).fill("the second child")
    press(other, other.get_by_role("button", name="Carry on"))
    one.reload()
    for page, told in ((one, "the first child"), (other, "the second child")):
        expect(page.locator("dd").filter(has_text="child")).to_have_text(told)
        press(page, page.get_by_role("button", name="Send it now"))
        expect(page.locator("h1")).to_have_text("Thank you. We have got it.")
    assert one.locator(".secret").inner_text() != other.locator(".secret").inner_text()


@BOTH
def test_help_and_another_language_lead_back_to_what_was_typed(tablet, scripts):
    page = tablet(scripts)
    to_words(page).fill("half a sen")
    press(page, page.get_by_role("button", name="Get help"))
    expect(page.locator("h1")).to_have_text("Get help")
    press(page, page.get_by_role("link", name="Carry on and tell us"))
    expect(words_of(page)).to_have_value("half a sen")
    page.locator("details.languages summary").click()
    press(page, page.get_by_role("button", name="Polski"))
    assert page.locator("html").get_attribute("lang") == "pl"
    expect(page.locator("textarea")).to_have_value("half a sen")


@BOTH
def test_enter_in_a_box_presses_the_forms_own_button(tablet, scripts):
    page = tablet(scripts)
    to_words(page).fill("the bus")
    press(page, page.get_by_role("button", name="Carry on"))
    press(page, page.get_by_role("link", name="Someone must not see this"))
    box = page.get_by_label("Who must not see this?")
    box.fill("Jo")
    with page.expect_navigation(wait_until="load"):
        box.press("Enter")
    expect(page.locator("main")).to_contain_text("Jo")


@BOTH
def test_a_lost_cookie_asks_for_one_more_press_and_mixes_nobody(tablet, scripts):
    page = tablet(scripts)
    to_words(page).fill("the first child")
    page.context.clear_cookies()
    other = page.context.new_page()
    to_words(other).fill("the second child")
    press(other, other.get_by_role("button", name="Carry on"))
    press(page, page.get_by_role("button", name="Carry on"))
    expect(page.get_by_role("alert", name="There is a problem")).to_contain_text("Your words are still here")
    expect(words_of(page)).to_have_value("the first child")
    press(page, page.get_by_role("button", name="Carry on"))
    expect(page.locator("main")).to_contain_text("the first child")
    expect(page.locator("main")).not_to_contain_text("the second child")


def test_what_is_typed_survives_a_refresh_and_a_way_back(tablet):
    page = tablet()
    with page.expect_response(lambda answer: answer.request.method == "POST" and answer.status == 204):
        to_words(page).fill("typed and not sent")
    page.reload()
    expect(words_of(page)).to_have_value("typed and not sent")
    page.goto("/y/1")
    page.go_back()
    expect(words_of(page)).to_have_value("typed and not sent")
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]


def on_a_visit(page):
    page.clock.install()
    page.goto("/helping/visit")
    press(page, page.get_by_role("button", name="Start for the child"))
    to_words(page).fill("a secret thing")


def test_a_tablet_asks_before_it_clears_itself_and_counts_from_the_last_touch(tablet):
    page = tablet()
    on_a_visit(page)
    still = page.get_by_text("Are you still there?")
    page.clock.run_for(500_000)
    words_of(page).press("End")
    page.clock.run_for(500_000)
    expect(still).to_be_hidden()  # a thousand seconds after the page came, and somebody was there
    page.clock.run_for(60_000)
    expect(still).to_be_visible()
    page.get_by_role("button", name="I am still here").click()
    expect(still).to_be_hidden()
    page.clock.run_for(500_000)
    expect(words_of(page)).to_have_value("a secret thing")


def test_a_tablet_that_nobody_touches_forgets(tablet):
    page = tablet()
    on_a_visit(page)
    page.clock.run_for(601_000)
    page.wait_for_url("**/helping/visit")
    with suppress(Error):
        page.go_back(wait_until="commit")
    assert "a secret thing" not in seen(page)
    page.goto("/y/4")
    expect(page.locator("h1")).to_have_text("Tell us what you think")


def test_the_last_screen_of_a_visit_says_when_it_clears_itself_and_waits_for_whoever_writes_it_down(tablet):
    page = tablet()
    on_a_visit(page)
    press(page, page.get_by_role("button", name="Carry on"))
    press(page, page.get_by_role("button", name="Send it now"))
    expect(page.locator("main")).to_contain_text("We clear this page 2 minutes after you last touch it.")
    page.clock.run_for(90_000)
    expect(page.get_by_text("Are you still there?")).to_be_visible()
    page.get_by_role("button", name="I am still here").click()
    page.clock.run_for(59_000)
    expect(page.locator(".secret")).to_be_visible()
    page.clock.run_for(62_000)
    page.wait_for_url("**/helping/visit")


def test_without_scripts_a_page_of_a_visit_asks_and_keeps_what_was_sent(tablet):
    page = tablet(scripts=False)
    page.goto("/helping/visit")
    press(page, page.get_by_role("button", name="Start for the child"))
    to_words(page)
    assert page.locator("meta[http-equiv=refresh]").get_attribute("content") == "600;url=/y/still?back=/y/4"
    expect(page.locator("main noscript p")).to_be_visible()
    page.goto("/y/still?back=/y/4")
    press(page, page.get_by_role("link", name="I am still here"))
    expect(words_of(page)).to_be_visible()
