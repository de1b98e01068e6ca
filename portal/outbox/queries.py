"""Finding letters that were sent."""

from collections.abc import Sequence

from sqlalchemy import select

from portal.database import db
from portal.outbox.models import OutgoingEmail


def what_a_letter_is_about(message_ids: Sequence[str]) -> str | None:
    """What the first of these letters of ours belongs to, by its name in the audit; None when none of them is ours."""
    wanted = select(OutgoingEmail.message_id, OutgoingEmail.about).where(OutgoingEmail.message_id.in_(message_ids))
    found = {row.message_id: row.about for row in db.session.execute(wanted)} if message_ids else {}
    return next((found[one] for one in message_ids if found.get(one)), None)
