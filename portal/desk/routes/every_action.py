"""The addresses of every action on a case, and what each comes back to."""

from dataclasses import replace

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from portal.actions.action import Action
from portal.actions.pages import RecordKind, SecondPerson, add_actions
from portal.cases.errors import CaseNotFound, NotComplete
from portal.cases.models import Case
from portal.cases.opened import REFUSALS, done, opened, to_case, viewer
from portal.cases.queries import case_by_reference
from portal.cases.services.countersigning import ask_second_person, do_with_second_person, waiting_for_second
from portal.desk.actions import WHO_MAY_SEE
from portal.desk.every_action import ON_CASES
from portal.desk.routes.blueprint import desk
from portal.desk.routes.case import show
from portal.desk.routes.walls import show_who
from portal.people.access import may
from portal.people.roles import Permission
from portal.web.forms import PortalForm

CASE = "/cases/<reference>"


def _check_whom(found: Case, action: Action[Case]) -> None:
    if action.only_for is not None and not may(Permission.TRIAGE) and not action.only_for(found):
        raise NotComplete("You are not appointed to this on this case.")


def _shown(found: Case, action: Action[Case], form: PortalForm) -> ResponseReturnValue:
    """The page of the case, with the form that was refused in place of a fresh one."""
    return show(found, **{action.form_name: form})


def _to_who(found: Case) -> ResponseReturnValue:
    """Back to who may see the case; to the queue for someone who shut themselves out."""
    try:
        case_by_reference(found.reference, viewer())
    except CaseNotFound:
        return redirect(url_for("desk.queue_page"))
    return redirect(url_for("desk.who_may_see", reference=found.reference))


ON_A_CASE = RecordKind(
    name="case",
    opened=opened,
    done=done,
    back=lambda found: to_case(found.reference),
    shown=_shown,
    refusals=REFUSALS,
    page="desk/action.html",
    check=_check_whom,
    second_person=SecondPerson(waiting_for_second, ask_second_person, do_with_second_person),
)
OF_WHO_MAY_SEE = replace(ON_A_CASE, back=_to_who, shown=lambda found, action, form: show_who(found, form))
add_actions(desk, ON_A_CASE, CASE, ON_CASES)
add_actions(desk, OF_WHO_MAY_SEE, CASE, WHO_MAY_SEE)
