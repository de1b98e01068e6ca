"""One entry of the register as a form."""

from decimal import Decimal

from wtforms import BooleanField, DateField, SelectField, StringField
from wtforms.validators import DataRequired, Optional

from portal.independent_people.models import IndependentPerson
from portal.independent_people.services import Listing
from portal.web.forms import LongTextField, NotTooLong, PortalForm, PoundsField, line

PLAIN = (
    *("name", "region", "contact", "can_investigate", "can_be_independent", "can_chair", "works_for_council"),
    *("is_member", "household_works_for_council", "available_from", "available_until", "is_listed"),
)


class ListingForm(PortalForm):
    """What the register says of someone."""

    name = StringField("Name", validators=[DataRequired("Write the name"), line(120)])
    region = StringField("Region", validators=[line(120)])
    contact = LongTextField("How to reach them", validators=[NotTooLong(2000)])
    person_id = SelectField("Their sign-in, if they have one", coerce=int)
    can_investigate = BooleanField("Can investigate at stage 2")
    can_be_independent = BooleanField("Can be the independent person, or sit on a panel")
    can_chair = BooleanField("Can chair a panel")
    works_for_council = BooleanField("They work for this council")
    is_member = BooleanField("They are a member of this council")
    household_works_for_council = BooleanField("Their spouse or civil partner is a member or works for this council")
    available_from = DateField("Available from", validators=[Optional()])
    available_until = DateField("Available until", validators=[Optional()])
    day_rate = PoundsField("Rate for a day, in pounds", 9999)
    is_listed = BooleanField("On the register", default=True)

    @staticmethod
    def shown(entry: IndependentPerson | None) -> dict[str, object]:
        """An entry as the form shows it."""
        if entry is None:
            return {}
        more = {"person_id": entry.person_id or 0, "day_rate": Decimal(entry.day_rate_pence) / 100}
        return {name: getattr(entry, name) for name in PLAIN} | more

    def listing(self) -> Listing:
        """The form as an entry."""
        plain = {name: self[name].data for name in PLAIN}
        return Listing(**plain | {"person_id": self.person_id.data or None, "day_rate_pence": self.day_rate.pence})
