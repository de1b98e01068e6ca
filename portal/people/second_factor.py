"""Codes of an authenticator app (RFC 6238), each good once. What they are made from is encrypted under a key of its own."""

from flask_security import Totp
from passlib.totp import TOTP, AppWallet, UsedTokenError
from sqlalchemy import or_, select, update

from portal.database import db, transaction
from portal.people.models import Person
from portal.sealing.ring import Purpose, ring


class OneUseCodes(Totp):  # type: ignore[misc]
    """Remembers the last code that someone used, so that one who saw it typed cannot use it again."""

    def __init__(self, secrets: dict[str, str], issuer: str) -> None:
        super().__init__(secrets, issuer)
        self._issuer = issuer
        self.take_keys()

    def take_keys(self) -> None:
        """Encrypt with the newest key for codes from now on, and open with every one that is kept."""
        every = {str(one.version): one.text for one in ring.every(Purpose.CODES)}
        wallet = AppWallet(every, default_tag=str(ring.newest(Purpose.CODES).version))
        self._totp = TOTP.using(issuer=self._issuer, wallet=wallet)

    def get_last_counter(self, user: Person) -> int | None:
        """The time step of the last code."""
        return user.last_code_counter

    def set_last_counter(self, user: Person, tmatch: object) -> None:
        """Keep the time step of the code just used. Raises UsedTokenError for one that came twice at the same moment."""
        counter: int = tmatch.counter  # type: ignore[attr-defined]
        is_newer = or_(Person.last_code_counter.is_(None), Person.last_code_counter < counter)
        with transaction() as session:
            taken = session.execute(update(Person).where(Person.id == user.id, is_newer).values(last_code_counter=counter))
        if taken.rowcount != 1:
            raise UsedTokenError

    def under_the_newest_key(self, kept: str) -> str | None:
        """What someone's codes are made from, encrypted anew; None when the newest key encrypted it already."""
        found = self._totp.from_source(kept)
        return str(found.to_json(encrypt=True)) if found.changed else None


def encrypt_codes_anew(codes: OneUseCodes) -> int:
    """Move every authenticator to the newest key for codes; gives how many were moved."""
    if len(ring.every(Purpose.CODES)) == 1:
        return 0
    moved = 0
    for person_id in db.session.scalars(select(Person.id).where(Person.tf_primary_method.is_not(None))).all():
        with transaction() as session:
            person = session.scalars(select(Person).where(Person.id == person_id).with_for_update(of=Person)).one()
            anew = codes.under_the_newest_key(person.tf_totp_secret) if person.tf_totp_secret else None
            if anew is not None:
                person.tf_totp_secret, moved = anew, moved + 1
    return moved
