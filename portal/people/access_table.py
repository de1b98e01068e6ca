"""The access table: role by endpoint, on four kinds of case. Worked out from the same data that lets people in."""

from collections.abc import Iterator
from enum import StrEnum

from flask import Flask

from portal.people.access import OPEN, SIGNED_IN, access_of
from portal.people.roles import PERMISSIONS, Permission, Role


class Relation(StrEnum):
    """How a case stands to the person who asks."""

    OWN = "own"
    OTHER = "other"
    TIMED_OUT = "timed out"
    WALLED = "walled"


class AccessAnswer(StrEnum):
    """What they get."""

    YES = "yes"
    REASON = "asks why"
    NOT_THERE = "not there"
    NO = "no"


def names_a_case(app: Flask, endpoint: str) -> bool:
    """Whether an endpoint's address holds the reference of a case."""
    return any("reference" in rule.arguments for rule in app.url_map.iter_rules(endpoint))


def expected(app: Flask, role: Role, endpoint: str, relation: Relation) -> AccessAnswer:
    """What someone with a role gets from an endpoint."""
    access = access_of(app, endpoint)
    if access in (OPEN, SIGNED_IN):
        return AccessAnswer.YES
    if access is None or access not in PERMISSIONS[role]:
        return AccessAnswer.NO
    if not names_a_case(app, endpoint) or relation is Relation.OWN:
        return AccessAnswer.YES
    if relation is Relation.WALLED or Permission.READ_ALL_CASES not in PERMISSIONS[role]:
        return AccessAnswer.NOT_THERE
    return AccessAnswer.REASON


def access_rows(app: Flask) -> Iterator[tuple[str, ...]]:
    """The table, a heading first; one row for each role and endpoint that not everybody may use."""
    yield ("role", "endpoint", *(relation.value for relation in Relation))
    for role in Role:
        for endpoint in sorted(app.view_functions):
            if access_of(app, endpoint) != OPEN:
                yield (role.value, endpoint, *(expected(app, role, endpoint, relation).value for relation in Relation))
