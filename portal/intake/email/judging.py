"""Whether a person wrote an email or a machine: automatic replies, returned mail and loops are set aside, never answered."""

import re

from portal.intake.email.forwards import unfold
from portal.intake.email.reading import MESSAGE_ID, Letter
from portal.intake.models import SetAside

OWN_ID = re.compile(r"<[0-9a-f]{32}@your-say>")
AUTOMATIC = re.compile(
    r"^(?:auto(?:matic)?[- ]?(?:reply|response)|out of (?:the )?office|i am away|away from (?:the )?office|autoreply|"
    r"ateb awtomatig|allan o'r swyddfa|odpowiedź automatyczna|autoodpowiedź|"
    r"răspuns automat|автоматична відповідь|رد تلقائي)\b",
    re.I,
)
BOUNCED = re.compile(r"^(?:mailer-daemon|postmaster|mail delivery)", re.I)
MOST_HANDS = 25  # servers that a message went through


def why_set_aside(letter: Letter, own_addresses: frozenset[str]) -> SetAside | None:
    """Why an email is no record; None when a person wrote it."""
    if is_bounce(letter):
        return SetAside.BOUNCE
    if _went_round(letter, own_addresses):
        return SetAside.LOOP
    if is_automatic(letter):
        return SetAside.AUTOMATIC_REPLY
    if not (letter.words.strip() or letter.files or letter.inner):
        return SetAside.EMPTY
    return None


def is_automatic(letter: Letter) -> bool:
    """Whether a machine answered for someone (RFC 3834), or a list or a mailing sent it."""
    says = letter.header("Auto-Submitted").lower()
    marked = any(letter.header(name) for name in ("X-Autoreply", "X-Autorespond", "X-Auto-Reply-From", "List-Unsubscribe"))
    precedence = letter.header("Precedence").lower() in ("bulk", "junk", "list", "auto_reply")
    return says.startswith("auto") or marked or precedence or bool(AUTOMATIC.match(letter.subject))


def is_bounce(letter: Letter) -> bool:
    """Whether a mail server sent it because something could not be delivered (RFC 3464)."""
    is_report = letter.headers.get_content_type() == "multipart/report"
    about_delivery = "delivery-status" in letter.header("Content-Type").lower()
    return (is_report and about_delivery) or bool(BOUNCED.match(letter.sender) or BOUNCED.match(letter.sender_name))


def our_ids_in(letter: Letter, raw: bytes) -> tuple[str, ...]:
    """The Message-IDs of our own letters that an email names: those it answers, else any within it."""
    named = tuple(one for one in letter.replies_to if OWN_ID.fullmatch(one))
    return named or tuple(dict.fromkeys(one.decode() for one in re.findall(rb"<[0-9a-f]{32}@your-say>", raw)))


def _went_round(letter: Letter, own_addresses: frozenset[str]) -> bool:
    own = any(OWN_ID.fullmatch(one) for one in MESSAGE_ID.findall(letter.header("Message-ID")))
    hands = len(letter.headers.get_all("Received", []))
    sends_on = bool(letter.inner or unfold(letter.words).blocks)  # a colleague at the shared mailbox
    from_us = letter.sender in own_addresses and not sends_on
    return own or from_us or hands > MOST_HANDS or any(letter.header(name) for name in ("X-Loop", "X-Your-Say"))
