"""What can be done about letters and messages, and about how someone is reached."""

from typing import Any

from portal.actions.action import ON_ITS_PAGE, Stamp, fresh
from portal.cases.actions import IN_A_STAGE, PLACE, TEAM, CaseAction, plain
from portal.cases.events import ADVOCATE_CONSENT_CHANGED
from portal.cases.forms import CaseForm, ConfirmForm
from portal.cases.models import Case, Kind, LetterForm, LetterHow, NextAction
from portal.cases.services.advocates import MayKnow, choose_what_advocate_knows
from portal.clock import today
from portal.correspondence import events, forms
from portal.correspondence.models import MeetingKind
from portal.correspondence.services import correcting, meetings, messages, waiting
from portal.correspondence.services.leaving import note_left
from portal.duty.services import ALERT_ANSWERED
from portal.people.roles import Permission
from portal.procedure.receipt import Method
from portal.web.settings import council


def _correct_form(case: Case, place: int) -> CaseForm:
    now = correcting.as_it_stands(case)
    return forms.CorrectForm(version=case.version, **vars(now) | {"method": now.method.value, "kind": now.kind.value})


def _correct(case: Case, form: Any, place: int, who: Stamp) -> None:
    told: dict[str, Any] = {name: (form[name].data or "").strip() for name in correcting.CONTACT}
    given = {"received_on": form.received_on.data, "method": Method(form.method.data), "kind": Kind(form.kind.data)}
    correcting.correct_case(case.id, correcting.Corrected(**told, **given), **who)


def _write(case: Case, form: Any, place: int, who: Stamp) -> None:
    messages.send_message(case.id, form.letter.data, keeps_promise=form.keeps_promise.data, **who)


def _agree_to_wait(case: Case, form: Any, place: int, who: Stamp) -> None:
    waiting.agree_to_wait(case.id, until_on=form.until_on.data, confirmed_by=form.confirmed_by.data, **who)


def _new_date(case: Case, form: Any, place: int, who: Stamp) -> None:
    told = {"expected_on": form.expected_on.data, "reasons": form.reasons.data}
    waiting.give_new_date(case.id, **told, council=council(), **who)


def _offer_meeting(case: Case, form: Any, place: int, who: Stamp) -> None:
    meetings.offer_meeting(case.id, MeetingKind(form.kind.data), form.words.data, council=council(), **who)


