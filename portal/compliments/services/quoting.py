"""Quoting thanks: with the person's consent, without anyone's name, and only after a second person looked."""

from datetime import datetime

from portal.audit.services import record
from portal.clock import london_day
from portal.compliments.events import (
    COMPLIMENT_MAY_BE_SHARED,
    QUOTE_CHECKED,
    QUOTE_TAKEN_BACK,
    QUOTE_WRITTEN,
)
from portal.compliments.models import Compliment
from portal.compliments.services.keeping import CannotDo
from portal.database import transaction


def record_consent(compliment_id: int, how: str, *, at: datetime, by_id: int) -> None:
    """The person agreed to be quoted without their name; `how` says when and how they told us."""
    with transaction() as session:
        compliment = session.get_one(Compliment, compliment_id, with_for_update=True)
        compliment.may_share, compliment.consent_words = True, how
        record(COMPLIMENT_MAY_BE_SHARED, compliment.about, at=at, by_id=by_id, may_share=True)


def withdraw_consent(compliment_id: int, how: str, *, at: datetime, by_id: int) -> None:
    """The person no longer wants to be quoted: the quote is gone from every page at once."""
    with transaction() as session:
        compliment = session.get_one(Compliment, compliment_id, with_for_update=True)
        compliment.may_share, compliment.consent_words = False, how
        _forget_quote(compliment)
        record(COMPLIMENT_MAY_BE_SHARED, compliment.about, at=at, by_id=by_id, may_share=False)


def write_quote(compliment_id: int, words: str, *, at: datetime, by_id: int) -> None:
    """Write what may be quoted. It is shown nowhere until a second person looked. Raises CannotDo without consent."""
    with transaction() as session:
        compliment = session.get_one(Compliment, compliment_id, with_for_update=True)
        if not compliment.may_share:
            raise CannotDo("The person has not agreed to be quoted. Ask them first, then write down what they said.")
        _forget_quote(compliment)
        compliment.quote, compliment.quote_by_id = words, by_id
        record(QUOTE_WRITTEN, compliment.about, at=at, by_id=by_id)


def check_quote(compliment_id: int, words: str, *, at: datetime, by_id: int) -> None:
    """A second person looked at a quote: nobody can be known by it. `words` is the quote that they saw. Raises CannotDo."""
    with transaction() as session:
        compliment = session.get_one(Compliment, compliment_id, with_for_update=True)
        if compliment.quote is None or compliment.quote != words or not compliment.may_share:
            raise CannotDo("The quote is not the one that you saw. Look at it again.")
        if compliment.quote_by_id == by_id:
            raise CannotDo("You wrote this quote. Someone else has to look at it.")
        compliment.quote_checked_by_id, compliment.quote_checked_on = by_id, london_day(at)
        record(QUOTE_CHECKED, compliment.about, at=at, by_id=by_id)


def take_quote_back(compliment_id: int, *, at: datetime, by_id: int) -> None:
    """Take a quote off every page."""
    with transaction() as session:
        compliment = session.get_one(Compliment, compliment_id, with_for_update=True)
        _forget_quote(compliment)
        record(QUOTE_TAKEN_BACK, compliment.about, at=at, by_id=by_id)


def _forget_quote(compliment: Compliment) -> None:
    compliment.quote, compliment.quote_by_id = None, None
    compliment.quote_checked_by_id, compliment.quote_checked_on = None, None
