"""Filling in forms as a browser does: the page is fetched, its fields are read, and what is given is changed."""

import re
from html import unescape
from html.parser import HTMLParser
from urllib.parse import urljoin

from sqlalchemy import event

from portal.database import db


class _Forms(HTMLParser):
    def __init__(self):
        super().__init__()
        self.forms, self.area, self.select = [], None, None

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "form":
            self.forms.append((given.get("action", "") if given.get("method") == "post" else "a search", {}))
        elif not self.forms:
            return
        elif tag == "input" and given.get("name"):
            if given.get("type") not in ("checkbox", "radio") or "checked" in given:
                self.forms[-1][1].setdefault(given["name"], []).append(given.get("value", "on"))
        elif tag == "textarea":
            self.area = given["name"]
            self.forms[-1][1][self.area] = [""]
        elif tag == "select":
            self.select = given["name"]
        elif tag == "option" and self.select and ("selected" in given or self.select not in self.forms[-1][1]):
            self.forms[-1][1][self.select] = [given.get("value", "")]

    def handle_endtag(self, tag):
        if tag == "textarea":
            self.area = None
        if tag == "select":
            self.select = None

    def handle_data(self, data):
        if self.area:
            self.forms[-1][1][self.area][0] += data


AS_IT_IS = r'(<textarea.*?</textarea>|<script.*?</script>|value="[^"]*")'
LINE_END = re.compile(AS_IT_IS + r"|(?<=[^>\s])[ \t]*\n\s*(?=[^<\s])", re.DOTALL)


def page_of(answer):
    """A page as a browser reads it: a line that ends within words or a tag is a space.

    What was typed, a script, and a file that is no page stay as they are.
    """
    text = answer.get_data(as_text=True)
    if answer.mimetype != "text/html":
        return text
    return LINE_END.sub(lambda found: found[1] or " ", text)


def page_at(client, address):
    """The page at an address; past the blank one that leads to it when it first forgets who was there."""
    answer = client.get(address)
    return page_of(client.get("/left", follow_redirects=True) if "Refresh" in answer.headers else answer)


def form_on(page, address, action=None):
    """The form of a page that posts to an address (the page's own unless said), with its fields as they stand."""
    reader = _Forms()
    reader.feed(page)
    wanted = urljoin(address, action or address)
    bare = wanted.split("?")[0]
    found = [fields for where, fields in reader.forms if urljoin(address, where or address).split("?")[0] == bare]
    assert found, f"no form to {wanted} on {address}"
    return found[0]


def fill_in(client, address, action=None, /, follow=False, **changed):
    """Fetch a page, change some answers of one of its forms, and send it."""
    fields = form_on(page_of(client.get(address)), address, action)
    fields.update({name: value if isinstance(value, list) else [value] for name, value in changed.items()})
    return client.post(urljoin(address, action or address), data=fields, follow_redirects=follow)


def errors_on(page):
    """The sentences of the error summary."""
    found = re.search(r'class="(?:error|summary)".*?</div>', page, re.S)
    return unescape(re.sub(r"<[^>]+>", " ", found.group())).split("There is a problem")[1].strip() if found else ""


def open_with_reason(client, reference):
    """Open a case that is with someone else, as its page asks: with a reason."""
    address = f"/staff/cases/{reference}"
    return fill_in(client, address, f"{address}/why", why="standing_in")


def queries_of(app, client, address, sends=None):
    """How often a page asks the database, or takes what is sent to it."""
    seen = []
    with app.app_context():
        engine = db.engine

    def note(connection, cursor, statement, *rest):
        seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    client.get(address) if sends is None else client.post(address, data=sends)
    event.remove(engine, "before_cursor_execute", note)
    return len(seen)
