"""`make pages OUT=…`: every page of a demo database as each colleague sees it, to compare before and after a change.

The clock stands still, and what is different at each call (tokens) is left out. Pages are followed by their links; each form
on a case is sent empty too, so that its refusal is among the pages. `diff -r` of two folders then says what a change did.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import deque
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

ROOT = Path(__file__).parents[1]
MAX_SHOWN = 900  # pages for each colleague
LINK, FORM, ACTION = (
    re.compile(r'(?:href|src)="(/[^"#]*)'),
    re.compile(r'<form[^>]*method="post"[^>]*>'),
    re.compile(r'action="([^"]*)"'),
)
LEFT_OUT = re.compile(r"sign-out|sign-in|/static/|\.zip|\.mp4|/sound/|/bundle|/cards/.*\.(pdf|svg|zip)")
TOKEN = re.compile(r'(name="(?:csrf_token|once|opened|form_mark|seen)"[^>]*value=")[^"]*|(nonce[-=]"?)[A-Za-z0-9+/_=-]+')
VALUE_FIRST = re.compile(r'(value=")[^"]*("[^>]*name="(?:csrf_token|once)")')


def stand_still(at: datetime) -> None:
    """Stop the portal's clock, which asks the time in one place only."""
    from portal import clock

    class Still(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> "Still":
            return cls.fromtimestamp(at.timestamp(), tz)

    vars(clock)["datetime"] = Still


def plain(body: bytes) -> str:
    """A page without what differs at each call."""
    told = VALUE_FIRST.sub(r"\1\2", TOKEN.sub(lambda found: found[1] or found[2] or "", body.decode(errors="replace")))
    return re.sub(r'data-visit="[0-9a-f]+"', "", told)


def token_of(page: str) -> str:
    """The token that forms of a page carry; empty when it has no form."""
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    return found[1] if found else ""


def keep(out: Path, name: str, status: int, body: bytes, kind: str) -> str:
    """Write one page down under its address; of what is no text, only its kind."""
    told = plain(body) if "text" in kind or "json" in kind else f"{kind}\n"
    place = out / (re.sub(r"[^A-Za-z0-9_.=-]+", "~", name).strip("~")[:150] or "front")
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(f"{status}\n{told}")
    return told


def follow(client: Any, out: Path, begin: str, within: str) -> int:
    """Follow the links from a page and write every page down; then send each form of a case empty. Returns how many."""
    queue, seen, forms, token = deque([begin]), {begin}, set(), ""
    while queue and len(seen) < MAX_SHOWN:
        address = queue.popleft()
        answer = client.get(address)
        told = keep(out, f"get {address}", answer.status_code, answer.data, answer.content_type or "")
        if "html" not in (answer.content_type or ""):
            continue
        links = [*LINK.findall(told.replace("&amp;", "&")), answer.headers.get("Location", "")]
        for link in links:
            if link.startswith(within) and link not in seen and not LEFT_OUT.search(link):
                seen.add(link)
                queue.append(link)
        token = token_of(answer.text) or token
        if address.startswith("/staff/cases/"):
            forms |= {urljoin(address, "".join(ACTION.findall(form))) for form in FORM.findall(told)}
    for address in sorted(forms - {"/staff/sign-out"}):
        answer = client.post(address, data={"csrf_token": token})
        keep(out, f"post {address}", answer.status_code, answer.data, answer.content_type or "")
    return len(seen) + len(forms)


def load(database: Path) -> None:
    """Make a database and play the demo year into it."""
    told = os.environ | {"PORTAL_DEMO": "1", "PORTAL_DATABASE_URL": f"sqlite:///{database}"}
    for words in (("db", "upgrade"), ("demo", "load", "--if-empty")):
        command = (sys.executable, "-m", "flask", "--app", "wsgi", *words)
        subprocess.run(command, check=True, cwd=ROOT, env=told, capture_output=True)


def main() -> None:
    """Load or copy a demo database, stand still, and write every page down, colleague by colleague.

    Words: the folder; a demo database to copy and the moment to stand still at (ISO), for a second run over the same data.
    """
    from portal.clock import now

    out, known = Path(sys.argv[1]), sys.argv[2:]
    kept = Path(known[0]) if known else out.with_suffix(".db").resolve()
    at = datetime.fromisoformat(known[1]) if known else now()
    if not known:
        load(kept)
    place = Path(tempfile.mkdtemp(prefix="your-say-pages-"))
    os.environ |= {"PORTAL_DEMO": "1", "PORTAL_DATABASE_URL": f"sqlite:///{place / 'portal.db'}"}
    stand_still(at)
    write_down(out, kept, place / "portal.db")
    shutil.rmtree(place)
    print(f"The same data once more: tools/pages.py OTHER {kept} {at.isoformat()}")


def write_down(out: Path, kept: Path, database: Path) -> None:
    """Write down the pages for the public, and then those of each colleague, who finds the data as it was."""
    from sqlalchemy import select

    from portal.app import create_app
    from portal.database import db
    from portal.demo.people import DEMO_PASSWORD
    from portal.people.models import Person

    shutil.copy(kept, database)
    app = create_app()
    app.config["RATELIMIT_ENABLED"] = False
    with app.app_context():
        people = [(one.id, one.name, one.email) for one in db.session.scalars(select(Person).order_by(Person.id))]
    for begin in ("/", "/y/", "/complain/", "/helping/", "/thanks", "/y/back"):
        place = out / "public" / (begin.strip("/").replace("/", "-") or "front")
        print(begin, follow(app.test_client(), place, begin, begin))
    for number, name, email in people:
        shutil.copy(kept, database)
        client = app.test_client()
        typed = {"email": email, "password": DEMO_PASSWORD, "csrf_token": token_of(client.get("/staff/sign-in").text)}
        assert client.post("/staff/sign-in", data=typed).status_code == 302, name
        print(name, follow(client, out / f"{number:02}", "/staff/queue", "/staff/"))
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main()
