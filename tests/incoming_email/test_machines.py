"""A machine is known by headers and structure; what only sounds like one is from a person, and becomes a record."""

from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import pytest

from portal.incoming_email.models import SetAside
from portal.incoming_email.parsing.judging import why_set_aside
from portal.incoming_email.parsing.message import parse_email
from tests.factories.emails import OURS, ROWAN, outlook, plain
from tests.factories.machines import PAT, gmail_reaction, headed, invitation, outlook_reaction, recall, report

GOOGLE = "Pat Example has accepted this invitation.\n\nMeeting\nTuesday 10 Mar 2026 ⋅ 10am – 11am\nUnited Kingdom Time\n\n"
GOOGLE += "You're receiving this email because you are subscribed to calendar notifications.\n\nGuests\n"
GOOGLE += (
    "Your Say - organizer\nyour-say@exampleshire.example\n\nInvitation from Google Calendar: https://calendar.google.com/"
)
TEAMS = (
    "________________________________\nMicrosoft Teams Need help?<https://aka.ms/x>\nJoin the meeting now<https://teams/x>\n"
)
TEAMS += "Meeting ID: 312 553 123 45\nPasscode: 7gTx2\nJoin: https://teams.example/1\n"
TEAMS += "Need help?<https://aka.ms/y> | System reference<https://teams/z>\nFor organizers: Meeting options<https://teams/o>\n________________________________"
EXTERNAL = "CAUTION: This email originated from outside the organisation. Do not click links unless you know the sender."


def why(message, own=frozenset({OURS})):
    """Why an email is set aside."""
    return why_set_aside(parse_email(message.as_bytes()), own)


def below_banner(message):
    """The same, as a gateway passes it on: below a banner, with its mark before the subject."""
    outside = MIMEMultipart("mixed")
    outside.attach(MIMEText(EXTERNAL))
    for name, value in message.items():
        if not name.lower().startswith(("content-", "mime-", "subject")):
            outside[name] = value
    outside["Subject"] = f"[EXTERNAL] {message['Subject']}"
    outside.attach(message)
    return outside


@pytest.mark.parametrize("pass_on", [lambda one: one, below_banner], ids=["straight", "below a banner"])
@pytest.mark.parametrize(
    ("message", "reason"),
    [
        (report("delivery-status", "It could not be delivered.", "1"), SetAside.BOUNCE),
        (report("disposition-notification", "Your message was read on Monday.", "2"), SetAside.RECEIPT),
        (report("disposition-notification", "was deleted without being read", "3", subject="Not read: x"), SetAside.RECEIPT),
        (report("feedback-report", "This is an abuse report.", "4"), SetAside.AUTOMATIC_REPLY),
        (invitation("REPLY", "", "5"), SetAside.CALENDAR),
        (invitation("REPLY", None, "6"), SetAside.CALENDAR),
        (invitation("REPLY", GOOGLE, "7"), SetAside.CALENDAR),
        (invitation("REQUEST", TEAMS, "8", description=TEAMS.replace("\n", "\\n")), SetAside.CALENDAR),
        (invitation("CANCEL", "This event has been cancelled.", "9"), SetAside.CALENDAR),
        (gmail_reaction("10"), SetAside.REACTION),
        (outlook_reaction("11"), SetAside.REACTION),
        (recall("12"), SetAside.RECALL),
        (recall("13", by="file"), SetAside.RECALL),
    ],
)
def test_a_machine_is_known_by_structure(message, reason, pass_on):
    assert why(pass_on(message)) is reason


