"""Looking out for codes that are not ours: someone may have stuck others over our cards."""

import logging
from datetime import date, datetime

from portal.cards.models import UNKNOWN_BATCH, CardCount, CardEvent
from portal.cards.queries import unknown_scans_spike
from portal.cards.services import count_batch
from portal.clock import london_day
from portal.database import db, transaction
from portal.outbox.services import AddressNotValid, queue_email

log = logging.getLogger("portal")


def tell_of_spike(address: str, *, at: datetime) -> bool:
    """Tell the team by email, once a day, that far more unknown codes are scanned than before; says whether it did."""
    on = london_day(at)
    how_many = unknown_scans_spike(on)
    if not how_many or not address or _was_told(on):
        return False
    try:
        with transaction():
            count_batch(UNKNOWN_BATCH, CardEvent.SPIKE_TOLD, on=on)
            queue_email("card_spike", address, at=at, how_many=how_many)
    except AddressNotValid:
        log.error("PORTAL_COUNCIL_EMAIL is not an address that mail can reach; nobody was told of unknown codes")
        return False
    return True


def _was_told(on: date) -> bool:
    told = (on, UNKNOWN_BATCH, CardEvent.SPIKE_TOLD.value)
    return db.session.get(CardCount, told) is not None
