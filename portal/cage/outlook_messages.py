"""A message that Outlook saved (.msg, MS-OXMSG), as an email that any program reads."""

import io
from collections.abc import Iterator
from email import policy
from email.message import EmailMessage
from email.utils import format_datetime, formataddr
from typing import Any

from oxmsg import Message
from oxmsg.domain import constants as ids
from oxmsg.properties import Properties
from oxmsg.util import lazyproperty

from portal.cage.mail import rehearse

MOST_FILES, DEEPEST = 50, 5
A_MESSAGE_INSIDE = "__substg1.0_3701000D"  # where an enclosed message lies
HEADER_INSIDE = 24  # bytes before its properties
SMTP = 0x5D01  # PidTagSenderSmtpAddress, which stands even where the sender is a name in an Exchange directory


class _Inside(Message):
    """A message that is attached to another: its properties begin earlier (MS-OXMSG, 2.4.1.2)."""

    @lazyproperty
    def properties(self) -> Properties:
        """As of any message."""
        return Properties(self._storage, properties_header_offset=HEADER_INSIDE)


def decode(content: bytes) -> tuple[dict[str, bool], bytes]:
    """The message by RFC 5322, with its files and the messages inside it. Raises python-oxmsg's errors for what is none."""
    return {}, _as_email(Message.load(io.BytesIO(content))).as_bytes(policy=policy.SMTP)


def _as_email(saved: Any, depth: int = 0) -> EmailMessage:
    made = EmailMessage(policy=policy.SMTP)
    for name, value in _headers(saved):
        if value and name not in made:
            made[name] = value
    made.set_content(saved.body or "")
    if saved.html_body:
        made.add_alternative(saved.html_body, subtype="html")
    for file in list(saved.attachments)[:MOST_FILES]:
        inside = next((one for one in file._storage.storages if one.name == A_MESSAGE_INSIDE), None)
        if inside is not None and depth < DEEPEST:
            made.add_attachment(_as_email(_Inside(inside), depth + 1))
        elif file.file_bytes:
            kind, _, sort = (file.mime_type or "").partition("/")
            kind, sort = (kind, sort) if sort and kind not in ("message", "multipart") else ("application", "octet-stream")
            made.add_attachment(file.file_bytes, kind, sort, filename=_line(file.file_name or "file"))
    return made


def _headers(saved: Any) -> Iterator[tuple[str, str]]:
    """The headers by which mail is known: those that it came with from the internet, else what Outlook noted."""
    came_with = {name.lower(): value for name, value in saved.message_headers.items()}
    noted = saved.properties
    address = noted.str_prop_value(SMTP) or noted.str_prop_value(ids.PID_SENDER_EMAIL_ADDRESS) or ""
    name = noted.str_prop_value(ids.PID_SENDER_NAME) or ""
    sender = formataddr((_line(name), _line(address))) if "@" in address else name
    yield "From", _line(came_with.get("from") or sender)
    to = [one for one in saved.recipients if "@" in (one.email_address or "")]
    written_to = ", ".join(formataddr((_line(one.name or ""), one.email_address)) for one in to)
    yield "To", _line(came_with.get("to") or written_to)
    yield "Subject", _line(saved.subject)
    yield "Date", _line(came_with.get("date") or (format_datetime(saved.sent_date) if saved.sent_date else ""))
    for known in ("Message-ID", "In-Reply-To", "References", "Auto-Submitted"):
        yield known, _line(came_with.get(known.lower(), ""))


def _line(text: str) -> str:
    return " ".join(str(text).split())


rehearse()
