"""Who first wrote an email, when and what: found in what colleagues sent on, inside it, attached, saved or pasted."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from portal.cage.running import BEHIND
from portal.files.kinds import FileRefused, known_file
from portal.files.names import plain_name
from portal.files.office import words_in_letter
from portal.incoming_email.parsing.banners import without_banners, without_banners_within, without_marks
from portal.incoming_email.parsing.forwards import ADDRESS, Block, unfold, without_what_is_answered
from portal.incoming_email.parsing.message import MAX_WORDS_LENGTH, ParsedEmail
from portal.incoming_email.parsing.structure import Enclosed
from portal.incoming_email.services.answers_to import who_is_answered
from portal.intake.submission import SentFile
from portal.people.queries import people_by_email
from portal.wording import cut_short

MAX_FILES = 20
THE_WHOLE = "The whole email, with earlier messages"


@dataclass(frozen=True)
class OurOwn:
    """What is ours: the addresses of the portal itself, and the domains at which colleagues write."""

    addresses: frozenset[str]
    domains: frozenset[str]
    scanner: str = ""
    checked_by: str = ""  # the name by which our mail server signs what it found of a sender


@dataclass(frozen=True)
class Told:
    """What an email tells: who first wrote it and when, their words, and what a colleague wrote above it.

    `whole` is all of it, where several messages were sent on in one; `to` whom it was written to; `had_at` when a colleague
    got what they sent on; `shown` who really sent it and where answers are asked to go, where those differ.
    """

    sender_name: str
    sender: str
    sent_at: datetime | None
    subject: str
    words: str
    note: str = ""
    thanked: str = ""
    files: tuple[Enclosed, ...] = ()
    whole: str = ""
    to: frozenset[str] = frozenset()
    had_at: datetime | None = None
    shown: tuple[tuple[str, str], ...] = ()

    @property
    def beside(self) -> str:
        """What is kept beside the words of thanks: a colleague's note, and the whole of what was sent on."""
        return one_below_another(self.note, self.whole)


def one_below_another(*parts: str) -> str:
    """Texts with a line between them, without those that are empty."""
    return "\n\n".join(part for part in parts if part.strip())


def told_by(letter: ParsedEmail, own: OurOwn) -> Told:
    """Who first wrote an email, and what: found in what a colleague sent on, inside it or attached.

    What somebody from outside sends is theirs, whatever they send on with it: they wrote to us, and all of it is kept.
    """
    is_ours = _colleagues(letter, own)
    if not (letter.has_one_sender and is_ours(letter.sender)) or letter.is_refuted(own.checked_by):
        return _as_it_came(letter, own)
    inner = next((one for one in letter.inner if not is_ours(one.sender)), letter.inner[0] if letter.inner else None)
    if inner is not None:
        told = told_by(inner, own)
        above = one_below_another(without_banners(letter.words), told.note)
        had_at = told.had_at or _had([address for _, address in inner.to], inner.sent_at, is_ours)
        others, files = inside([one for one in letter.inner if one is not inner])
        told = replace(told, had_at=had_at, whole=one_below_another(told.whole, *others))
        return _sent_on(letter, told, above, (*told.files, *files, *letter.files))
    unfolded = unfold(letter.words)
    block = unfolded.first_from(is_ours)
    if block is None:
        return _as_it_came(letter, own)
    whole = without_banners_within(letter.words) if len(unfolded.blocks) > 1 else ""
    told = replace(_of_block(block, letter), whole=whole, had_at=_had(ADDRESS.findall(block.to), block.sent_at, is_ours))
    return _sent_on(letter, told, without_banners(unfolded.note), letter.files)


def _as_it_came(letter: ParsedEmail, own: OurOwn) -> Told:
    """An email as its sender wrote it, with the words of those that are attached below. A subject alone is the words."""
    below, inside_files = inside(letter.inner)
    files = (*letter.files, *inside_files)
    words = one_below_another(without_banners(letter.words), *below) or ("" if files else without_marks(letter.subject))
    to = frozenset(address for _, address in letter.to) - own.addresses
    answered = who_is_answered(letter, own.addresses)
    return Told(
        sender_name=answered.name,
        sender=answered.address,
        sent_at=letter.sent_at,
        subject=letter.subject,
        words=words,
        files=files,
        to=to,
        shown=answered.shown,
    )


def inside(letters: Sequence[ParsedEmail]) -> tuple[list[str], tuple[Enclosed, ...]]:
    """What emails say that lie inside another, each with its sender and subject, and their files; those inside them too."""
    found, waiting = list[ParsedEmail](), list(letters)
    while waiting:
        one = waiting.pop(0)
        found.append(one)
        waiting = [*one.inner, *waiting]
    words = [
        f"From: {one.sender_name} {one.sender}\nSubject: {one.subject}\n\n{without_banners(one.words)}" for one in found
    ]
    return words, tuple(file for one in found for file in one.files)


