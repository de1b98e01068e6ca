"""Every page is inspected: valid shape, one heading, a title, names for everything, errors that lead to their field."""

import gzip
import re
from html.parser import HTMLParser

import pytest

from portal.doors.child.forms.more import QUESTIONS
from portal.people.roles import Role
from portal.web.headers import STATIC, content_policy
from tests.factories.cases import a_case, in_stage_1
from tests.factories.people import a_person
from tests.factories.web import fill_in, open_with_reason, page_at, page_of

VOID = {"meta", "link", "input", "br", "path", "track", "source", "rect", "circle"}
CHILD = (
    "/y/",
    "/c/7kq2",
    "/y/1",
    "/y/2",
    "/y/3",
    "/y/4",
    "/y/5",
    "/y/6",
    "/y/7",
    "/y/find",
    "/y/who",
    "/y/side",
    "/y/now",
    "/y/ask-side",
    "/y/back",
    "/y/still",
    *(f"/y/more/{slug}" for slug in QUESTIONS),
    "/help",
    "/card",
    "/film",
    "/film/story",
    "/leaflet",
)
PUBLIC = (
    "/",
    "/you-said",
    "/complain/",
    "/helping/",
    "/helping/visit",
    "/complain/back",
    "/helping/sorted",
    "/thanks",
    "/thanks/sent",
    "/t/desk",
    "/complain/check",
    "/staff/sign-in",
    "/nowhere",
)
STEPS = tuple(f"/complain/{slug}" for slug in "link child what when team talked court right views contact name".split())
HELPING = tuple(f"/helping/{slug}" for slug in "who knows words wants reply you".split())
STAFF = (
    "/staff/queue",
    "/staff/recovery-codes",
    "/staff/log",
    "/staff/compliments/",
    "/staff/compliments/?show=waiting",
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


class Shape(HTMLParser):
    """What a page is made of."""

    def __init__(self):
        super().__init__()
        self.open, self.ids, self.labels, self.controls, self.links, self.headings, self.nested = (
            [],
            [],
            set(),
            [],
            [],
            [],
            [],
        )
        self.forms, self.outside = [], []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if "id" in given:
            self.ids.append(given["id"])
        if tag == "label":
            self.labels.add(given.get("for"))
        if tag == "form":
            self.forms.append(given)
        if tag in ("input", "textarea", "select") and given.get("type") != "hidden":
            self.controls.append(given)
            self.outside += [given] if "form" not in self.open else []
        if tag == "a" and given.get("href", "").startswith("#"):
            self.links.append(given["href"][1:])
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag not in VOID and tag not in ("circle",):
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        pass

    def handle_endtag(self, tag):
        assert self.open, f"</{tag}> closes nothing"
        last = self.open.pop()
        assert last == tag, f"</{tag}> closes <{last}>"


def inspect(page):
    shape = Shape()
    shape.feed(page)
    assert shape.open == [], f"left open: {shape.open}"
    assert shape.headings.count(1) == 1, f"{shape.headings.count(1)} main headings"
    titles = re.findall(r"<title>(.+?)</title>", page)
    assert len(titles) == 1
    assert re.search(r"[Yy]our [Ss]ay$", titles[0])
    assert len(shape.ids) == len(set(shape.ids)), f"ids twice: {[one for one in shape.ids if shape.ids.count(one) > 1]}"
    for control in shape.controls:
        assert control.get("id") in shape.labels or control.get("aria-label"), f"no label: {control}"
        for described in (control.get("aria-describedby") or "").split():
            assert described in shape.ids, f"{described} describes nothing"
    assert not set(shape.links) - set(shape.ids), f"links to nowhere on the page: {set(shape.links) - set(shape.ids)}"
    assert " style=" not in page
    assert "onclick" not in page
    return shape


@pytest.mark.parametrize("address", CHILD + PUBLIC + STEPS + HELPING)
def test_a_public_page_has_a_good_shape(begun, address):
    inspect(page_at(begun, address))


@pytest.mark.parametrize(
    "address", ["/y/4", "/y/back", "/thanks", "/complain/link", "/complain/contact", "/helping/words", "/helping/you"]
)
def test_a_page_with_errors_has_a_good_shape(begun, address):
    page = page_of(fill_in(begun, address))
    inspect(page)
    assert "<title>Error: " in page
    assert 'role="alert"' in page


ABOUT_THEMSELVES = {
    *(f"/complain/contact {name}" for name in ("email", "phone", "post")),
    *(f"/helping/you {name}" for name in ("email", "phone", "post", "name", "organisation")),
    "/complain/name name",
}


@pytest.mark.parametrize("address", CHILD + PUBLIC + STEPS + HELPING)
def test_no_browser_fills_a_public_form_in_again(begun, address):
    """A form says so for all that is in it; a field says otherwise only where an adult tells about themselves."""
    if address == "/staff/sign-in":
        return
    shape = inspect(page_at(begun, address))
    assert all(form.get("autocomplete") == "off" for form in shape.forms), shape.forms
    assert shape.outside == [], "a field without a form"
    filled = {f"{address} {one['name']}" for one in shape.controls if one.get("autocomplete", "off") != "off"}
    assert filled <= ABOUT_THEMSELVES
    if any(one.startswith(f"{address} ") for one in ABOUT_THEMSELVES):
        assert filled == {one for one in ABOUT_THEMSELVES if one.startswith(f"{address} ")}


@pytest.mark.parametrize("address", STAFF)
def test_a_staff_page_has_a_good_shape(staff, address):
    inspect(page_of(staff().get(address)))


def test_the_pages_of_a_case_have_a_good_shape(app, staff):
    officer = staff()
    with app.app_context():
        by_id = a_person(Role.CUSTOMER_RELATIONS).id
        fresh, running = a_case().reference, in_stage_1(by_id).reference
    inspect(page_of(officer.get(f"/staff/cases/{fresh}")))
    inspect(page_of(officer.get(f"/staff/cases/{running}")))
    inspect(page_of(fill_in(officer, f"/staff/cases/{running}", f"/staff/cases/{running}/why")))
    open_with_reason(officer, running)
    for page in (
        "",
        "/allocate",
        "/extend",
        "/answer",
        "/check",
        "/send",
        "/tell",
        "/parts/1",
        "/parts/new",
        "/parts/1/decide",
        "/who",
    ):
        inspect(page_of(officer.get(f"/staff/cases/{running}{page}")))
    inspect(page_of(fill_in(officer, f"/staff/cases/{running}/extend")))
    inspect(page_of(fill_in(officer, f"/staff/cases/{fresh}", f"/staff/cases/{fresh}/safeguarding")))


@pytest.mark.parametrize(
    ("role", "address"), [(Role.CUSTOMER_RELATIONS_LEAD, "/staff/unusual-access"), (Role.ADMINISTRATOR, "/staff/people/")]
)
def test_the_pages_of_the_lead_and_the_administrator_have_a_good_shape(staff, role, address):
    client = staff(role)
    inspect(page_of(client.get(address)))
    if role is Role.ADMINISTRATOR:
        inspect(page_of(fill_in(client, address)))
        inspect(page_of(client.get("/staff/people/1")))


@pytest.mark.parametrize("address", CHILD)
def test_a_childs_page_is_one_small_request(begun, address):
    answer = begun.get(address)
    page = page_of(answer)
    assert len(gzip.compress(answer.data)) <= 14 * 1024
    assert not re.search(
        r'<(?:script src|img|link rel="stylesheet"|iframe|(?:video|audio)(?![^>]* preload="none"))|url\(|@import', page
    )


@pytest.mark.parametrize("address", PUBLIC + STAFF)
def test_an_adults_page_with_its_style_is_under_60_kilobytes(staff, address, record_property):
    client = staff()
    size = len(client.get(address).data) + (STATIC / "css" / "portal.css").stat().st_size
    record_property("bar 2, an adult's page with its style", f"{size / 1024:.0f} KB or less")
    assert size <= 60 * 1024


def test_the_policy_lets_nothing_run_that_is_not_ours(client):
    policy = client.get("/y/").headers["Content-Security-Policy"]
    assert policy == content_policy()
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy


def test_no_page_of_a_child_has_a_telling_title_or_address(begun):
    told = ("complaint", "abuse", "social", "safeguard", "worker", "danger")
    for address in CHILD:
        page = page_of(begun.get(address))
        title = re.search(r"<title>(.+?)</title>", page)[1].lower()
        assert not any(word in title + address for word in told), title
