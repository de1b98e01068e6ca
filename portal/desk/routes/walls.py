"""Who may see a case: the reason for looking, walls, and cases given until a day."""

from collections.abc import Sequence

from flask import redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from wtforms.fields.choices import SelectChoice

from portal.cases.forms import WhyForm
from portal.cases.models import Case, WallReason
from portal.cases.opened import GAVE_REASON, doing, done, found_for_me, opened
from portal.cases.queries import access_to, shut_out_of, walls_of
from portal.cases.services import walls
from portal.cases.services.reading import note_read
from portal.clock import now
from portal.desk.forms import walls as forms
from portal.desk.routes.blueprint import desk
from portal.people.access import may, me, needs
from portal.people.models import Person
from portal.people.queries import everyone_at_work, names_of
from portal.people.roles import Permission
from portal.web.forms import PortalForm, choices
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


@desk.post("/cases/<reference>/walls")
@needs(Permission.TRIAGE)
def put_up_wall(reference: str) -> ResponseReturnValue:
    """Shut someone out. Whoever shuts themselves out leaves the case."""
    found = opened(reference)
    form = wall_form(found)

    def shut_out() -> None:
        reason = WallReason(form.reason.data)
        walls.put_up_wall(found.id, form.person_id.data, reason, **doing(form))

    if done(form, shut_out, "They are shut out, and so is everyone who manages them."):
        is_me = form.person_id.data == me().id
        return redirect(url_for("desk.queue_page") if is_me else url_for("desk.who_may_see", reference=reference))
    return show_who(opened(reference), form)


@desk.post("/cases/<reference>/walls/down")
@needs(Permission.LET_IN)
def take_down_wall(reference: str) -> ResponseReturnValue:
    """Let someone in again."""
    found, form = opened(reference), forms.LetInForm()

    def let_in() -> None:
        walls.take_down_wall(found.id, number(form.person_id.data), form.reasons.data, **doing(form))

    if done(form, let_in, "The wall is down."):
        return redirect(url_for("desk.who_may_see", reference=reference))
    return show_who(opened(reference), form)


@desk.post("/cases/<reference>/access")
@needs(Permission.TRIAGE)
def give_access(reference: str) -> ResponseReturnValue:
    """Give the case to someone until a day; through a wall only the lead can."""
    found = opened(reference)
    form = access_form(found)

    def give() -> None:
        through = bool(form.despite_wall.data) and may(Permission.LET_IN)
        days = {"until_on": form.until_on.data, "reasons": form.reasons.data, "despite_wall": through}
        walls.give_access(found.id, form.person_id.data, **days, **doing(form))

    if done(form, give, "They can read this case now."):
        return redirect(url_for("desk.who_may_see", reference=reference))
    return show_who(opened(reference), form)


@desk.post("/cases/<reference>/access/end")
@needs(Permission.TRIAGE)
def end_access(reference: str) -> ResponseReturnValue:
    """End someone's access."""
    found, form = opened(reference), forms.EndAccessForm()
    if done(form, lambda: walls.end_access(found.id, number(form.person_id.data), **doing(form)), "Their access has ended."):
        return redirect(url_for("desk.who_may_see", reference=reference))
    return show_who(opened(reference), form)


def wall_form(found: Case) -> forms.WallForm:
    """Anyone can be shut out."""
    form = forms.WallForm(version=found.version)
    form.person_id.choices = everyone(everyone_at_work())
    return form


def access_form(found: Case) -> forms.AccessForm:
    """Anyone who reads the cases that are given to them."""
    form = forms.AccessForm(version=found.version)
    form.person_id.choices = everyone(everyone_at_work())
    return form


def everyone(people: Sequence[Person]) -> list[SelectChoice]:
    """People as choices, by name and team."""
    return choices({str(person.id): person.told for person in people})


def number(typed: str) -> int:
    """The number of a person in a hidden field; none that exists when it was changed by hand."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0
