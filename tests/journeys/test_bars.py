"""The bars of a child's pages, measured in a real browser: axe, sizes, reflow, targets, keyboard, leaving no trace."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from portal.doors.child.forms.more import QUESTIONS

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "wcag2aaa", "best-practice"]
CHILD = (
    "/y/",
    "/c/7kq2",
    "/y/1",
    "/y/2",
    "/y/3",
    "/y/5",
    "/y/find",
    "/y/who",
    "/y/side",
    "/y/now",
    "/y/ask-side",
    "/y/back",
    "/y/still",
    "/y/4",
    *(f"/y/more/{slug}" for slug in QUESTIONS),
    "/help",
    "/card",
    "/film",
    "/film/story",
    "/leaflet",
    "/y/nowhere",
)
PUBLIC = (
    "/",
    "/complain/",
    "/complain/when",
    "/complain/contact",
    "/helping/",
    "/helping/visit",
    "/complain/back",
    "/helping/sorted",
    "/helping/words",
    "/thanks",
    "/staff/sign-in",
    "/you-said",
)
STAFF = (
    "/staff/queue",
    "/staff/recovery-codes",
    "/staff/log",
    "/staff/compliments/",
    "/staff/compliments/?show=waiting",
    "/staff/compliments/1",
    "/staff/compliments/digest",
    "/staff/compliments/wall",
    "/staff/compliments/mine",
    "/staff/compliments/posters",
    "/staff/log/many",
    "/staff/email/",
    "/staff/reports/thanks",
    "/staff/cards/",
    "/staff/cards/handed-out",
    "/staff/cards/funnel",
    "/staff/reports/voices",
    "/staff/reports/annual?year=2022-23",
    "/staff/forecast",
    "/staff/learning/",
    "/staff/independent-people/",
    "/staff/independent-people/new",
    "/staff/second-looks",
    "/staff/counted-again",
    "/staff/stored-answers",
)
SIZES = ((360, 640), (320, 256))


def begin(page):
    """Begin at the child's door, as a page of it that is typed into needs."""
    page.goto("/y/")
    press(page, page.locator("main form:not(.languages form) button").last)


def violations(page):
    found = Axe().run(page, options={"runOnly": TAGS}).response["violations"]
    return [(one["id"], [node["target"] for node in one["nodes"]][:3]) for one in found]


def press(page, locator):
    """Press something that leads to another page, and wait until that page is there with its style."""
    with page.expect_navigation(wait_until="load"):
        locator.click()


def reflows(page):
    return page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


@pytest.fixture
def page_at(browser, server):
    contexts = []

    def at(width, height, **more):
        context = browser.new_context(viewport={"width": width, "height": height}, base_url=server, **more)
        context.set_default_timeout(10_000)
        contexts.append(context)
        return context.new_page()

    yield at
    for context in contexts:
        context.close()


def walk_child(page):
    """Every screen of the core path that needs an answer first, with an error on the way."""
    page.goto("/y/")
    press(page, page.get_by_role("button", name="Start"))
    press(page, page.get_by_role("link", name="OK, carry on"))
    press(page, page.get_by_role("button", name="Something is wrong"))
    press(page, page.get_by_role("button", name="Carry on"))
    press(page, page.get_by_role("button", name="Carry on"))
    yield "words with an error"
    page.get_by_label("Tell us more").fill("أريد أن أرى أمي. i want to see my mum")
    press(page, page.get_by_role("button", name="Carry on"))
    yield "check"
    press(page, page.get_by_role("button", name="Send it now"))
    yield "sent"
    secret = page.locator(".secret").inner_text()
    page.goto("/y/back")
    page.get_by_label("Type your secret words").fill("no such words here")
    press(page, page.get_by_role("button", name="Carry on"))
    yield "secret words with an error"
    page.get_by_label("Type your secret words").fill(secret)
    press(page, page.get_by_role("button", name="Carry on"))
    yield "answer"


