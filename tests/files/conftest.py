"""What the tests of files share: a colleague of the team, and a case."""

import pytest

from portal.people.roles import Role
from tests.factories.cases import a_case


@pytest.fixture
def officer(staff):
    return staff(Role.CUSTOMER_RELATIONS, "Rowan")


@pytest.fixture
def case(app):
    with app.app_context():
        return a_case().reference
