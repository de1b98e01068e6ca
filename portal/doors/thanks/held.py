"""Thanks that may hide a complaint: the person decides what they are, and nothing is converted silently."""

from datetime import datetime

from portal.cases.representation import PersonDetails, Representation, answered
from portal.compliments.models import Compliment
from portal.compliments.services.keeping import settle
from portal.database import transaction
from portal.intake.services.receive import receive
from portal.intake.submission import Receipt, Submission, SubmissionKind


def decide(compliment_id: int, decision: str, said: str, *, at: datetime, by_id: int) -> Receipt | None:
    """Keep what the person decided when a colleague asked them. Gives the complaint that was opened, if they want one.

    It is received on the day they said so: before that it was no complaint (regulation 9 of SI 2006/1738 asks that the
    complainant makes representations).
    """
    with transaction() as session:
        receipt = None
        if decision == "complain":
            compliment = session.get_one(Compliment, compliment_id)
            receipt = receive(_complaint(compliment, said), at=at, by_id=by_id)
        case_id = receipt.record_id if receipt else None
        leaves_out = decision != "thanks"
        settle(compliment_id, decision, said=said, leaves_out=leaves_out, case_id=case_id, at=at, by_id=by_id)
    return receipt


def _complaint(compliment: Compliment, said: str) -> Submission:
    told = (("What they wrote in their thanks", compliment.words), ("What they said when we asked them", said))
    return Submission(
        kind=SubmissionKind.COMPLAINT,
        representation=Representation(
            method=compliment.method,
            complainant=compliment.source,
            told=answered(told),
            point_of_receipt=compliment.point_of_receipt,
            person=PersonDetails.of(is_adult=compliment.source != "child_or_young_person", name=compliment.from_name),
            service_area=compliment.service_area,
            once_key=f"thanks-{compliment.id}",
        ),
        words=f"{compliment.words}\n\n{said}",
    )