@pytest.mark.parametrize("size", SIZES)
def test_axe_finds_nothing_on_a_childs_pages_and_they_reflow(page_at, size, record_property):
    page = page_at(*size)
    begin(page)
    for address in CHILD:
        page.goto(address)
        assert violations(page) == [], address
        assert reflows(page), address
    for screen in walk_child(page):
        assert violations(page) == [], screen
        assert reflows(page), screen
    record_property(f"bar 13, axe on a child's screens at {size[0]} x {size[1]}", f"0 on {len(CHILD) + 5}")
    record_property(f"bar 16, screens that scroll sideways at {size[0]} x {size[1]}", 0)


def test_axe_finds_nothing_in_forced_colours_and_reduced_motion(page_at, record_property):
    page = page_at(360, 640, forced_colors="active", reduced_motion="reduce")
    begin(page)
    for address in CHILD:
        page.goto(address)
        assert violations(page) == [], address
    moving = page.evaluate("document.getAnimations().length")
    record_property("bar 19, animations with reduced motion", moving)
    assert moving == 0


@pytest.mark.parametrize("code", ["ar", "cy", "ur"])
def test_axe_finds_nothing_in_other_languages_from_either_side_and_with_errors(page_at, code, record_property):
    page = page_at(360, 640)
    page.goto("/y/")
    page.locator("details.languages summary").click()
    press(page, page.locator(f"button[value={code}]"))
    begin(page)
    for address in CHILD:
        page.goto(address)
        assert page.locator("html").get_attribute("lang") == code
        assert violations(page) == [], address
        assert reflows(page), address
    page.goto("/y/4")
    press(page, page.locator("form button.main"))
    assert violations(page) == []
    record_property(f"bar 13, axe in {code}", f"0 on {len(CHILD) + 1}")


@pytest.mark.parametrize("size", [(360, 640), (1280, 900)])
def test_axe_finds_nothing_on_public_pages_also_with_errors(page_at, size):
    page = page_at(*size)
    for address in PUBLIC:
        if address in ("/complain/", "/helping/", "/helping/visit"):
            page.context.clear_cookies()
        page.goto(address)
        if address in ("/complain/", "/helping/"):
            press(page, page.get_by_role("button", name="Start now"))
            page.goto(address)
        assert violations(page) == [], address
        assert reflows(page), address
    for address, button in (("/thanks", "Send thanks"), ("/complain/contact", "Continue"), ("/helping/words", "Continue")):
        if address != "/thanks":
            page.goto(f"/{address.split('/')[1]}/")
            press(page, page.get_by_role("button", name="Start now"))
        page.goto(address)
        press(page, page.get_by_role("button", name=button))
        assert violations(page) == [], f"{address} with errors"


@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_on_the_desk(sign_in, width):
    page = sign_in("officer")
    page.set_viewport_size({"width": width, "height": 900})
    for address in STAFF:
        page.goto(address)
        assert violations(page) == [], address
        assert reflows(page), address
    for show in ("to_read", "stage_1", "closed"):
        page.goto(f"/staff/queue?show={show}")
        press(page, page.locator("tbody tr th a").first)
        assert violations(page) == [], show
        assert reflows(page), show


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize(
    ("who", "address"),
    [("lead", "/staff/unusual-access"), ("lead", "/staff/hand-over"), ("admin", "/staff/people/"), ("lead", "who")],
)
def test_axe_finds_nothing_where_it_is_said_who_may_see_what(sign_in, width, who, address):
    page = sign_in(who)
    page.set_viewport_size({"width": width, "height": 900})
    if address == "who":
        page.goto("/staff/queue?show=to_read")
        press(page, page.locator("tbody tr th a").first)
        press(page, page.get_by_role("link", name="Who may see it"))
    else:
        page.goto(address)
    assert violations(page) == []
    assert reflows(page)


