"""Coming back with secret words: what was done, the answer, a way to say something back, and whether it got sorted."""

import hashlib
from typing import Any

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from portal.cards.models import UNKNOWN_BATCH, CardEvent
from portal.cards.services import count_batch
from portal.cases.clocks import case_clocks
from portal.cases.limit_names import LIMITS
from portal.cases.models import HOW_IT_IS, Case, FollowUpKind, Promise
from portal.cases.promises import shown_promises
from portal.cases.queries import case_by_secret_words, line_of
from portal.cases.services.advocates import MayKnow, choose_what_advocate_knows, may_know
from portal.clock import now, today
from portal.coming_back.services.coming_back import next_stage_of, say_not_sorted, say_on_coming_back
from portal.correspondence.reach import is_for_adult
from portal.correspondence.services.messages import receive_reply
from portal.database import db
from portal.doors.own_page import forms
from portal.doors.own_page.path import path_of
from portal.intake.services.visits import has_ended
from portal.intake.sessions import TYPED, forget, keep
from portal.people.access import open_to_all
from portal.procedure.clocks import Clock
from portal.procedure.stages import Status
from portal.web.public_form import is_spent, is_too_much
from portal.web.settings import council
from portal.web.visits import current_mark
from portal.working_days.hours import opening

back = Blueprint("back", __name__, url_prefix="/y")
READING, READ_FOR_SECONDS = "reading", 20 * 60
GUESS = "guess"
WRITTEN_AT = ("/y/answer", "/y/answer/badly", "/y/answer/not-sorted")


@back.route("/back", methods=["GET", "POST"])
@open_to_all
def come_back() -> ResponseReturnValue:
    """C14: type the secret words. Too many wrong ones are asked to wait, with what was typed still there."""
    form = forms.BackForm()
    if form.validate_on_submit():
        case = None if is_spent(GUESS) else case_by_secret_words(form.words.data, today())
        if case is not None:
            _take_along(form, case)
            session[READING] = [case.id, int(now().timestamp()), _with_words(case)]
            count_batch(UNKNOWN_BATCH, CardEvent.COME_BACK, on=today())
            return redirect(form.kept_at.data if form.kept_at.data in WRITTEN_AT else url_for("back.answer"))
        form.words.errors = [forms.WAIT_A_MINUTE if is_too_much(GUESS) else forms.NOT_FOUND]
    return render_template("doors/own_page/back.html", form=form)


@back.route("/answer", methods=["GET", "POST"])
@open_to_all
def answer() -> ResponseReturnValue:
    """What was done and said so far, and a way to say something back."""
    line = _line()
    if not line:
        return _words_first()
    case, form = _newest(line), forms.ReplyForm()
    if form.validate_on_submit():
        receive_reply(case.id, form.words.data, once_key=form.once_key(case.id, form.words.data), at=now())
        return _told("reply")
    return _show(line, form)


def _show(line: list[Case], form: forms.ReplyForm) -> str:
    case = _newest(line)
    said = {one.kind for one in case.follow_ups}
    facts = {
        "promised": [one for each in line for one in promised(each)],
        "letters": sorted((one for each in line for one in each.messages), key=lambda one: (one.at, one.id)),
        "path": path_of(case),
        "for_adult": is_for_adult(case),
        "asks_if_sorted": case.status in (Status.ANSWERED, Status.CLOSED) and FollowUpKind.SORTED not in said,
        "how_it_is": [one for one in case.follow_ups if one.kind in HOW_IT_IS],
        "blank": forms.SortedForm(formdata=None),
        "LIMITS": LIMITS,
    }
    return render_template("doors/own_page/answer.html", case=case, form=form, **facts)


@back.post("/answer/sorted")
@open_to_all
def say_sorted() -> ResponseReturnValue:
    """Whether it got sorted."""
    case, form = _reading(), forms.SortedForm()
    if case is None:
        return _words_first()
    if not form.validate_on_submit():
        return _show_refused(form)
    if form.sorted.data == "no":
        return redirect(url_for("back.not_sorted"))
    kind = FollowUpKind.SORTED if form.sorted.data == "yes" else FollowUpKind.PARTLY_SORTED
    say_on_coming_back(case.id, kind, once_key=form.once_key(case.id, kind), at=now())
    return _told("sorted")


@back.route("/answer/not-sorted", methods=["GET", "POST"])
@open_to_all
def not_sorted() -> ResponseReturnValue:
    """It is not sorted: who should look now, and what is still wrong."""
    case, form = _reading(), forms.NotSortedForm()
    if case is None:
        return _words_first()
    if form.validate_on_submit():
        words, someone_new = form.words.data or "", form.then.data == "someone_new"
        once_key = form.once_key(case.id, "not sorted", words)
        say_not_sorted(case.id, words, someone_new=someone_new, council=council(), once_key=once_key, at=now())
        return _told("not_sorted")
    return render_template("doors/own_page/not_sorted.html", form=form, can_have_someone_new=next_stage_of(case) is not None)