@pytest.mark.parametrize(
    ("headers", "sender", "reason"),
    [
        ({"Auto-Submitted": "auto-replied"}, PAT, SetAside.AUTOMATIC_REPLY),
        ({"Auto-Submitted": "auto-generated; x=y"}, PAT, SetAside.AUTOMATIC_REPLY),
        ({"Auto-Submitted": "no"}, PAT, None),
        ({"Auto-Submitted": "no (a person)"}, PAT, None),
        ({"X-Auto-Response-Suppress": "All"}, PAT, None),
        ({"X-MS-Reactions": "allow"}, PAT, None),
        ({"Precedence": "auto_reply"}, PAT, SetAside.AUTOMATIC_REPLY),
        ({"X-Autoreply": "yes"}, PAT, SetAside.AUTOMATIC_REPLY),
        ({"X-Autoreply": "no"}, PAT, None),
        ({"Return-Path": "<>"}, PAT, SetAside.AUTOMATIC_REPLY),
        ({"Return-Path": "<MAILER-DAEMON>"}, PAT, SetAside.AUTOMATIC_REPLY),
        ({"Return-Path": "<pat@post.example.org>"}, PAT, None),
        ({"Return-Path": "<>"}, ("", "MAILER-DAEMON@post.example.org"), SetAside.BOUNCE),
        ({"Auto-Submitted": "auto-generated"}, ("", "postmaster@post.example.org"), SetAside.BOUNCE),
        ({}, ("Head of post", "postmaster@village.example.org"), None),
        ({"List-Unsubscribe": "<mailto:x@example.org>"}, PAT, SetAside.AUTOMATIC_REPLY),
        ({"List-Unsubscribe": "<x>", "List-Id": "<your-say.exampleshire.example>"}, PAT, None),
        ({"X-Loop": "pat@post.example.org"}, PAT, None),
        ({"X-Loop": OURS}, PAT, SetAside.LOOP),
    ],
)
def test_headers_say_whether_a_machine_sent_it(headers, sender, reason):
    message = MIMEText("Nobody rang us back.")
    for name, value in headers.items():
        message[name] = value
    assert why(headed(message, "[EXTERNAL] Hello", "h", sender)) is reason


@pytest.mark.parametrize(
    ("subject", "words"),
    [
        ("I am away from home and my carer hits me", "Please help."),
        ("Out of office hours nobody answered", "We rang five times."),
        ("Automatic reply to my complaint was rude", "It said nothing."),
        ("Undeliverable", "Our parcels never come."),
        ("Recall: the meeting of Monday", "I want to take back what I said."),
        ("Accepted: nobody believes us", "She is frightened."),
        ("Read: my letter please", "Nobody reads it."),
        ("help my carer hits me", ""),
        ("Re: help", "   "),
        ("x", f"{EXTERNAL}\n\nhelp"),
    ],
)
def test_words_alone_never_set_an_email_aside(subject, words):
    assert why(plain(words, subject, PAT, key="w")) is None


@pytest.mark.parametrize(
    "message",
    [
        invitation("REPLY", "I cannot come. He would be there.", "1"),
        invitation("REPLY", "", "2", comment="He would be there."),
        invitation("REQUEST", None, "3", description="I want to talk about what he did."),
        invitation("REQUEST", f"Please come alone.\n{TEAMS}", "4"),
        invitation("REPLY", GOOGLE.replace("invitation.", 'invitation with this note:\n\n"He hits me"'), "5"),
        outlook_reaction("6", words="[like]  Pat Example reacted to your message:\n\nBut nobody rang."),
        recall("7", words="Pat would like to recall the message.\n\nI was afraid when I wrote it."),
    ],
)
def test_what_a_person_typed_beside_a_machine_is_a_persons(message):
    assert why(message) is None


def test_what_somebody_typed_into_a_calendar_is_read():
    letter = parse_email(invitation("REPLY", None, "1", comment="He would be\\, there\\nand I am\r\n  afraid.").as_bytes())
    assert letter.words == "He would be, there\nand I am afraid."


@pytest.mark.parametrize(
    ("sender", "more", "reason"),
    [
        (ROWAN, {}, None),
        (ROWAN, {"In_Reply_To": "<ours@x.example>"}, SetAside.AUTOMATIC_REPLY),
        (PAT, {}, SetAside.AUTOMATIC_REPLY),
    ],
)
def test_what_a_rule_in_a_colleagues_mailbox_sends_on_is_a_persons(sender, more, reason):
    words = outlook("Kim", "kim@post.example.org", ROWAN, "He hits me.")
    assert why(plain(words, "FW: help", sender, key="rule", Auto_Submitted="auto-generated", **more)) is reason


def test_words_above_a_report_that_somebody_sends_on_are_theirs():
    outside = MIMEMultipart("mixed")
    outside.attach(MIMEText("Why does my complaint come back?"))
    outside.attach(report("delivery-status", "It could not be delivered.", "r"))
    assert why(headed(outside, "Fw: Undeliverable", "o")) is None


@pytest.mark.parametrize("subject", ["", "Re:", "FW: [EXTERNAL]"])
def test_nothing_at_all_is_empty(subject):
    assert why(plain(f"{EXTERNAL}\n", subject, PAT, key="e")) is SetAside.EMPTY
