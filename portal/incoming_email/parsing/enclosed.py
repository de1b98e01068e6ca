"""Emails in the wrappings of other programs: saved by Outlook, packed by it into `winmail.dat`, signed as a whole."""

from email import message_from_bytes
from email.message import Message

from portal.cage.refusal import NotTaken
from portal.cage.running import BEHIND, CageBroken, CageBusy, Work, decode
from portal.files.recognising import is_an_email, old_office_kind

TNEF, OLE = b"\x78\x9f\x3e\x22", b"\xd0\xcf\x11\xe0"
SIGNED = ("application/pkcs7-mime", "application/x-pkcs7-mime")


def saved_email(content: bytes) -> bytes | None:
    """An email that somebody saved as a file (`.eml`, `.msg`) by RFC 5322; none when it is no email, or cannot be read."""
    if content.startswith(OLE) and old_office_kind(content) == "msg":
        return _decoded(Work.OUTLOOK_MESSAGE, content)
    return content if is_an_email(content) else None


def packed_by_outlook(content: bytes) -> Message | None:
    """The words and files of a `winmail.dat`; none when it is no such file."""
    made = _decoded(Work.OUTLOOK_ATTACHMENTS, content) if content.startswith(TNEF) else None
    return message_from_bytes(made) if made else None


def signed_as_a_whole(media_type: str, name: str, content: bytes) -> Message | None:
    """The email inside one that is signed as a whole; none when it is not, or is encrypted."""
    if media_type not in SIGNED and not name.lower().endswith(".p7m"):
        return None
    made = _decoded(Work.SIGNED_MAIL, content)
    return message_from_bytes(made) if made else None


def _decoded(work: Work, content: bytes) -> bytes | None:
    try:
        return decode(work, content, BEHIND)[1]
    except (CageBroken, CageBusy, NotTaken):
        return None
