"""Pages about many cases: what will be late, dates that moved, second looks, handing everything over."""

from datetime import timedelta

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from portal.audit.queries import entries_since
from portal.cases.events import CLOSED_LEFT, DATE_COUNTED_AGAIN
from portal.cases.first_page import Notice, above_the_queue
from portal.cases.next_actions import NEXT
from portal.cases.opened import viewer
from portal.cases.queries import references_of
from portal.clock import now, today
from portal.desk.forecast import TARGET, expected_late, stage_2_late, target_so_far
from portal.desk.routes.blueprint import desk
from portal.people.access import may, me, needs
from portal.people.queries import names_of
from portal.people.requests import open_requests
from portal.people.roles import Permission
from portal.triage.services.second_looks import drawn_for, looks_at

SHOWN_DAYS = 90


@desk.get("/forecast")
@needs(Permission.ANSWER)
def forecast() -> ResponseReturnValue:
    """What will be late this week and why, and the target so far."""
    who = viewer()
    rows = expected_late(who)
    facts = {"rows": rows, "target": target_so_far(who), "goal": TARGET, "late_2": stage_2_late(who)}
    names = names_of({row.case.assignee_id for row in rows if row.case.assignee_id})
    return render_template("desk/forecast.html", names=names, NEXT=NEXT, **facts)


@desk.get("/counted-again")
@needs(Permission.TRIAGE)
def counted_again() -> ResponseReturnValue:
    """Every date that moved because the calendar changed."""
    entries = entries_since((DATE_COUNTED_AGAIN,), now() - timedelta(days=SHOWN_DAYS))
    numbers = sorted({int(entry.about.removeprefix("case/")) for entry in entries})
    references = {f"case/{key}": name for key, name in references_of(numbers, viewer()).items()}
    left = entries_since((CLOSED_LEFT,), now() - timedelta(days=SHOWN_DAYS))
    return render_template("desk/counted_again.html", entries=entries, references=references, left=left)


@desk.get("/second-looks")
@needs(Permission.TRIAGE)
def second_looks() -> ResponseReturnValue:
    """A few decisions of last month, drawn by chance, for someone who took no part in them."""
    last_month = today().replace(day=1) - timedelta(days=1)
    cases = drawn_for(last_month, viewer())
    taken = looks_at([case.id for case in cases])
    names = names_of({look.by_id for look in taken.values()})
    return render_template("triage/second_looks.html", cases=cases, taken=taken, names=names, month=last_month)


@above_the_queue
def access_waits() -> Notice | None:
    """What waits for a second person to agree stands above the queue of whoever may."""
    if not may(Permission.AGREE_TO_ACCESS):
        return None
    waiting = [one for one in open_requests() if me().id not in (one.asked_by_id, one.person_id)]
    many = "1 request" if len(waiting) == 1 else f"{len(waiting)} requests"
    told = f"{many} for access to cases or accounts: a second person has to agree"
    return Notice(told, url_for("people_pages.requests")) if waiting else None
