"""Nothing is quoted without consent and a second look; the digest, the wall and the portfolio show what may be shown."""

from datetime import date

import pytest

from portal.compliments.digest import digest_of, portfolio_of
from portal.compliments.queries import compliments_received_between, quotable_between
from portal.compliments.services import keeping, quoting
from portal.people.roles import Role
from portal.procedure.eligibility import Complainant
from tests.compliments.conftest import TEAM, after, fresh, some_thanks
from tests.factories.cases import MONDAY
from tests.factories.people import a_person
from tests.factories.web import fill_in, page_of

JUNE = date(2026, 6, 1), date(2026, 6, 30)


def quoted(thanks, words="She listened.", first=None, second=None):
    first = first or a_person(Role.CUSTOMER_RELATIONS, "Kit").id
    second = second or a_person(Role.CUSTOMER_RELATIONS, "Alex").id
    quoting.write_quote(thanks.id, words, at=MONDAY, by_id=first)
    quoting.check_quote(thanks.id, words, at=MONDAY, by_id=second)


def test_without_consent_there_is_no_quote(in_app, asha):
    thanks = some_thanks()
    with pytest.raises(keeping.CannotDo, match="has not agreed"):
        quoting.write_quote(thanks.id, "She listened.", at=MONDAY, by_id=asha[0])


def test_whoever_wrote_a_quote_cannot_be_its_second_look(in_app, asha):
    thanks = some_thanks(may_share=True)
    quoting.write_quote(thanks.id, "She listened.", at=MONDAY, by_id=asha[0])
    with pytest.raises(keeping.CannotDo, match="Someone else"):
        quoting.check_quote(thanks.id, "She listened.", at=MONDAY, by_id=asha[0])
    with pytest.raises(keeping.CannotDo, match="not the one that you saw"):
        quoting.check_quote(thanks.id, "Other words.", at=MONDAY, by_id=asha[1])
    assert quotable_between(*JUNE) == []


def test_who_changes_their_mind_is_on_no_page_any_more(in_app, asha):
    thanks = some_thanks()
    quoting.record_consent(thanks.id, "On the phone today", at=MONDAY, by_id=asha[1])
    quoted(thanks)
    assert [one.id for one in quotable_between(*JUNE)] == [thanks.id]
    quoting.withdraw_consent(thanks.id, "She rang", at=MONDAY, by_id=asha[1])
    assert (quotable_between(*JUNE), fresh(thanks.id).quote) == ([], None)


def test_the_digest_counts_by_team_and_by_who_said_it_with_courts_apart(in_app, asha):
    quoted(some_thanks(may_share=True))
    some_thanks("Thank you", "Nobody we know", source=Complainant.PROFESSIONAL, is_from_court=True)
    digest = digest_of(compliments_received_between(*JUNE))
    assert digest.total == 2
    assert dict(digest.by_team) == {TEAM: 1, "Not known yet": 1}
    assert dict(digest.by_source) == {"Parent": 1, "Court": 1}
    assert [(quote.words, quote.told) for quote in digest.quotes] == [("She listened.", "Parent, of Asha Khan")]


def test_a_portfolio_tells_nobody_who_the_family_is(in_app, asha):
    thanks = some_thanks("Asha helped my son Tommy at Hilltop School")
    after(10)
    (shown,) = portfolio_of([fresh(thanks.id)], "Asha Khan")
    assert "Asha" in shown.words
    assert not any(private in shown.words for private in ("Tommy", "Hilltop"))


def test_the_whole_way_from_thanks_to_the_wall(app, staff, asha):
    with app.app_context():
        thanks = some_thanks("Asha helped Tommy", at=MONDAY).id
    first, second, address = staff(name="Kit"), staff(name="Alex"), f"/staff/compliments/{thanks}"
    assert "<mark>Tommy</mark>" in page_of(first.get(address))
    assert "Write when and how they told us" in page_of(fill_in(first, address, f"{address}/agreed"))
    fill_in(first, address, f"{address}/agreed", how="She said so on the phone")
    fill_in(first, address, f"{address}/quote", quote="Asha helped us")
    assert f"{address}/check" not in page_of(first.get(address))
    assert "Quotes for a second look" in page_of(second.get("/staff/compliments/"))
    fill_in(second, address, f"{address}/check")
    with app.app_context():
        assert fresh(thanks).may_be_quoted
    page = page_of(second.get("/staff/compliments/digest?month=2026-06"))
    assert "Asha helped us" in page
    assert "Tommy" not in page


def test_everyone_sees_the_wall_and_only_their_own_thanks(app, staff, asha):
    colleague = staff(Role.ANY_STAFF, "Jo")
    assert colleague.get("/staff/compliments/wall").status_code == 200
    assert colleague.get("/staff/compliments/mine").status_code == 200
    assert colleague.get(f"/staff/compliments/mine?of={asha[0]}").status_code == 403
    assert colleague.get("/staff/compliments/mine?of=x").status_code == 403


@pytest.mark.parametrize("address", ["digest?month=2026-06&format=pdf", "mine?format=pdf"])
def test_paper_is_a_tagged_pdf(app, staff, asha, address):
    with app.app_context():
        quoted(some_thanks(may_share=True), "She listened. شكرا")
    answer = staff().get(f"/staff/compliments/{address}")
    assert answer.mimetype == "application/pdf"
    assert b"/MarkInfo" in answer.data or b"pdfuaid" in answer.data
