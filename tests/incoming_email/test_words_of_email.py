"""The words of an email are what its reader was shown, whatever its structure; nothing that somebody wrote is left out."""

import base64
from email import message_from_string
from email.mime.application import MIMEApplication
from email.mime.image import MIMEImage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import pytest

from portal.incoming_email.parsing.message import parse_email
from portal.incoming_email.parsing.structure import content_of
from portal.incoming_email.services.who_wrote import sorted_out
from tests.factories.files import a_picture


def made(kind, *parts, **more):
    """A compound email of some parts."""
    message = MIMEMultipart(kind, **more)
    message["From"] = "Pat <pat@post.example.org>"
    for part in parts:
        message.attach(part)
    return message


def words(message):
    """What is read of it."""
    return parse_email(message.as_bytes()).words


def html(text):
    """A text as a web page."""
    return MIMEText(f"<html><body><p>{text}</p></body></html>", "html")


def named(part, name, how="inline"):
    """A part with the name of a file."""
    part.add_header("Content-Disposition", how, filename=name)
    return part


def test_text_picture_text_is_read_to_its_end_as_apple_mail_sends_it():
    message = made("mixed", MIMEText("Before."), named(MIMEImage(a_picture()), "a.jpg"), MIMEText("After the picture."))
    assert words(message) == "Before.\n\nAfter the picture."
    assert [one.name for one in parse_email(message.as_bytes()).files] == ["a.jpg"]


def test_plain_and_page_and_plain_again_are_all_kept_in_their_order():
    message = made("mixed", MIMEText("First."), html("Second."), MIMEText("Third."))
    assert words(message) == "First.\n\nSecond.\n\nThird."


def test_the_page_is_read_when_the_plain_text_only_says_that_there_is_one():
    message = made("alternative", MIMEText("This message is in HTML."), html("He hits me."))
    assert words(message) == "He hits me."


def test_the_plain_text_is_read_while_it_says_all_of_the_page():
    message = made("alternative", MIMEText("Dear all,\n\nNobody came. [image: logo]"), html("Dear all,</p><p>Nobody came."))
    assert words(message).startswith("Dear all,\n\nNobody came.")


def test_what_only_the_page_says_is_read():
    message = made(
        "alternative", MIMEText("Dear all, nobody came."), html("Dear all, nobody came.</p><p>She is frightened.")
    )
    assert "She is frightened." in words(message)


def test_two_tellings_that_say_different_things_are_both_read():
    message = made("alternative", MIMEText("My son sleeps on the floor every night."), html("Please look at the picture."))
    assert "sleeps on the floor" in words(message)
    assert "look at the picture" in words(message)


def test_a_page_with_files_inside_an_alternative_is_read_to_its_end():
    inside = made("mixed", html("Before the letter."), named(MIMEApplication(b"%PDF-1.4"), "a.pdf"), html("After it."))
    message = made("alternative", MIMEText("Before the letter."), inside)
    assert words(message) == "Before the letter.\n\nAfter it."
    assert [one.name for one in parse_email(message.as_bytes()).files] == ["a.pdf"]


def test_a_compound_page_is_read_from_its_root_wherever_that_stands():
    root = html("The root.")
    root["Content-ID"] = "<root@x>"
    picture = MIMEImage(a_picture())
    picture["Content-ID"] = "<picture@x>"
    message = made("related", picture, root, start="<root@x>", type="text/html")
    assert words(message) == "The root."


def test_a_signed_email_is_its_first_part_and_the_signature_is_no_file():
    signature = MIMEApplication(b"\x30\x80", "pkcs7-signature", name="smime.p7s")
    message = made("signed", MIMEText("Signed words."), signature, protocol="application/pkcs7-signature")
    read = parse_email(message.as_bytes())
    assert (read.words, read.files) == ("Signed words.", ())


def test_the_footer_of_a_list_is_below_the_words_and_not_in_their_place():
    signed = made("signed", MIMEText("My words."), MIMEApplication(b"x", "pgp-signature"))
    assert words(made("mixed", signed, MIMEText("____\nThe list"))) == "My words.\n\n____\nThe list"


