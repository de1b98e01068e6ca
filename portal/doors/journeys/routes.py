"""The doors of several pages: a parent's complaint, and someone who helps a child."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.cases.secret_words import understood
from portal.cases.services.stock_of_words import draw_secret_words
from portal.clock import london_day, now
from portal.doors.adult.forms import ADULT
from portal.doors.helper.forms import HELPER
from portal.intake.journey import BeginJourneyForm, Journey, SavedForm, SendJourneyForm, StepForm
from portal.intake.services.drafts import receipt_of, save_for_later, take_up_again
from portal.intake.sessions import (
    begin,
    begun_before,
    current_answers,
    current_draft,
    enter,
    keep,
    kept_until,
    let_go,
    send,
    token_here,
)
from portal.intake.submission import NothingToSend
from portal.intake.visits import need_a_draft
from portal.languages.phrase import phrase
from portal.people.access import open_to_all
from portal.web.forms import MAX_TEXT_LENGTH
from portal.web.language import chose_in
from portal.web.public_form import TOO_MANY, WAIT, is_spent, is_too_much

journeys = Blueprint("journeys", __name__)
UNFINISHED = "unfinished"  # pages that were saved before they were good
NOT_SAVED = phrase("Check each word. What you saved is kept for 7 days, and is gone once it was sent")
DOORS = {journey.door: journey for journey in (ADULT, HELPER)}
need_a_draft("journeys.step", (step.slug for journey in DOORS.values() for step in journey.steps))


@journeys.route("/<any(complain, helping):door>/", methods=["GET", "POST"])
@open_to_all
def start(door: str) -> ResponseReturnValue:
    """What this is, what you need, and what is dealt with elsewhere."""
    form = BeginJourneyForm()
    if form.validate_on_submit():
        if not form.again.data and begun_before(door) is not None:
            return render_template("doors/journeys/begun.html", form=form, go_on=_go_on(door), kept_until=kept_until(door))
        begin(door, {})
        return redirect(url_for("journeys.step", door=door, slug=DOORS[door].steps[0].slug))
    return render_template(f"doors/journeys/{door}_start.html", form=form)


@journeys.route("/<any(complain, helping):door>/<slug>", methods=["GET", "POST"])
@open_to_all
def step(door: str, slug: str) -> ResponseReturnValue:
    """One question."""
    journey = DOORS[door]
    page = journey.step(slug)
    if page is None:
        abort(404)
    answers = current_answers(door)
    if not page.is_asked(answers):
        return redirect(_go_on(door))
    form = page.form(data=answers.get(slug) or answers.get(UNFINISHED, {}).get(slug, {}))
    if "save" in request.form and form.is_submitted():
        return _save(door, slug, form)
    if not chose_in(form) and form.validate_on_submit():
        keep(door, {slug: form.answers()})
        told = {**answers, slug: form.answers()}
        missing, checked_before = journey.first_unanswered(told), journey.first_unanswered(answers) is None
        after = missing if checked_before else journey.after(slug, told)
        return redirect(url_for("journeys.step", door=door, slug=after) if after else url_for("journeys.check", door=door))
    return _show_step(journey, slug, form)


def _show_step(journey: Journey, slug: str, form: StepForm) -> str:
    answers = current_answers(journey.door)
    slugs = [step.slug for step in journey.asked(answers)]
    facts = {"before": journey.before(slug, answers), "number": slugs.index(slug) + 1, "count": len(slugs)}
    return render_template("doors/journeys/step.html", form=form, journey=journey, slug=slug, **facts)


def _save(door: str, slug: str, form: StepForm) -> ResponseReturnValue:
    """Keep all that was typed for a week, this page too however far it got, and show the words that lead back to it."""
    form.validate()
    is_too_long = any(len(str(value or "")) > MAX_TEXT_LENGTH for value in form.answers().values())
    if form.errors.get("csrf_token") or is_too_long or is_too_much("save"):
        form.form_errors = [] if form.errors else [TOO_MANY]
        return _show_step(DOORS[door], slug, form)
    keep(door, {UNFINISHED: {**current_answers(door).get(UNFINISHED, {}), slug: form.answers()}})
    words, token = draw_secret_words().words, token_here(door)
    _, until = save_for_later(token or "", words, at=now())
    let_go(door)  # going on asks for the words, here too
    return render_template("doors/journeys/saved.html", words=words, until=london_day(until), door=door)


@journeys.route("/<any(complain, helping):door>/back", methods=["GET", "POST"])
@open_to_all
def come_back(door: str) -> ResponseReturnValue:
    """Go on with what was saved."""
    form = SavedForm()
    if form.validate_on_submit():
        words = None if is_spent("guess") else understood(form.words.data or "")
        token = take_up_again(words, door, at=now()) if words else None
        if token is not None:
            enter(door, token)
            return redirect(_go_on(door))
        form.words.errors = [WAIT if is_too_much("guess") else NOT_SAVED]
    return render_template("doors/journeys/come_back.html", form=form, door=door)


@journeys.route("/<any(complain, helping):door>/check", methods=["GET", "POST"])
@open_to_all
def check(door: str) -> ResponseReturnValue:
    """Check the answers, then send."""
    journey, form = DOORS[door], SendJourneyForm()
    token = token_here(door)
    if form.validate_on_submit() and token:
        try:
            send(door, journey.build)
        except NothingToSend:
            return _show_missing(journey), 409
        return redirect(url_for("journeys.sent", door=door))
    draft = current_draft(door)
    if draft is not None and draft.receipt is not None:
        return redirect(url_for("journeys.sent", door=door))
    if draft is None or journey.first_unanswered(draft.answers) is not None:
        return _show_missing(journey)
    return render_template("doors/journeys/check.html", form=form, journey=journey, answers=draft.answers)


@journeys.get("/<any(complain, helping):door>/sent")
@open_to_all
def sent(door: str) -> ResponseReturnValue:
    """The reference, what happens next, and when."""
    draft = current_draft(door)
    if draft is None or draft.receipt is None:
        return redirect(url_for("journeys.start", door=door))
    return render_template("doors/journeys/sent.html", receipt=receipt_of(draft.receipt), journey=DOORS[door])


def _go_on(door: str) -> str:
    """The first page that was not sent yet, or the last."""
    slug = DOORS[door].first_unanswered(current_answers(door))
    return url_for("journeys.step", door=door, slug=slug) if slug else url_for("journeys.check", door=door)


def _show_missing(journey: Journey) -> str:
    answers = current_answers(journey.door)
    facts = {"slug": journey.first_unanswered(answers), "has_some": bool(answers)}
    return render_template("doors/journeys/not_all_here.html", journey=journey, **facts)
