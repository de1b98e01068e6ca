"""Emails in the wrappings of Outlook and of signatures are opened like any other: words, sender, day and files."""

import datetime
from email.message import EmailMessage

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7
from cryptography.x509.oid import NameOID

from portal.files.kinds import known_file
from portal.incoming_email.parsing.enclosed import saved_email
from portal.incoming_email.parsing.message import parse_email
from tests.factories.files import a_pdf
from tests.factories.outlook import a_saved_message, a_winmail

BIG = b"%PDF" + bytes(9_000)


def an_email(words="See what is attached.", **attached):
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "asha@exampleshire.example", "your-say@exampleshire.example", "FW: Monday"
    made.set_content(words)
    for kind, (content, name) in attached.items():
        made.add_attachment(content, "application", kind.replace("_", "-"), filename=name)
    return made.as_bytes()


def signed(words, *, is_encrypted=False):
    """An email signed as a whole, as Outlook and Apple Mail do it when asked to."""
    key, name = rsa.generate_private_key(65537, 2048), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Pat")])
    at = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    asked = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    asked = asked.serial_number(1).not_valid_before(at).not_valid_after(at + datetime.timedelta(days=900))
    certificate = asked.sign(key, hashes.SHA256())
    inside = f"Content-Type: text/plain; charset=utf-8\r\n\r\n{words}\r\n".encode()
    if is_encrypted:
        envelope = pkcs7.PKCS7EnvelopeBuilder().set_data(inside).add_recipient(certificate).encrypt(Encoding.DER, [])
    else:
        builder = pkcs7.PKCS7SignatureBuilder().set_data(inside).add_signer(certificate, key, hashes.SHA256())
        envelope = builder.sign(Encoding.DER, [pkcs7.PKCS7Options.Binary])
    made = EmailMessage()
    made["From"], made["Subject"] = "pat@post.example.org", "Monday"
    made.set_content(envelope, "application", "pkcs7-mime", filename="smime.p7m", params={"smime-type": "signed-data"})
    return made.as_bytes()


def test_a_message_that_outlook_saved_is_an_email():
    letter = parse_email(saved_email(a_saved_message("Monday", "She never came.\r\nNobody rang.", files=[("a.pdf", BIG)])))
    assert (letter.sender_name, letter.sender, letter.subject) == ("Pat Smith", "pat@post.example.org", "Monday")
    assert letter.words == "She never came.\nNobody rang."
    assert letter.sent_at == datetime.datetime(2026, 6, 1, 9, tzinfo=datetime.UTC)
    assert [(file.name, file.content) for file in letter.files] == [("a.pdf", BIG)]


def test_a_message_inside_a_saved_one_keeps_its_own_sender():
    inner = ("Monday", "She never came.", ("Pat Smith", "pat@post.example.org"))
    saved = a_saved_message("FW: Monday", "See below.", ("Asha", "asha@exampleshire.example"), inner=inner)
    letter = parse_email(saved_email(saved))
    assert (letter.sender, letter.words) == ("asha@exampleshire.example", "See below.")
    assert [(one.sender, one.words) for one in letter.inner] == [("pat@post.example.org", "She never came.")]


def test_a_saved_message_that_is_attached_is_opened_like_one_that_was_sent_on():
    saved = a_saved_message("Monday", "She never came.")
    letter = parse_email(an_email(vnd_ms_outlook=(saved, "Monday.msg")))
    assert [(one.sender, one.words) for one in letter.inner] == [("pat@post.example.org", "She never came.")]
    assert letter.files == ()


def test_an_email_that_is_attached_without_saying_so_is_opened_too():
    inner = b"From: pat@post.example.org\r\nSubject: Monday\r\n\r\nShe never came."
    letter = parse_email(an_email(octet_stream=(inner, "file")))
    assert [(one.sender, one.words) for one in letter.inner] == [("pat@post.example.org", "She never came.")]


def test_what_outlook_packs_is_unpacked_and_told_once():
    packed = a_winmail("She never came.", files=[("plan.pdf", a_pdf()), ("notes.txt", b"Nobody rang.")])
    letter = parse_email(an_email("She never came.", ms_tnef=(packed, "winmail.dat")))
    assert letter.words == "She never came."
    assert [(file.name, file.content) for file in letter.files] == [("plan.pdf", a_pdf()), ("notes.txt", b"Nobody rang.")]


def test_words_that_are_in_the_packing_alone_are_told():
    letter = parse_email(an_email("", octet_stream=(a_winmail("She never came."), "winmail.dat")))
    assert letter.words == "She never came."


def test_an_email_that_is_signed_as_a_whole_is_read():
    letter = parse_email(signed("She never came – nobody rang."))
    assert (letter.sender, letter.words, letter.files) == ("pat@post.example.org", "She never came – nobody rang.", ())


def test_an_email_that_is_encrypted_is_kept_as_a_file():
    letter = parse_email(signed("She never came.", is_encrypted=True))
    assert [file.name for file in letter.files] == ["smime.p7m"]
    assert known_file(letter.files[0].content).media_type == "as-sent/p7m"


@pytest.mark.parametrize("content", [b"", b"words", b"\x78\x9f\x3e\x22 no more", b"\xd0\xcf\x11\xe0" + bytes(99)])
def test_what_only_begins_like_a_wrapping_is_a_file(content):
    letter = parse_email(an_email(ms_tnef=(content, "winmail.dat")))
    assert [file.content for file in letter.files] == [content]
