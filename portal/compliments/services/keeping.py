"""Keeping thanks as they came, and what is held back because a person has to look."""

from dataclasses import dataclass, fields
from datetime import datetime, timedelta

from portal.audit.services import record
from portal.clock import london_day
from portal.compliments.events import (
    COMPLIMENT_LOGGED,
    COMPLIMENT_LOOKED_AT,
    COMPLIMENT_MAY_BE_PASSED_ON,
    COMPLIMENT_MEANT_FOR,
    COMPLIMENT_SETTLED,
    COMPLIMENT_TAKEN_BACK,
    COMPLIMENT_TYPED,
)
from portal.compliments.hidden_complaint import worrying_sentences
from portal.compliments.models import Compliment, Held, Thanked
from portal.database import transaction
from portal.files.services import delete_files_of_compliment
from portal.people.directory import Meant, team_names_of, whom_it_means
from portal.procedure.eligibility import Complainant
from portal.procedure.receipt import Method, PointOfReceipt

UNDO_FOR = timedelta(minutes=10)


class CannotDo(Exception):
    """What was asked cannot be done with these thanks; the sentence says why."""


@dataclass(frozen=True)
class NewCompliment:
    """Thanks as they came. `held_why` holds them back; `is_from_before` are past thanks that nobody waits for.

    They go on by themselves at `passes_on_at`; ten minutes after they were logged, when nothing is said.
    """

    words: str
    thanked: str
    method: Method
    point_of_receipt: PointOfReceipt
    source: Complainant
    is_from_court: bool = False
    note: str | None = None
    from_name: str = ""
    service_area: str = ""
    may_share: bool = False
    may_pass_on: bool = True
    held_why: Held | None = None
    is_from_before: bool = False
    passes_on_at: datetime | None = None
    once_key: str | None = None
    old_reference: str | None = None


_KEPT = tuple(one.name for one in fields(NewCompliment) if one.name not in ("is_from_before", "passes_on_at"))


def log_compliment(
    new: NewCompliment, *, at: datetime, received_at: datetime | None = None, by_id: int | None = None
) -> Compliment:
    """Keep thanks, received now, or earlier when staff log them later.

    They go on to whom they are for by themselves, unless it is not sure whom they mean or a person has to look first. What a
    colleague logs waits ten minutes, in which a slip can be undone.
    """
    received_at = received_at or at
    with transaction() as session:
        given = {name: getattr(new, name) for name in _KEPT}
        compliment = Compliment(**given, received_at=received_at, received_on=london_day(received_at), logged_by_id=by_id)
        compliment.held_why = new.held_why or why_held(new.words)
        compliment.passes_on_at = None if new.is_from_before else new.passes_on_at or at + UNDO_FOR
        _point_at(compliment, _whom(new))
        session.add(compliment)
        session.flush()
        facts = {"method": new.method, "source": new.source, "held_why": compliment.held_why}
        record(COMPLIMENT_LOGGED, compliment.about, at=at, by_id=by_id, **facts)
    return compliment


def why_held(words: str) -> Held | None:
    """Whether words of thanks are held back by themselves."""
    return Held.MAY_COMPLAIN if worrying_sentences(words) else None


def take_back(compliment_id: int, *, at: datetime, by_id: int) -> NewCompliment:
    """Undo a log of one's own within ten minutes, files included. Gives what was logged, so that it can be mended.

    Raises CannotDo when somebody else logged it, it was passed on, or the time is over.
    """
    with transaction() as session:
        compliment = session.get(Compliment, compliment_id, with_for_update=True)
        if compliment is None or compliment.logged_by_id != by_id or not can_be_taken_back(compliment, at):
            raise CannotDo("It is too late to undo this. The Customer Relations Team can put it right.")
        logged = NewCompliment(**{name: getattr(compliment, name) for name in _KEPT})
        delete_files_of_compliment(compliment_id)
        session.delete(compliment)
        record(COMPLIMENT_TAKEN_BACK, compliment.about, at=at, by_id=by_id)
    return logged


def can_be_taken_back(compliment: Compliment, at: datetime) -> bool:
    """Whether a log can still be undone."""
    is_new = compliment.passes_on_at is not None and at < compliment.passes_on_at
    return is_new and compliment.passed_on_on is None and compliment.became_case_id is None


