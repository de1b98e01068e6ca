"""Telling people by email what changed on their account, so that who did not do it themselves notices."""

from datetime import datetime, timedelta

from sqlalchemy import select

from portal.audit.models import AuditEntry
from portal.audit.queries import entries_since
from portal.clock import london_day
from portal.database import db
from portal.outbox.models import OutgoingEmail
from portal.outbox.services import AddressNotValid, queue_email
from portal.people.models import Person
from portal.people.queries import people_by_ids, people_with
from portal.people.requests import ACCESS_AGREED, ACCESS_ASKED_FOR
from portal.people.roles import Role
from portal.people.services import (
    ACCOUNT_TIED,
    PASSKEY_ADDED,
    PASSKEY_TAKEN_AWAY,
    PASSWORD_CHANGED,
    PERSON_STARTED_AFRESH,
    RECOVERY_CODES_MADE,
    ROLES_CHANGED,
    SECOND_FACTOR_SET,
)

TOLD = {
    PASSWORD_CHANGED: "The password of your account was changed.",
    SECOND_FACTOR_SET: "An authenticator app was set up for your account.",
    PASSKEY_ADDED: "A passkey was added to your account.",
    PASSKEY_TAKEN_AWAY: "A passkey was taken away from your account.",
    RECOVERY_CODES_MADE: "New recovery codes were made for your account.",
    ACCOUNT_TIED: "Your account was tied to your sign-in at the council.",
    PERSON_STARTED_AFRESH: "Your account was given a new first password, and its authenticator was taken away.",
    ROLES_CHANGED: "What you may do in the portal was changed.",
}
OTHERS_TOLD = {
    ACCESS_ASKED_FOR: "Someone asked to let a colleague read cases or change people, or to give such a colleague a new "
    "first password. It waits for a second person. Look at the page of requests, and agree only if you know it is right.",
    ACCESS_AGREED: "A second person agreed that a colleague may read cases or change people, or gets a new first password.",
}
LOOKS_BACK = timedelta(days=30)  # a worker may have stood still that long


def tell_of_account_changes(*, at: datetime) -> int:
    """Email everyone whose account changed lately and who was not told yet; gives how many emails."""
    sentences = {event.name: sentence for event, sentence in (TOLD | OTHERS_TOLD).items()}
    entries = {f"audit/{entry.id}": entry for entry in entries_since([*TOLD, *OTHERS_TOLD], at - LOOKS_BACK)}
    told = set(db.session.scalars(select(OutgoingEmail.about).where(OutgoingEmail.about.in_(entries))))
    fresh = {name: entry for name, entry in entries.items() if name not in told}
    people = {f"person/{person.id}": person for person in people_by_ids({int(e.about[7:]) for e in fresh.values()})}
    count = 0
    for name, entry in sorted(fresh.items(), key=lambda one: one[1].id):
        for person in _whom_to_tell(entry, people[entry.about]):
            try:
                queue_email(
                    "account", person.email, at=at, belongs_to=name, said=sentences[entry.event], when=london_day(entry.at)
                )
                count += 1
            except AddressNotValid:
                continue
    return count


def _whom_to_tell(entry: AuditEntry, person: Person) -> list[Person]:
    """The person whose account it is; of what takes two people everyone who could agree, but for who did it."""
    if entry.event not in {event.name for event in OTHERS_TOLD}:
        return [person] if person.active else []
    may_agree = {one.id: one for one in people_with(Role.ADMINISTRATOR, Role.CUSTOMER_RELATIONS_LEAD)}
    return [one for one in may_agree.values() if one.id not in (entry.by_id, person.id)]
