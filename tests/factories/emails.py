"""Emails as mail programs really make them, written here: plain, HTML, sent on in many ways and languages, and broken."""

import base64
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from email.mime.message import MIMEMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

from tests.factories.files import a_pdf, a_picture

OURS = "your-say@exampleshire.example"
ASHA = ("Asha Khan", "asha.khan@exampleshire.example")
ROWAN = ("Rowan Lee", "rowan.lee@exampleshire.example")
SENT = "Tue, 03 Mar 2026 10:12:00 +0000"
DAY = "2026-03-03"
TAKEN_ON = "2026-03-05"  # the day on which the tests say that the mail server took them
WORDS = (
    "Dear Asha,\n\nThank you for coming every time you said you would. {n} of us will remember it.\n"
    "The boys still talk of the day at the farm.\n\nWith love,\n{name}"
)

BOUNCE = b"""From: postmaster@post.example.org
To: your-say@exampleshire.example
Subject: Delivery Status Notification (Failure)
Message-ID: <bounce-2@post.example.org>
Content-Type: multipart/report; report-type=delivery-status; boundary="part"

--part
Content-Type: text/plain

It could not be delivered.
--part
Content-Type: message/delivery-status

Reporting-MTA: dns; post.example.org

Final-Recipient: rfc822; pat@example.org
Action: failed

--part
Content-Type: text/rfc822-headers

Message-ID: %b
Subject: Your message to us

--part--
"""


@dataclass(frozen=True)
class Sample:
    """One email, the mailbox that it comes to, and what has to become of it: a kind of record, or a reason."""

    name: str
    mailbox: str
    raw: bytes
    becomes: str
    sender: str = ""
    day: str = ""
    says: str = ""
    files: int = 0


def head(subject, sender, to=OURS, *, key, date=SENT, **more):
    """A message with its headers."""
    message = EmailMessage()
    message["From"] = f"{sender[0]} <{sender[1]}>" if isinstance(sender, tuple) else sender
    message["To"] = to
    message["Subject"] = subject
    message["Date"] = date
    message["Message-ID"] = f"<{key}@mail.example.org>"
    for name, value in more.items():
        message[name.replace("_", "-")] = value
    return message


def plain(words, subject, sender, **more):
    """A plain email."""
    message = head(subject, sender, **more)
    message.set_content(words)
    return message


def html(words, subject, sender, **more):
    """An email that is a web page and nothing else, as Outlook writes it."""
    message = head(subject, sender, **more)
    rows = "".join(
        f"<p class=MsoNormal><span style='font-size:11.0pt'>{row or '&nbsp;'}</span></p>" for row in words.split("\n")
    )
    message.set_content(
        f"<html><head><style>p.MsoNormal{{margin:0}}</style></head><body>{rows}</body></html>", subtype="html"
    )
    return message


def both(words, subject, sender, **more):
    """An email as text and as a web page, as Gmail writes it."""
    message = plain(words, subject, sender, **more)
    message.add_alternative("<div dir=ltr>" + words.replace("\n", "<br>") + "</div>", subtype="html")
    return message


def gmail(name, address, to, words, note=""):
    """Sent on with Gmail."""
    return (
        f"{note}\n\n---------- Forwarded message ---------\nFrom: {name} <{address}>\nDate: Tue, 3 Mar 2026 at 10:12\n"
        f"Subject: Thank you\nTo: {to[0]} <{to[1]}>\n\n\n{words}\n"
    )


def outlook(name, address, to, words, note=""):
    """Sent on with Outlook."""
    return (
        f"{note}\n\nRowan Lee\nTeam Manager\n\n________________________________\nFrom: {name} <{address}>\n"
        f"Sent: 03 March 2026 10:12\nTo: {to[0]} <{to[1]}>\nSubject: Thank you\n\n{words}\n"
    )


def old_outlook(name, address, to, words, note=""):
    """Sent on with an older Outlook."""
    return (
        f"{note}\n\n-----Original Message-----\nFrom: {name} [mailto:{address}]\nSent: Tuesday, March 3, 2026 10:12 AM\n"
        f"To: {to[0]}\nCc: Someone Else\nSubject: Thank you\n\n{words}\n"
    )


def iphone(name, address, to, words, note=""):
    """Sent on with a telephone."""
    quoted = "\n".join(f"> {row}" for row in words.split("\n"))
    return (
        f"{note}\n\nSent from my iPhone\n\nBegin forwarded message:\n\n> From: {name} <{address}>\n"
        f"> Date: 3 March 2026 at 10:12:00 GMT\n> To: {to[0]} <{to[1]}>\n> Subject: Thank you\n> \n> \n{quoted}\n"
    )


