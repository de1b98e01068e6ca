"""Passing thanks on to whom they are for, and to their manager, the same day."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from portal.audit.services import record
from portal.clock import london_day
from portal.compliments.events import COMPLIMENT_PASSED_ON, COMPLIMENT_REACHED_NOBODY
from portal.compliments.hidden_complaint import without_sentences
from portal.compliments.models import Compliment, Held
from portal.compliments.queries import ids_to_pass_on
from portal.compliments.services.keeping import CannotDo
from portal.database import transaction
from portal.keys.opening import each_by_itself
from portal.outbox.services import AddressNotValid, queue_email
from portal.people.models import Person
from portal.people.queries import managers_of_team, people_by_ids

log = logging.getLogger("portal")


@dataclass(frozen=True)
class Recipient:
    """Someone who is told of thanks, and whether they are for them or for someone they manage."""

    person: Person
    is_for_them: bool


def pass_on_waiting(site_address: str, *, at: datetime) -> int:
    """Pass on everything whose time has come; says how many. One that cannot go on never holds up the next."""

    def pass_on(compliment_id: int) -> int:
        with transaction() as session:
            compliment = session.get_one(Compliment, compliment_id, with_for_update=True)
            return _pass_on(compliment, site_address, at=at, by_id=None) if _is_ready(compliment) else 0

    return sum(each_by_itself(ids_to_pass_on(at), pass_on))


def pass_on_now(compliment_id: int, site_address: str, *, at: datetime, by_id: int) -> None:
    """Somebody of the team sends thanks on at once, past ones too. Raises CannotDo."""
    with transaction() as session:
        compliment = session.get_one(Compliment, compliment_id, with_for_update=True)
        if not _is_ready(compliment):
            raise CannotDo("This cannot be passed on yet. The page says what has to be done first.")
        compliment.passes_on_at = compliment.passes_on_at or at
        _pass_on(compliment, site_address, at=at, by_id=by_id)


def say_it_was_passed_on(compliment_id: int, *, at: datetime, by_id: int) -> None:
    """Say that the thanks reached whom they were for in another way. Raises CannotDo when they must not go on."""
    with transaction() as session:
        compliment = session.get(Compliment, compliment_id, with_for_update=True)
        if compliment is None or not compliment.may_pass_on:
            raise CannotDo("Its sender has not said that it may be passed on.")
        compliment.passed_on_on = compliment.passed_on_on or london_day(at)
        record(COMPLIMENT_PASSED_ON, compliment.about, at=at, by_id=by_id, people=[], is_by_hand=True)


def words_to_pass_on(compliment: Compliment) -> str:
    """The words, without those sentences that the person wants kept apart."""
    return (
        without_sentences(compliment.words, (compliment.left_out or "").split("\n"))
        if compliment.left_out
        else compliment.words
    )


def _is_ready(compliment: Compliment) -> bool:
    held = compliment.held_why is not None or not compliment.is_known_who
    return compliment.may_pass_on and compliment.passed_on_on is None and not held


def _pass_on(compliment: Compliment, site_address: str, *, at: datetime, by_id: int | None) -> bool:
    reached = [told.person.id for told in _whom_to_tell(compliment) if _tell(told, compliment, site_address, at)]
    if not reached:
        compliment.held_why = Held.NOBODY
        record(COMPLIMENT_REACHED_NOBODY, compliment.about, at=at, by_id=by_id)
        return False
    compliment.passed_on_on = london_day(at)
    record(COMPLIMENT_PASSED_ON, compliment.about, at=at, by_id=by_id, people=reached, is_by_hand=False)
    return True


def _whom_to_tell(compliment: Compliment) -> list[Recipient]:
    """They themselves while they are at work, and their manager; for a team, whoever manages it."""
    people = [one.person for one in compliment.for_whom if one.person]
    told = {person.id: Recipient(person, True) for person in people if person.active}
    for team in (one.team for one in compliment.for_whom if one.team):
        told |= {person.id: Recipient(person, True) for person in managers_of_team(team.id) if person.id not in told}
    above = people_by_ids({person.manager_id for person in people if person.manager_id})
    told |= {person.id: Recipient(person, False) for person in above if person.active and person.id not in told}
    return list(told.values())


def _tell(told: Recipient, compliment: Compliment, site_address: str, at: datetime) -> bool:
    try:
        queue_email(
            "thanks",
            told.person.email,
            at=at,
            belongs_to=compliment.about,
            to_name=told.person.name,
            is_for_them=told.is_for_them,
            whom=names_of(compliment),
            words=words_to_pass_on(compliment),
            from_name=compliment.from_name,
            source=compliment.source,
            is_from_court=compliment.is_from_court,
            received_on=compliment.received_on,
            can_sign_in=bool(told.person.roles),
            site_address=site_address,
        )
    except AddressNotValid:
        log.error("thanks could not be passed on to person %s: their address is not one that mail can reach", told.person.id)
        return False
    return True


def names_of(compliment: Compliment) -> str:
    """Whom thanks are for, in one line; as it was typed while that is not sure."""
    names: Sequence[str] = [one.name for one in compliment.for_whom] if compliment.is_known_who else ()
    return " and ".join(names) or compliment.thanked
