"""Where the answer to an email goes: to who sent it, unless that is a machine which says whom to answer."""

import re
from dataclasses import dataclass

from portal.incoming_email.parsing.message import ParsedEmail

NO_REPLY = re.compile(r"^(?:no[-_.]?reply|do[-_.]?not[-_.]?reply|bounces?|mailer-daemon|nobody)(?:[\d+._-][^@]*)?@", re.I)
MACHINE = re.compile(
    r"^(?:auto(?:mated|mailer)?|notifications?|alerts?|(?:web|contact|online|e)?[-_.]?forms?|web[-_.]?(?:master|site|server)|"
    r"wordpress|www(?:-data)?|apache|root|daemon|system|server|scan(?:s|ner|ners)?|scan[-_.]?to[-_.]?e?[-_.]?mail|mf[dp]s?|"
    r"copiers?|photocopiers?|printers?|xerox|ricoh|kyocera|konica|postmaster)(?:[\d+._-][^@]*)?@",
    re.I,
)
SENT_FROM, ASKED_TO_ANSWER = "Sent from", "Answers are asked to go to"


@dataclass(frozen=True)
class Answered:
    """Who is answered, and what the record shows of both addresses where they differ."""

    name: str
    address: str
    shown: tuple[tuple[str, str], ...] = ()


def who_is_answered(letter: ParsedEmail, own_addresses: frozenset[str]) -> Answered:
    """Who is answered. `Reply-To` (RFC 5322, 3.6.2) decides only where a machine sent it: anyone can write anything there.

    A web form, a scanner or a no-reply address is no person; a no-reply address that names nobody gets no answer at all.
    """
    is_machine = bool(NO_REPLY.match(letter.sender) or MACHINE.match(letter.sender))
    asked = next((one for one in letter.reply_to if _is_another(one[1], letter.sender, own_addresses)), None)
    sent_from = (SENT_FROM, f"{letter.sender_name} {letter.sender}".strip())
    if asked is None:
        has_nobody = bool(NO_REPLY.match(letter.sender))
        return Answered(letter.sender_name, "", (sent_from,)) if has_nobody else Answered(letter.sender_name, letter.sender)
    name, address = asked
    shown = (sent_from, (ASKED_TO_ANSWER, f"{name} {address}".strip()))
    return (
        Answered(name or letter.sender_name, address, shown)
        if is_machine
        else Answered(letter.sender_name, letter.sender, shown)
    )


def _is_another(address: str, sender: str, own_addresses: frozenset[str]) -> bool:
    return address not in (sender, *own_addresses) and not NO_REPLY.match(address)
