"""What an administrator fills in about colleagues."""

from typing import Any

from email_validator import EmailNotValidError, validate_email
from wtforms import RadioField, SelectField, SelectMultipleField, StringField
from wtforms.validators import DataRequired, InputRequired, ValidationError

from portal.people.models import Person
from portal.people.queries import everyone_at_work
from portal.people.roles import Role
from portal.web.forms import PortalForm, choices, line
from portal.wording import label

ROLES = {role.value: label(role.value) for role in Role}
NOBODY = "0"
CHANGES = {
    "roles": "Change the roles and the manager, as chosen above",
    "afresh": "Give a new first password and let them set up a second factor again. Make sure first who is asking",
    "leave": "They have left: sign them out everywhere, for good",
}


class PersonForm(PortalForm):
    """The roles and the manager of someone."""

    roles = SelectMultipleField("Roles", choices=choices(ROLES), validators=[InputRequired("Choose one role or more")])
    manager_id = SelectField("Line manager", coerce=int)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        names = {str(person.id): person.name for person in everyone_at_work()}
        self.manager_id.choices = choices({NOBODY: "Nobody here"} | names)

    def chosen_roles(self) -> list[Role]:
        """The roles that were chosen."""
        return [Role(value) for value in self.roles.data]


class NewPersonForm(PersonForm):
    """Someone joins."""

    email = StringField("Email", validators=[DataRequired("Write their email address"), line(255)])
    name = StringField("Name", validators=[DataRequired("Write their name"), line(120)])
    team = StringField("Team (optional)", validators=[line(120)])

    def validate_email(self, field: Any) -> None:
        """An address that mail can reach."""
        try:
            field.data = validate_email(field.data or "", check_deliverability=False, allow_smtputf8=False).normalized
        except EmailNotValidError as trouble:
            raise ValidationError("Write an email address like name@council.gov.uk") from trouble


class ChangePersonForm(PersonForm):
    """Someone changes what they do, loses their phone, or leaves."""

    change = RadioField("What changes?", choices=choices(CHANGES), default="roles")

    @classmethod
    def of(cls, person: Person) -> "ChangePersonForm":
        """The form as it stands for someone."""
        return cls(roles=[role.name for role in person.roles], manager_id=person.manager_id or 0)
