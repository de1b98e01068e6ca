"""Pages that use thanks: the digest for the Social Work Forum, the wall, and each colleague's own portfolio."""

from datetime import date, timedelta

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from portal.clock import today
from portal.compliments.digest import digest_of, on_paper, portfolio_of, quote_of
from portal.compliments.queries import compliments_received_between, passed_on_in, passed_on_to, quotable_between
from portal.compliments.routes.blueprint import compliments
from portal.keys.opening import those_that_open
from portal.people.access import me, needs
from portal.people.models import Person
from portal.people.queries import people_by_ids, person_by_id, with_everyone_below
from portal.people.roles import Permission
from portal.printing import CannotBePrinted, thanks_pdf
from portal.web.downloads import pdf
from portal.web.errors import error_page
from portal.web.settings import council

MONTHS_BACK, ON_THE_WALL = 24, 90


@compliments.get("/digest")
@needs(Permission.READ_COMPLIMENTS)
def digest() -> ResponseReturnValue:
    """A month's thanks, by team, with what may be quoted: to read out, or on paper."""
    months = months_before(today())
    month = next((one for one in months if f"{one:%Y-%m}" == request.args.get("month")), months[0])
    found = digest_of(those_that_open(compliments_received_between(month, last_of(month))))
    if request.args.get("format") == "pdf":
        lead = f"{found.total} thank-yous came to us in {month:%B %Y}."
        return paper(
            on_paper(f"Thank you: {month:%B %Y}", lead, council().name, found, found.quotes), f"thanks-{month:%Y-%m}"
        )
    return render_template("compliments/digest.html", digest=found, month=month, months=months)


@compliments.get("/wall")
@needs(Permission.LOG)
def wall() -> ResponseReturnValue:
    """What people said of us in the last three months: for a screen in the office, or to smile at."""
    since = today() - timedelta(days=ON_THE_WALL)
    quotes = [(one, quote_of(one)) for one in those_that_open(quotable_between(since, today()))]
    teams = sorted({one.team_name for found, _ in quotes for one in found.for_whom if one.team_name})
    chosen = request.args.get("team", "")
    shown = [quote for found, quote in quotes if not chosen or chosen in {one.team_name for one in found.for_whom}]
    return render_template("compliments/wall.html", quotes=shown, teams=teams, chosen=chosen)


@compliments.get("/mine")
@needs(Permission.LOG)
def mine() -> ResponseReturnValue:
    """One's own thanks, or those of someone whom one manages: for supervision and progression."""
    whom = _asked_for()
    quotes = portfolio_of(those_that_open(passed_on_to(whom.id)), whom.name)
    if request.args.get("format") == "pdf":
        lead = (
            f"What families, children and colleagues said of {whom.name}. Names that may tell who a family is are taken out."
        )
        return paper(on_paper(f"Thanks for {whom.name}", lead, council().name, None, quotes), "thanks-portfolio")
    line = [person for person in people_by_ids(with_everyone_below(me().id)) if person.id != me().id and person.active]
    this_year = passed_on_in([one.id for one in line], today() - timedelta(days=365), today())
    return render_template("compliments/mine.html", whom=whom, quotes=quotes, line=line, this_year=this_year, me=me())


def _asked_for() -> Person:
    asked = request.args.get("of", "")
    if not asked:
        return me()
    if not asked.isascii() or not asked.isdigit() or int(asked) not in with_everyone_below(me().id):
        abort(403)
    return person_by_id(int(asked)) or abort(404)


def paper(told: dict[str, object], name: str) -> ResponseReturnValue:
    """A page on paper; letters that no font here has are told instead."""
    try:
        return pdf(thanks_pdf(told), name)
    except CannotBePrinted as trouble:
        return error_page(409, "This cannot be printed", str(trouble))


def months_before(on: date) -> list[date]:
    """The first day of this month and of those before it, newest first."""
    counted = on.year * 12 + on.month - 1
    return [date((counted - back) // 12, (counted - back) % 12 + 1, 1) for back in range(MONTHS_BACK)]


def last_of(month: date) -> date:
    """The last day of a month."""
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
