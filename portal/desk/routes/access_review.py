"""AccessReview access: readings with a reason, out of hours, of very many cases, and knocks at closed doors."""

from datetime import timedelta

from flask import render_template
from flask.typing import ResponseReturnValue

from portal.audit.queries import entries_since
from portal.cases.events import CASE_NOT_FOUND, CASE_READ, CASES_SEARCHED
from portal.cases.opened import viewer
from portal.cases.queries import references_of
from portal.clock import now
from portal.desk.access_review import Look, review_access
from portal.desk.routes.blueprint import desk
from portal.people.access import needs
from portal.people.queries import names_of
from portal.people.roles import Permission

SHOWN_DAYS, MAX_SHOWN = 30, 100


@desk.get("/unusual-access")
@needs(Permission.SEE_WHO_LOOKED)
def unusual_access() -> ResponseReturnValue:
    """The last thirty days. A case that this person may not know of is not shown here either."""
    entries = entries_since((CASE_READ, CASE_NOT_FOUND, CASES_SEARCHED), now() - timedelta(days=SHOWN_DAYS))
    looks = [
        Look(entry.event, entry.by_id, entry.at, entry.about, entry.facts.get("why", "")) for entry in entries if entry.by_id
    ]
    found = review_access(looks)
    listed = (*found.with_reason[:MAX_SHOWN], *found.out_of_hours[:MAX_SHOWN])
    numbers = {int(look.about.removeprefix("case/")) for look in listed}
    return render_template(
        "desk/unusual_access.html",
        found=found,
        most=MAX_SHOWN,
        days=SHOWN_DAYS,
        references={f"case/{key}": name for key, name in references_of(sorted(numbers), viewer()).items()},
        names=names_of({look.by_id for look in looks}),
    )
