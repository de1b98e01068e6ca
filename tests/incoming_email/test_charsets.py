"""The letters of an email are what its sender saw, whatever its program calls them."""

import pytest

from portal.incoming_email.parsing.charsets import decoded, header_words
from portal.incoming_email.parsing.message import parse_email


@pytest.mark.parametrize(
    ("charset", "text", "codec"),
    [
        ("iso-8859-1", "She said “no” – it’s €5", "cp1252"),
        ("us-ascii", "it’s", "cp1252"),
        ("latin1", "Siân", "utf-8"),  # a program that says one and writes the other
        ("gb2312", "镕基", "gbk"),
        ("ks_c_5601-1987", "똠방각하", "cp949"),
        ("windows-874", "สวัสดี", "cp874"),
        ("tis-620", "สวัสดี", "cp874"),
        ("x-sjis", "①髙橋", "cp932"),
        ("iso-2022-jp", "助けて", "iso2022_jp"),
        ("big5", "救命", "big5"),
        ("koi8-u", "Допоможіть", "koi8-u"),
        ("iso-8859-8-i", "עזרה", "iso8859-8"),
        ("windows-1256", "ساعدني", "cp1256"),
        ("cp850", "Siân", "cp850"),
        ("utf-7", "Siân £5", "utf-7"),
        ("unknown-8bit", "Siân", "utf-8"),
        ("x-unknown", "Siân", "cp1252"),
        ("klingon", "Siân", "utf-8"),
        ("utf-8", "Siân", "cp1252"),
        ("utf-16", "Siân", "utf-16"),
        ('"utf-8"', "Ŵyn", "utf-8"),
        (None, "Ŵyn", "utf-8"),
    ],
)
def test_a_charset_means_what_mail_programs_mean_by_it(charset, text, codec):
    assert decoded(text.encode(codec), charset).strip("\ufeff") == text


@pytest.mark.parametrize("charset", ["punycode", "idna", "rot13", "zip", "unicode_escape", "replacement"])
def test_what_is_no_charset_is_read_as_most_emails_are(charset):
    assert decoded("Siân \\u0041".encode(), charset) == "Siân \\u0041"


def test_one_letter_that_was_cut_in_two_does_not_spoil_the_rest():
    raw = "Siân Ŵyn ŷ â ê ".encode() * 5 + b"\xc3"
    assert decoded(raw, "utf-8").startswith("Siân Ŵyn ŷ")


@pytest.mark.parametrize(
    ("raw", "read"),
    [
        ("Diolch Siân ŵ".encode(), "Diolch Siân ŵ"),
        ("Siân – £5".encode("cp1252"), "Siân – £5"),
        ("Diolch ŵ =?utf-8?q?=C3=A9?= x".encode(), "Diolch ŵ é x"),
        (b"=?utf-8?b?w6k=?=\r\n =?utf-8*en?b?w6k=?= b", "éé b"),
        (b"=?utf-8?q?Si=C3?= =?utf-8?q?=A2n?=", "Siân"),
        (b"=?iso-8859-1?Q?it=92s?=", "it’s"),
        (b"=?klingon?Q?a_b?=", "a b"),
        (b"Re:=?utf-8?q?=C3=A9?=", "Re:é"),
    ],
)
def test_a_header_is_read_also_when_it_breaks_every_standard(raw, read):
    letter = parse_email(b"Subject: " + raw + b"\r\nFrom: " + raw + b" <pat@post.example.org>\r\n\r\nx")
    assert letter.subject == read
    assert letter.sender_name in (read, read.removeprefix("Re:"))
    assert letter.sender == "pat@post.example.org"


def test_a_name_with_an_encoded_comma_is_one_name():
    letter = parse_email(b"From: =?utf-8?q?Pritchard=2C_Si=C3=A2n?= <s@post.example.org>\r\nTo: a@x.org, b@x.org\r\n\r\nx")
    assert (letter.sender_name, letter.sender) == ("Pritchard, Siân", "s@post.example.org")
    assert [address for _, address in letter.to] == ["a@x.org", "b@x.org"]


def test_a_page_says_its_charset_itself_when_the_email_does_not():
    page = '<html><head><meta charset="windows-1251"></head><body>Помогите</body></html>'.encode("cp1251")
    assert parse_email(b"Content-Type: text/html\r\nContent-Transfer-Encoding: 8bit\r\n\r\n" + page).words == "Помогите"


def test_broken_encoded_words_are_left_as_they_stand():
    assert header_words("=?utf-8?b?w?= and on") == "w and on"
