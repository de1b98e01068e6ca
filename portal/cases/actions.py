"""What actions on a case have in common."""

from collections.abc import Callable
from typing import TypeAlias

from portal.actions.action import Action
from portal.cases.forms import CaseForm
from portal.cases.models import Case
from portal.people.roles import Permission
from portal.procedure.stages import Status

CaseAction: TypeAlias = Action[Case]
TEAM = Permission.TRIAGE
PLACE = "<int(max=2147483647):place>"
IN_A_STAGE = frozenset({Status.STAGE_1, Status.STAGE_2, Status.STAGE_3})


def plain(form: type[CaseForm]) -> Callable[[Case, int], CaseForm]:
    """A form that needs nothing of the case but its version."""
    return lambda case, place: form(version=case.version)
