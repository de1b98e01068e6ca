"""Thanks reach whom they are for and their manager the same day, or are held for a person to look at."""

import pytest
from sqlalchemy import select

from portal.audit.queries import entries_about
from portal.compliments.models import Compliment, Held
from portal.compliments.services import keeping, passing_on
from portal.database import db
from portal.outbox.models import OutgoingEmail
from portal.people.models import Person, Team
from tests.compliments.conftest import TEAM, after, fresh, some_thanks
from tests.factories.cases import MONDAY


def emails():
    return {one.recipient: one for one in db.session.scalars(select(OutgoingEmail))}


def test_after_ten_minutes_the_worker_and_the_manager_get_the_words(in_app, asha):
    thanks = some_thanks("You came every time.\nThank you", from_name="Pat")
    assert after(9) == 0
    assert after(10) == 1
    sent = emails()
    assert set(sent) == {"asha@example.org", "sam@example.org"}
    assert "> You came every time." in sent["asha@example.org"].body
    assert "Pat, parent" in sent["asha@example.org"].body
    assert sent["sam@example.org"].subject == "Someone thanked Asha Khan"
    assert (after(11), str(fresh(thanks.id).passed_on_on)) == (0, "2026-06-01")


def test_whoever_left_is_not_written_to_and_their_manager_is(in_app, asha):
    db.session.get(Person, asha[0]).active = False
    db.session.commit()
    some_thanks()
    assert after(10) == 1
    assert set(emails()) == {"sam@example.org"}


def test_thanks_for_a_team_go_to_its_manager(in_app, asha):
    thanks = some_thanks(thanked="the Leaving Care team")
    assert [one.team.name for one in thanks.for_whom] == [TEAM]
    keeping.say_for_whom(thanks.id, TEAM, at=MONDAY, by_id=asha[1])
    assert after(10) == 1
    assert set(emails()) == {"sam@example.org"}


def test_when_nobody_can_be_told_a_person_sees_it(in_app):
    team = db.session.scalars(select(Team).order_by(Team.id)).first()
    thanks = some_thanks(thanked=team.name)
    assert after(10) == 0
    assert fresh(thanks.id).held_why is Held.NOBODY


def test_two_people_of_one_name_are_never_guessed(in_app, asha):
    thanks = some_thanks(thanked="Asha")
    assert not thanks.is_known_who
    assert after(60) == 0
    keeping.say_for_whom(thanks.id, f"Asha Khan, {TEAM}", at=MONDAY, by_id=asha[1])
    assert after(60) == 1


def test_a_name_that_the_directory_does_not_know_is_refused_in_words(in_app, asha):
    thanks = some_thanks(thanked="someone")
    with pytest.raises(keeping.CannotDo, match="We are not sure who you mean"):
        keeping.say_for_whom(thanks.id, "Nobody Here", at=MONDAY, by_id=asha[1])


def test_thanks_that_may_hide_a_complaint_are_held_until_the_person_decided(in_app, asha):
    thanks = some_thanks("Asha is wonderful. The one before her never came.")
    assert after(60) == 0
    assert fresh(thanks.id).held_why is Held.MAY_COMPLAIN
    keeping.settle(thanks.id, "leave_out", said="On the phone: no complaint.", leaves_out=True, at=MONDAY, by_id=asha[1])
    assert after(60) == 1
    assert "Asha is wonderful." in emails()["asha@example.org"].body
    assert "never came" not in emails()["asha@example.org"].body
    assert fresh(thanks.id).words == "Asha is wonderful. The one before her never came."


def test_a_child_who_has_not_said_yes_is_never_passed_on(in_app, asha):
    thanks = some_thanks(may_pass_on=False)
    assert after(60) == 0
    with pytest.raises(keeping.CannotDo):
        passing_on.say_it_was_passed_on(thanks.id, at=MONDAY, by_id=asha[1])
    keeping.allow_passing_on(thanks.id, True, at=MONDAY)
    assert after(61) == 1


def test_past_thanks_wait_for_nobody_and_can_still_be_passed_on(in_app, asha):
    thanks = some_thanks(is_from_before=True)
    assert after(10_000) == 0
    assert not fresh(thanks.id).is_waiting
    passing_on.pass_on_now(thanks.id, "https://say.example", at=MONDAY, by_id=asha[1])
    assert set(emails()) == {"asha@example.org", "sam@example.org"}


def test_a_slip_is_undone_within_ten_minutes_by_who_made_it_alone(in_app, asha):
    thanks = some_thanks(by_id=asha[0])
    with pytest.raises(keeping.CannotDo):
        keeping.take_back(thanks.id, at=MONDAY, by_id=asha[1])
    logged = keeping.take_back(thanks.id, at=MONDAY, by_id=asha[0])
    assert (logged.words, logged.thanked) == ("You listened", "Asha Khan")
    assert db.session.scalars(select(Compliment)).all() == []
    assert [entry.event for entry in entries_about("compliment/1")] == ["compliment_logged", "compliment_taken_back"]
    later = some_thanks(by_id=asha[0])
    after(10)
    with pytest.raises(keeping.CannotDo):
        keeping.take_back(later.id, at=MONDAY, by_id=asha[0])


def test_the_team_is_filled_in_from_whom_it_is_for(in_app, asha):
    assert some_thanks().service_area == TEAM


def test_what_was_passed_on_is_written_down_without_a_word_of_it(in_app, asha):
    thanks = some_thanks("Zanzibar")
    after(10)
    entries = entries_about(thanks.about)
    assert entries[-1].event == "compliment_passed_on"
    assert sorted(entries[-1].facts["people"]) == sorted(asha)
    assert "Zanzibar" not in str([entry.facts for entry in entries])