ACTIONS: tuple[CaseAction, ...] = (
    CaseAction(
        slug="message",
        permission=TEAM,
        form=fresh(forms.MessageForm),
        do=_write,
        leaves=(events.MESSAGE_SENT,),
        told="Your message is written.",
        page=ON_ITS_PAGE,
        does={NextAction.KEEP_PROMISE: ""},
    ),
    CaseAction(
        slug="reply-read",
        permission=TEAM,
        form=fresh(ConfirmForm),
        shown_as="confirm",
        do=lambda case, form, place, who: messages.note_reply_read(case.id, **who),
        leaves=(events.REPLY_READ,),
        button="I have read the reply",
        told="The reply is marked as read.",
        page=ON_ITS_PAGE,
        does={NextAction.READ_REPLY: ""},
    ),
    CaseAction(
        slug="have-it",
        permission=TEAM,
        form=fresh(ConfirmForm),
        shown_as="confirm",
        do=lambda case, form, place, who: messages.have_it(case.id, at=who["at"], by_id=who["by_id"]),
        leaves=(ALERT_ANSWERED,),
        told="You have it. Nobody else is called.",
        page=ON_ITS_PAGE,
    ),
    CaseAction(
        slug="decide-contact",
        address="contact",
        permission=Permission.LET_IN,
        form=fresh(forms.DecideContactForm),
        do=lambda case, form, place, who: messages.decide_contact(case.id, form.words.data or "", **who),
        leaves=(events.CONTACT_DECIDED,),
        told="The decision is kept.",
        page=ON_ITS_PAGE,
    ),
    CaseAction(
        slug="note-consent",
        address="advocate-may-know",
        permission=TEAM,
        form=fresh(forms.AdvocateConsentForm),
        do=lambda case, form, place, who: choose_what_advocate_knows(
            case.id, MayKnow(form.may_know.data), at=who["at"], by_id=who["by_id"]
        ),
        leaves=(ADVOCATE_CONSENT_CHANGED,),
        told="What an advocate may know is written down.",
        page=ON_ITS_PAGE,
    ),
    CaseAction(
        slug="letter-left",
        address=f"do/letter-left/{PLACE}",
        permission=TEAM,
        title="The letter reached them",
        form=plain(forms.LeftForm),
        do=lambda case, form, place, who: note_left(case.id, place, LetterHow(form.how.data), form.on.data, **who),
        leaves=(events.LETTER_LEFT,),
        told="It is written down. The clock counts the day on which the letter left.",
        explains="Say it when you have done it. Until then the letter counts as not sent.",
        offered_at="letter",
        link="It reached them now",
        does={NextAction.DELIVER_LETTER: "", NextAction.MEND_ADDRESS: ""},
    ),
    CaseAction(
        slug="correct",
        address="do/correct",
        permission=TEAM,
        title="Put right who they are, or when it came",
        form=_correct_form,
        do=_correct,
        leaves=(events.CASE_CORRECTED,),
        told="It is put right, and every date is counted again.",
        explains="What stood before stays in the record of what was done.",
        offered_at="person",
        link="Put right who they are, or when it came",
    ),
    CaseAction(
        slug="stop-email",
        address="do/stop-email",
        permission=TEAM,
        title="Stop emailing them",
        form=plain(CaseForm),
        do=lambda case, form, place, who: correcting.stop_emailing(case.id, **who),
        leaves=(events.CASE_CORRECTED,),
        button="Stop emailing them",
        told="Nothing is emailed to them any more.",
        explains="From now on a letter to them is posted or read out by a colleague, who says so on the case.",
        offered_at="person",
        link="Stop emailing them",
        is_offered=lambda case, place: bool(case.person.get("email")) and not case.person.get("no_email"),
    ),
    CaseAction(
        slug="wait",
        address="do/wait",
        permission=TEAM,
        title="They agree to wait",
        form=plain(forms.WaitForm),
        do=_agree_to_wait,
        leaves=(events.WAITING_AGREED,),
        told="It is written down. The answer is still counted as late.",
        explains="What is due does not move. An answer after it is late in the report, also when the person is content.",
        offered_at="dates",
        link="They agree to wait",
        is_offered=lambda case, place: case.status in IN_A_STAGE,
    ),
    CaseAction(
        slug="new-date",
        address="do/new-date",
        permission=TEAM,
        title="Give a new date",
        form=plain(forms.NewDateForm),
        do=_new_date,
        leaves=(events.NEW_DATE_GIVEN,),
        button="Send",
        told="A letter tells them the new date.",
        explains="A letter tells them the date and why. What is due does not move.",
        offered_at="dates",
        link="Give a new date",
        is_offered=lambda case, place: case.status in IN_A_STAGE,
    ),
    CaseAction(
        slug="offer-meeting",
        address="do/offer-meeting",
        permission=TEAM,
        title="Offer a meeting or mediation",
        form=plain(forms.OfferMeetingForm),
        do=_offer_meeting,
        leaves=(events.MEETING_OFFERED,),
        button="Read the letter",
        told="It is offered in a letter.",
        explains="It stops nothing: what is due stays due, and the letter says so.",
        letter=lambda case, form, place: meetings.meeting_letter(
            case, MeetingKind(form.kind.data), form.words.data, council(), today()
        ),
        offered_at="dates",
        link="Offer a meeting or mediation",
        is_offered=lambda case, place: case.status in IN_A_STAGE,
    ),
    CaseAction(
        slug="meeting-held",
        address="do/meeting-held",
        permission=TEAM,
        title="What came of a meeting or mediation",
        form=plain(forms.MeetingHeldForm),
        do=lambda case, form, place, who: meetings.note_meeting(
            case.id, MeetingKind(form.kind.data), on=form.on.data, words=form.words.data, **who
        ),
        leaves=(events.MEETING_HELD,),
        offered_at="dates",
        link="What came of it",
        is_offered=lambda case, place: case.status in IN_A_STAGE,
    ),
    CaseAction(
        slug="advocate",
        address="do/advocate",
        permission=TEAM,
        title="An advocate",
        form=plain(forms.AdvocateForm),
        do=lambda case, form, place, who: waiting.note_advocate(case.id, form.what.data, form.on.data, **who),
        leaves=(events.ADVOCATE_NOTED,),
        explains="Waiting for an advocate is a ground to extend stage 1. It never takes longer than 20 working days in all.",
        offered_at="dates",
        link="An advocate",
        is_offered=lambda case, place: case.status in IN_A_STAGE,
    ),
    CaseAction(
        slug="letters-on-paper",
        address="do/letters-on-paper",
        permission=TEAM,
        title="Letters on paper",
        form=lambda case, place: forms.LetterFormForm(version=case.version, form=case.letter_form.value),
        do=lambda case, form, place, who: waiting.choose_letter_form(case.id, LetterForm(form.form.data), **who),
        leaves=(events.LETTER_FORM_CHOSEN,),
        offered_at="together",
        link="Letters on paper",
    ),
)
