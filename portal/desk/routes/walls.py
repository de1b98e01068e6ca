"""Who may see a case: the reason for looking, walls, and cases given until a day."""

from flask import redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from portal.cases.forms import WhyForm
from portal.cases.models import Case
from portal.cases.opened import GAVE_REASON, found_for_me, opened
from portal.cases.queries import access_to, shut_out_of, walls_of
from portal.cases.services.reading import note_read
from portal.clock import now
from portal.desk.actions import access_form, wall_form
from portal.desk.forms import walls as forms
from portal.desk.routes.blueprint import desk
from portal.people.access import me, needs
from portal.people.queries import names_of
from portal.people.roles import Permission
from portal.web.forms import PortalForm
from portal.web.reading_only import note_if_possible


@desk.post("/cases/<reference>/why")
@needs(Permission.READ_CASES)
def say_why(reference: str) -> ResponseReturnValue:
    """Why they open a case that is not one of theirs."""
    found, form = found_for_me(reference), WhyForm()
    if form.validate_on_submit():
        if not note_if_possible(note_read, found, at=now(), by_id=me().id, why=form.reason()):
            session[GAVE_REASON] = [*session.get(GAVE_REASON, ()), found.id][-20:]
        return redirect(url_for("desk.case", reference=reference))
    return render_template("cases/why.html", reference=found.reference, form=form), 422


@desk.get("/cases/<reference>/who")
@needs(Permission.TRIAGE)
def who_may_see(reference: str) -> ResponseReturnValue:
    """Who is shut out, and to whom it is given."""
    return show_who(opened(reference))


def show_who(found: Case, refused: PortalForm | None = None) -> ResponseReturnValue:
    """The page, with a form that was just refused in place of a fresh one."""
    wall, access = wall_form(found), access_form(found)
    shut_out, given, up = shut_out_of(found.id), access_to(found.id), walls_of(found.id)
    facts = {
        "case": found,
        "walls": up,
        "given": given,
        "managers": shut_out - {one.person_id for one in up},
        "names": names_of({*shut_out, *(one.person_id for one in up), *(one.person_id for one in given)}),
        "wall": refused if isinstance(refused, forms.WallForm) else wall,
        "access": refused if isinstance(refused, forms.AccessForm) else access,
        "let_in": refused if isinstance(refused, forms.LetInForm) else forms.LetInForm(formdata=None, version=found.version),
        "end": forms.EndAccessForm(formdata=None, version=found.version),
        "refused": refused,
        "why": forms.REASONS,
    }
    return render_template("desk/who.html", **facts), 422 if refused else 200
