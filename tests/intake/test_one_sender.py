"""Only an email that plainly names one address lands as that person's own: readers differ on everything else."""

import pytest

from portal.casework.models import Message
from portal.database import db
from portal.intake.email.reading import read_email
from portal.intake.models import EmailState
from portal.intake.services.receive_email import Mailbox, receive_email
from tests.factories.cases import MONDAY, a_case
from tests.intake.test_day_it_came import OWN

OWN_ADDRESS = "pat@example.org"


def headed(*senders, subject="x"):
    heads = "".join(f"From: {sender}\r\n" for sender in senders)
    return f"{heads}To: us@x.org\r\nSubject: {subject}\r\nMessage-ID: <1@x.org>\r\n\r\nStop my complaint.".encode()


@pytest.mark.parametrize(
    "sender",
    [
        OWN_ADDRESS,
        f"Pat <{OWN_ADDRESS}>",
        f"Example, Pat <{OWN_ADDRESS}>",
        f'"Pat (home) \\"@\\"" <{OWN_ADDRESS}>',
        "=?utf-8?b?UGF0IEV4?= <Pat@Example.org>",
    ],
)
def test_one_address_however_its_person_is_named(sender):
    letter = read_email(headed(sender))
    assert (letter.sender, letter.has_one_sender) == (OWN_ADDRESS, True)


NOT_PLAIN = {
    "two, hers first": (f"Pat <{OWN_ADDRESS}>, Eve <eve@evil.example>",),
    "two, hers last": (f"eve@evil.example, {OWN_ADDRESS}",),
    "two headers": (OWN_ADDRESS, "eve@evil.example"),
    "one behind the other": (f"{OWN_ADDRESS} <eve@evil.example>",),
    "two in brackets": (f"<{OWN_ADDRESS}> <eve@evil.example>",),
    "an invisible mark": ("pat@exam\u200bple.org",),
}
LIKE_HERS = {
    "hers as a name": (f'"{OWN_ADDRESS}" <eve@evil.example>',),
    "hers as an encoded name": ("=?utf-8?q?pat=40example=2Eorg?= <eve@evil.example>",),
    "hers as a remark": (f"eve@evil.example ({OWN_ADDRESS})",),
}


@pytest.mark.usefixtures("in_app")
@pytest.mark.parametrize("senders", [*NOT_PLAIN.values(), *LIKE_HERS.values()], ids=[*NOT_PLAIN, *LIKE_HERS])
def test_what_is_not_plainly_from_her_is_no_answer_of_hers(senders):
    case = a_case(person={"is_adult": True, "name": "Pat", "email": OWN_ADDRESS, "safe_to_write": "yes"})
    kept = receive_email(Mailbox.COMPLAINTS, headed(*senders, subject=case.reference), OWN, at=MONDAY)
    assert kept.state in (EmailState.TAKEN, EmailState.SET_ASIDE)  # somebody reads it
    assert db.session.query(Message).filter_by(case_id=case.id, from_us=False).all() == []


@pytest.mark.usefixtures("in_app")
def test_what_is_plainly_from_her_is_her_answer():
    case = a_case(person={"is_adult": True, "name": "Pat", "email": OWN_ADDRESS, "safe_to_write": "yes"})
    receive_email(Mailbox.COMPLAINTS, headed(f"Pat <{OWN_ADDRESS}>", subject=case.reference), OWN, at=MONDAY)
    assert db.session.query(Message).filter_by(case_id=case.id, from_us=False).one().other_sender is None
