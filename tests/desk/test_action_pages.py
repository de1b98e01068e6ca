"""Every action has a page of a good shape, empty, with errors and in Arabic."""

import pytest

from portal.cases.actions import PLACE
from portal.cases.services import walls
from portal.clock import now, today
from portal.desk.every_action import ON_CASES
from portal.later_stages.services import later_stages, panel
from portal.people.queries import people_with
from portal.people.roles import PERMISSIONS, Role
from tests.factories.people import a_person
from tests.factories.stages import agreed, in_stage_2, on_day, panel_in_post, stage_2_answered, who
from tests.factories.web import fill_in, page_of
from tests.house_rules.test_pages import inspect

ARABIC = "لم يتصل بنا أحد"
OPEN_AT_LEAST = 25  # of the pages; the others are for parts, letters and duties that this case has not
PAGES = [one for one in ON_CASES if one.has_page and one.permission in PERMISSIONS[Role.CUSTOMER_RELATIONS]]


@pytest.fixture
def team(app, staff):
    """A client of the team, and the numbers of the others."""
    client = staff()
    with app.app_context():
        people = {
            "officer": people_with(Role.CUSTOMER_RELATIONS)[0].id,
            "senior": a_person(Role.SENIOR_MANAGER, "Morgan").id,
            "manager": a_person(Role.TEAM_MANAGER, "Sam").id,
        }
    return client, people


def at_the_panel(people):
    case = stage_2_answered(people)
    day = on_day(case.stage(2).responded_on, 2)
    later_stages.ask_for_stage(case.id, 3, requested_on=day, **who(people["officer"], day))
    panel_in_post(case, people, day)
    panel.note_panel_met(case.id, on=on_day(day, 5), **who(people["officer"], on_day(day, 5)))
    return case


def investigated(people):
    case = in_stage_2(people)
    agreed(case, people, on=case.stage(2).requested_on, elements=("The visits stopped", ARABIC))
    return case


@pytest.mark.parametrize("made", [investigated, at_the_panel])
def test_every_action_has_a_good_page_also_with_errors(app, team, made):
    client, people = team
    with app.app_context():
        case = made(people)
        reference = case.reference
    inspect(page_of(client.get(f"/staff/cases/{reference}")))
    opened = 0
    for action in PAGES:
        address = f"/staff/cases/{reference}/{action.address or action.slug}".replace(PLACE, "1")
        answer = client.get(address)
        assert answer.status_code in (200, 404), address
        if answer.status_code == 404:
            assert "cannot be opened now" in page_of(answer), address
            continue
        inspect(page_of(answer))
        opened += 1
        typed = dict.fromkeys(("reasons", "how", "whom", "text", "evidence", "to_whom", "confirmed_by"), ARABIC)
        sent = fill_in(client, address, **typed)
        assert sent.status_code in (200, 302), address
        if sent.status_code == 200:
            inspect(page_of(sent))
    assert opened >= OPEN_AT_LEAST


def test_an_action_that_is_not_there_is_not_found(app, team):
    client, people = team
    with app.app_context():
        reference = investigated(people).reference
    assert client.get(f"/staff/cases/{reference}/do/nothing").status_code == 404


def test_an_investigator_who_is_not_appointed_writes_nothing_and_sees_only_the_statutory_parts(app, team, staff):
    _, people = team
    outsider = staff(Role.INVESTIGATING_OFFICER, "Indra")
    with app.app_context():
        case = investigated(people)
        outsider_id = people_with(Role.INVESTIGATING_OFFICER)[0].id
        until = {"until_on": today(), "reasons": "To look"}
        walls.give_access(case.id, outsider_id, **until, at=now(), by_id=people["officer"])
        reference = case.reference
    page = page_of(outsider.get(f"/staff/cases/{reference}"))
    assert "Cases that belong together" not in page
    assert "You are not appointed to this" in page_of(outsider.get(f"/staff/cases/{reference}/investigate/find-2/1"))
    assert outsider.get(f"/staff/cases/{reference}/independent/comment/1").status_code == 403


def test_an_investigator_reads_no_letter_about_another_part(app, team, staff):
    _, people = team
    outsider = staff(Role.INVESTIGATING_OFFICER, "Indra")
    with app.app_context():
        case = investigated(people)
        until = {"until_on": today(), "reasons": "To look"}
        outsider_id = people_with(Role.INVESTIGATING_OFFICER)[0].id
        walls.give_access(case.id, outsider_id, **until, at=now(), by_id=people["officer"])
        found = {message.kind: message.id for message in case.messages}
        place = f"/staff/cases/{case.reference}/letters"
    assert outsider.get(f"{place}/{found['decision']}.pdf").status_code == 404
    assert outsider.get(f"{place}/{found['answer']}.pdf").status_code == 200
