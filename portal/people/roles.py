"""Which role may do which deed: plain data, read by `access.py` and printed in the access table."""

from enum import StrEnum


class Deed(StrEnum):
    """Something that only some people may do."""

    LOG = "log"
    READ_CASES = "read_cases"
    READ_ALL_CASES = "read_all_cases"
    TRIAGE = "triage"
    ALLOCATE = "allocate"
    ANSWER = "answer"
    CHECK_ANSWERS = "check_answers"
    MAKE_CARDS = "make_cards"
    READ_COMPLIMENTS = "read_compliments"
    READ_REPORTS = "read_reports"
    CHANGE_CALENDAR = "change_calendar"


class Role(StrEnum):
    """The roles of the council's people."""

    CUSTOMER_RELATIONS = "customer_relations"
    SENIOR_MANAGER = "senior_manager"
    TEAM_MANAGER = "team_manager"
    DIRECTOR = "director"
    ANY_STAFF = "any_staff"
    ADMINISTRATOR = "administrator"


DEEDS: dict[Role, frozenset[Deed]] = {
    Role.CUSTOMER_RELATIONS: frozenset(Deed) - {Deed.CHANGE_CALENDAR},
    Role.SENIOR_MANAGER: frozenset({Deed.LOG, Deed.READ_CASES, Deed.ALLOCATE, Deed.ANSWER, Deed.READ_REPORTS}),
    Role.TEAM_MANAGER: frozenset({Deed.LOG, Deed.READ_CASES, Deed.ANSWER}),
    Role.DIRECTOR: frozenset({Deed.LOG, Deed.READ_COMPLIMENTS, Deed.READ_REPORTS}),
    Role.ANY_STAFF: frozenset({Deed.LOG}),
    Role.ADMINISTRATOR: frozenset({Deed.CHANGE_CALENDAR, Deed.MAKE_CARDS}),
}


def deeds_of(role_names: list[str]) -> frozenset[Deed]:
    """Everything that someone with these roles may do."""
    return frozenset(deed for name in role_names for deed in DEEDS[Role(name)])
