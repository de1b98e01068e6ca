"""After Leave no way back shows a word, a choice, a file's name or a receipt: back, forward, reload, a jump, a reopened tab.

A browser keeps a page in three places: whole in memory (the back-forward cache, which Playwright turns off and people have
on), the fields of a form in its history, and the body of a form that was sent.
"""

from contextlib import suppress

import pytest
from playwright.sync_api import Error, expect

from tests.journeys.conftest import CHROMIUM, FLAGS
from tests.journeys.test_bars import press
from tests.journeys.test_childs_story import a_picture

WHOLE = "--disable-back-forward-cache"
WORD = "quokka"
CHILD = {
    "/y/3": "topics",
    "/y/4": "words",
    "/y/find": "how",
    "/y/who": "who",
    "/y/more/feel": "feelings",
    "/y/more/whom": "about_whom",
    "/y/more/want": "wants_words",
    "/y/more/form": "talk_to",
    "/y/more/name": "name",
    "/y/ask-side": "how_to_find",
}
ADULTS = {
    "/complain/what": "what",
    "/complain/contact": "email",
    "/complain/name": "name",
    "/helping/words": "child_words",
    "/helping/you": "name",
}
STANDING = ("ticked Someone else", "ticked Advocate")  # what a form suggests to everyone
OPEN = {"/thanks": "words", "/helping/sorted": "words", "/y/back": "words", "/complain/back": "words"}


@pytest.fixture(scope="session")
def browsers(playwright):
    """Chromium with the back-forward cache that people have, and without: True is with."""
    made = {}
    for keeps_whole in (True, False):
        left_out = [WHOLE] if keeps_whole else []
        made[keeps_whole] = playwright.chromium.launch(
            executable_path=CHROMIUM, args=FLAGS.split(), headless=True, ignore_default_args=left_out
        )
        made[keeps_whole].keeps_whole = keeps_whole
    yield made
    for browser in made.values():
        browser.close()


@pytest.fixture(
    params=[(True, True), (True, False), (False, False)],
    ids=["pages kept whole, scripts", "pages kept whole, no scripts", "pages made anew, no scripts"],
)
def page(request, browsers, server):
    """A phone that shares its browser with others."""
    keeps_whole, scripts = request.param
    size = {"width": 360, "height": 640}
    context = browsers[keeps_whole].new_context(viewport=size, base_url=server, java_script_enabled=scripts)
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


def seen(page):
    """All that a page shows and holds: its words, the values of its fields, what is ticked."""
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    told = []
    for node in nodes:
        told += [str(node.get(part, {}).get("value", "")) for part in ("name", "value")]
        states = {one["name"]: one["value"].get("value") for one in node.get("properties", ())}
        told += [f"ticked {node['name']['value']}"] if states.get("checked") in ("true", True) else []
    return "\n".join(told)


def shows_nothing(page):
    page.wait_for_timeout(100)  # a page that asks whether its visit goes on is blank until it knows
    told = seen(page)
    assert WORD not in told.lower(), page.url
    assert not [line for line in told.split("\n") if line.startswith("ticked") and line not in STANDING], page.url


def leave(page):
    """By its button, or by its address where a page for adults has none."""
    button = page.get_by_role("link", name="Leave", exact=True)
    if button.count():
        button.click()
    else:
        page.goto("/leave")
    page.wait_for_url("http://localhost:*/healthz")


def go(move):
    """One way back; a page that was sent as a form is shown by the browser only after it was made anew."""
    with suppress(Error):
        move(wait_until="commit")


def every_way_back(page, steps):
    """Back, made anew, forward, and back in one jump."""
    for _ in range(steps):
        go(page.go_back)
        shows_nothing(page)
    go(page.reload)
    shows_nothing(page)
    for _ in range(steps):
        go(page.go_forward)
        shows_nothing(page)
    with suppress(Error):  # the page goes while it is asked
        page.evaluate("steps => history.go(-steps)", steps)
    page.wait_for_timeout(200)
    shows_nothing(page)


def begin(page, address):
    page.goto({"y": "/y/", "c": "/complain/", "h": "/helping/"}[address[1]])
    press(page, page.locator("main form:not(.languages form) button").last)


def fill(page, name):
    """Put something into every field of a page."""
    for box in page.locator("textarea:visible, input[type=text]:visible").all():
        if (box.get_attribute("name") or "") != "extra":
            box.fill(f"{WORD}@example.org" if box.get_attribute("name") == "email" else f"a {WORD} {name}")
    for group in {one.get_attribute("name") for one in page.locator("input[type=checkbox], input[type=radio]").all()}:
        page.locator(f"input[name={group}]").first.check(force=True)
    for chooser in page.locator("input[type=file]").all():
        chooser.set_input_files({"name": f"{WORD}.jpg", "mimeType": "image/jpeg", "buffer": a_picture()})


