"""The bars of experience 4.2 that need a browser, each with its figure, which the run prints at its end.

Figures of time are measured by `make bench` (tools/bench_pages.py): a test that depends on the clock would fail by chance.
"""

import json
import re
import sqlite3
from pathlib import Path

import pytest
from playwright.sync_api import expect

from portal.doors.child.forms.more import QUESTIONS
from tests.journeys.test_bars import CHILD, begin, press

BANNED = ("complaint", "complain", "abuse", "social", "council", "care", "safeguard", "help me", "hurt")
BOTH = pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])


@pytest.fixture
def visitor(browser, server):
    """A phone: `visitor(scripts=True)` gives its page."""
    contexts = []

    def knock(scripts=True, width=360, height=640):
        viewport = {"width": width, "height": height}
        context = browser.new_context(viewport=viewport, base_url=server, java_script_enabled=scripts)
        context.set_default_timeout(10_000)
        contexts.append(context)
        return context.new_page()

    yield knock
    for context in contexts:
        context.close()


def core_path(page, start="/y/"):
    """The shortest way from a card to the secret words; gives the taps and the screens."""
    taps = 0

    def tap(role, name):
        nonlocal taps
        taps += 1
        press(page, page.get_by_role(role, name=name, exact=True))

    page.goto(start)
    tap("button", "Start")
    tap("link", "OK, carry on")
    tap("button", "Something is wrong")
    page.get_by_text("School").click()
    taps += 1
    tap("button", "Carry on")
    tap("button", "Carry on")
    tap("button", "Send it now")
    expect(page.locator("h1")).to_have_text("Thank you. We have got it.")
    return taps


@BOTH
def test_the_core_path_takes_seven_taps_and_one_answer(visitor, scripts, record_property):
    taps = core_path(visitor(scripts))
    record_property(f"bar 8, taps of the core path ({'scripts' if scripts else 'no scripts'})", taps)
    assert taps <= 7


@BOTH
def test_the_whole_path_takes_eighteen_taps(visitor, scripts, record_property):
    page, taps = visitor(scripts), 0

    def tap(role, name):
        nonlocal taps
        taps += 1
        press(page, page.get_by_role(role, name=name, exact=True))

    def tick(words):
        nonlocal taps
        taps += 1
        page.get_by_text(words, exact=True).click()

    page.goto("/y/")
    tap("button", "Start")
    tap("link", "OK, carry on")
    tap("button", "Something is wrong")
    tick("School")
    tap("button", "Carry on")
    tap("button", "Carry on")
    tap("link", "Tell us a bit more")
    tick("Sad")
    for _ in range(2):  # how they feel, and whom it is about
        tap("button", "Carry on")
    tick("Say sorry")
    tap("button", "Carry on")
    tap("button", "No thanks. I will use my secret words")
    for _ in range(2):  # how they like their answer, and their name
        tap("button", "Carry on")
    tap("button", "No thanks")
    expect(page.locator("h1")).to_have_text("Is this right?")
    tap("button", "Send it now")
    record_property(f"bar 8, taps of the whole path ({'scripts' if scripts else 'no scripts'})", taps)
    assert taps <= 18


@BOTH
def test_something_good_takes_four_taps_from_the_question(visitor, scripts, record_property):
    page, taps = visitor(scripts), 0
    page.goto("/y/")
    press(page, page.get_by_role("button", name="Start"))
    press(page, page.get_by_role("link", name="OK, carry on"))
    for name in ("Something is good", "Someone helped me", "Carry on", "Send it now"):
        press(page, page.get_by_role("button", name=name, exact=True))
        taps += 1
    expect(page.locator("h1")).to_contain_text("Thank you")
    record_property(f"bar 8, taps to say that something is good ({'scripts' if scripts else 'no scripts'})", taps)


@BOTH
def test_a_childs_page_is_light_and_needs_no_script(visitor, scripts, record_property):
    page, heaviest, most = visitor(scripts), 0, 0
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    asked, received = {}, []
    session.on("Network.requestWillBeSent", lambda told: asked.update({told["requestId"]: told["request"]["url"]}))

    def keep(told):
        if not asked.get(told["requestId"], "data:").startswith("data:"):
            received.append(told["encodedDataLength"])

    session.on("Network.loadingFinished", keep)
    begin(page)
    for address in (*CHILD, "/y/4", "/y/6", *(f"/y/more/{slug}" for slug in QUESTIONS)):
        received.clear()
        page.goto(address, wait_until="networkidle")
        heaviest = max(heaviest, sum(received))
        most = max(most, len(received) - (address == "/film"))  # captions that are on by default come with the page
    record_property(
        f"bar 1, heaviest screen as it travels ({'scripts' if scripts else 'no scripts'})",
        f"{heaviest / 1024:.1f} KB in {most} request",
    )
    script = re.search(r"<script>(.*?)</script>", page.content(), re.S)[1]
    record_property("bar 3, optional script", f"{len(script.encode()) / 1024:.1f} KB before packing, nothing needs it")
    assert most == 1
    assert heaviest <= 30 * 1024


