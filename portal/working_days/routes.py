"""The bank holidays: adding one, taking one back, moving one."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import DateField, StringField
from wtforms.validators import DataRequired, InputRequired, Optional, ValidationError

from portal.clock import now, today
from portal.people.access import me, needs
from portal.people.roles import Permission
from portal.web.forms import PortalForm, line
from portal.working_days.queries import added_holidays, working_calendar
from portal.working_days.services import NotAHoliday, add_holiday, take_back_holiday

working_days = Blueprint("working_days", __name__, url_prefix="/staff/bank-holidays")


class TakeBackForm(PortalForm):
    """A day that is no bank holiday after all."""

    taken = DateField("Which day", validators=[InputRequired("Write the day, like 2029-01-01")])
    moved_to = DateField("It moved to (leave empty when there is none)", validators=[Optional()])
    reasons = StringField("Why, and who says so", validators=[DataRequired("Say why, and who says so"), line()])


class HolidayForm(PortalForm):
    """One more bank holiday, or how far the list now reaches."""

    day = DateField("Day", validators=[InputRequired("Write the day, like 2029-01-01")])
    name = StringField("Name", validators=[DataRequired("Write the name of the holiday"), line(80)])
    known_until = DateField("Every bank holiday is now in the list until (optional)", validators=[Optional()])

    def validate_known_until(self, field: DateField) -> None:
        """The list only ever reaches further."""
        if field.data and field.data < working_calendar().known_until:
            raise ValidationError(f"The list already reaches to {working_calendar().known_until}. Choose a later day")


def _taken_back(form: TakeBackForm) -> bool:
    try:
        told = {"moved_to": form.moved_to.data, "at": now(), "by_id": me().id}
        take_back_holiday(form.taken.data, form.reasons.data or "", **told)
    except NotAHoliday as refusal:
        form.taken.errors = [str(refusal)]
        return False
    return True


@working_days.route("/", methods=["GET", "POST"])
@needs(Permission.CHANGE_CALENDAR)
def bank_holidays() -> ResponseReturnValue:
    """The list from today on."""
    is_taken_back = "taken" in request.form
    form = HolidayForm(formdata=None) if is_taken_back else HolidayForm()
    back = TakeBackForm() if is_taken_back else TakeBackForm(formdata=None)
    if is_taken_back and back.validate_on_submit() and _taken_back(back):
        return redirect(url_for("working_days.bank_holidays"))
    if not is_taken_back and form.validate_on_submit():
        add_holiday(form.day.data, form.name.data, known_until=form.known_until.data, at=now(), by_id=me().id)
        return redirect(url_for("working_days.bank_holidays"))
    calendar = working_calendar()
    coming = sorted((day, name) for day, name in calendar.holidays.items() if day >= today())
    added = {row.day for row in added_holidays()}
    return render_template("people/bank_holidays.html", form=form, calendar=calendar, coming=coming, added=added, back=back)
