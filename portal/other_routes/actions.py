"""What can be done with parts that go another way."""

from collections.abc import Callable
from typing import Any

from portal.actions.action import Stamp
from portal.cases.actions import PLACE, TEAM, CaseAction, plain
from portal.cases.forms import ConfirmForm, ReasonsForm
from portal.cases.models import Case, NextAction, Stage
from portal.clock import today
from portal.other_routes import events
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
from portal.procedure.routes import Route
from portal.triage.services.starting import COUNTED, PASSED_ON
from portal.web.settings import council


def _answer(case: Case, made: Any, place: int, who: Stamp) -> None:
    result = Finding(made.result.data)
    strands.answer_strand(case.id, place, text=made.text.data, finding=result, council=council(), **who)


def _answer_letter(case: Case, made: Any, place: int) -> str:
    return strands.answer_letter(case, place, made.text.data, Finding(made.result.data), council(), today())


def _review(case: Case, made: Any, place: int, who: Stamp) -> None:
    said = {"reasons": made.reasons.data, "review_on": made.review_on.data}
    proceedings.review_hold(case.id, place, **said, council=council(), **who)


def _review_letter(case: Case, made: Any, place: int) -> str:
    facts = {"reasons": made.reasons.data, "review_on": made.review_on.data}
    return strands.strand_letter(case, place, "hold_reviewed", council(), **facts)


def _ended_letter(case: Case, made: Any, place: int) -> str:
    return proceedings.ended_letter(case, place, made.ended_on.data, council())


def _strand(case: Case, position: int) -> Stage | None:
    """The newest strand of a part."""
    return next((one for one in reversed(case.strands) if one.position == position), None)


def _when(is_so: Callable[[Stage], bool], *routes: Route, is_open: bool = True) -> Callable[[Case, int], bool]:
    """Offered when a part is on one of these routes, and its strand runs (or has ended) and is so."""

    def offered(case: Case, position: int) -> bool:
        strand = _strand(case, position)
        if strand is None or strand.route not in routes or (strand.closed_on is None) is not is_open:
            return False
        return is_so(strand)

    return offered


def _tell_or_pass_on(case: Case, position: int) -> str:
    strand = _strand(case, position)
    return "Tell them what came of it" if strand and strand.route is Route.SAFEGUARDING else "Pass it on"


_waits_for_acknowledgement = _when(lambda strand: not strand.acknowledged_on, *COUNTED)
_waits_for_answer = _when(lambda strand: bool(strand.acknowledged_on), *COUNTED)
_can_be_extended = _when(lambda strand: bool(strand.acknowledged_on) and not strand.extended_on, Route.CORPORATE)
_can_go_on = _when(lambda strand: strand.number == 1 and bool(strand.responded_on), Route.CORPORATE, is_open=False)
_is_passed_on = _when(lambda strand: True, *PASSED_ON)
_is_held = _when(lambda strand: True, Route.COURT_OR_TRIBUNAL)
_is_held_now = _when(lambda strand: not strand.happened, Route.COURT_OR_TRIBUNAL)
_can_come_back = _when(lambda strand: bool(strand.happened), Route.COURT_OR_TRIBUNAL)

