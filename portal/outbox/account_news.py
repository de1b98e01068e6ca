"""Telling people by email what changed on their account, so that who did not do it themselves notices."""

from datetime import datetime, timedelta

from sqlalchemy import select

from portal.audit.queries import entries_since
from portal.clock import london_day
from portal.database import db
from portal.outbox.models import OutgoingEmail
from portal.outbox.services import AddressNotValid, queue_email
from portal.people.queries import people_by_ids
from portal.people.services import (
    ACCOUNT_TIED,
    PASSWORD_CHANGED,
    PERSON_STARTED_AFRESH,
    RECOVERY_CODES_MADE,
    ROLES_CHANGED,
    SECOND_FACTOR_SET,
)

TOLD = {
    PASSWORD_CHANGED: "The password of your account was changed.",
    SECOND_FACTOR_SET: "An authenticator app was set up for your account.",
    RECOVERY_CODES_MADE: "New recovery codes were made for your account.",
    ACCOUNT_TIED: "Your account was tied to your sign-in at the council.",
    PERSON_STARTED_AFRESH: "Your account was given a new first password, and its authenticator was taken away.",
    ROLES_CHANGED: "What you may do in the portal was changed.",
}
LOOKS_BACK = timedelta(days=30)  # a worker may have stood still that long


def tell_of_account_changes(*, at: datetime) -> int:
    """Email everyone whose account changed lately and who was not told yet; gives how many emails."""
    sentences = {event.name: sentence for event, sentence in TOLD.items()}
    entries = {f"audit/{entry.id}": entry for entry in entries_since(list(TOLD), at - LOOKS_BACK)}
    told = set(db.session.scalars(select(OutgoingEmail.about).where(OutgoingEmail.about.in_(entries))))
    fresh = {name: entry for name, entry in entries.items() if name not in told}
    people = {f"person/{person.id}": person for person in people_by_ids({int(e.about[7:]) for e in fresh.values()})}
    count = 0
    for name, entry in sorted(fresh.items(), key=lambda one: one[1].id):
        person = people[entry.about]
        if person.active:
            try:
                queue_email(
                    "account", person.email, at=at, belongs_to=name, said=sentences[entry.event], when=london_day(entry.at)
                )
                count += 1
            except AddressNotValid:
                continue
    return count
