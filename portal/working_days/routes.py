"""The bank holidays, and adding to them."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import DateField, StringField
from wtforms.validators import DataRequired, InputRequired, Optional, ValidationError

from portal.clock import now, today
from portal.people.access import me, needs
from portal.people.roles import Permission
from portal.web.forms import PortalForm, line
from portal.working_days.queries import added_holidays, working_calendar
from portal.working_days.services import add_holiday

working_days = Blueprint("working_days", __name__, url_prefix="/staff/bank-holidays")


class HolidayForm(PortalForm):
    """One more bank holiday, or how far the list now reaches."""

    day = DateField("Day", validators=[InputRequired("Write the day, like 2029-01-01")])
    name = StringField("Name", validators=[DataRequired("Write the name of the holiday"), line(80)])
    known_until = DateField("Every bank holiday is now in the list until (optional)", validators=[Optional()])

    def validate_known_until(self, field: DateField) -> None:
        """The list only ever reaches further."""
        if field.data and field.data < working_calendar().known_until:
            raise ValidationError(f"The list already reaches to {working_calendar().known_until}. Choose a later day")


@working_days.route("/", methods=["GET", "POST"])
@needs(Permission.CHANGE_CALENDAR)
def bank_holidays() -> ResponseReturnValue:
    """The list from today on."""
    form = HolidayForm()
    if form.validate_on_submit():
        add_holiday(form.day.data, form.name.data, known_until=form.known_until.data, at=now(), by_id=me().id)
        return redirect(url_for("working_days.bank_holidays"))
    calendar = working_calendar()
    coming = sorted((day, name) for day, name in calendar.holidays.items() if day >= today())
    added = {row.day for row in added_holidays()}
    return render_template("people/bank_holidays.html", form=form, calendar=calendar, coming=coming, added=added)