def test_what_was_typed_on_a_page_that_is_left_shows_nowhere(page):
    for door in ("/y/", "/complain/", "/helping/"):
        begin(page, door)
    tabs = {address: page.context.new_page() for address in (*CHILD, *ADULTS, *OPEN)}
    for address, tab in tabs.items():
        tab.goto(address)
        fill(tab, address.rpartition("/")[2])
        assert WORD in seen(tab) or "ticked" in seen(tab)
    for tab in tabs.values():
        leave(tab)
    for tab in tabs.values():
        go(tab.go_back)
        shows_nothing(tab)
        go(tab.reload)
        shows_nothing(tab)


def test_what_was_sent_page_by_page_shows_nowhere(page):
    begin(page, "/y/")
    for address in CHILD:
        page.goto(address)
        fill(page, "page")
        if address == "/y/4":
            page.locator("#voice").set_input_files([])
        press(page, page.locator("main form button.main").first)
    page.goto("/y/6")
    assert WORD in seen(page)
    press(page, page.locator(".bar").get_by_text("Get help"))
    leave(page)
    every_way_back(page, len(CHILD) + 2)


def test_the_secret_words_show_nowhere(page):
    begin(page, "/y/")
    page.goto("/y/4")
    page.get_by_label("Tell us more").fill(f"my {WORD}")
    press(page, page.get_by_role("button", name="Carry on"))
    press(page, page.get_by_role("button", name="Send it now"))
    secret = page.locator(".secret").inner_text()
    page.goto("/y/back")
    page.get_by_label("Type your secret words").fill(secret)
    press(page, page.get_by_role("button", name="Carry on"))
    assert "What we did" in seen(page)
    leave(page)
    for _ in range(6):
        go(page.go_back)
        page.wait_for_timeout(150)
        told = seen(page)
        assert WORD not in told
        assert "What we did" not in told
        assert not [word for word in secret.split(" - ") if word in told.split("\n")]
        assert secret not in told


@pytest.mark.parametrize(
    ("address", "name"), [("/y/who", "who"), ("/y/back", "words"), ("/complain/name", "name"), ("/thanks", "words")]
)
def test_a_form_that_the_browser_sends_once_more_is_not_shown_again(page, address, name):
    if address not in OPEN:
        begin(page, address)
    page.goto(address)
    page.locator(f"[name={name}]").fill(f"{WORD} " * 60)
    press(page, page.locator("main form#page button, main form:not(.languages form) button").last)
    assert WORD in seen(page)  # there was an error
    leave(page)
    every_way_back(page, 3)


def test_the_back_forward_cache_is_on_in_these_tests(page):
    page.add_init_script("addEventListener('pageshow', shown => { window.wasKept = shown.persisted })")
    begin(page, "/y/")
    page.goto("/y/3")
    page.goto("/y/1")
    page.go_back(wait_until="commit")
    page.wait_for_timeout(300)
    assert page.evaluate("window.wasKept") in (page.context.browser.keeps_whole, None)  # without scripts nothing tells
    assert "What is it about?" in seen(page)  # it is shown while the visit goes on


def test_a_page_of_a_visit_that_has_ended_leads_to_the_start(page):
    begin(page, "/y/")
    page.goto("/y/4")
    leave(page)
    page.goto("/y/4")
    expect(page.locator("h1")).to_have_text("Tell us what you think")


def test_a_tab_that_is_opened_again_with_the_browser_shows_nothing(playwright, server, tmp_path):
    def open_browser():
        context = playwright.chromium.launch_persistent_context(
            tmp_path / "profile",
            executable_path=CHROMIUM,
            args=[*FLAGS.split(), "--restore-last-session", "--hide-crash-restore-bubble"],
            ignore_default_args=[WHOLE],
            java_script_enabled=False,
            base_url=server,
        )
        context.set_default_timeout(10_000)
        return context

    before = open_browser()
    page = before.new_page()
    begin(page, "/y/")
    page.goto("/y/4")
    fill(page, "words")
    leave(page)
    page.wait_for_timeout(3_000)  # a browser writes down its tabs now and then
    before.close()
    after = open_browser()
    after.pages[0].wait_for_timeout(2_000)
    again = [tab for tab in after.pages if tab.url.endswith("/healthz")]
    assert again, "the tab was not opened again"
    go(again[0].go_back)
    shows_nothing(again[0])
    expect(again[0].locator("h1")).to_have_text("Tell us what you think")
    after.close()
