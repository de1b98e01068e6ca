"""Whether an email is a record: what machines sent, what came back and what went round is set aside, and never answered."""

import re

from portal.incoming_email.models import SetAside
from portal.incoming_email.parsing.banners import bare_subject, without_banners
from portal.incoming_email.parsing.forwards import unfold
from portal.incoming_email.parsing.machines import is_mailing, is_sent_on_by_rule, what_machine_sent
from portal.incoming_email.parsing.message import MESSAGE_ID, ParsedEmail

OWN_ID = re.compile(r"<[0-9a-f]{32}@your-say>")
OUR_LOOP = "your-say"
MAX_HANDS = 25  # servers that a message went through


def why_set_aside(letter: ParsedEmail, own_addresses: frozenset[str]) -> SetAside | None:
    """Why an email is no record; None when a person wrote it. Words never decide it: a child may write "Out of office"."""
    machine = what_machine_sent(letter)
    if machine is SetAside.BOUNCE:
        return machine
    if _went_round(letter, own_addresses):
        return SetAside.LOOP
    if machine is SetAside.AUTOMATIC_REPLY and is_sent_on_by_rule(letter, own_addresses):
        machine = None
    if machine is not None:
        return machine
    if is_mailing(letter, own_addresses):
        return SetAside.AUTOMATIC_REPLY
    return None if says_anything(letter) else SetAside.EMPTY


def says_anything(letter: ParsedEmail) -> bool:
    """Whether something is in an email: words, a file, an email inside it, or a subject that says more than `Re:`."""
    has_words = bool(without_banners(letter.words)) or bool(re.search(r"\w", bare_subject(letter.subject)))
    return has_words or bool(letter.files or letter.inner)


def our_ids_in(letter: ParsedEmail, raw: bytes) -> tuple[str, ...]:
    """The Message-IDs of our own letters that an email names: those it answers, else any within it."""
    named = tuple(one for one in letter.replies_to if OWN_ID.fullmatch(one))
    return named or tuple(dict.fromkeys(one.decode() for one in re.findall(OWN_ID.pattern.encode(), raw)))


def _went_round(letter: ParsedEmail, own_addresses: frozenset[str]) -> bool:
    own = any(OWN_ID.fullmatch(one) for one in MESSAGE_ID.findall(letter.header("Message-ID")))
    hands = len(letter.headers.get_all("Received", []))
    sends_on = bool(letter.inner or unfold(letter.words).blocks)  # a colleague at the shared mailbox
    from_us = letter.sender in own_addresses and not sends_on
    ring = letter.header("X-Loop").lower()  # other programs mark what people send with it too
    is_ours = OUR_LOOP in ring or any(address in ring for address in own_addresses)
    return own or from_us or hands > MAX_HANDS or is_ours or bool(letter.header("X-Your-Say"))
