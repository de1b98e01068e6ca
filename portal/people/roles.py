"""Which role has which permission: plain data, read by `access.py` and printed in the access table."""

from enum import StrEnum


class Permission(StrEnum):
    """Something that only some people may do."""

    LOG = "log"
    READ_CASES = "read_cases"
    READ_ALL_CASES = "read_all_cases"
    TRIAGE = "triage"
    ALLOCATE = "allocate"
    ANSWER = "answer"
    CHECK_ANSWERS = "check_answers"
    INVESTIGATE = "investigate"
    COMMENT = "comment"
    SIT_ON_PANEL = "sit_on_panel"
    ADJUDICATE = "adjudicate"
    LET_IN = "let_in"
    STAND_BY = "stand_by"
    SEE_WHO_LOOKED = "see_who_looked"
    MAKE_CARDS = "make_cards"
    READ_COMPLIMENTS = "read_compliments"
    READ_REPORTS = "read_reports"
    CHANGE_CALENDAR = "change_calendar"
    CHANGE_PEOPLE = "change_people"
    AGREE_TO_ACCESS = "agree_to_access"


class Role(StrEnum):
    """The roles of the council's people, and of those it asks from outside."""

    CUSTOMER_RELATIONS = "customer_relations"
    CUSTOMER_RELATIONS_LEAD = "customer_relations_lead"
    SENIOR_MANAGER = "senior_manager"
    TEAM_MANAGER = "team_manager"
    INVESTIGATING_OFFICER = "investigating_officer"
    INDEPENDENT_PERSON = "independent_person"
    PANEL_MEMBER = "panel_member"
    DIRECTOR = "director"
    ADVOCATE = "advocate"
    ANY_STAFF = "any_staff"
    REPORT_READER = "report_reader"
    ADMINISTRATOR = "administrator"


THE_TEAM = (Role.CUSTOMER_RELATIONS, Role.CUSTOMER_RELATIONS_LEAD)
_OF_THE_TEAM = frozenset(
    {
        Permission.LOG,
        Permission.READ_CASES,
        Permission.READ_ALL_CASES,
        Permission.TRIAGE,
        Permission.ALLOCATE,
        Permission.ANSWER,
        Permission.CHECK_ANSWERS,
        Permission.INVESTIGATE,
        Permission.COMMENT,
        Permission.SIT_ON_PANEL,
        Permission.MAKE_CARDS,
        Permission.READ_COMPLIMENTS,
        Permission.READ_REPORTS,
    }
)
_GIVEN_CASES_ONLY = frozenset({Permission.READ_CASES})

PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.CUSTOMER_RELATIONS: _OF_THE_TEAM,
    Role.CUSTOMER_RELATIONS_LEAD: _OF_THE_TEAM | {Permission.LET_IN, Permission.SEE_WHO_LOOKED, Permission.AGREE_TO_ACCESS},
    Role.SENIOR_MANAGER: frozenset(
        {
            Permission.LOG,
            Permission.READ_CASES,
            Permission.ALLOCATE,
            Permission.ANSWER,
            Permission.ADJUDICATE,
            Permission.READ_REPORTS,
        }
    ),
    Role.TEAM_MANAGER: frozenset({Permission.LOG, Permission.READ_CASES, Permission.ANSWER}),
    Role.INVESTIGATING_OFFICER: _GIVEN_CASES_ONLY | {Permission.INVESTIGATE},
    Role.INDEPENDENT_PERSON: _GIVEN_CASES_ONLY | {Permission.COMMENT},
    Role.PANEL_MEMBER: _GIVEN_CASES_ONLY | {Permission.SIT_ON_PANEL},
    Role.DIRECTOR: frozenset(
        {
            Permission.LOG,
            Permission.READ_CASES,
            Permission.ANSWER,
            Permission.ADJUDICATE,
            Permission.READ_COMPLIMENTS,
            Permission.READ_REPORTS,
        }
    ),
    Role.ADVOCATE: _GIVEN_CASES_ONLY | {Permission.STAND_BY},
    Role.ANY_STAFF: frozenset({Permission.LOG}),
    Role.REPORT_READER: frozenset({Permission.READ_REPORTS}),
    Role.ADMINISTRATOR: frozenset(
        {Permission.CHANGE_CALENDAR, Permission.CHANGE_PEOPLE, Permission.MAKE_CARDS, Permission.AGREE_TO_ACCESS}
    ),
}


def permissions_of(role_names: list[str]) -> frozenset[Permission]:
    """Everything that someone with these roles may do."""
    return frozenset(permission for name in role_names for permission in PERMISSIONS[Role(name)])