def type_words(compliment_id: int, words: str, *, at: datetime, by_id: int) -> None:
    """Type the words of a card whose photo came alone; what may hide a complaint stays held."""
    with transaction() as session:
        compliment = session.get_one(Compliment, compliment_id, with_for_update=True)
        compliment.words = words
        if compliment.held_why in (Held.TO_TYPE, Held.PICTURE, Held.MAY_COMPLAIN):
            compliment.held_why = why_held(words)
        record(COMPLIMENT_TYPED, compliment.about, at=at, by_id=by_id, held_why=compliment.held_why)


def say_it_is_fine(compliment_id: int, *, at: datetime, by_id: int) -> None:
    """Someone of the team looked at the picture that came, or at what asked to be read first: it may go on."""
    with transaction() as session:
        compliment = session.get_one(Compliment, compliment_id, with_for_update=True)
        if compliment.held_why not in (Held.PICTURE, Held.READ_FIRST):
            raise CannotDo("This is not held back for a look.")
        held, compliment.held_why = compliment.held_why, why_held(compliment.words)
        record(COMPLIMENT_LOOKED_AT, compliment.about, at=at, by_id=by_id, held_why=held)


def say_for_whom(compliment_id: int, whom: str, *, at: datetime, by_id: int) -> None:
    """Someone of the team says whom thanks are for. Raises CannotDo when the directory does not know, or knows two."""
    meant = whom_it_means(whom)
    if not meant.is_sure:
        raise CannotDo("We are not sure who you mean. Choose someone from the list, or add them to the directory first.")
    with transaction() as session:
        compliment = session.get_one(Compliment, compliment_id, with_for_update=True)
        compliment.for_whom.clear()
        session.flush()
        _point_at(compliment, meant)
        if compliment.held_why is Held.NOBODY:
            compliment.held_why = None
        facts = {"people": list(meant.people), "teams": list(meant.teams)}
        record(COMPLIMENT_MEANT_FOR, compliment.about, at=at, by_id=by_id, **facts)


def settle(
    compliment_id: int,
    decision: str,
    *,
    said: str,
    leaves_out: bool = False,
    stays_held: bool = False,
    case_id: int | None = None,
    at: datetime,
    by_id: int | None = None,
) -> None:
    """What the person decided when they were asked about thanks that may hide a complaint; `said` are their words.

    With `leaves_out`, the sentences in which something may have gone wrong are not passed on. With a case, it became one.
    It `stays_held` while a complaint that they began is not here yet.
    """
    with transaction() as session:
        compliment = session.get_one(Compliment, compliment_id, with_for_update=True)
        compliment.asked_words = said
        compliment.left_out = "\n".join(worrying_sentences(compliment.words)) if leaves_out else None
        compliment.became_case_id = case_id or compliment.became_case_id
        if compliment.held_why is Held.MAY_COMPLAIN and not stays_held:
            compliment.held_why = None
        record(COMPLIMENT_SETTLED, compliment.about, at=at, by_id=by_id, decision=decision, case_id=case_id)


def hold_again(compliment_id: int, *, at: datetime, by_id: int) -> None:
    """Someone who read thanks saw that something went wrong in them too: the person is to be asked."""
    with transaction() as session:
        compliment = session.get_one(Compliment, compliment_id, with_for_update=True)
        compliment.held_why = Held.MAY_COMPLAIN
        record(COMPLIMENT_LOOKED_AT, compliment.about, at=at, by_id=by_id, held_why=Held.MAY_COMPLAIN)


def allow_passing_on(compliment_id: int, may_pass_on: bool, *, at: datetime) -> None:
    """The child who sent it says whether we may say thank you for them."""
    with transaction() as session:
        compliment = session.get_one(Compliment, compliment_id)
        compliment.may_pass_on = may_pass_on
        record(COMPLIMENT_MAY_BE_PASSED_ON, compliment.about, at=at, may_pass_on=may_pass_on)


def _whom(new: NewCompliment) -> Meant:
    """Whom thanks name. When only a colleague's note or the words themselves name someone, that is a guess."""
    if new.thanked:
        return whom_it_means(new.thanked)
    guesses = (whom_it_means(text) for text in (new.note, new.words) if text)
    found = next((guess for guess in guesses if guess.people or guess.teams), Meant())
    return Meant(found.people, found.teams, is_sure=False)


def _point_at(compliment: Compliment, meant: Meant) -> None:
    compliment.for_whom += [Thanked(person_id=one, is_guess=not meant.is_sure) for one in meant.people]
    compliment.for_whom += [Thanked(team_id=one, is_guess=not meant.is_sure) for one in meant.teams]
    if meant.is_sure and not compliment.service_area:
        compliment.service_area = next(iter(team_names_of(meant)), "")
