"""The queue: what to do next, in the order to do it. Its filters are its address."""

from dataclasses import replace
from datetime import timedelta

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import not_

from portal import clock
from portal.cases.first_page import notices
from portal.cases.models import Case
from portal.cases.next_actions import NEXT
from portal.cases.opened import viewer
from portal.cases.queries import QueueFilter, queue, writing_promised
from portal.cases.services.reading import note_search
from portal.cases.waiting_for import waits_for
from portal.desk.routes.blueprint import desk
from portal.duty.queries import standing_alerts
from portal.people.access import may, me, needs
from portal.people.queries import names_of
from portal.people.roles import Permission
from portal.procedure.errors import CalendarTooShort
from portal.procedure.stages import Status
from portal.web.reading_only import note_if_possible
from portal.working_days.queries import working_calendar

SOON = timedelta(days=2)
THIS_WEEK = timedelta(days=7)
SHOWS = ("to_read", "to_decide", "stage_1", "answered", "stage_2", "stage_3", "other_routes", "closed")


@desk.get("/queue")
@needs(Permission.READ_CASES)
def queue_page() -> ResponseReturnValue:
    """Cases to work on; an advocate has a caseload instead, which tells no more than each child agreed to."""
    if may(Permission.STAND_BY):
        return redirect(url_for("desk.caseload"))
    wanted = asked_for()
    asked = {name: request.args.get(name, "") for name in ("show", "with", "due", "find")}
    is_filtered, mine = any(asked.values()), waits_for(me().id)
    begins_with_mine = not may(Permission.TRIAGE) and not is_filtered  # the team works through the whole queue
    waiting = queue(replace(wanted, waits=mine)) if begins_with_mine else None
    page = queue(replace(wanted, waits=not_(mine)) if begins_with_mine else wanted)
    cases = [*(waiting.cases if waiting else ()), *page.cases]
    facts = {
        "page": page,
        "waiting": waiting,
        "notices": notices() if may(Permission.TRIAGE) else [],
        "names": names_of({case.assignee_id for case in cases if case.assignee_id}),
        "NEXT": NEXT,
        "days": {case.id: days_left(case) for case in cases if case.is_open},
        "standing": standing_alerts() if may(Permission.TRIAGE) else None,
        "promised": writing_promised([case.id for case in cases], clock.today() + SOON),
        "is_filtered": is_filtered,
    }
    shown = render_template("desk/queue.html", wanted=wanted, asked=asked, shows=SHOWS, **facts)
    if wanted.words:  # once the page is made: what an action begins with is read anew
        note_if_possible(note_search, len(page.cases), at=clock.now(), by_id=me().id)
    return shown


def asked_for() -> QueueFilter:
    """The filter that the address asks for; what is not understood is left out."""
    show, due = request.args.get("show", ""), request.args.get("due", "")
    page = request.args.get("page", "1")
    due_by = clock.today() + THIS_WEEK if due == "week" else None
    return QueueFilter(
        status=Status(show) if show in SHOWS else None,
        assignee_id=me().id if request.args.get("with") == "me" else None,
        unhandled=request.args.get("with") == "nobody",
        due_by=due_by,
        late_on=clock.today() if due == "late" else None,
        words=request.args.get("find", "").strip()[:200],
        viewer=viewer(),
        page=min(max(int(page), 1), 100_000) if page.isascii() and page.isdigit() and len(page) < 8 else 1,
    )


def days_left(case: Case) -> int | None:
    """Working days until the next action is due; negative when it is late; None where the calendar does not reach."""
    try:
        return working_calendar().working_days_between(clock.today(), case.next_due_on)
    except CalendarTooShort:
        return None