def answer_in(letter: ParsedEmail, own: OurOwn) -> Told:
    """What somebody answers to a letter of ours: the words above it, with emails that they enclose."""
    told = _as_it_came(letter, own)
    words = without_banners(without_what_is_answered(letter.words))
    below, _ = inside(letter.inner)
    return replace(told, words=one_below_another(words, *below) or without_marks(letter.subject))


def _had(to: Sequence[str], sent_at: datetime | None, is_ours: "IsOurs") -> datetime | None:
    """When a colleague got an email: when it was sent, unless it was written to somebody else and reached them later."""
    return sent_at if not to or any(is_ours(address.lower()) for address in to) or people_by_email(to) else None


def _of_block(block: Block, letter: ParsedEmail) -> Told:
    return Told(
        sender_name=block.sender_name,
        sender=block.sender,
        sent_at=block.sent_at,
        subject=block.subject or letter.subject,
        words=without_banners(block.words) or block.words or letter.words,
        to=frozenset(address.lower() for address in ADDRESS.findall(block.to)),
        thanked=_colleague_at(ADDRESS.findall(block.to)),
    )


def _sent_on(letter: ParsedEmail, told: Told, above: str, files: tuple[Enclosed, ...]) -> Told:
    """The same, with who sent it on, so that somebody is found to thank when the thanks name nobody."""
    note = f"{above}\n\nSent on by {letter.sender_name or letter.sender}".strip()
    thanked = told.thanked or _colleague_at([address for _, address in letter.inner[0].to] if letter.inner else ())
    return replace(told, note=note, thanked=thanked, files=files)


def _colleagues(letter: ParsedEmail, own: OurOwn) -> "IsOurs":
    blocks = unfold(letter.words).blocks
    asked = {letter.sender, *(block.sender for block in blocks), *(one.sender for one in letter.inner)}
    return IsOurs(frozenset(people_by_email(asked)), own)


@dataclass(frozen=True)
class IsOurs:
    """Whether an address is a colleague's: it stands in the staff directory, or at one of our own domains."""

    known: frozenset[str]
    own: OurOwn

    def __call__(self, address: str) -> bool:
        """One address."""
        return address in self.known or address.rpartition("@")[2] in self.own.domains


def _colleague_at(addresses: Sequence[str]) -> str:
    """The one colleague among some addresses, as pickers show them; nobody when there are two."""
    found = people_by_email(addresses)
    return next(iter(found.values())).told if len(found) == 1 else ""


def pasted(words: str, own: OurOwn) -> Told:
    """What somebody pasted: the words, and who wrote them when, where the lines of an email stand above them."""
    unfolded = unfold(words)
    if not unfolded.blocks or unfolded.note:
        return Told("", "", None, "", words)
    block = unfolded.first_from(IsOurs(frozenset(people_by_email([one.sender for one in unfolded.blocks])), own))
    if block is None or not block.words:
        return Told("", "", None, "", words)
    whole = words if len(unfolded.blocks) > 1 else ""  # nothing that was pasted is lost
    return Told(block.sender_name, block.sender, block.sent_at, block.subject, block.words, whole=whole)


@dataclass
class Sorted:
    """What becomes of the files that came with an email.

    They are kept, or only their words are, under their names, or they are left in the mailbox, each with its reason.
    """

    kept: list[SentFile] = field(default_factory=list)
    words: list[tuple[str, str]] = field(default_factory=list)
    left: list[str] = field(default_factory=list)

    def below(self, words: str) -> str:
        """The words of an email with those of its files below."""
        return one_below_another(words, *(f"{name}:\n{said}" for name, said in self.words)).strip()


def sorted_out(enclosed: Sequence[Enclosed]) -> Sorted:
    """Look at each file that came. Of texts, web pages and Word files the words are read: no complaint waits unread."""
    found, looked_at = Sorted(), 0
    for file in enclosed:
        name = plain_name(file.name) if file.name else "a file without a name"
        if file.is_a_logo:
            found.left.append(f"{name}: a small picture inside the text")
        elif looked_at >= MAX_FILES:
            found.left.append(f"{name}: more than {MAX_FILES} files came")
        else:
            looked_at += 1
            _sort(file, name, found)
    return found


def _sort(file: Enclosed, name: str, found: Sorted) -> None:
    words, refused = cut_short(file.words, MAX_WORDS_LENGTH), ""
    try:
        kept = known_file(file.content, BEHIND)
        found.kept.append(SentFile(name, kept))
        words = words or cut_short(words_in_letter(file.content, kept.media_type), MAX_WORDS_LENGTH)
    except FileRefused as refusal:
        refused = str(refusal)
    if words:
        found.words.append((f"In the file {name}", words))
    if refused:
        found.left.append(f"{name}: {'its words are here, its pictures and layout are not' if words else refused}")