@back.post("/answer/treated")
@open_to_all
def treated_well_or_badly() -> ResponseReturnValue:
    """Whether anyone treated them badly because they told us. A yes is a task at once, before anything more is typed."""
    case, form = _reading(), forms.TreatedForm()
    if case is None:
        return _words_first()
    if not form.validate_on_submit():
        return _show_refused(form)
    kind = FollowUpKind.TREATED_BADLY if form.badly.data == "yes" else FollowUpKind.TREATED_WELL
    say_on_coming_back(case.id, kind, once_key=form.once_key(case.id, kind), at=now())
    if kind is FollowUpKind.TREATED_WELL:
        return _told("treated_well")
    return redirect(url_for("back.treated_badly"))


@back.route("/answer/badly", methods=["GET", "POST"])
@open_to_all
def treated_badly() -> ResponseReturnValue:
    """What they did."""
    case, form = _reading(), forms.BadlyForm()
    if case is None:
        return _words_first()
    if form.validate_on_submit():
        once_key = form.once_key(case.id, "badly", form.words.data)
        say_on_coming_back(case.id, FollowUpKind.TREATED_BADLY, form.words.data or "", once_key=once_key, at=now())
        return _told("treated_badly")
    return render_template("doors/own_page/treated_badly.html", form=form, opening=opening(now()))


@back.route("/answer/wish", methods=["GET", "POST"])
@open_to_all
def wish() -> ResponseReturnValue:
    """Take it back, or ask us to delete it: the team talks to them before anything happens."""
    case, form = _reading(), forms.WishForm()
    if case is None:
        return _words_first()
    if form.validate_on_submit():
        kind = FollowUpKind(form.wish.data)
        say_on_coming_back(case.id, kind, once_key=form.once_key(case.id, kind), at=now())
        return _told(kind.value)
    return render_template("doors/own_page/wish.html", form=form)


@back.route("/answer/side", methods=["GET", "POST"])
@open_to_all
def side() -> ResponseReturnValue:
    """Someone on your side: wanted now, and what they may know; taken back as easily."""
    line, form = _line(), forms.SideForm()
    if not line:
        return _words_first()
    case = _newest(line)
    if form.validate_on_submit():
        asked_for = [one.id for one in line if one is case or may_know(one)]  # one search, one choice for all
        for case_id in asked_for:
            choose_what_advocate_knows(case_id, MayKnow(form.may_know.data), at=now())
        return _told("side")
    return render_template("doors/own_page/side.html", form=form, said=forms.MAY_KNOW.get(may_know(case) or ""))


def _words_first() -> ResponseReturnValue:
    """Ask for the secret words; what was typed when they were not known any more goes along with the page."""
    typed = request.form.get("words", "")
    if not typed:
        return redirect(url_for("back.come_back"))
    form = forms.BackForm(formdata=None, data={"kept": typed, "kept_at": request.path})
    form.form_errors.append(form.too_old_here)
    return render_template("doors/own_page/back.html", form=form)


def _take_along(form: forms.BackForm, case: Case) -> None:
    """What was typed before stands in its box again; never in that of somebody else's answer."""
    if session.get(READING, (case.id,))[0] != case.id:
        forget("back")
    if form.kept.data and form.kept_at.data in WRITTEN_AT:
        keep("back", {TYPED: {form.kept_at.data: {"words": [form.kept.data]}}})


def _told(what: str) -> ResponseReturnValue:
    return redirect(url_for("back.answer", got=what))


def _show_refused(refused: Any) -> str:
    form = forms.ReplyForm(formdata=None)
    form.form_errors = [*refused.form_errors, *(error for errors in refused.errors.values() for error in errors)]
    return _show(_line(), form)


def promised(case: Case) -> list[tuple[Promise, Clock | None]]:
    """What the person was told and still waits for, each with the limit that its day is counted by, where there is one."""
    counted = {clock.due_on: clock for one in case_clocks(case) for clock in one.clocks}
    return [(one, counted.get(one.by_on)) for one in shown_promises(case)]


def _reading() -> Case | None:
    """The case that this browser came back to, as it goes on; None once the time is over."""
    line = _line()
    return _newest(line) if line else None


def _newest(line: list[Case]) -> Case:
    """The newest of them that is open; when none is, the one that the words belong to."""
    return next((one for one in reversed(line) if one.is_open), line[0])


def _line() -> list[Case]:
    """All that these secret words lead to: for twenty minutes, until the browser leaves, and until the words change."""
    case_id, since, words = (*session.get(READING, (0, 0)), "")[:3]  # a cookie of before has no words in it
    if since + READ_FOR_SECONDS <= now().timestamp() or has_ended({current_mark()}):
        return []
    case = db.session.get(Case, case_id)
    return line_of(case) if case is not None and words and words == _with_words(case) else []


def _with_words(case: Case) -> str:
    """Which secret words a case has now, told by a hash of their salt; nothing of the words."""
    return hashlib.sha256(case.secret_words.salt).hexdigest()[:16] if case.secret_words is not None else ""
