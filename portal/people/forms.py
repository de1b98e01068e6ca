"""What an administrator fills in about colleagues."""

from typing import Any

from email_validator import EmailNotValidError, validate_email
from flask_security import LoginForm
from wtforms import RadioField, SelectField, SelectMultipleField, StringField
from wtforms.validators import DataRequired, InputRequired, ValidationError

from portal import clock
from portal.people.models import Person
from portal.people.passwords import fits_an_older_key, nobodys_password
from portal.people.queries import everyone_at_work
from portal.people.roles import Role
from portal.people.services import Listing
from portal.web.forms import PortalForm, choices, line
from portal.wording import label

ROLES = {role.value: label(role.value) for role in Role}
NOBODY = "0"
FIRST_ONE_OVER = "This first password has run out. Ask whoever gave it to you for a new one."
CHANGES = {
    "roles": "Save what is chosen and written above",
    "afresh": "Give a new first password and let them set up a second factor again. Make sure first who is asking",
    "leave": "They have left: sign them out everywhere, for good",
}


TEAM_CHANGES = {"name": "Save the name as written above", "close": "The team is no more: nothing offers it any longer"}


class SignInForm(LoginForm):  # type: ignore[misc]
    """Address and password. There is no way to stay signed in, and a first password runs out."""

    remember = None

    def validate(self, **more: Any) -> bool:
        """Check the password; then, for one that fits, that it may still be used."""
        if not super().validate(**more):
            if self.user is None:  # as long as for an account that is there
                fits_an_older_key(self.password.data or "", nobodys_password())
            return False
        until = self.user.first_password_until
        if self.user.must_change_password and until is not None and until < clock.now():
            self.form_errors.append(FIRST_ONE_OVER)
            return False
        return True


class PersonForm(PortalForm):
    """The names, the team, the roles and the manager of someone."""

    roles = SelectMultipleField("Roles", choices=choices(ROLES), validators=[InputRequired("Choose one role or more")])
    manager_id = SelectField("Line manager", coerce=int)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        names = {str(person.id): person.name for person in everyone_at_work()}
        self.manager_id.choices = choices({NOBODY: "Nobody here"} | names)

    def chosen_roles(self) -> list[Role]:
        """The roles that were chosen."""
        return [Role(value) for value in self.roles.data]

    name = StringField("Name", validators=[DataRequired("Write their name"), line(120)])
    team = StringField("Team (optional)", validators=[line(120)])
    nicknames = StringField("Nicknames (optional)", validators=[line()])
    former_names = StringField("Former names (optional)", validators=[line()])

    def listing(self) -> Listing:
        """How they are called and where they work."""
        return Listing(
            self.name.data or "", self.team.data or "", _several(self.nicknames.data), _several(self.former_names.data)
        )


def _several(text: str | None) -> tuple[str, ...]:
    return tuple(part for part in (" ".join(one.split()) for one in (text or "").split(";")) if part)


class NewPersonForm(PersonForm):
    """Someone joins."""

    email = StringField("Email", validators=[DataRequired("Write their email address"), line(255)])

    def validate_email(self, field: Any) -> None:
        """An address that mail can reach."""
        try:
            field.data = validate_email(field.data or "", check_deliverability=False, allow_smtputf8=False).normalized
        except EmailNotValidError as trouble:
            raise ValidationError("Write an email address like name@council.gov.uk") from trouble


class ChangePersonForm(PersonForm):
    """Someone changes what they do, loses their phone, or leaves."""

    roles = SelectMultipleField("Roles (none: in the directory only)", choices=choices(ROLES))
    change = RadioField("What changes?", choices=choices(CHANGES), default="roles")

    @classmethod
    def of(cls, person: Person) -> "ChangePersonForm":
        """The form as it stands for someone."""
        return cls(
            roles=[role.name for role in person.roles],
            manager_id=person.manager_id or 0,
            name=person.name,
            team=person.team,
            nicknames="; ".join(person.nicknames or ()),
            former_names="; ".join(person.former_names or ()),
        )


class TeamForm(PortalForm):
    """The name of a team."""

    name = StringField("Name", validators=[DataRequired("Write the name of the team"), line(120)])


class ChangeTeamForm(TeamForm):
    """A team gets another name, or is no more."""

    change = RadioField("What changes?", choices=choices(TEAM_CHANGES), default="name")
