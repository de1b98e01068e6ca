"""Offering colleagues who hold a role and may have the case; and when there are none, saying why and who can help."""

from typing import Any

from portal.cases.forms import people_choices
from portal.cases.models import Case
from portal.cases.queries import shut_out_of
from portal.people.queries import people_with
from portal.people.roles import Role
from portal.wording import in_words


def offer(field: Any, case: Case, *roles: Role) -> None:
    """Fill a field with everyone who holds one of these roles and is not shut out of a case."""
    holders = people_with(*roles)
    shut_out = shut_out_of(case.id)
    able = {person.id: person.told for person in holders if person.id not in shut_out}
    field.choices = people_choices(able)
    field.description = "" if able else nobody(roles, are_shut_out=bool(holders))


def nobody(roles: tuple[Role, ...], *, are_shut_out: bool) -> str:
    """Why there is nobody to choose, and who can help."""
    wanted = " or ".join(in_words(role) for role in roles)
    if are_shut_out:
        return (
            f"Everyone who is a {wanted} is shut out of this case by a wall. The lead of the team can let someone in, "
            "under Who may read it; or an administrator gives somebody else the role."
        )
    admins = [person.name for person in people_with(Role.ADMINISTRATOR)]
    who = f"{' or '.join(admins[:3])} can" if admins else "An administrator can"
    return f"Nobody at work is a {wanted} yet. {who} give somebody the role, under People. Then this page offers them."
