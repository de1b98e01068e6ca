"""Pages about many cases: what will be late, dates that moved, second looks, handing everything over."""

from datetime import timedelta

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectField
from wtforms.validators import DataRequired, InputRequired

from portal.audit.queries import entries_since
from portal.casework.errors import NotComplete
from portal.casework.events import DATE_COUNTED_AGAIN
from portal.casework.forms.later import people_choices
from portal.casework.outlooks import TARGET, expected_late, stage_2_late, target_so_far
from portal.casework.queries import references_of
from portal.casework.routes.blueprint import casework
from portal.casework.routes.opened import viewer
from portal.casework.services.handing_over import hand_over_all
from portal.casework.services.second_looks import drawn_for, looks_at
from portal.clock import now, today
from portal.people.access import me, needs
from portal.people.models import Person
from portal.people.queries import everyone, names_of
from portal.people.roles import Deed, deeds_of
from portal.web.forms import LongTextField, NotTooLong, PortalForm

SHOWN_DAYS = 90


class HandOverAllForm(PortalForm):
    """From one colleague to another."""

    from_id = SelectField("From", coerce=int, validators=[InputRequired("Choose someone")])
    to_id = SelectField("To", coerce=int, validators=[InputRequired("Choose someone")])
    note = LongTextField("A note for whoever takes them over", validators=[DataRequired("Write a note"), NotTooLong(5000)])


@casework.get("/forecast")
@needs(Deed.ANSWER)
def forecast() -> ResponseReturnValue:
    """What will be late this week and why, and the target so far."""
    who = viewer()
    rows = expected_late(who)
    facts = {"rows": rows, "target": target_so_far(who), "goal": TARGET, "late_2": stage_2_late(who)}
    names = names_of({row.case.handler_id for row in rows if row.case.handler_id})
    return render_template("casework/forecast.html", names=names, **facts)


@casework.get("/counted-again")
@needs(Deed.TRIAGE)
def counted_again() -> ResponseReturnValue:
    """Every date that moved because the calendar changed."""
    entries = entries_since((DATE_COUNTED_AGAIN,), now() - timedelta(days=SHOWN_DAYS))
    numbers = sorted({int(entry.about.removeprefix("case/")) for entry in entries})
    references = {f"case/{key}": name for key, name in references_of(numbers, viewer()).items()}
    return render_template("casework/counted_again.html", entries=entries, references=references)


@casework.get("/second-looks")
@needs(Deed.TRIAGE)
def second_looks() -> ResponseReturnValue:
    """A few decisions of last month, drawn by chance, for someone who took no part in them."""
    last_month = today().replace(day=1) - timedelta(days=1)
    cases = drawn_for(last_month, viewer())
    taken = looks_at([case.id for case in cases])
    names = names_of({look.by_id for look in taken.values()})
    return render_template("casework/second_looks.html", cases=cases, taken=taken, names=names, month=last_month)


def reads_cases(person: Person) -> bool:
    """Whether someone may hold a case at all."""
    return Deed.READ_CASES in deeds_of([role.name for role in person.roles])


@casework.route("/hand-over", methods=["GET", "POST"])
@needs(Deed.LET_IN)
def hand_over_everything() -> ResponseReturnValue:
    """Everything open of someone who leaves goes to someone else."""
    form = HandOverAllForm(from_id=request.args.get("from", type=int))
    people = everyone()
    form.from_id.choices = people_choices({one.id: one.told for one in people})
    form.to_id.choices = people_choices({one.id: one.told for one in people if one.active and reads_cases(one)})
    if form.validate_on_submit():
        try:
            went, kept = hand_over_all(form.from_id.data, form.to_id.data, form.note.data, at=now(), by_id=me().id)
        except NotComplete as refusal:
            form.form_errors.append(str(refusal))
        else:
            stays = f" A wall kept {len(kept)} back: {', '.join(kept)}." if kept else ""
            flash(f"{went} {'case was' if went == 1 else 'cases were'} handed over.{stays}")
            return redirect(url_for("casework.hand_over_everything"))
    return render_template("casework/hand_over.html", form=form)
