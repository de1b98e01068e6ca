"""What follows when a child comes back with secret words and says how it is, and what a colleague does about it."""

from datetime import datetime

from portal.audit.services import record
from portal.cases.errors import NotComplete
from portal.cases.events import FOLLOW_UP_TOLD
from portal.cases.models import NEEDS_SOMEONE, Case, FollowUp, FollowUpKind
from portal.cases.services.locked_case import calm_down, locked_case
from portal.cases.services.stock_of_words import DrawnWords
from portal.clock import london_day
from portal.closing.services.closing import reopen_case
from portal.coming_back.events import FOLLOW_UP_SETTLED, SECRET_WORDS_RENEWED
from portal.config import Council
from portal.correspondence.services.messages import post, receive_reply
from portal.database import db, transaction
from portal.duty.services import answer_alerts, raise_alert
from portal.later_stages.services.later_stages import ask_for_stage
from portal.procedure.stages import Status

LAST_STAGE = 3
WISHES = (FollowUpKind.TAKE_BACK, FollowUpKind.DELETE)


def say_on_coming_back(case_id: int, kind: FollowUpKind, words: str = "", *, once_key: str, at: datetime) -> None:
    """Take in how it is. What needs someone is due today and is read first; saying the same again adds only the words."""
    with locked_case(case_id) as case:
        same = [one for one in case.follow_ups if one.kind is kind]
        said_before = any(one.waits if kind in NEEDS_SOMEONE else london_day(one.at) == london_day(at) for one in same)
        if not said_before:
            case.follow_ups.append(FollowUp(kind=kind, at=at))
            record(FOLLOW_UP_TOLD, case.about, at=at, kind=kind)
        if kind in NEEDS_SOMEONE:
            case.reads_first, case.reads_first_why = 0, kind.value
        if kind is FollowUpKind.TREATED_BADLY and (not said_before or words.strip()):
            raise_alert(case.about, (kind.value,), at=at)
        if words.strip():
            receive_reply(case_id, words, once_key=once_key, at=at)


def next_stage_of(case: Case) -> int | None:
    """The stage that someone who is not content can ask for now; None while one runs, before any, and after the last."""
    last = case.stages[-1] if case.stages else None
    if last is None or case.running_stage is not None or last.responded_on is None or last.number == LAST_STAGE:
        return None
    return last.number + 1


def say_not_sorted(case_id: int, words: str, *, someone_new: bool, council: Council, once_key: str, at: datetime) -> None:
    """It is not sorted: someone new takes it up where there is a next stage, or else the team looks again, today.

    A case that ended before it was answered opens again.
    """
    with transaction():
        say_on_coming_back(case_id, FollowUpKind.NOT_SORTED, words, once_key=once_key, at=at)
        case = db.session.get_one(Case, case_id)
        number = next_stage_of(case)
        if someone_new and number is not None:
            ask_for_stage(case_id, number, requested_on=london_day(at), council=council, at=at, by_id=None)
            _settle(case_id, FollowUpKind.NOT_SORTED, f"Stage {number} was asked for.", at=at, by_id=None)
        elif case.status is Status.CLOSED and not any(stage.responded_on for stage in case.stages):
            reopen_case(case_id, "The person came back and said that it is not sorted.", council=council, at=at, by_id=None)


def settle_follow_up(
    case_id: int, follow_up_id: int, words: str, *, at: datetime, by_id: int, version: int | None = None
) -> None:
    """Say what was done about what someone said on coming back."""
    if not words.strip():
        raise NotComplete("Say what was done.")
    with locked_case(case_id, version) as case:
        found = next((one for one in case.follow_ups if one.id == follow_up_id and one.waits), None)
        if found is None:
            raise NotComplete("Someone has already said what was done. Reload the case.")
        _settle(case_id, found.kind, words.strip(), at=at, by_id=by_id)
        if found.kind is FollowUpKind.TREATED_BADLY:
            answer_alerts(case.about, at=at, by_id=by_id)
        if found.kind in WISHES:  # the page where they said it promises that they are told there what we did
            post(case, "message", words.strip(), at=at, by_id=by_id)


def _settle(case_id: int, kind: FollowUpKind, words: str, *, at: datetime, by_id: int | None) -> None:
    with locked_case(case_id) as case:
        for one in case.follow_ups:
            if one.kind is kind and one.waits:
                one.settled_at, one.settled_words, one.settled_by_id = at, words, by_id
        calm_down(case)
        record(FOLLOW_UP_SETTLED, case.about, at=at, by_id=by_id, kind=kind, words=words)


def renew_secret_words(
    case_id: int, drawn: DrawnWords, known_by: str, *, at: datetime, by_id: int, version: int | None = None
) -> None:
    """Give new secret words in person, to someone whom the team knows; the old ones lead nowhere any more."""
    if not known_by.strip():
        raise NotComplete("Say how you know that this is the person.")
    with locked_case(case_id, version) as case:
        if case.secret_words is not None:
            db.session.delete(case.secret_words)
            db.session.flush()
        case.secret_words = drawn.kept(case.id)
        record(SECRET_WORDS_RENEWED, case.about, at=at, by_id=by_id, known_by=known_by.strip())
