"""The ways that one part of a complaint can go, and which of them need a second signature."""

from enum import StrEnum


class Route(StrEnum):
    """Where one part of a complaint is answered."""

    STATUTORY = "statutory"
    CORPORATE = "corporate"
    SAFEGUARDING = "safeguarding"
    DATA_PROTECTION = "data_protection"
    CONFERENCE_APPEAL = "conference_appeal"
    COURT_OR_TRIBUNAL = "court_or_tribunal"
    ANOTHER_BODY = "another_body"
    EARLY_RESOLUTION = "early_resolution"
    NONE = "none"


KEEPS_THE_STATUTORY_RIGHT = frozenset({Route.STATUTORY, Route.EARLY_RESOLUTION})


def needs_second_signature(route: Route, *, facts_rule_it_out: bool) -> bool:
    """Guard G1: to send a part anywhere but the statutory procedure takes two people, unless the facts rule that one out."""
    return not facts_rule_it_out and route not in KEEPS_THE_STATUTORY_RIGHT


def needs_ombudsman_details(route: Route) -> bool:
    """Whether the letter must say how to reach the Ombudsman: wherever a part is not taken in the statutory procedure."""
    return route not in KEEPS_THE_STATUTORY_RIGHT
