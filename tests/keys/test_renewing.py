"""Each purpose has a key of its own. It is renewed while the portal serves, and nothing that hung on it is lost."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, func, select, update

from portal.audit.chain import audit_key, head_seal
from portal.audit.models import AuditEntry, AuditHead
from portal.audit.queries import verify_chain
from portal.audit.services import record
from portal.cases.models import Case, CaseWall, SearchWord, WallReason
from portal.cases.queries import QueueFilter, case_by_secret_words, queue
from portal.cases.services.indexing import index_anew, let_old_search_key_go
from portal.cases.services.stock_of_words import draw_secret_words
from portal.cases.services.walls import put_up_wall
from portal.cases.visibility import Viewer, visible_to
from portal.clock import now, today
from portal.database import db, transaction
from portal.intake.services.drafts import save_for_later, start_draft, take_up_again
from portal.keys.models import PortalKey
from portal.keys.services import KEY_RENEWED, KNOWN_TO_ALL_AFTER, CannotRenew, let_old_keys_go, renew_key
from portal.keys.stored import stored_keys
from portal.people.attempts import KNOWN_FOR
from portal.people.models import Person
from portal.people.roles import Role
from portal.sealing.ring import Purpose, ring
from tests.factories.cases import a_case
from tests.factories.people import PASSWORD, a_person
from tests.factories.web import fill_in
from tests.real_settings import KEY, SECRET


@pytest.fixture(autouse=True)
def own_keys():
    """The keys of one test are not those of the next."""
    yield
    ring.load((KEY,), SECRET, stored_keys)


def renew(purpose, **how):
    """Renew a key, as long ago as it takes for every process to know it."""
    return renew_key(purpose, at=now() - KNOWN_TO_ALL_AFTER - timedelta(seconds=1), **how)


def test_a_new_key_waits_until_every_process_knows_it(in_app):
    before = ring.newest(Purpose.SECRET_WORDS)
    assert renew_key(Purpose.SECRET_WORDS, at=now()) == 2
    assert ring.newest(Purpose.SECRET_WORDS).text == before.text
    assert [key.version for key in ring.every(Purpose.SECRET_WORDS)] == [2, 1]


def test_a_new_key_is_random_sealed_and_in_the_audit(in_app, stored):
    renew(Purpose.SESSIONS)
    key = ring.newest(Purpose.SESSIONS)
    assert (key.version, len(key.text)) == (2, 64)
    assert key.text.encode() not in stored()
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.event == KEY_RENEWED.name)).one()
    assert entry.facts == {"purpose": "sessions", "version": 2, "at_once": False}


def test_one_purpose_is_renewed_and_no_other(in_app):
    others = {purpose: ring.newest(purpose) for purpose in Purpose if purpose is not Purpose.SEARCH}
    renew(Purpose.SEARCH)
    assert {purpose: ring.newest(purpose) for purpose in others} == others


def test_a_colleague_stays_signed_in_while_the_key_of_sessions_is_renewed(app, staff):
    officer = staff(Role.CUSTOMER_RELATIONS)
    with app.app_context():
        renew(Purpose.SESSIONS)
    assert officer.get("/staff/queue").status_code == 200


def test_a_key_of_sessions_that_somebody_saw_is_worth_nothing_at_once(app, staff):
    officer = staff(Role.CUSTOMER_RELATIONS)
    with app.app_context():
        renew_key(Purpose.SESSIONS, at=now(), at_once=True)
    assert officer.get("/staff/queue").status_code == 302
    with app.app_context():
        assert [key.version for key in ring.every(Purpose.SESSIONS)] == [2]


def test_other_keys_cannot_be_dropped_at_once_for_something_hangs_on_them(in_app):
    with pytest.raises(CannotRenew, match="would be lost"):
        renew_key(Purpose.AUDIT, at=now(), at_once=True)
    assert ring.is_of_the_secret(Purpose.AUDIT)


def test_a_form_that_lay_open_is_taken(app, begun):
    with app.app_context():
        page = begun.get("/y/4").get_data(as_text=True)
        token = page.split('name="csrf_token" type="hidden" value="')[1].split('"')[0]
        renew(Purpose.FORMS)
    assert begun.post("/y/4", data={"csrf_token": token, "words": "he shouts"}).status_code == 302


def test_passwords_and_secret_words_of_before_still_open_and_a_password_moves_to_the_new_key(app, client):
    with app.app_context():
        person = a_person(Role.CUSTOMER_RELATIONS)
        drawn = draw_secret_words()
        case = a_case(drawn=drawn)
        renew(Purpose.PASSWORDS)
        renew(Purpose.SECRET_WORDS)
        again = draw_secret_words()
        later = a_case(drawn=again)
        assert case_by_secret_words(drawn.words, today()) == case
        assert case_by_secret_words(again.words, today()) == later
        email, kept = person.email, person.password
    assert fill_in(client, "/staff/sign-in", email=email, password=PASSWORD).status_code == 302
    assert client.get("/staff/queue").status_code == 200
    with app.app_context():
        db.session.expire_all()
        assert db.session.scalars(select(Person).where(Person.email == email)).one().password != kept
        db.session.execute(delete(PortalKey).where(PortalKey.purpose == Purpose.PASSWORDS, PortalKey.version == 1))
        db.session.commit()
        ring.refresh()
    assert fill_in(app.test_client(), "/staff/sign-in", email=email, password=PASSWORD).status_code == 302


def test_a_wrong_password_stays_wrong_under_every_key(app, client):
    with app.app_context():
        email = a_person(Role.CUSTOMER_RELATIONS).email
        renew(Purpose.PASSWORDS)
    assert fill_in(client, "/staff/sign-in", email=email, password="not this one").status_code == 200


def test_a_saved_draft_is_found_by_words_that_were_given_before_and_after(in_app):
    words = [draw_secret_words().words for _ in range(2)]
    save_for_later(start_draft("complain", {}, at=now()), words[0], at=now())
    renew(Purpose.SAVED_DRAFTS)
    save_for_later(start_draft("complain", {}, at=now()), words[1], at=now())
    assert all(take_up_again(one, "complain", at=now()) for one in words)


def found(words):
    return [case.reference for case in queue(QueueFilter(words=words)).cases]


def test_search_finds_every_case_before_while_and_after_the_index_is_made_anew(any_app):
    cases = [a_case(words=f"the grandmother of number{number}") for number in range(3)]
    renew(Purpose.SEARCH)
    cases.append(a_case(words="another grandmother"))
    wanted = {case.reference for case in cases}
    while True:
        assert set(found("grandmother")) == wanted
        if not index_anew(how_many=1):
            break
    assert let_old_search_key_go(at=now()) == 1
    ring.refresh()
    assert (set(found("grandmother")), len(ring.every(Purpose.SEARCH))) == (wanted, 1)
    assert found("number2") == [cases[2].reference]


def test_an_old_key_of_search_stays_while_one_case_hangs_on_it(in_app):
    a_case(words="grandmother")
    renew(Purpose.SEARCH)
    assert let_old_search_key_go(at=now()) == 0
    assert len(ring.every(Purpose.SEARCH)) == 2


def test_nobody_slips_through_a_wall_while_the_key_of_search_is_renewed(in_app):
    case, shut_out = a_case(), a_person(Role.CUSTOMER_RELATIONS)
    for name in ("Kim", "Lee"):
        a_person(Role.CUSTOMER_RELATIONS, name)
    put_up_wall(case.id, shut_out.id, WallReason.COMPLAINED_ABOUT, at=now(), by_id=None)
    viewer = Viewer(shut_out.id, True, frozenset({shut_out.id}), today())

    def seen():
        return db.session.scalars(select(Case.id).where(visible_to(viewer))).all()

    assert seen() == []
    renew(Purpose.SEARCH)
    assert seen() == []
    before = db.session.scalars(select(CaseWall.person_mark)).one()
    index_anew()
    let_old_search_key_go(at=now())
    ring.refresh()
    assert db.session.scalars(select(CaseWall.person_mark)).one() != before
    assert seen() == []


def test_the_audit_goes_on_under_a_new_key_and_the_old_one_forges_nothing(any_app):
    a_case()
    renew(Purpose.AUDIT)
    a_case()
    assert verify_chain().trouble == ""
    count = db.session.scalar(select(func.count()).select_from(AuditEntry))
    with transaction() as session:  # somebody who has the old key ends the chain where it was theirs
        first = session.scalars(select(AuditEntry).order_by(AuditEntry.id)).first()
        session.execute(delete(AuditEntry).where(AuditEntry.id > first.id))
        told = {"hash": first.hash, "count": 1, "key_version": 1, "seal": head_seal(1, first.hash, audit_key(1))}
        session.execute(update(AuditHead).values(told))
    assert count > 3
    assert "another key than the newest" in verify_chain().trouble


def test_a_process_that_has_not_read_the_new_key_of_the_audit_reads_it_when_it_writes(any_app):
    a_case()
    renew(Purpose.AUDIT)
    ring._stored = {}
    record(KEY_RENEWED, "keys", at=now(), purpose="audit", version=2, at_once=False)
    assert verify_chain().trouble == ""


def test_old_keys_of_sessions_go_after_a_day_those_of_forms_with_the_last_known_device_and_no_others(in_app):
    for purpose in Purpose:
        renew(purpose)
    assert let_old_keys_go(at=now()) == 0
    assert let_old_keys_go(at=now() + timedelta(days=1)) == 1
    assert let_old_keys_go(at=now() + timedelta(seconds=KNOWN_FOR)) == 0
    assert let_old_keys_go(at=now() + timedelta(days=182)) == 1
    ring.refresh()
    kept = {purpose for purpose in Purpose if len(ring.every(purpose)) == 2}
    assert kept == set(Purpose) - {Purpose.SESSIONS, Purpose.FORMS}


def test_after_every_key_was_renewed_the_secret_of_the_settings_can_be_changed_and_nothing_is_lost(app):
    run = app.test_cli_runner().invoke
    with app.app_context():
        drawn = draw_secret_words()
        reference = a_case(words="the grandmother", drawn=drawn).reference
    assert run(args=["keys", "renew", "all"]).exit_code == 0
    told = run(args=["keys", "list"]).output
    assert "PORTAL_SECRET_KEY" not in told
    ring.load((KEY,), "another long secret of nobody but this test", stored_keys)
    assert run(args=["keys", "accept"]).exit_code == 0
    with app.app_context():
        assert case_by_secret_words(drawn.words, today()).reference == reference
        assert found("grandmother") == [reference]
        assert verify_chain().trouble == ""


def test_how_many_marks_a_case_has_does_not_grow_when_it_is_indexed_again(in_app):
    a_case(words="the grandmother")
    before = db.session.scalar(select(func.count()).select_from(SearchWord))
    renew(Purpose.SEARCH)
    index_anew()
    assert db.session.scalar(select(func.count()).select_from(SearchWord)) == before
