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
        Deed.LOG,
        Deed.READ_CASES,
        Deed.READ_ALL_CASES,
        Deed.TRIAGE,
        Deed.ALLOCATE,
        Deed.ANSWER,
        Deed.CHECK_ANSWERS,
        Deed.INVESTIGATE,
        Deed.COMMENT,
        Deed.SIT_ON_PANEL,
        Deed.MAKE_CARDS,
        Deed.READ_COMPLIMENTS,
        Deed.READ_REPORTS,
    }
)
_GIVEN_CASES_ONLY = frozenset({Deed.READ_CASES})

DEEDS: dict[Role, frozenset[Deed]] = {
    Role.CUSTOMER_RELATIONS: _OF_THE_TEAM,
    Role.CUSTOMER_RELATIONS_LEAD: _OF_THE_TEAM | {Deed.LET_IN, Deed.SEE_WHO_LOOKED, Deed.AGREE_TO_ACCESS},
    Role.SENIOR_MANAGER: frozenset(
        {Deed.LOG, Deed.READ_CASES, Deed.ALLOCATE, Deed.ANSWER, Deed.ADJUDICATE, Deed.READ_REPORTS}
    ),
    Role.TEAM_MANAGER: frozenset({Deed.LOG, Deed.READ_CASES, Deed.ANSWER}),
    Role.INVESTIGATING_OFFICER: _GIVEN_CASES_ONLY | {Deed.INVESTIGATE},
    Role.INDEPENDENT_PERSON: _GIVEN_CASES_ONLY | {Deed.COMMENT},
    Role.PANEL_MEMBER: _GIVEN_CASES_ONLY | {Deed.SIT_ON_PANEL},
    Role.DIRECTOR: frozenset(
        {Deed.LOG, Deed.READ_CASES, Deed.ANSWER, Deed.ADJUDICATE, Deed.READ_COMPLIMENTS, Deed.READ_REPORTS}
    ),
    Role.ADVOCATE: _GIVEN_CASES_ONLY | {Deed.STAND_BY},
    Role.ANY_STAFF: frozenset({Deed.LOG}),
    Role.REPORT_READER: frozenset({Deed.READ_REPORTS}),
    Role.ADMINISTRATOR: frozenset({Deed.CHANGE_CALENDAR, Deed.CHANGE_PEOPLE, Deed.MAKE_CARDS, Deed.AGREE_TO_ACCESS}),
}


def deeds_of(role_names: list[str]) -> frozenset[Deed]:
    """Everything that someone with these roles may do."""
    return frozenset(deed for name in role_names for deed in DEEDS[Role(name)])
