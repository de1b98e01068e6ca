"""What takes two people waits for the second, who reads it as the first filled it in, and agrees or says why not."""

import pytest

from portal.audit.queries import entries_about
from portal.cases.holders import holders_of
from portal.cases.models import Case, NextAction
from portal.cases.queries import case_by_reference
from portal.people.queries import people_with
from portal.people.roles import Role
from portal.procedure.eligibility import Complainant
from portal.procedure.grounds import Matter
from portal.procedure.routes import Route
from portal.triage.services.triage import PartFacts
from tests.factories.cases import a_case, checked, decided
from tests.factories.web import fill_in, form_on, open_with_reason, page_of

ENQUIRY = PartFacts("The report came late", Matter.CHILD_PROTECTION_ENQUIRY, still_going_on=True)
WHY = "The person asked us not to name anybody else."


@pytest.fixture
def desk(app, staff):
    """Two colleagues of the team, and the address of a case whose letter declines a part."""
    first, second = staff(Role.CUSTOMER_RELATIONS, "Rowan"), staff(Role.CUSTOMER_RELATIONS_LEAD, "Alex")
    with app.app_context():
        officer = people_with(Role.CUSTOMER_RELATIONS)[0].id
        case = a_case()
        checked(case, officer)
        decided(case, officer, route=Route.CORPORATE, said=ENQUIRY)
        address = f"/staff/cases/{case.reference}"
    open_with_reason(second, address.rsplit("/", 1)[1])
    return app, first, second, address


def case_at(address) -> Case:
    return case_by_reference(address.rsplit("/", 1)[1])


def send_without_the_ombudsman(client, address, **more):
    """Press Send on the letter, with the Ombudsman taken out."""
    letter = "Part 1. We cannot look into this because it is not ours. Thank you."
    return page_of(fill_in(client, f"{address}/tell", letter=letter, follow=True, **more))


def test_a_letter_that_lacks_something_is_held_back_with_a_way_to_send_it_by_two(desk):
    _, first, _, address = desk
    page = send_without_the_ombudsman(first, address)
    assert "It does not say how to reach the Ombudsman." in page
    assert "Send it although something is missing" in page


def test_it_waits_for_somebody_else_and_goes_when_they_agree(desk):
    app, first, second, address = desk
    asked = send_without_the_ombudsman(first, address, despite=WHY)
    assert "It takes two people" in asked
    assert "It waits for you" not in asked
    with app.app_context():
        assert case_at(address).next_action is NextAction.COUNTERSIGN
        assert case_at(address).messages == []
        assert holders_of(case_at(address)) == {people_with(Role.CUSTOMER_RELATIONS_LEAD)[0].id}
    shown = page_of(second.get(address))
    assert WHY in shown
    assert f'href="{address}/tell"' in shown
    read = page_of(second.get(f"{address}/tell"))
    assert "Rowan asked for this" in read
    assert "it is not ours. Thank you." in read
    assert "is told of the decision" in page_of(fill_in(second, f"{address}/tell", follow=True))
    with app.app_context():
        case = case_at(address)
        assert [letter.kind for letter in case.messages] == ["decision"]
        assert case.unsigned == []
        told = {entry.event: entry.facts for entry in entries_about(case.about)}
    assert told["letter_sent_without"]["lacks"] == ["It does not say how to reach the Ombudsman."]
    assert told["second_person_agreed"]["from_id"] == told["letter_sent_without"]["from_id"]


def test_whoever_asked_cannot_agree_with_themselves(desk):
    app, first, _, address = desk
    send_without_the_ombudsman(first, address, despite=WHY)
    assert "It waits for a second person" in page_of(first.get(f"{address}/tell"))
    assert "It takes two people" in page_of(fill_in(first, f"{address}/tell", follow=True))
    with app.app_context():
        case = case_at(address)
        assert (len(case.unsigned), case.messages) == (1, [])


def test_who_does_not_agree_says_why_and_nothing_goes(desk):
    app, first, second, address = desk
    send_without_the_ombudsman(first, address, despite=WHY)
    with app.app_context():
        key = case_at(address).unsigned[0].id
    refused = f"{address}/do/do-not-agree/{key}"
    assert "Give your reasons" in page_of(fill_in(second, refused, follow=True))
    assert "It is not done" in page_of(fill_in(second, refused, follow=True, reasons="They only meant their school."))
    with app.app_context():
        case = case_at(address)
        assert (case.unsigned, case.messages, case.next_action) == ([], [], NextAction.TELL_DECISION)
    assert "They only meant their school." in page_of(first.get(address))
    assert "does not wait for anyone any more" in page_of(fill_in(second, refused, follow=True, reasons="No"))


def test_what_was_ticked_to_refuse_somebody_is_ticked_for_the_second_person_too(desk):
    app, first, second, _ = desk
    with app.app_context():
        case = a_case(who=Complainant.SUFFICIENT_INTEREST)
        checked(case, people_with(Role.CUSTOMER_RELATIONS)[0].id)
        address = f"/staff/cases/{case.reference}"
    open_with_reason(second, case.reference)
    said = {"is_sufficient": "no", "says": "no", "childs_views": "He asked us not to.", "reasons": "He does not want it."}
    ticked = ["childs_views", "relationship"]
    assert "It takes two people" in page_of(fill_in(first, f"{address}/do/interest", follow=True, weighed=ticked, **said))
    assert form_on(page_of(second.get(f"{address}/do/interest")), f"{address}/do/interest")["weighed"] == ticked
    fill_in(second, f"{address}/do/interest")
    with app.app_context():
        assert case_at(address).interest["weighed"] == ticked


def test_what_the_second_person_changes_is_their_own_request(desk):
    app, first, second, address = desk
    send_without_the_ombudsman(first, address, despite=WHY)
    other = "Part 1. We do nothing more about this because it is not ours. Thank you."
    assert "It takes two people" in page_of(fill_in(second, f"{address}/tell", letter=other, follow=True))
    with app.app_context():
        (waits,) = case_at(address).unsigned
        assert (waits.asked_by_id, case_at(address).messages) == (people_with(Role.CUSTOMER_RELATIONS_LEAD)[0].id, [])
