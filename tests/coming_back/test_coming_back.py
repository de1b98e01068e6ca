"""What follows when a child comes back and says how it is."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from portal.audit.models import AuditEntry
from portal.cases.errors import NotComplete
from portal.cases.models import Case, FollowUpKind, NextAction
from portal.cases.queries import case_by_secret_words
from portal.cases.services.advocates import MayKnow, choose_what_advocate_knows, may_know
from portal.cases.services.stock_of_words import draw_secret_words
from portal.cases.services.walls import give_access
from portal.closing.services.closing import close_case
from portal.coming_back.services.coming_back import (
    next_stage_of,
    renew_secret_words,
    say_not_sorted,
    say_on_coming_back,
    settle_follow_up,
)
from portal.coming_back.services.sorted_questions import ask_if_sorted
from portal.config import DEMO_COUNCIL
from portal.database import db
from portal.people.roles import Role
from portal.procedure.stages import ClosingReason, Status
from tests.factories.cases import MONDAY, a_case, checked, their_word
from tests.factories.people import a_person
from tests.factories.stages import answered as answered_by

TODAY = MONDAY.date()


def officer():
    return a_person(Role.CUSTOMER_RELATIONS).id


def answered():
    people = {"officer": officer(), "senior": a_person(Role.SENIOR_MANAGER).id, "manager": a_person(Role.TEAM_MANAGER).id}
    return answered_by(people, on=TODAY)


def fresh(case):
    db.session.expire_all()
    return db.session.get_one(Case, case.id)


def say(case, kind, words="", at=MONDAY):
    say_on_coming_back(case.id, kind, words, once_key=f"{kind}{words}", at=at)


def not_sorted(case, *, someone_new, at=MONDAY):
    say_not_sorted(case.id, "the bus", someone_new=someone_new, council=DEMO_COUNCIL, once_key="x", at=at)


def test_treated_badly_is_due_today_and_read_first_until_someone_says_what_was_done(in_app):
    who, case = officer(), a_case()
    checked(case, who)
    say(case, FollowUpKind.TREATED_BADLY)
    case = fresh(case)
    assert (case.next_action, case.next_due_on, case.is_read_first) == (NextAction.KEEP_SAFE, TODAY, True)
    settle_follow_up(case.id, case.follow_ups[0].id, "I rang the home's manager", at=MONDAY, by_id=who)
    case = fresh(case)
    assert case.next_action is not NextAction.KEEP_SAFE
    assert not case.is_read_first


def test_what_was_done_is_asked_for_in_words(in_app):
    who, case = officer(), a_case()
    say(case, FollowUpKind.DELETE)
    with pytest.raises(NotComplete):
        settle_follow_up(case.id, fresh(case).follow_ups[0].id, " ", at=MONDAY, by_id=who)


def test_saying_it_twice_is_one_task(in_app):
    case = a_case()
    say(case, FollowUpKind.TREATED_BADLY)
    say(case, FollowUpKind.TREATED_BADLY, "he shouted")
    case = fresh(case)
    assert len(case.follow_ups) == 1
    assert [message.words for message in case.messages if not message.from_us] == ["he shouted"]


def test_sorted_needs_nobody(in_app):
    case = answered()
    say(case, FollowUpKind.SORTED)
    assert not fresh(case).is_open


def test_not_sorted_with_someone_new_starts_the_next_stage_today(in_app):
    case = answered()
    assert next_stage_of(case) == 2
    not_sorted(case, someone_new=True)
    case = fresh(case)
    assert case.status is Status.STAGE_2
    assert case.stage(2).requested_on == TODAY
    assert not any(one.waits for one in case.follow_ups)


def test_not_sorted_with_the_same_team_opens_the_case_for_a_second_look(in_app):
    case = answered()
    not_sorted(case, someone_new=False)
    case = fresh(case)
    assert (case.is_open, case.next_action) == (True, NextAction.LOOK_AGAIN)


def test_not_sorted_reopens_a_case_that_was_settled_without_an_answer(in_app):
    who, case = officer(), a_case()
    checked(case, who)
    close_case(case.id, ClosingReason.RESOLVED_NEXT_DAY, **their_word(), at=MONDAY, by_id=who)
    not_sorted(case, someone_new=True)
    case = fresh(case)
    assert (case.status, case.is_open) == (Status.TO_DECIDE, True)
    assert db.session.scalars(select(AuditEntry).where(AuditEntry.event == "case_reopened")).one().by_id is None


@pytest.mark.parametrize(("weeks", "asked"), [(3, 0), (4, 1), (5, 1), (7, 0), (12, 1), (15, 0)])
def test_people_are_asked_after_four_and_twelve_weeks(in_app, weeks, asked):
    answered()
    assert ask_if_sorted(DEMO_COUNCIL, at=MONDAY + timedelta(weeks=weeks, days=1)) == asked


def test_nobody_is_asked_twice_or_after_they_said(in_app):
    case = answered()
    at = MONDAY + timedelta(weeks=4, days=1)
    assert [ask_if_sorted(DEMO_COUNCIL, at=at) for _ in range(2)] == [1, 0]
    say(case, FollowUpKind.SORTED, at=at)
    assert ask_if_sorted(DEMO_COUNCIL, at=at + timedelta(weeks=8)) == 0


def test_who_said_a_bit_is_asked_again_at_twelve_weeks(in_app):
    case = answered()
    at = MONDAY + timedelta(weeks=4, days=1)
    say(case, FollowUpKind.PARTLY_SORTED, at=at)
    assert ask_if_sorted(DEMO_COUNCIL, at=at + timedelta(weeks=8)) == 1


def test_new_secret_words_take_the_place_of_the_old(in_app):
    old, new = draw_secret_words(), draw_secret_words()
    case = a_case(drawn=old)
    renew_secret_words(case.id, new, "met with their advocate", at=MONDAY, by_id=officer())
    assert case_by_secret_words(old.words, TODAY) is None
    assert case_by_secret_words(new.words, TODAY).id == case.id
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.event == "secret_words_renewed")).one()
    assert not any(word in str(entry.facts) for word in new.words.split())


def test_the_words_lead_nowhere_a_year_after_closing(in_app):
    who, drawn = officer(), draw_secret_words()
    case = a_case(drawn=drawn)
    checked(case, who)
    close_case(case.id, ClosingReason.RESOLVED_NEXT_DAY, **their_word(), at=MONDAY, by_id=who)
    assert case_by_secret_words(drawn.words, TODAY + timedelta(days=366)) is not None
    assert case_by_secret_words(drawn.words, TODAY + timedelta(days=367)) is None


def test_an_advocate_is_found_after_the_case_was_read_for_safety(in_app):
    who, case = officer(), a_case(person={"advocate": "yes", "advocate_may_know": "name"})
    assert case.next_action is NextAction.CHECK_SAFEGUARDING
    checked(case, who)
    assert fresh(case).next_action is NextAction.FIND_ADVOCATE


def test_tell_them_nothing_shuts_the_advocate_out_at_once(app):
    with app.app_context():
        who, advocate, case = officer(), a_person(Role.ADVOCATE).id, a_case()
        choose_what_advocate_knows(case.id, MayKnow.ALL, at=MONDAY)
        give_access(case.id, advocate, until_on=date(2099, 1, 1), reasons="their advocate", at=MONDAY, by_id=who)
        choose_what_advocate_knows(case.id, MayKnow.NOTHING, at=MONDAY)
        assert may_know(fresh(case)) is MayKnow.NOTHING
        ended = db.session.scalars(select(AuditEntry).where(AuditEntry.event == "access_ended")).one()
        assert ended.facts["person_id"] == advocate


def test_treated_badly_again_on_the_same_day_is_a_new_task(in_app):
    who, case = officer(), a_case()
    checked(case, who)
    say(case, FollowUpKind.TREATED_BADLY)
    settle_follow_up(case.id, fresh(case).follow_ups[0].id, "I rang", at=MONDAY, by_id=who)
    say(case, FollowUpKind.TREATED_BADLY)
    assert fresh(case).next_action is NextAction.KEEP_SAFE


def test_what_was_done_about_a_wish_is_told_to_the_person(in_app):
    who, case = officer(), a_case()
    say(case, FollowUpKind.TAKE_BACK)
    settle_follow_up(case.id, fresh(case).follow_ups[0].id, "We stopped.", at=MONDAY, by_id=who)
    assert [(one.from_us, one.words) for one in fresh(case).messages] == [(True, "We stopped.")]


def test_who_wanted_no_advocate_and_wants_one_again_is_found_one(in_app):
    who, case = officer(), a_case(person={"advocate": "yes", "advocate_may_know": "name"})
    checked(case, who)
    choose_what_advocate_knows(case.id, MayKnow.NOTHING, at=MONDAY)
    assert fresh(case).next_action is not NextAction.FIND_ADVOCATE
    choose_what_advocate_knows(case.id, MayKnow.NAME, at=MONDAY)
    assert fresh(case).next_action is NextAction.FIND_ADVOCATE
