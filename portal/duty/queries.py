"""Which alerts stand, and which of them reached nobody."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlalchemy.orm import selectinload

from portal.database import db
from portal.duty.models import Alert, Call
from portal.outbox.models import NOT_THERE, OutgoingEmail


@dataclass(frozen=True)
class StandingAlerts:
    """How many alerts nobody has answered, and how many calls of these did not go out."""

    alerts: int
    unheard: int


def standing_alerts() -> StandingAlerts:
    """What stands now, for the first page and for whoever watches the portal."""
    stands = select(func.count()).select_from(Alert).where(Alert.answered_at.is_(None))
    lost = or_(Call.email_id.is_(None), OutgoingEmail.state.in_(NOT_THERE), OutgoingEmail.trouble != "")
    calls = select(func.count(Alert.id.distinct())).join(Call, Call.alert_id == Alert.id)
    unheard = calls.outerjoin(OutgoingEmail, OutgoingEmail.id == Call.email_id).where(Alert.answered_at.is_(None), lost)
    return StandingAlerts(db.session.scalar(stands) or 0, db.session.scalar(unheard) or 0)


def alerts_about(about: str) -> Sequence[Alert]:
    """Every alert about one thing with each call, oldest first."""
    wanted = select(Alert).where(Alert.about == about).order_by(Alert.id)
    return db.session.scalars(wanted.options(selectinload(Alert.calls).selectinload(Call.email))).all()
