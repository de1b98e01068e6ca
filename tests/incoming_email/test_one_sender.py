"""Only an email that plainly names one address lands as that person's own: readers differ on everything else."""

from dataclasses import replace

import pytest

from portal.cases.models import Message
from portal.correspondence.services.messages import receive_reply
from portal.database import db
from portal.incoming_email.models import EmailState
from portal.incoming_email.parsing.message import parse_email
from portal.incoming_email.services.receive_email import Mailbox, receive_email
from portal.people.roles import Role
from tests.factories.cases import MONDAY, a_case
from tests.factories.web import page_of
from tests.incoming_email.test_day_it_came import OWN

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
    letter = parse_email(headed(sender))
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


CHECKED = replace(OWN, checked_by="mx.council.example")
OURS = "Authentication-Results: mx.council.example; "
RESULTS = {
    "ours says it is not hers": (
        f"{OURS}spf=fail; dmarc=fail (p=none) header.from=x\r\n",
        0,
    ),
    "ours says it is": (f"{OURS}dmarc=pass header.from=example.org\r\n", 1),
    "ours has no opinion": (f"{OURS}dmarc=none\r\n", 1),
    "a remark that looks like one": (f"{OURS}spf=pass (dmarc=fail)\r\n", 1),
    "another server's": ("Authentication-Results: mx.evil.example; dmarc=fail\r\n", 1),
    "one below that a sender wrote": (f"{OURS}dmarc=fail\r\n{OURS}dmarc=pass\r\n", 0),
    "a second one of ours": (f"{OURS}spf=pass\r\n{OURS}dmarc=fail\r\n", 0),
    "one of ours below another's": (f"Authentication-Results: mx.evil.example; spf=pass\r\n{OURS}dmarc=fail\r\n", 1),
    "our name in quotes": ('Authentication-Results: "mx.council.example"; dmarc=fail\r\n', 0),
    "a remark that a sender left open": (f'{OURS}spf=pass smtp.mailfrom="a(b"@evil.example; dmarc=fail\r\n', 0),
    "a remark in a remark": (f"{OURS}spf=pass (a (dmarc=fail) b)\r\n", 1),
    "in capitals": ("Authentication-Results: MX.council.example 1; DMARC = FAIL\r\n", 0),
    "none": ("", 1),
}


@pytest.mark.usefixtures("in_app")
@pytest.mark.parametrize(("head", "replies"), RESULTS.values(), ids=RESULTS)
def test_what_our_own_mail_server_refutes_is_not_taken_for_her_answer(head, replies):
    case = a_case(person={"is_adult": True, "name": "Pat", "email": OWN_ADDRESS, "safe_to_write": "yes"})
    raw = head.encode() + headed(OWN_ADDRESS, subject=case.reference)
    receive_email(Mailbox.COMPLAINTS, raw, CHECKED, at=MONDAY)
    assert db.session.query(Message).filter_by(case_id=case.id, from_us=False).count() == replies


@pytest.mark.usefixtures("in_app")
@pytest.mark.parametrize(("verdict", "replies"), [("fail", 0), ("pass", 1)])
def test_a_server_that_does_not_say_who_it_is_is_believed_where_the_council_says_so(verdict, replies):
    case = a_case(person={"is_adult": True, "name": "Pat", "email": OWN_ADDRESS, "safe_to_write": "yes"})
    spf = "spf=pass (sender IP is 192.0.2.1) smtp.mailfrom=x.org"
    head = f"Authentication-Results: {spf};\r\n dkim=none; dmarc={verdict} action=none;\r\n"
    raw = head.encode() + headed(OWN_ADDRESS, subject=case.reference)
    receive_email(Mailbox.COMPLAINTS, raw, replace(OWN, checked_by="-"), at=MONDAY)
    assert db.session.query(Message).filter_by(case_id=case.id, from_us=False).count() == replies


def test_a_refuted_answer_to_our_own_letter_is_kept_and_the_case_says_so(app, staff):
    with app.app_context():
        case = a_case(person={"is_adult": True, "name": "Pat", "email": OWN_ADDRESS, "safe_to_write": "yes"})
        receive_reply(case.id, "I take it back", once_key="k", at=MONDAY, other_sender=OWN_ADDRESS)
        reference = case.reference
    page = page_of(staff(Role.CUSTOMER_RELATIONS).get(f"/staff/cases/{reference}"))
    assert "Our mail server says that this did not come from" in page
