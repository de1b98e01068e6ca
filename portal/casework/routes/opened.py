"""Opening a case for the person who is signed in, and doing one deed on it with every refusal shown in words."""

from collections.abc import Callable

from flask import flash, g, redirect, url_for
from flask.typing import ResponseReturnValue

from portal.casework.errors import CaseNotFound, ChangedMeanwhile, NotComplete
from portal.casework.models import Case
from portal.casework.queries import case_by_reference, case_version
from portal.casework.services.reading import note_read
from portal.clock import now
from portal.people.access import may, me
from portal.people.roles import Deed
from portal.procedure.errors import RuleError
from portal.web.errors import error_page
from portal.web.forms import PortalForm

REFUSALS = (RuleError, NotComplete, ChangedMeanwhile)


def only_mine() -> int | None:
    """Whose cases this person may see: None for all, else only those given to them."""
    return None if may(Deed.READ_ALL_CASES) else int(me().id)


def opened(reference: str) -> Case:
    """The case, if this person may know of it; that they looked is written down. Raises CaseNotFound."""
    case = case_by_reference(reference, only_of=only_mine())
    if not g.get("reading_noted"):
        g.reading_noted = True
        note_read(case, at=now(), by_id=me().id)
    return case


def done(form: PortalForm, deed: Callable[[], object], told: str = "") -> bool:
    """Do a deed that a good form asks for; a refusal is put on the form, where nothing typed is lost."""
    if not form.validate_on_submit():
        return False
    try:
        deed()
    except REFUSALS as refusal:
        form.form_errors.append(str(refusal))
        if isinstance(refusal, ChangedMeanwhile):
            form["version"].raw_data = [str(case_version(refusal.case_id))]
        return False
    if told:
        flash(told)
    return True


def to_case(reference: str, anchor: str = "") -> ResponseReturnValue:
    """Back to the case."""
    return redirect(url_for("casework.case", reference=reference, _anchor=anchor or None))


def not_found(trouble: CaseNotFound) -> ResponseReturnValue:
    """The same page for a case that is not there and for one that this person may not know of."""
    return error_page(404, "We cannot find that case", "Check the reference, or look in the queue.")


def cannot_do(trouble: Exception) -> ResponseReturnValue:
    """A page that a rule, or what the case lacks, does not let open."""
    return error_page(404, "This page cannot be opened now", str(trouble))
