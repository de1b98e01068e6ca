"""What is filled in when cases go to somebody else."""

from wtforms import HiddenField, SelectField
from wtforms.validators import DataRequired, InputRequired

from portal.cases.fields import words
from portal.cases.forms import CaseForm
from portal.web.forms import LongTextField, NotTooLong, PortalForm


class HandOverForm(CaseForm):
    """Someone else takes it over."""

    person = SelectField("Who takes it over", coerce=int, validators=[InputRequired("Choose someone")])
    note = words("A note for them", "Write a note for whoever takes it over")


class FromForm(PortalForm):
    """Whose cases."""

    from_id = SelectField("Whose cases?", coerce=int, validators=[InputRequired("Choose someone")])


class HandOverAllForm(PortalForm):
    """One kind of thing from one colleague to another."""

    what = HiddenField()
    to_id = SelectField("To", coerce=int, validators=[InputRequired("Choose someone")])
    note = LongTextField("A note for whoever takes them over", validators=[DataRequired("Write a note"), NotTooLong(5000)])