ACTIONS: tuple[CaseAction, ...] = (
    CaseAction(
        slug="acknowledge-part",
        address=f"do/acknowledge-part/{PLACE}",
        permission=TEAM,
        title="Acknowledge part {place}",
        form=plain(ConfirmForm),
        do=lambda case, made, place, who: strands.acknowledge_strand(case.id, place, council=council(), **who),
        leaves=(events.STRAND_ACKNOWLEDGED,),
        button="Acknowledge now",
        told="The part is acknowledged.",
        explains="For a corporate part, the answer is counted from the day of this letter.",
        does={NextAction.ACKNOWLEDGE_STRAND: ""},
        offered_at="strand",
        link="Acknowledge this part",
        is_offered=_waits_for_acknowledgement,
        is_main=True,
    ),
    CaseAction(
        slug="extend-part",
        address=f"do/extend-part/{PLACE}",
        permission=TEAM,
        title="Extend part {place}",
        form=plain(ReasonsForm),
        do=lambda case, made, place, who: strands.extend_strand(
            case.id, place, reasons=made.reasons.data, council=council(), **who
        ),
        leaves=(events.STRAND_EXTENDED,),
        button="Extend and tell the person",
        told="The part is extended, and a letter says why.",
        explains="Once, with a good reason. The letter gives the Ombudsman's details.",
        offered_at="strand",
        link="Extend it",
        is_offered=_can_be_extended,
    ),
    CaseAction(
        slug="answer-part",
        address=f"do/answer-part/{PLACE}",
        permission=TEAM,
        title="Answer part {place}",
        form=plain(StrandAnswerForm),
        do=_answer,
        leaves=(events.STRAND_ANSWERED,),
        button="Read the letter",
        told="The answer is written as a letter.",
        explains="This part does not wait for the others.",
        letter=_answer_letter,
        does={NextAction.ANSWER_STRAND: ""},
        offered_at="strand",
        link="Answer this part",
        is_offered=_waits_for_answer,
        is_main=True,
    ),
    CaseAction(
        slug="corporate-stage-2",
        address=f"do/corporate-stage-2/{PLACE}",
        permission=TEAM,
        title="They ask for stage 2 on part {place}",
        form=plain(AskedForm),
        do=lambda case, made, place, who: strands.ask_for_corporate_stage_2(
            case.id, place, requested_on=made.requested_on.data, **who
        ),
        leaves=(events.STRAND_ASKED_ON,),
        told="The request is written down.",
        explains="Someone who did not answer stage 1 answers stage 2.",
        offered_at="strand",
        link="They ask for stage 2",
        is_offered=_can_go_on,
    ),
    CaseAction(
        slug="pass-on",
        address=f"do/pass-on/{PLACE}",
        permission=TEAM,
        title="Pass part {place} on",
        form=plain(PassOnForm),
        do=lambda case, made, place, who: strands.pass_on(
            case.id, place, to_whom=made.to_whom.data, council=council(), **who
        ),
        leaves=(events.PART_PASSED_ON,),
        button="Read the letter",
        told="The part is passed on, and a letter says to whom.",
        explains="Ask them first. The person must not be sent from door to door.",
        letter=lambda case, made, place: strands.strand_letter(
            case, place, "passed_on", council(), to_whom=made.to_whom.data
        ),
        does={NextAction.PASS_ON: ""},
        offered_at="strand",
        link=_tell_or_pass_on,
        is_offered=_is_passed_on,
        is_main=True,
    ),
    CaseAction(
        slug="review-hold",
        address=f"do/review-hold/{PLACE}",
        permission=TEAM,
        title="Look at the hold on part {place}",
        form=plain(ReviewForm),
        do=_review,
        leaves=(events.HOLD_REVIEWED,),
        button="Read the letter",
        told="The hold stays, and a letter says why.",
        explains="Would looking into it still harm the proceedings? Each part is decided on its own (SI 2006/1738 reg 8).",
        letter=_review_letter,
        does={NextAction.REVIEW_HOLD: ""},
        offered_at="strand",
        link="It stays held",
        is_offered=_is_held_now,
    ),
    CaseAction(
        slug="proceedings-ended",
        address=f"do/proceedings-ended/{PLACE}",
        permission=TEAM,
        title="The proceedings on part {place} ended",
        form=plain(EndedForm),
        do=lambda case, made, place, who: proceedings.end_proceedings(
            case.id, place, ended_on=made.ended_on.data, council=council(), **who
        ),
        leaves=(events.PROCEEDINGS_ENDED,),
        button="Read the letter",
        told="The part comes back by itself, and a letter says so.",
        explains="It comes back on the day that follows. Nobody has to ask for it again.",
        letter=_ended_letter,
        offered_at="strand",
        link="The proceedings ended",
        is_offered=_is_held_now,
        is_main=True,
    ),
    CaseAction(
        slug="take-up-again",
        address=f"do/take-up-again/{PLACE}",
        permission=TEAM,
        title="They come back with part {place}",
        form=plain(CameBackForm),
        do=lambda case, made, place, who: proceedings.take_up_again(case.id, place, asked_on=made.asked_on.data, **who),
        leaves=(events.HOLD_ENDED,),
        button="Open it as a case of its own",
        told="It is a case of its own now, linked to this one.",
        explains="It has its own clock, from the day on which they came back.",
        does={NextAction.TAKE_UP_AGAIN: ""},
        offered_at="strand",
        link="They come back with it",
        is_offered=_can_come_back,
        is_main=True,
    ),
    CaseAction(
        slug="end-hold",
        address=f"do/end-hold/{PLACE}",
        permission=TEAM,
        title="End the hold on part {place}",
        form=plain(EndHoldForm),
        do=lambda case, made, place, who: proceedings.end_hold(case.id, place, confirmed=made.confirmation(), **who),
        leaves=(events.HOLD_ENDED,),
        button="End it",
        told="The hold has ended.",
        explains="Only the person, or their advocate for them, can say that it is not taken up.",
        offered_at="strand",
        link="End the hold",
        is_offered=_is_held,
    ),
)
