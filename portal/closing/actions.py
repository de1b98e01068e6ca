"""How a case is ended, and opened again."""

from typing import Any

from portal.actions.action import ON_ITS_PAGE, Stamp, fresh
from portal.cases.actions import TEAM, CaseAction
from portal.cases.confirmation import ASKED_FIRST
from portal.cases.events import CASE_CLOSED
from portal.cases.models import Case
from portal.closing import events, forms
from portal.closing.services import closing
from portal.procedure.stages import ClosingReason
from portal.web.settings import council


def _close(case: Case, form: Any, place: int, who: Stamp) -> object:
    said = {"said": form.confirmation(), "words": form.words.data or ""}
    return closing.close_case(case.id, ClosingReason(form.reason.data), **said, council=council(), **who) or ASKED_FIRST


ACTIONS: tuple[CaseAction, ...] = (
    CaseAction(
        slug="close",
        permission=TEAM,
        form=fresh(forms.CloseForm),
        do=_close,
        leaves=(CASE_CLOSED, events.WITHDRAWAL_ASKED),
        told="The case is closed, and a letter tells the person.",
        page=ON_ITS_PAGE,
    ),
    CaseAction(
        slug="reopen",
        permission=TEAM,
        form=fresh(forms.ReopenForm),
        do=lambda case, form, place, who: closing.reopen_case(case.id, form.reasons.data, council=council(), **who),
        leaves=(events.CASE_REOPENED,),
        told="The case is open again.",
        page=ON_ITS_PAGE,
    ),
)
