"""Only the person ends a complaint: who said so is written down, and what somebody else says is asked of them first."""

import pytest
from werkzeug.datastructures import MultiDict

from portal.audit.queries import entries_about
from portal.cases.confirmation import ToldBy
from portal.cases.errors import NotComplete
from portal.closing.forms import EndForm
from portal.closing.services import closing
from portal.people.roles import Role
from portal.procedure.stages import ClosingReason
from tests.factories.cases import in_stage_1, their_word
from tests.factories.people import a_person
from tests.factories.web import fill_in, page_of
from tests.triage.test_triage import TUESDAY, WEDNESDAY


@pytest.fixture
def officer(in_app):
    return a_person(Role.CUSTOMER_RELATIONS).id


@pytest.mark.parametrize("by", [ToldBy.WORKER, ToldBy.SOMEONE_ELSE])
@pytest.mark.parametrize("person", [{"is_adult": False}, {"is_adult": True, "name": "Pat"}])
def test_what_somebody_else_says_is_asked_of_the_person_and_everything_goes_on(officer, by, person):
    case = in_stage_1(officer, person=person)
    due = (case.next_due_on, case.next_action)
    word = their_word(TUESDAY, by)
    assert not closing.close_case(case.id, ClosingReason.WITHDRAWN, **word, at=TUESDAY, by_id=officer)
    assert (case.status, case.is_open, (case.next_due_on, case.next_action)) == ("stage_1", True, due)
    assert case.messages[-1].kind == "asked_to_stop"
    assert ("you do not have to do anything" if person["is_adult"] else "We go on.") in case.messages[-1].words
    facts = entries_about(case.about)[-1].facts
    assert facts["told_by"] == by
    assert "by phone, on Tuesday 2 June 2026" in facts["words"]


def test_an_advocates_word_is_the_persons_and_is_written_down_as_such(officer):
    case = in_stage_1(officer)
    word = their_word(TUESDAY, ToldBy.ADVOCATE)
    assert closing.close_case(case.id, ClosingReason.WITHDRAWN, **word, at=TUESDAY, by_id=officer)
    assert case.closing_words == "Their advocate, for them, by phone, on Tuesday 2 June 2026"


def test_a_day_that_has_not_come_is_no_word(officer):
    case = in_stage_1(officer)
    with pytest.raises(NotComplete, match="between the receipt and today"):
        closing.close_case(case.id, ClosingReason.WITHDRAWN, **their_word(WEDNESDAY), at=TUESDAY, by_id=officer)


def test_the_page_says_when_the_person_is_asked_first(app, staff):
    client = staff()
    with app.app_context():
        case = in_stage_1(1)
        address = f"/staff/cases/{case.reference}"
    word = {"reason": "withdrawn", "told_by": "worker", "told_how": "phone"}
    fill_in(client, address, f"{address}/close", **word)
    page = page_of(client.get(address))
    assert "They are asked first, in a letter." in page
    assert "another worker, by phone, on" in page


def test_someone_who_was_asked_is_not_asked_again_before_they_said_anything(officer):
    case = in_stage_1(officer)
    word = their_word(TUESDAY, ToldBy.WORKER)
    closing.close_case(case.id, ClosingReason.RESOLVED_LOCALLY, **word, at=TUESDAY, by_id=officer)
    assert "what you complained about is settled" in case.messages[-1].words
    with pytest.raises(NotComplete, match="asked already"):
        closing.close_case(case.id, ClosingReason.RESOLVED_LOCALLY, **word, at=TUESDAY, by_id=officer)


def test_a_statement_that_could_not_be_agreed_needs_nobodys_word(app):
    said = {"ending": "statement_not_agreed", "words": "Silence", "told_on": "2026-06-02", "version": "1"}
    with app.test_request_context():
        form = EndForm(MultiDict(said), meta={"csrf": False})
        form.validate()
        assert (form.told_by.errors, form.ending.errors, form.said_so()) == ([], [], None)
        form = EndForm(MultiDict(said | {"ending": "withdrawn"}), meta={"csrf": False})
        form.validate()
        assert list(form.told_by.errors) == ["Say who told you, and how"]