@pytest.mark.parametrize("how", ["inline", "attachment"])
@pytest.mark.parametrize(("part", "name"), [(html("Words in a page."), "a.htm"), (MIMEText("Words in a text."), "a.txt")])
def test_a_text_or_page_with_a_name_is_read_too(part, name, how):
    read = parse_email(
        made("mixed", MIMEText("See below."), named(message_from_string(part.as_string()), name, how)).as_bytes()
    )
    told = sorted_out(read.files).below(read.words)
    assert told.startswith("See below.")
    assert "Words in a" in told


def test_a_page_that_is_attached_is_told_under_its_name_and_kept_as_it_came():
    read = parse_email(made("mixed", MIMEText("See."), named(html("A letter."), "letter.html", "attachment")).as_bytes())
    files = sorted_out(read.files)
    assert files.words == [("In the file letter.html", "A letter.")]
    assert [(file.name, file.kept.media_type) for file in files.kept] == [("letter.html", "as-sent/html")]


@pytest.mark.parametrize(
    ("link", "shown"),
    [
        ('<a href="https://photos.example/x?y=1">my photos</a>', "my photos <https://photos.example/x?y=1>"),
        ('<a href="mailto:gran@post.example.org?subject=x">Gran</a>', "Gran <gran@post.example.org>"),
        ('<a href="https://example.org/">example.org</a>', "example.org"),
        ('<a href="tel:01632960001">ring</a>', "ring <01632960001>"),
        ('<a href="#top">top</a>', "top"),
        ('<a href="javascript:x()">odd</a>', "odd"),
        (
            '<a href="https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fx.example%2Fa&amp;data=05">film</a>',
            "film <https://x.example/a>",
        ),
        ('I am fine <img alt="😀" src="cid:1">', "I am fine 😀"),
    ],
)
def test_the_address_behind_a_link_stands_beside_its_text(link, shown):
    assert words(html(link)) == shown


def test_rows_that_a_program_broke_are_paragraphs_again():
    kind = "Content-Type: text/plain; charset=utf-8; format=flowed"
    raw = f"{kind}; delsp=yes\n\nShe is frigh \ntened of \n him.\n\n> was \n> said\nNo.\n-- \nPat"
    assert words(message_from_string(raw)) == "She is frightened ofhim.\n\n> wassaid\nNo.\n--\nPat"
    raw = f"{kind}\n\nShe is \nfrightened. \n>Not mine.\n From me."
    assert words(message_from_string(raw)) == "She is frightened.\n> Not mine.\nFrom me."


def test_an_email_that_was_saved_or_encoded_is_an_email_inside():
    inner = b"From: Gran <gran@post.example.org>\r\nSubject: x\r\n\r\nHe shouts."
    saved = named(MIMEApplication(inner), "Complaint.eml", "attachment")
    assert parse_email(made("mixed", MIMEText("See."), saved).as_bytes()).inner[0].words == "He shouts."
    encoded = f"Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n{base64.b64encode(inner).decode()}"
    assert parse_email(encoded.encode()).inner[0].sender == "gran@post.example.org"


def test_more_parts_than_are_read_are_told():
    message = made("mixed", *(MIMEText(f"Part {number}.") for number in range(300)))
    assert "[It has more than 200 parts. The rest of it is in the mailbox.]" in words(message)


@pytest.mark.parametrize("how", ["charset*0*=a\x00b''x", "name*=utf-8\x00''x", 'charset="a\x00"'])
def test_what_pythons_parser_stumbles_over_is_read(how):
    assert parse_email(f"Content-Type: text/plain; {how}\r\n\r\nHe hits me.".encode()).words == "He hits me."


def test_parts_that_cannot_be_told_apart_are_one_text():
    assert "Help me." in content_of(message_from_string("Content-Type: multipart/mixed\n\n--x\n\nHelp me.\n--x--\n")).words