def thunderbird(name, address, to, words, note=""):
    """Sent on with Thunderbird."""
    return (
        f"{note}\n\n\n-------- Forwarded Message --------\nSubject: \tThank you\nDate: \tTue, 3 Mar 2026 10:12:00 +0000\n"
        f"From: \t{name} <{address}>\nTo: \t{to[0]} <{to[1]}>\n\n\n\n{words}\n"
    )


def welsh(name, address, to, words, note=""):
    """Sent on with Outlook in Welsh."""
    return (
        f"{note}\n\n________________________________\nOddi wrth: {name} <{address}>\nAnfonwyd: 03 Mawrth 2026 10:12\n"
        f"At: {to[0]} <{to[1]}>\nPwnc: Diolch\n\n{words}\n"
    )


def arabic(name, address, to, words, note=""):
    """Sent on with Outlook in Arabic, with the marks of direction that it adds."""
    return (
        f"{note}\n\n________________________________\n\u200fمن: {name} <{address}>\n\u200fتم الإرسال: 03 مارس 2026 10:12\n"
        f"\u200fإلى: {to[0]} <{to[1]}>\n\u200fالموضوع: شكرا\n\n{words}\n"
    )


def answered(name, address, to, words, note=""):
    """Answered instead of sent on."""
    quoted = "\n".join(f"> {row}" for row in words.split("\n"))
    return f"{note}\n\nOn Tue, 3 Mar 2026 at 10:12, {name} <{address}> wrote:\n\n{quoted}\n"


STYLES = (gmail, outlook, old_outlook, iphone, thunderbird, welsh, arabic, answered)


def sent_on_as_attachment(inner, note, *, key):
    """Sent on as an attachment, as Outlook and Apple Mail do."""
    message = MIMEMultipart()
    message["From"], message["To"], message["Subject"] = f"{ROWAN[0]} <{ROWAN[1]}>", OURS, "FW: Thank you"
    message["Date"], message["Message-ID"] = "Wed, 04 Mar 2026 09:00:00 +0000", f"<{key}@mail.example.org>"
    message.attach(MIMEText(note))
    message.attach(MIMEMessage(inner))
    return message


def with_files(message):
    """With a letter, a photo, a document that is not taken, and the logo of a signature."""
    message.add_attachment(a_pdf(), maintype="application", subtype="pdf", filename="llythyr – letter.pdf")
    message.add_attachment(a_picture(), maintype="image", subtype="jpeg", filename="card.jpg")
    message.add_attachment(b"PK\x03\x04 a document", maintype="application", subtype="msword", filename="notes.docx")
    return message


def people() -> Iterator[tuple[int, str, str]]:
    """Made-up senders, each another."""
    names = (
        "Pat Example",
        "Siân Pritchard",
        "Zofia Nowak",
        "Omar Haddad",
        "Jo O'Neill",
        "Renée Baptiste",
        "李 Wei",
        "Bev Moss",
    )
    number = 0
    while True:
        name = names[number % len(names)]
        yield number, name, f"sender{number}@post.example.org"
        number += 1


def samples(own_letter_id="", reference="", reference_sender=""):
    """Two hundred emails as they come, of every shape."""
    someone = people()
    found = [sample for style in STYLES for sample in _sent_on(style, someone)]
    found += [*_straight(someone), *_attached(someone), *_machines(someone, own_letter_id)]
    found += [*_answers(someone, own_letter_id, reference, reference_sender), *_broken(), *_twice(someone)]
    while len(found) < 200:
        found += _more(someone)
    return found[:200]


def _sent_on(style, someone):
    """Nine of one style: as text, as a web page, as both; with a note and without; from Asha and from Rowan."""
    for shape in (plain, html, both):
        for note in ("", "Please log this one.", "Lovely note for Asha\nthought you would want to see it"):
            number, name, address = next(someone)
            words = WORDS.format(n=number, name=name)
            body = style(name, address, ASHA, words, note)
            if shape is html:
                body = body.replace("<", "&lt;").replace(">", "&gt;")
            if shape is both and style in (iphone, answered):
                shape = plain
            message = shape(body, "FW: Thank you", ROWAN, key=f"{style.__name__}-{shape.__name__}-{number}")
            yield Sample(
                f"{style.__name__} as {shape.__name__}",
                "thanks",
                message.as_bytes(),
                "compliment",
                address,
                DAY,
                says="the day at the farm",
            )


def _straight(someone):
    shapes = (plain, html, both)
    for turn in range(30):
        number, name, address = next(someone)
        words = WORDS.format(n=number, name=name)
        message = shapes[turn % 3](words, "Thank you", (name, address), key=f"straight-{number}")
        yield Sample("straight thanks", "thanks", message.as_bytes(), "compliment", address, TAKEN_ON, "the day at the farm")
    for turn in range(24):
        number, name, address = next(someone)
        words = f"I want to complain. Nobody has rung us back for {number} days.\nسلام\n{name}"
        message = shapes[turn % 3](words, "Cwyn / complaint", (name, address), key=f"complaint-{number}")
        files = 0
        if turn % 4 == 0:
            message, files = with_files(message), 2
        yield Sample("complaint", "complaints", message.as_bytes(), "case", address, TAKEN_ON, "rung us back", files)


