"""Parts that go another way, step by step."""

from typing import Any

from portal.cases.action import Step, Who, by_slug, plain
from portal.cases.forms import ConfirmForm, ReasonsForm
from portal.cases.models import Case
from portal.other_routes.forms import (
    AskedForm,
    CameBackForm,
    EndedForm,
    EndHoldForm,
    PassOnForm,
    ReviewForm,
    StrandAnswerForm,
)
from portal.other_routes.services import proceedings, strands
from portal.procedure.findings import Finding
from portal.procedure.time_limits import anniversary
from portal.web.settings import council


def _answer(case: Case, made: Any, place: int, who: Who) -> None:
    result = Finding(made.result.data)
    strands.answer_strand(case.id, place, text=made.text.data, finding=result, council=council(), **who)


def _answer_letter(case: Case, made: Any, place: int) -> str:
    return strands.answer_letter(case, place, made.text.data, Finding(made.result.data), council())


def _review(case: Case, made: Any, place: int, who: Who) -> None:
    said = {"reasons": made.reasons.data, "review_on": made.review_on.data}
    proceedings.review_hold(case.id, place, **said, council=council(), **who)


def _review_letter(case: Case, made: Any, place: int) -> str:
    facts = {"reasons": made.reasons.data, "review_on": made.review_on.data}
    return strands.strand_letter(case, place, "hold_reviewed", council(), **facts)


def _ended_letter(case: Case, made: Any, place: int) -> str:
    until_on = anniversary(made.ended_on.data, 1)
    return strands.strand_letter(case, place, "proceedings_ended", council(), until_on=until_on)


TEAM = by_slug(
    Step(
        "acknowledge-part",
        "Acknowledge part {place}",
        "Acknowledge now",
        "The part is acknowledged.",
        plain(ConfirmForm),
        lambda case, made, place, who: strands.acknowledge_strand(case.id, place, council=council(), **who),
        "For a corporate part, the answer is counted from the day of this letter.",
    ),
    Step(
        "extend-part",
        "Extend part {place}",
        "Extend and tell the person",
        "The part is extended, and a letter says why.",
        plain(ReasonsForm),
        lambda case, made, place, who: strands.extend_strand(
            case.id, place, reasons=made.reasons.data, council=council(), **who
        ),
        "Once, with a good reason. The letter gives the Ombudsman's details.",
    ),
    Step(
        "answer-part",
        "Answer part {place}",
        "Read the letter",
        "The answer is written as a letter.",
        plain(StrandAnswerForm),
        _answer,
        "This part does not wait for the others.",
        _answer_letter,
    ),
    Step(
        "corporate-stage-2",
        "They ask for stage 2 on part {place}",
        "Save",
        "The request is written down.",
        plain(AskedForm),
        lambda case, made, place, who: strands.ask_for_corporate_stage_2(
            case.id, place, requested_on=made.requested_on.data, **who
        ),
        "Someone who did not answer stage 1 answers stage 2.",
    ),
    Step(
        "pass-on",
        "Pass part {place} on",
        "Read the letter",
        "The part is passed on, and a letter says to whom.",
        plain(PassOnForm),
        lambda case, made, place, who: strands.pass_on(case.id, place, to_whom=made.to_whom.data, council=council(), **who),
        "Ask them first. The person must not be sent from door to door.",
        lambda case, made, place: strands.strand_letter(case, place, "passed_on", council(), to_whom=made.to_whom.data),
    ),
    Step(
        "review-hold",
        "Look at the hold on part {place}",
        "Read the letter",
        "The hold stays, and a letter says why.",
        plain(ReviewForm),
        _review,
        "Would looking into it still harm the proceedings? Each part is decided on its own (SI 2006/1738 reg 8).",
        _review_letter,
    ),
    Step(
        "proceedings-ended",
        "The proceedings on part {place} ended",
        "Read the letter",
        "A letter says that they can come back.",
        plain(EndedForm),
        lambda case, made, place, who: proceedings.end_proceedings(
            case.id, place, ended_on=made.ended_on.data, council=council(), **who
        ),
        "The person can come back within a year.",
        _ended_letter,
    ),
    Step(
        "take-up-again",
        "They come back with part {place}",
        "Open it as a case of its own",
        "It is a case of its own now, linked to this one.",
        plain(CameBackForm),
        lambda case, made, place, who: proceedings.take_up_again(case.id, place, asked_on=made.asked_on.data, **who),
        "It has its own clock, from the day on which they came back.",
    ),
    Step(
        "end-hold",
        "End the hold on part {place}",
        "End it",
        "The hold has ended.",
        plain(EndHoldForm),
        lambda case, made, place, who: proceedings.end_hold(
            case.id, place, confirmed_by=made.confirmed_by.data or "", **who
        ),
    ),
)