def test_nothing_shifts_and_nothing_blocks(visitor, record_property):
    page = visitor()
    page.add_init_script(
        "window.shift = 0; window.blocked = 0;"
        "new PerformanceObserver(l => { for (const e of l.getEntries()) window.shift += e.value })"
        ".observe({type: 'layout-shift', buffered: true});"
        "new PerformanceObserver(l => { for (const e of l.getEntries()) window.blocked += Math.max(0, e.duration - 50) })"
        ".observe({type: 'longtask', buffered: true})"
    )
    shift = 0
    begin(page)
    for address in CHILD:
        page.goto(address, wait_until="networkidle")
        shift = max(shift, page.evaluate("window.shift"))
    record_property("bar 6, layout shift", f"{shift:.3f}")
    assert shift == 0


def luminance(colour):
    def channel(value):
        value = value / 255
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    red, green, blue = (channel(int(part)) for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


COLOURS = """els => els.filter(e => e.offsetParent && [...e.childNodes].some(n => n.nodeType == 3 && n.textContent.trim()))
.map(e => { let b = e, c = 'rgba(0, 0, 0, 0)';
  while (b && c.endsWith(', 0)')) { c = getComputedStyle(b).backgroundColor; b = b.parentElement }
  return [getComputedStyle(e).color, c, e.textContent.trim().slice(0, 30)] })"""


def test_words_stand_out_from_what_is_behind_them(visitor, record_property):
    page, least = visitor(), 21.0
    begin(page)
    for address in CHILD:
        page.goto(address)
        for front, behind, words in page.locator("body *:not(script):not(style)").evaluate_all(COLOURS):
            one, other = (luminance(re.findall(r"\d+", colour)[:3]) + 0.05 for colour in (front, behind))
            ratio = max(one, other) / min(one, other)
            least = min(least, ratio)
            assert ratio >= 7, (address, words, ratio)
    record_property("bar 14, least contrast of words", f"{least:.1f} to 1")


BOXES = """els => els.filter(e => e.offsetParent && (e.matches('summary') || !e.closest('details:not([open])')))
.map(e => { const r = e.getBoundingClientRect();
  return [r.x, r.y, r.width, r.height, e.textContent.trim().slice(0, 30), getComputedStyle(e).display] })"""


def test_everything_to_tap_is_large_and_stands_apart(visitor, record_property):
    page, smallest, nearest = visitor(), 999.0, 999.0
    begin(page)
    for address in CHILD:
        page.goto(address)
        found = page.locator("a:not(.skip), button, textarea, summary, .tick, input[type=file], audio").evaluate_all(BOXES)
        boxes = [box for box in found if box[3] > 2]
        for x, y, width, height, words, _ in boxes:
            smallest = min(smallest, height)
            assert height >= 47.5, (address, words, height)
            for other in boxes:
                below = other[1] - (y + height)  # the next one down the page
                overlaps = other[0] < x + width and x < other[0] + other[2]
                if overlaps and -0.5 < below < nearest:
                    nearest = below
    record_property("bar 15, smallest target and nearest two", f"{smallest:.0f} px high, {nearest:.0f} px apart")
    assert nearest >= 7.5


def test_what_is_chosen_and_where_the_focus_is_show_without_colours(browser, server, record_property):
    context = browser.new_context(viewport={"width": 360, "height": 640}, base_url=server, forced_colors="active")
    page = context.new_page()
    begin(page)
    page.goto("/y/3")
    label = page.locator(".tick label").first
    before = label.evaluate("e => getComputedStyle(e).borderTopWidth")
    label.click()
    after = label.evaluate("e => getComputedStyle(e).borderTopWidth")
    page.keyboard.press("Tab")
    outline = page.evaluate("getComputedStyle(document.activeElement.nextElementSibling).outlineWidth")
    record_property("bar 18, border of what is chosen, and outline of the focus", f"{before} to {after}, {outline}")
    assert before != after
    assert outline != "0px"
    context.close()


def test_each_screen_is_one_question_with_a_title_of_its_own(visitor, record_property):
    page, titles = visitor(), {}
    begin(page)
    for address in CHILD:
        page.goto(address)
        assert page.locator("h1").count() == 1, address
        assert page.locator("main").count() == 1, address
        titles.setdefault(page.title(), []).append(page.locator("h1").inner_text())
    assert all(len(set(heads)) == 1 for heads in titles.values()), titles
    record_property("bar 21, screens, each with one heading and a title that is its own", len(CHILD))


def test_choices_have_their_names_and_states_for_a_screen_reader(visitor):
    page = visitor()
    begin(page)
    page.goto("/y/3")
    page.get_by_text("School").click()
    tree = page.locator("main").aria_snapshot()
    assert 'group "What is it about?"' in tree
    assert 'checkbox "School" [checked]' in tree
    assert 'checkbox "My social worker"' in tree
    page.goto("/y/4")
    press(page, page.get_by_role("button", name="Carry on"))


def test_an_error_is_announced_and_leads_to_its_box(visitor):
    page = visitor()
    page.goto("/y/")
    press(page, page.get_by_role("button", name="Start"))
    page.goto("/y/4")
    press(page, page.get_by_role("button", name="Carry on"))
    alert = page.get_by_role("alert", name="There is a problem")
    expect(alert).to_be_visible()
    assert page.title().startswith("Error:")
    alert.get_by_role("link").click()
    assert page.evaluate("document.activeElement.id") == "words"


@BOTH
def test_leave_is_in_view_on_every_screen_at_every_scroll(visitor, scripts, record_property):
    page = visitor(scripts)
    begin(page)
    for address in CHILD:
        page.goto(address)
        for _ in range(3):
            box = page.locator("a.leave").bounding_box()
            assert 0 <= box["y"] <= 640 - box["height"], address
            page.mouse.wheel(0, 400)
    record_property("bar 22, taps to leave from any screen", 1)


def drafts(server_log):
    path = next(Path(server_log).parent.glob("journey*/portal.db"))
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as base:
        return base.execute("select count(*) from drafts").fetchone()[0]


@BOTH
def test_leaving_wipes_the_draft_and_back_shows_nothing(visitor, scripts, tmp_path_factory):
    base = tmp_path_factory.getbasetemp() / "server.log"
    page = visitor(scripts)
    before = drafts(base)
    page.goto("/y/")
    press(page, page.get_by_role("button", name="Start"))
    page.goto("/y/4")
    page.get_by_label("Tell us more").fill("a very secret sentence")
    press(page, page.get_by_role("button", name="Carry on"))
    assert drafts(base) == before + 1
    page.get_by_role("link", name="Leave").click()
    page.wait_for_url("http://localhost:*/healthz")
    assert drafts(base) == before
    page.go_back()
    assert "a very secret sentence" not in page.content()


def test_three_times_shift_leaves_too(visitor):
    page = visitor()
    page.goto("/y/1")
    for _ in range(3):
        page.keyboard.press("Shift")
    page.wait_for_url("http://localhost:*/healthz")


@BOTH
def test_no_trace_is_left_but_one_cookie_for_the_session(visitor, scripts, server, record_property):
    page, asked = visitor(scripts), []
    page.on("request", lambda request: asked.append(request.url))
    page.on("response", lambda answer: answer.url.startswith(server) and stores(answer))
    core_path(page)
    cookies = page.context.cookies()
    record_property(
        "bar 23, cookies, and requests to others",
        f"{len(cookies)}, {sum(not url.startswith((server, 'data:')) for url in asked)}",
    )
    assert [(cookie["name"], cookie["expires"], cookie["httpOnly"]) for cookie in cookies] == [("session", -1, True)]
    assert all(url.startswith((server, "data:")) for url in asked)
    if scripts:
        kept = page.evaluate("[localStorage.length, sessionStorage.length]")
        assert kept == [0, 0]


def stores(answer):
    assert answer.headers.get("cache-control") == "no-store", answer.url


def test_titles_and_addresses_say_nothing(visitor, record_property):
    page, said = visitor(), []
    begin(page)
    for address in CHILD:
        page.goto(address)
        icon = page.locator("link[rel=icon]").get_attribute("href")
        said.append(f"{page.title()} {page.url.split('/', 3)[3]} {icon}".lower())
    found = [(word, line) for word in BANNED for line in said if word in line]
    record_property("bar 24, words that give a child away in titles, addresses and icons", len(found))
    assert found == []


def test_secret_words_and_answers_print_on_one_page_in_large_type(visitor, record_property):
    import io

    import pikepdf

    page = visitor(scripts=False)
    core_path(page)
    page.emulate_media(media="print")
    pages = len(pikepdf.open(io.BytesIO(page.pdf(format="A4"))).pages)
    size = page.locator("main p").first.evaluate("e => getComputedStyle(e).fontSize")
    record_property("bar 27, printed pages of the last screen, and its type", f"{pages}, {float(size[:-2]) * 0.75:.0f} pt")
    assert pages == 1
    assert not page.locator(".bar").is_visible()
    assert float(size[:-2]) * 0.75 >= 14


def test_the_core_path_has_one_required_answer(visitor, record_property):
    page = visitor()
    begin(page)
    page.goto("/y/4")
    needed = json.loads(page.evaluate("JSON.stringify([...document.querySelectorAll('[required]')].length)"))
    record_property("bar 10, answers that are needed", "1: a picture, or words, or a recording, or a photo")
    assert needed == 0