def _attached(someone):
    for _ in range(12):
        number, name, address = next(someone)
        inner = both(WORDS.format(n=number, name=name), "Thank you", (name, address), to=ASHA[1], key=f"inner-{number}")
        message = sent_on_as_attachment(inner, "One for the records.", key=f"attached-{number}")
        yield Sample(
            "sent on as attachment", "thanks", message.as_bytes(), "compliment", address, DAY, "the day at the farm"
        )


def _machines(someone, own_letter_id):
    _, name, address = next(someone)
    who = (name, address)
    yes = {"Auto_Submitted": "auto-replied"}
    made = [
        ("automatic_reply", plain("I am away until Monday.", "Automatic reply: Thank you", who, key="auto-1", **yes)),
        ("automatic_reply", plain("Out of office.", "Out of office: hello", who, key="auto-2", **yes)),
        ("automatic_reply", plain("Yn ôl ddydd Llun.", "Ateb awtomatig: Diolch", who, key="auto-3", Return_Path="<>")),
        ("automatic_reply", plain("سأعود يوم الاثنين", "رد تلقائي: شكرا", who, key="auto-4", X_Autoreply="yes")),
        (
            "automatic_reply",
            plain("Our news", "News of the month", who, key="auto-5", List_Unsubscribe="<mailto:x@example.org>"),
        ),
        ("automatic_reply", plain("Away", "Re: letter", who, key="auto-6", Precedence="auto_reply")),
        ("loop", plain("hello", "Your message to us", ("Your Say", OURS), key="loop-1")),
        ("loop", plain("hello", "A ring", who, key="loop-2", X_Loop="your-say")),
        (
            "bounce",
            plain("Undeliverable", "Returned", ("Mailer", "MAILER-DAEMON@post.example.org"), key="b-1", Return_Path="<>"),
        ),
    ]
    for reason, message in made:
        yield Sample(reason, "complaints", message.as_bytes(), reason)
    ring = plain("hello", "Round and round", who, key="loop-3").as_bytes()
    yield Sample("loop", "thanks", b"Received: from a by b\r\n" * 30 + ring, "loop")
    yield Sample(
        "loop",
        "thanks",
        plain("own", "Own", who, key="x").as_bytes().replace(b"<x@mail.example.org>", b"<" + b"a" * 32 + b"@your-say>"),
        "loop",
    )
    report = BOUNCE % own_letter_id.encode()
    yield Sample("bounce", "complaints", report, "bounce", says=own_letter_id)


def _answers(someone, own_letter_id, reference, reference_sender):
    if own_letter_id:
        words = "Thank you for your letter. I agree.\n\nOn 2 Mar 2026, at 10:12, Your Say <your-say@exampleshire.example> "
        words += "wrote:\n> Dear Pat"
        message = plain(
            words, "Re: Your message to us", ("Pat", "pat@elsewhere.example"), key="answer-1", In_Reply_To=own_letter_id
        )
        yield Sample("answer", "complaints", with_files(message).as_bytes(), "reply", says="I agree")
    if reference:
        message = plain(
            "One more thing: it happened again.", f"{reference} again", ("Pat", reference_sender), key="answer-2"
        )
        yield Sample("answer by reference", "complaints", message.as_bytes(), "reply", says="happened again")
        _, name, address = next(someone)
        message = plain("I know about this too.", f"About {reference}", (name, address), key="answer-3")
        yield Sample("someone else names the reference", "complaints", message.as_bytes(), "case", address)


