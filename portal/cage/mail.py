"""What readers of mail need to know before the cage is shut: every way in which letters are written, and how mail is."""

import codecs
from contextlib import suppress
from email import policy
from email.message import EmailMessage
from encodings.aliases import aliases


def rehearse() -> None:
    """Look up each encoding and write an email of every sort of part: Python loads parts of itself at work."""
    for name in sorted(set(aliases.values())):
        with suppress(LookupError, ImportError):
            codecs.lookup(name)
    inner, made = EmailMessage(policy=policy.SMTP), EmailMessage(policy=policy.SMTP)
    for one in (inner, made):
        one["From"], one["To"], one["Date"] = "Zoë <a@b.example>", "a@b.example", "Mon, 01 Jun 2026 09:00:00 +0000"
        one["Subject"] = "é" * 90
        one.set_content("é")
    made.add_alternative("<p>é</p>", subtype="html")
    made.add_attachment(b"x", "application", "pdf", filename="é.pdf")
    made.add_attachment(inner)
    made.as_bytes(policy=policy.SMTP)
