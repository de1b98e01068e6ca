"""The colleagues that tests of casework share."""

import pytest

from portal.people.roles import Role
from tests.factories.people import a_person

NAMES = {
    "officer": Role.CUSTOMER_RELATIONS,
    "lead": Role.CUSTOMER_RELATIONS_LEAD,
    "senior": Role.SENIOR_MANAGER,
    "manager": Role.TEAM_MANAGER,
    "director": Role.DIRECTOR,
}


@pytest.fixture
def team(in_app):
    """The number of each colleague by what they do."""
    return {name: a_person(role, name.title()).id for name, role in NAMES.items()}
