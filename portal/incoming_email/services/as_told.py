"""What an email tells, in the one shape of every door."""

from portal.cases.representation import PersonDetails, Representation, answered
from portal.incoming_email.parsing.banners import without_marks
from portal.incoming_email.services.arrival import Arrival
from portal.incoming_email.services.who_wrote import THE_WHOLE, Sorted, Told, one_below_another
from portal.intake.submission import Submission, SubmissionKind
from portal.procedure.eligibility import Complainant
from portal.procedure.receipt import Method, PointOfReceipt

NOT_KEPT = "Came with it and could not be kept"
PROFESSIONAL = (
    ".gov.uk",
    ".nhs.uk",
    ".nhs.net",
    ".sch.uk",
    ".ac.uk",
    ".police.uk",
    ".cjsm.net",
    ".pnn.police.uk",
    ".judiciary.uk",
)
COURTS = (".justice.gov.uk", ".judiciary.uk", ".ejudiciary.net", ".hmcts.net", ".cafcass.gov.uk")


def as_submission(kind: SubmissionKind, told: Told, once_key: str, files: Sorted, arrival: Arrival) -> Submission:
    """What an email tells, in the one shape of every door."""
    domain = f".{told.sender.rpartition('@')[2]}"
    is_from_court = domain.endswith(COURTS)
    is_professional = is_from_court or domain.endswith(PROFESSIONAL)
    return Submission(
        kind=kind,
        representation=Representation(
            method=Method.EMAIL,
            complainant=Complainant.PROFESSIONAL if is_professional else Complainant.OTHER,
            told=answered(_pairs(told, files, arrival)),
            point_of_receipt=PointOfReceipt.SERVICE_AREA if told.note else PointOfReceipt.CUSTOMER_RELATIONS_TEAM,
            person=PersonDetails.of(is_adult=True, name=told.sender_name, email=told.sender),
            once_key=once_key,
        ),
        words=files.below(told.words),
        thanked=told.thanked,
        note=one_below_another(told.beside, _in_rows(arrival.told)) if told.beside else None,
        is_from_court=is_from_court,
        files=tuple(files.kept),
    )


def not_kept(left: list[str]) -> str:
    """What came with an email and could not be kept, each with its reason, for a record; empty when all was."""
    return one_below_another(f"{NOT_KEPT}:\n" + "\n".join(left)) if left else ""


def _pairs(told: Told, files: Sorted, arrival: Arrival) -> tuple[tuple[str, str], ...]:
    return (
        ("Subject", without_marks(told.subject)),
        ("What they wrote", told.words),
        ("What a colleague wrote above it", told.note),
        (THE_WHOLE, told.whole),
        *files.words,
        (NOT_KEPT, "\n".join(files.left)),
        *told.shown,
        *arrival.told,
    )


def _in_rows(pairs: tuple[tuple[str, str], ...]) -> str:
    return "\n".join(f"{question}: {answer}" for question, answer in pairs)