@pytest.mark.parametrize("address", ["/c/7kq2", "/y/1", "/y/2", "/y/3", "/help"])
def test_a_childs_page_is_one_request_of_a_few_kilobytes(page_at, address):
    page, asked = page_at(360, 640), []
    begin(page)
    page.on("requestfinished", lambda request: asked.append(request))
    page.goto(address, wait_until="networkidle")
    wire = [request for request in asked if not request.url.startswith("data:")]
    assert len(wire) == 1
    assert wire[0].sizes()["responseBodySize"] <= 14 * 1024


def test_everything_to_tap_is_large_enough(page_at):
    page = page_at(360, 640)
    small = (
        "els => els.filter(e => e.offsetParent).map(e => [e.textContent.trim(), e.getBoundingClientRect()])"
        ".filter(([t, r]) => r.height > 0 && r.height < 47.5 && r.width > 2).map(([t, r]) => t + ' ' + r.height)"
    )
    begin(page)
    for address in CHILD:
        page.goto(address)
        assert page.locator("a:not(.skip), button, textarea, summary, .tick label").evaluate_all(small) == [], address


def test_the_bar_stays_in_view_and_lets_go_on_a_very_short_screen(page_at):
    page = page_at(360, 640)
    begin(page)
    page.goto("/y/3")
    page.mouse.wheel(0, 5000)
    assert page.locator(".leave").bounding_box()["y"] >= 0
    short = page_at(320, 256)
    begin(short)
    short.goto("/y/3")
    assert short.locator(".bar").evaluate("bar => getComputedStyle(bar).position") == "static"


def test_the_keyboard_reaches_everything_and_the_bar_never_hides_it(page_at):
    page = page_at(360, 640)
    begin(page)
    page.goto("/y/3")
    seen = []
    for _ in range(16):
        page.keyboard.press("Tab")
        top, bottom, name = page.evaluate(
            "(() => { const e = document.activeElement, r = e.getBoundingClientRect(),"
            " b = document.querySelector('.bar').getBoundingClientRect();"
            " return [r.bottom, e.closest('.bar, .skip') ? 0 : b.bottom, e.id || e.textContent.trim()] })()"
        )
        seen.append(name)
        assert top > bottom, name
    assert seen[:3] == ["Skip to the words", "Leave", "Get help"]
    assert "Carry on" in seen


def test_leave_is_one_tap_and_back_shows_nothing(page_at):
    page = page_at(360, 640, java_script_enabled=False)
    page.goto("/y/")
    page.get_by_role("button", name="Start").click()
    page.goto("/y/4")
    page.get_by_label("Tell us more").fill("a very secret sentence")
    page.get_by_role("button", name="Carry on").click()
    expect(page.locator("main")).to_contain_text("a very secret sentence")
    page.get_by_role("link", name="Leave").click()
    page.wait_for_url("http://localhost:*/healthz")
    page.go_back()
    expect(page.locator("main")).not_to_contain_text("a very secret sentence")


def test_text_spacing_and_double_size_cut_nothing_off(page_at, record_property):
    page = page_at(360, 640)
    begin(page)
    for address in CHILD:
        page.goto(address)
        page.evaluate(
            "for (const e of document.querySelectorAll('*'))"
            " Object.assign(e.style, {letterSpacing: '.12em', wordSpacing: '.16em', lineHeight: '1.5'})"
        )
        assert reflows(page), address
    page = page_at(640, 640)
    begin(page)
    page.goto("/y/3")
    page.evaluate("document.body.style.fontSize = '40px'")
    assert reflows(page)
    record_property("bar 17, screens that text spacing or double size cut off", 0)


def test_a_new_batch_can_be_printed_and_its_address_leads_in(sign_in):
    page = sign_in("officer")
    page.goto("/staff/cards/")
    page.get_by_label("Team that hands them out").fill("Children in Need")
    page.get_by_label("How many cards").fill("50")
    press(page, page.get_by_role("button", name="Make a batch"))
    link = page.get_by_role("link", name="Ten on A4").first.get_attribute("href")
    assert page.request.get(link).body().startswith(b"%PDF-")
    code = page.locator("tbody tr td").first.inner_text()
    page.goto(f"/C/{code}")
    expect(page.locator("h1")).to_have_text("Tell us what you think")
