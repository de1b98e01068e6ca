"""Letters, answers and replies between the council and the person."""

from datetime import datetime

from portal.audit.services import record
from portal.casework.errors import NotComplete
from portal.casework.events import MESSAGE_SENT, REPLY_RECEIVED
from portal.casework.models import Case, Message
from portal.casework.services.holding import held
from portal.casework.services.opening import index_case
from portal.config import Council
from portal.outbox.services import AddressNotValid, queue_email


def post(case: Case, kind: str, words: str, *, at: datetime, by_id: int | None) -> None:
    """Put a letter on the case, inside the deed that sends it, and tell the person in the way they said is safe.

    An adult who gave an email address gets the letter by email. A child's email says only that there is a message.
    """
    case.messages.append(Message(case_id=case.id, from_us=True, kind=kind, words=words, at=at, by_id=by_id))
    record(MESSAGE_SENT, case.about, at=at, by_id=by_id, kind=kind)
    address = case.person.get("email", "")
    if not address or case.person.get("safe_to_write") == "no":
        return
    email = "letter" if case.person.get("is_adult") else "you_have_a_message"
    try:
        queue_email(email, address, at=at, reference=case.reference, words=words)
    except AddressNotValid:
        return  # the letter is on the case, where staff see that it was not emailed and send it by post


def send_message(case_id: int, words: str, *, at: datetime, by_id: int, version: int | None = None) -> None:
    """Write to the person."""
    if not words.strip():
        raise NotComplete("Write the message first.")
    with held(case_id, version) as case:
        post(case, "message", words, at=at, by_id=by_id)


def receive_reply(case_id: int, words: str, *, once_key: str, at: datetime) -> None:
    """Take in what the person says back, once for each form; the case comes up to be read first."""
    with held(case_id) as case:
        if any(message.once_key == once_key for message in case.messages):
            return
        case.messages.append(Message(case_id=case.id, from_us=False, kind="reply", once_key=once_key, words=words, at=at))
        case.reads_first, case.reads_first_why = 0, "reply"
        index_case(case.id, [words])
        record(REPLY_RECEIVED, case.about, at=at)


def letter_facts(case: Case, council: Council) -> dict[str, object]:
    """What every letter template may use."""
    return {"case": case, "council": council, "is_child": not case.person.get("is_adult", False)}
