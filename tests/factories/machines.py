"""What machines send, as it really looks: reports, receipts, calendars, reactions and recalls."""

from email.message import Message
from email.mime.application import MIMEApplication
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart
from email.mime.text import MIMEText

from tests.factories.emails import OURS, SENT

PAT = ("Pat Example", "pat@post.example.org")
BLOCK = (
    "\n________________________________\nFrom: Your Say <{ours}>\nSent: 02 March 2026 10:12\nTo: Pat\nSubject: Hi\n\n{said}"
)


def headed(message, subject, key, sender=PAT, **more):
    """The same with the headers that every email has."""
    given = {"From": f"{sender[0]} <{sender[1]}>", "To": OURS, "Subject": subject, "Date": SENT}
    for name, value in given.items() | {"Message-ID": f"<{key}@mail.example.org>"}.items():
        message[name] = value
    for name, value in more.items():
        message[name.replace("_", "-")] = value
    return message


def report(kind, words, key, *, subject="Report", action="failed", **more):
    """A report of a server or a mail program (RFC 6522)."""
    message = MIMEMultipart("report", report_type=kind)
    message.attach(MIMEText(words))
    about, told = MIMEBase("message", kind), Message()
    told["Reporting-UA"], told["Action"] = "mail.example.org", action
    about.attach(told)
    message.attach(about)
    return headed(message, subject, key, **more)


def entry(method, *, summary="Meeting", description="", comment=""):
    """An entry for a calendar, as Google and Exchange write it."""
    rows = ["BEGIN:VCALENDAR", "VERSION:2.0", f"METHOD:{method}", "BEGIN:VEVENT", "DTSTART:20260310T100000Z"]
    rows += [
        'ORGANIZER;CN="Your Say":mailto:your-say@exampleshire.example',
        "ATTENDEE;CN=Pat Example;PARTSTAT=ACCEPTED:mailto:x@y",
    ]
    rows += [f"SUMMARY:{summary}", "LOCATION:Room 3"]
    rows += [f"DESCRIPTION:{description}"] * bool(description) + [f"COMMENT;LANGUAGE=en-GB:{comment}"] * bool(comment)
    return "\r\n".join([*rows, "END:VEVENT", "END:VCALENDAR", ""])


def calendar_part(method, **told):
    """The part of an email that is an entry for a calendar."""
    part = MIMENonMultipart("text", "calendar", charset="utf-8", method=method)
    part.set_payload(entry(method, **told).encode(), "utf-8")
    return part


def invitation(method, words, key, *, subject="Accepted: Meeting", **told):
    """An invitation or an answer to one, inside an alternative, as Outlook and Google send it."""
    message = MIMEMultipart("alternative")
    if words is not None:
        message.attach(MIMEText(words))
    message.attach(calendar_part(method, **told))
    return headed(message, subject, key)


def gmail_reaction(key, *, words="👍\n\nPat Example reacted via Gmail"):
    """A reaction of Gmail."""
    message = MIMEMultipart("alternative")
    message.attach(MIMEText(words))
    part = MIMENonMultipart("text", "vnd.google.email-reaction+json", charset="utf-8")
    part.set_payload('{"emoji": "👍", "version": 1}'.encode(), "utf-8")
    message.attach(part)
    message.attach(MIMEText(f"<p>{words}</p>", "html"))
    return headed(message, "Re: Your complaint", key, In_Reply_To="<ours@x.example>")


def outlook_reaction(key, *, words="[like]  Pat Example reacted to your message:", said="Dear Pat"):
    """A reaction of Outlook: nothing tells it but its one sentence."""
    message = MIMEText(words + BLOCK.format(ours=OURS, said=said), _charset="utf-8")
    return headed(message, "Re: Your complaint", key, In_Reply_To="<ours@x.example>")


def recall(key, *, words='Example, Pat would like to recall the message, "My complaint".', by="header"):
    """Outlook's wish to have a message back: of today's Exchange, or of an older Outlook with its own kind of file."""
    if by == "header":
        more = {
            "X_MS_TrafficTypeDiagnostic": "A1:EE_|B2:EE_LegacyOutlookRecall",
            "X_MS_Exchange_RecallReportGenerated": "true",
        }
        return headed(MIMEText(words), "Recall: My complaint", key, **more)
    message = MIMEMultipart("mixed")
    message.attach(MIMEText(words))
    message.attach(MIMEApplication(b"x\x9f>\x22\x13\x00IPM.Outlook.Recall\x00", "ms-tnef", name="winmail.dat"))
    return headed(message, "Recall: My complaint", key)
