"""What Outlook packs into `winmail.dat` (TNEF, MS-OXTNEF), as an email that any program reads."""

from email import policy
from email.message import EmailMessage
from typing import Any

from tnefparse import TNEF

from portal.cage.mail import rehearse
from portal.cage.refusal import NotTaken, Reason

MOST_FILES = 50


def decode(content: bytes) -> tuple[dict[str, bool], bytes]:
    """The words and files in it as an email by RFC 5322. Raises NotTaken where none are found, or tnefparse's errors."""
    packed, made = TNEF(content, do_checksum=False), EmailMessage(policy=policy.SMTP)
    page, words = _text(packed.htmlbody), _text(packed.body)
    if not (page or words or packed.rtfbody or packed.attachments):
        raise NotTaken(Reason.NOTHING_IN_IT)
    made.set_content(words)
    if page:
        made.add_alternative(page, subtype="html")
    if packed.rtfbody and not page and not words:
        made.add_attachment(_bytes(packed.rtfbody), "application", "rtf", filename="message.rtf")
    for file in packed.attachments[:MOST_FILES]:
        name = " ".join(str(file.long_filename() or file.name or "file").split())
        made.add_attachment(_bytes(file.data), "application", "octet-stream", filename=name)
    return {}, made.as_bytes(policy=policy.SMTP)


def _text(told: Any) -> str:
    return (told.decode("cp1252", "replace") if isinstance(told, bytes) else str(told or "")).rstrip("\0")


def _bytes(told: Any) -> bytes:
    return told if isinstance(told, bytes) else str(told or "").encode()


rehearse()