def _broken():
    yes = "compliment"
    good = plain("Thank you all.", "Thank you", ("Pat", "pat@post.example.org"), key="broken-base").as_bytes()
    unclosed = (
        b"From: Pat <pat1@post.example.org>\r\nMessage-ID: <br-1@x.example>\r\nSubject: x\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/mixed; boundary="never"\r\n\r\n--never\r\nContent-Type: text/plain\r\n\r\n'
        b"Thank you Asha, and"
    )
    deep = b"From: Pat <deep@post.example.org>\r\nMessage-ID: <br-2@x.example>\r\n"
    deep += b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (n, n) for n in range(300))
    yield Sample("empty", "thanks", head("", ("Pat", "pat@post.example.org"), key="empty-1").as_bytes(), "empty")
    yield Sample("empty", "thanks", plain("   \n\n", "FW:", ROWAN, key="empty-2").as_bytes(), "empty")
    yield Sample("nothing at all", "complaints", b"\r\n", "empty")
    yield Sample("noise", "thanks", bytes(range(128, 256)) * 40, "broken or empty")
    yield Sample("unclosed", "thanks", unclosed, yes, "pat1@post.example.org", says="Thank you Asha")
    yield Sample("deep", "thanks", deep, "broken or empty")
    yield Sample("no headers", "complaints", b"\r\nNobody answers my calls, please help.\r\n", "case", says="Nobody answers")
    yield Sample(
        "unknown letters",
        "thanks",
        good.replace(b'charset="utf-8"', b'charset="klingon"').replace(b"broken-base", b"br-3"),
        yes,
    )
    bad64 = (
        b"From: Pat <pat2@post.example.org>\r\nMessage-ID: <br-4@x.example>\r\nContent-Type: text/plain; charset=utf-8\r\n"
        b"Content-Transfer-Encoding: base64\r\n\r\n"
        + base64.b64encode(b"Thank you for everything you did for us")
        + b"!!=\xff"
    )
    yield Sample("broken base64", "thanks", bad64, yes, "pat2@post.example.org")
    raw_names = "From: Siân <sian@post.example.org>\r\nSubject: Diolch ŵ\r\nMessage-ID: <br-5@x.example>\r\n\r\n"
    raw_names += "Diolch yn fawr ŵŷ\r\n"
    yield Sample("raw letters in headers", "thanks", raw_names.encode(), yes, "sian@post.example.org", says="Diolch yn fawr")
    yield Sample(
        "old letters", "thanks", raw_names.replace("br-5", "br-6").replace("ŵ", "ô").replace("ŷ", "ê").encode("cp1252"), yes
    )
    bad_date = re.sub(rb"Date: [^\n]*\n", b"Date: yesterday-ish 99:99\n", good).replace(b"broken-base", b"br-7")
    yield Sample("no date that can be read", "thanks", bad_date, yes, "pat@post.example.org")
    no_sender = b"Subject: Thanks\r\nMessage-ID: <br-8@x.example>\r\n\r\nThank you whoever you are\r\n"
    yield Sample("no sender", "thanks", no_sender, yes, says="whoever you are")
    odd = b'From: "unclosed <odd@post.example.org>, ,;\r\nTo: ;;;<>\r\nMessage-ID: <br-9@x.example>\r\n'
    odd += b"Subject: =?utf-8?B?////?=\r\n\r\nThank you\r\n"
    yield Sample("odd headers", "thanks", odd, yes, says="Thank you")
    page = b"From: Pat <pat3@post.example.org>\r\nMessage-ID: <br-10@x.example>\r\nContent-Type: text/html\r\n\r\n"
    page += b"<table><tr><td>Thank <b>you <div><p>Asha"
    yield Sample("a web page that is not closed", "thanks", page, yes, "pat3@post.example.org", says="Asha")
    null = b"From: Pat <pat4@post.example.org>\r\nMessage-ID: <br-11@x.example>\r\nSubject: a\r\n\r\n"
    null += b"Thank\r\n\r\nyou \x01 all\r\n"
    yield Sample("letters that are none", "thanks", null, yes, "pat4@post.example.org")
    large = with_files(plain("A long film of our day.", "Film", ("Pat", "pat5@post.example.org"), key="large-1"))
    large.add_attachment(b"\x00" * (18 * 1024 * 1024), maintype="video", subtype="mp4", filename="film.mp4")
    yield Sample("25 MB", "complaints", large.as_bytes(), "too_large")


def _twice(someone):
    number, name, address = next(someone)
    words = WORDS.format(n=number, name=name)
    first = plain(gmail(name, address, ASHA, words), "Fwd: Thank you", ROWAN, key="twice-1").as_bytes()
    yield Sample("sent on by one colleague", "thanks", first, "compliment", address, DAY)
    yield Sample("the very same message again", "thanks", first, "again")
    second = plain(outlook(name, address, ASHA, words, "Look at this"), "FW: Thank you", ASHA, key="twice-2").as_bytes()
    yield Sample("sent on by another colleague", "thanks", second, "duplicate")
    yield Sample("the very same message to the other mailbox", "complaints", first, "case", address, DAY)


def _more(someone):
    number, name, address = next(someone)
    style = STYLES[number % len(STYLES)]
    words = WORDS.format(n=number, name=name)
    inner = plain(style(name, address, ASHA, words, "seen"), "FW: Thank you", ROWAN, key=f"two-hands-{number}")
    twice = plain(
        gmail(ROWAN[0], ROWAN[1], ASHA, inner.get_content(), "and on"), "Fwd: FW: Thank you", ASHA, key=f"on-{number}"
    )
    yield Sample(
        f"through two colleagues, {style.__name__}", "thanks", twice.as_bytes(), "compliment", address, DAY, "at the farm"
    )
