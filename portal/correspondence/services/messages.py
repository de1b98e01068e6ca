"""Letters, answers and replies between the council and the person."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from portal import wording
from portal.audit.services import record
from portal.cases.errors import NotComplete
from portal.cases.models import Case, LetterForm, LetterHow, LetterWay, Message, Stage
from portal.cases.promises import Said
from portal.cases.services.indexing import index_case
from portal.cases.services.locked_case import calm_down, locked_case
from portal.clock import london_day
from portal.config import Council
from portal.correspondence.events import CONTACT_DECIDED, LETTER_SENT_WITHOUT, MESSAGE_SENT, REPLY_READ, REPLY_RECEIVED
from portal.correspondence.reach import DECIDED, is_for_adult, way, way_of_letters
from portal.correspondence.services.leaving import leave
from portal.correspondence.services.promising import promise, said_in_words
from portal.duty.services import answer_alerts, raise_alert
from portal.outbox.models import OutgoingEmail
from portal.outbox.services import AddressNotValid, queue_email
from portal.people.queries import names_of
from portal.procedure.eligibility import Complainant
from portal.procedure.errors import MoveNotAllowed
from portal.procedure.letter_check import Edited, Needs, check_letter
from portal.signs.harm import harm_in

DECIDING = frozenset(
    {
        *("decision", "answer", "closed", "stage_ended", "stage_2_answer", "stage_3_answer", "strand_answer"),
        *("strand_extended", "extension", "stage_2_extension", "passed_on", "hold_reviewed", "early_referral"),
        "road_changed",
    }
)  # letters that decline, close, put off or answer: each says what the law wants in it
AT_ONCE = {LetterWay.PAGE: LetterHow.SHOWN, LetterWay.KEPT: LetterHow.KEPT}


def post(
    case: Case,
    kind: str,
    letter: Edited | str,
    *,
    needs: Needs | None = None,
    boxes: dict[str, str] | None = None,
    stops: tuple[str, Stage] | None = None,
    about: Stage | None = None,
    promises: Iterable[Said] = (),
    at: datetime,
    by_id: int | None,
) -> None:
    """Put a letter on the case, inside the action that sends it, and on its way to the person.

    On their own page it has left at once. An email leaves with the post; what a colleague must post or read out waits until
    they say that they did. Only then does it stop what it `stops`. Of the `promises`, those that its words
    make are written down. It is `about` the stage that it stops, or another. Raises NotComplete while another waits to,
    and MoveNotAllowed for one that lacks what it `needs`.
    """
    edited = letter if isinstance(letter, Edited) else Edited(letter)
    words = edited.words
    _check(case, kind, edited, needs, at, by_id)
    way = way_of_letters(case)
    email = _email(case, words, at)
    if way is LetterWay.EMAIL and email is None:  # an address that no mail can reach
        way = LetterWay.BY_HAND
    name, stage = stops or ("", None)
    if stage is not None and letter_waits(case, name, stage):
        raise NotComplete("The answer is written but has not gone yet. Say below when it was posted or read out.")
    kept = Message(case_id=case.id, from_us=True, kind=kind, words=words, boxes=boxes, way=way, at=at, by_id=by_id)
    of_stage = stage or about
    kept.stops, kept.stage_id, kept.left_how = name, of_stage.id if of_stage else None, LetterHow.NOT_YET
    kept.email_id = email.id if email else None
    case.messages.append(kept)
    promise(case, said_in_words(promises, words, london_day(at)), kind, at=at, letter=kept)
    record(MESSAGE_SENT, case.about, at=at, by_id=by_id, kind=kind, way=way)
    if way in AT_ONCE:
        leave(case, kept, AT_ONCE[way], at, at=at, by_id=by_id)


def _check(case: Case, kind: str, letter: Edited, needs: Needs | None, at: datetime, by_id: int | None) -> None:
    """Hold a letter back that lacks what it needs; one that two people let go without it leaves that in the audit."""
    if needs is None:
        if kind in DECIDING:
            raise LookupError(f"a letter of the kind {kind} must say what it needs")
        return
    wanted = replace(needs, easy_words=in_easy_words(case), advocate=needs.advocate or not is_for_adult(case))
    lacks = check_letter(letter, wanted, by_id)
    if lacks:
        facts = {"kind": kind, "lacks": list(lacks), "reasons": letter.despite, "from_id": letter.asked_by}
        record(LETTER_SENT_WITHOUT, case.about, at=at, by_id=by_id, **facts)


def letter_waits(case: Case, name: str, stage: Stage) -> bool:
    """Whether a letter that stops something in a stage is written and has not left."""
    return any(one.waits and one.stops == name and one.stage_id == stage.id for one in case.messages)


def _email(case: Case, words: str, at: datetime) -> OutgoingEmail | None:
    """An adult gets the letter. A child, or a helper whose answer is for the child, is only told that there is one."""
    address, for_adult = way(case, "email"), is_for_adult(case)
    if not address or (not for_adult and case.secret_words is None):
        return None
    try:
        name = "letter" if for_adult else "you_have_a_message"
        return queue_email(name, address, at=at, belongs_to=case.about, reference=case.reference, words=words)
    except AddressNotValid:
        return None


def send_message(
    case_id: int, words: str, *, keeps_promise: bool = False, at: datetime, by_id: int, version: int | None = None
) -> None:
    """Write to the person; the letter that we said we would write is told from others by whoever writes it."""
    if not words.strip():
        raise NotComplete("Write the message first.")
    with locked_case(case_id, version) as case:
        if case.complainant is Complainant.MEMBER:
            raise MoveNotAllowed(
                "member", "A councillor or an MP is answered with a letter of its own: under People of this case."
            )
        post(case, "promised_letter" if keeps_promise else "message", words, at=at, by_id=by_id)


def receive_reply(
    case_id: int, words: str, *, once_key: str, at: datetime, whole: str | None = None, other_sender: str | None = None
) -> None:
    """Take in what the person says back, once for each form; the case comes up to be read first, also when it was closed.

    `whole` is the email with what it answers; `other_sender` an address that is not the one on the case.
    """
    with locked_case(case_id) as case:
        if any(message.once_key == once_key for message in case.messages):
            return
        told = {"words": words, "whole": whole, "other_sender": other_sender}
        case.messages.append(Message(case_id=case.id, from_us=False, kind="reply", once_key=once_key, at=at, **told))
        case.unread_reply_at = case.unread_reply_at or at
        signs = harm_in(words)
        case.reads_first, case.reads_first_why = 0, " ".join(("reply", *signs))
        if signs:
            raise_alert(case.about, signs, at=at)
        index_case(case, [words])
        record(REPLY_RECEIVED, case.about, at=at)


def note_reply_read(case_id: int, *, at: datetime, by_id: int, version: int | None = None) -> None:
    """Say that someone of the team has read what the person said back."""
    with locked_case(case_id, version) as case:
        case.unread_reply_at = None
        calm_down(case)
        answer_alerts(case.about, at=at, by_id=by_id)
        record(REPLY_READ, case.about, at=at, by_id=by_id)


def have_it(case_id: int, *, at: datetime, by_id: int) -> None:
    """A colleague who opened the case says that they have it: the duty desk is told no further."""
    with locked_case(case_id) as case:
        answer_alerts(case.about, at=at, by_id=by_id)


def in_easy_words(case: Case) -> bool:
    """Whether letters use easy words: for a child, and for an adult who asked for them."""
    return not is_for_adult(case) or case.letter_form is LetterForm.EASY_WORDS


def letter_facts(case: Case, council: Council) -> dict[str, object]:
    """What every letter template may use."""
    contact = names_of({case.assignee_id}).get(case.assignee_id, "") if case.assignee_id is not None else ""
    facts = {"case": case, "council": council, "is_child": in_easy_words(case), "contact": contact}
    return facts | {"needs": needs_of(case)}


def needs_of(case: Case) -> str:
    """What someone said they need so that they can take part, in words; empty when nothing."""
    forms = [wording.in_words(form) for form in case.person.get("answer_forms", ())]
    return "; ".join([*forms, *(str(case.person[name]).rstrip(". ") for name in ("needs",) if case.person.get(name))])


def decide_contact(case_id: int, words: str, *, at: datetime, by_id: int, version: int | None = None) -> None:
    """The lead decides, with reasons, that someone may be reached by ways that they did not call safe."""
    if not words.strip():
        raise NotComplete("Say why they must be reached this way, and how you keep them safe.")
    with locked_case(case_id, version) as case:
        case.person = {**case.person, DECIDED: words.strip()}
        record(CONTACT_DECIDED, case.about, at=at, by_id=by_id, words=words.strip())
