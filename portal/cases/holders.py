"""Who holds the next step of a case, and who is told when it is late."""

from portal.cases.models import Case, NextAction
from portal.cases.next_actions import OF_SEAT, OF_SENIOR_MANAGER, OF_TEAM_MANAGER
from portal.cases.queries import shut_out_of
from portal.cases.stages import in_post
from portal.independent_people.queries import listed_person
from portal.people.queries import people_with
from portal.people.roles import THE_TEAM, Role


def holders_of(case: Case) -> frozenset[int]:
    """Whoever holds the next step; without one, the officer of the case, or else the whole team.

    What takes a second person waits for the others of the team: whoever asked for it cannot agree.
    """
    if case.next_action is NextAction.COUNTERSIGN:
        asked = frozenset(one.asked_by_id for one in case.unsigned)
        return (_the_team(case) - asked) or (_everyone(case) - asked)
    stage = case.running_stage
    found: set[int | None] = set()
    if stage is not None and case.next_action in OF_TEAM_MANAGER:
        found = {stage.team_manager_id}
    elif stage is not None and case.next_action in OF_SENIOR_MANAGER:
        found = {stage.senior_manager_id}
    elif stage is not None and case.next_action in OF_SEAT:
        entries = (listed_person(one.independent_person_id) for one in in_post(stage, OF_SEAT[case.next_action]))
        found = {entry.person_id for entry in entries if entry is not None}
    known = frozenset(person_id for person_id in found if person_id is not None)
    return known or _the_team(case)


def seniors_of(case: Case) -> frozenset[int]:
    """Whom a late step is taken to: the senior manager of the running stage, and the lead of the team."""
    stage = case.running_stage
    leads = {person.id for person in people_with(Role.CUSTOMER_RELATIONS_LEAD)}
    senior = {stage.senior_manager_id} if stage is not None and stage.senior_manager_id is not None else set()
    return frozenset(person_id for person_id in senior | leads if person_id is not None) - shut_out_of(case.id)


def _the_team(case: Case) -> frozenset[int]:
    if case.assignee_id is not None:
        return frozenset({case.assignee_id})
    return _everyone(case)


def _everyone(case: Case) -> frozenset[int]:
    """All of the team who may know of the case."""
    return frozenset(person.id for person in people_with(*THE_TEAM)) - shut_out_of(case.id)
