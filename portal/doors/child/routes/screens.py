"""The child's door: C0 to C13 and H2. One question a screen, no scripts, one required answer."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from portal.cards.models import CardEvent
from portal.cards.services import count_batch
from portal.cases.secret_words import pictured
from portal.clock import now, today
from portal.compliments.services.keeping import allow_passing_on
from portal.database import transaction
from portal.doors.child.beginning import DOOR, begin_from, keep_and_note
from portal.doors.child.forms import screens as forms
from portal.doors.child.forms.told import has_said_something, summary, to_submission
from portal.files.kinds import MAX_FILE_SIZE, TOO_LARGE, TOO_LONG, FileRefused, FilesBusy
from portal.intake.fixed_pages import fixed_page
from portal.intake.leaving import leave_for
from portal.intake.services.drafts import MAX_FILES, DraftFull, add_to_draft, receipt_of, take_from_draft
from portal.intake.sessions import (
    VISIT,
    answers_to_show,
    current_answers,
    current_draft,
    current_files,
    forget,
    keep,
    kept_until,
    note_not_safe,
    send,
    token_here,
)
from portal.intake.submission import NothingToSend, SubmissionKind
from portal.intake.visits import where_they_were
from portal.people.access import open_to_all
from portal.signs.harm import has_sign
from portal.web.forms import OneFileField
from portal.web.language import say
from portal.web.public_form import is_too_much

child = Blueprint("child", __name__, url_prefix="/y")


@child.get("/")
@open_to_all
def start() -> ResponseReturnValue:
    """C0: the first screen."""
    facts = {"form": forms.BeginForm(), "action": url_for("child.begin_telling")}
    return fixed_page("doors/child/start.html", DOOR, **facts)


@child.post("/")
@open_to_all
def begin_telling() -> ResponseReturnValue:
    """Begin a draft from the first screen, without a card."""
    return begin_from(url_for("child.begin_telling"), by_card=False)


@child.get("/1")
@open_to_all
def know() -> ResponseReturnValue:
    """C1: three things to know."""
    return fixed_page("doors/child/know.html", DOOR)


@child.route("/2", methods=["GET", "POST"])
@open_to_all
def kind() -> ResponseReturnValue:
    """C2: what they want to tell us."""
    form = forms.KindForm()
    if form.validate_on_submit():
        keep_and_note({"kind": form.kind.data}, CardEvent.SAID_KIND)
        note_not_safe(form.kind.data == "not_safe")
        after = {"help": "child.someone_on_your_side", "not_safe": "child.not_safe"}
        return redirect(url_for(after.get(form.kind.data, "child.about")))
    return render_template("doors/child/kind.html", form=form)


@child.get("/still")
@open_to_all
def still_there() -> ResponseReturnValue:
    """On a visitor's tablet without scripts: whether somebody is there, before everything is forgotten."""
    return render_template("doors/child/still.html", back=where_they_were())


@child.get("/side")
@open_to_all
def someone_on_your_side() -> ResponseReturnValue:
    """An advocate, before anything is sent."""
    return render_template("doors/child/someone_on_your_side.html")


def send_it() -> None:
    """Send what this visitor told us, and count it for its card once. Raises NothingToSend."""

    def count_it(answers: Mapping[str, Any]) -> None:
        if "batch_id" in answers:
            count_batch(answers["batch_id"], CardEvent.SENT, on=today())

    send(DOOR, to_submission, count_it)


@child.route("/3", methods=["GET", "POST"])
@open_to_all
def about() -> ResponseReturnValue:
    """C3: what it is about."""
    form = forms.TopicsForm(data=answers_to_show(DOOR))
    if form.validate_on_submit():
        keep_and_note({"topics": form.topics.data or []}, CardEvent.SAID_TOPICS)
        return redirect(url_for("child.words"))
    is_good = current_answers(DOOR).get("kind") == "good"  # one tap says it: four taps from here to a thank-you that is sent
    topics = forms.GOOD_TOPICS if is_good else forms.TOPICS
    return render_template("doors/child/about.html", form=form, topics=topics, is_good=is_good)


@child.route("/4", methods=["GET", "POST"])
@open_to_all
def words() -> ResponseReturnValue:
    """C4: tell us more, in words, out loud, or with a photo."""
    form = forms.WordsForm(data=answers_to_show(DOOR))
    if not form.validate_on_submit():
        return _show_words(form)
    said, chosen = {"words": form.words.data or ""}, [one for one in (form.voice, form.photo) if one.data is not None]
    if chosen:
        keep(DOOR, said)
        if not all([_take(field) for field in chosen]):
            return _show_words(form)
    with transaction():
        files = current_files(DOOR)
        keep(DOOR, said)  # first: for somebody who is not safe it begins a draft that says so, where theirs was wiped
        told = current_answers(DOOR)
        if not has_said_something(told, files):
            form.words.errors = [forms.NOTHING_SAID]
            return _show_words(form)
        keep_and_note({}, CardEvent.SAID_WORDS)
    is_worrying = told.get("kind") == "not_safe" or files or has_sign(told["words"])
    return redirect(url_for("child.before_you_go_on" if is_worrying else "child.check"))


def _show_words(form: forms.WordsForm) -> str:
    facts = {"files": current_files(DOOR), "away": forms.TakeAwayForm(formdata=None), "kept_until": kept_until(DOOR)}
    is_good = current_answers(DOOR).get("kind") == "good"
    return render_template("doors/child/words.html", form=form, is_good=is_good, **facts)


def _take(field: OneFileField) -> bool:
    """Keep what was chosen beside the words; says whether it was taken, or nothing was chosen."""
    if field.data is None:
        return True
    if is_too_much("file"):
        field.errors = [forms.ChildForm.too_many]
        return False
    if len(current_files(DOOR)) >= MAX_FILES:
        field.errors = [forms.TOO_MANY_FILES]
        return False
    content = field.data.stream.read(MAX_FILE_SIZE + 1)
    try:
        add_to_draft(token_here(DOOR) or "", field.data.filename or "", content, at=now())
    except FilesBusy:
        field.errors = [forms.ChildForm.too_many]
    except DraftFull:
        field.errors = [forms.TOO_BIG]
    except FileRefused as refusal:
        field.errors = [_said_to_a_child(refusal, content)]
    return not field.errors


def _said_to_a_child(refusal: FileRefused, content: bytes) -> str:
    if str(refusal) == TOO_LONG:
        return forms.LASTS_TOO_LONG
    return forms.TOO_BIG if len(content) > MAX_FILE_SIZE or str(refusal) == TOO_LARGE else forms.NOT_OPENED


@child.post("/4/away")
@open_to_all
def take_away() -> ResponseReturnValue:
    """C4: take a recording or a photo away again."""
    form = forms.TakeAwayForm()
    token = token_here(DOOR)
    if form.validate_on_submit() and token and (form.take_away.data or "").isdecimal():
        take_from_draft(token, int(form.take_away.data))
    return redirect(url_for("child.words"))


@child.route("/who", methods=["GET", "POST"])
@open_to_all
def must_not_see() -> ResponseReturnValue:
    """From C5: who must not see this. The names build a wall before anyone reads it."""
    form = forms.MustNotSeeForm(data={"who": current_answers(DOOR).get("must_not_see", "")})
    if form.validate_on_submit():
        keep(DOOR, {"must_not_see": form.who.data})
        return redirect(url_for("child.check"))
    return render_template("doors/child/must_not_see.html", form=form)


@child.route("/6", methods=["GET", "POST"])
@open_to_all
def check() -> ResponseReturnValue:
    """C5 and C12: is that all? Then send it, once; or tell a bit more first."""
    form = forms.SendForm()
    if form.validate_on_submit() and token_here(DOOR):
        try:
            send_it()
        except NothingToSend:
            return render_template("doors/child/cleared.html", form=form, never_begun=current_draft(DOOR) is not None)
        return redirect(url_for("child.sent"))
    draft = current_draft(DOOR)
    if draft is not None and draft.receipt is not None:
        return redirect(url_for("child.sent"))
    if draft is None or not has_said_something(draft.answers, current_files(DOOR)):
        return render_template("doors/child/cleared.html", form=form, never_begun=draft is not None)
    facts = {"rows": summary(draft.answers, say), "files": current_files(DOOR), "answers": draft.answers}
    return render_template("doors/child/check.html", form=form, kept_until=kept_until(DOOR), **facts)


@child.get("/7")
@open_to_all
def sent() -> ResponseReturnValue:
    """C13: thank you, the secret words, real dates."""
    draft = current_draft(DOOR)
    if draft is None or draft.receipt is None:
        return render_template("doors/child/cleared.html", form=forms.StartForm(), never_begun=False)
    receipt = receipt_of(draft.receipt)
    if receipt.kind is SubmissionKind.COMPLIMENT:
        return render_template("doors/child/thanked.html", form=forms.SharingForm())
    words = pictured(receipt.secret_words)
    return render_template("doors/child/sent.html", receipt=receipt, words=words, form=forms.StartForm())


@child.post("/share")
@open_to_all
def share() -> ResponseReturnValue:
    """C13 of a thank-you: whether we may say thank you for them."""
    draft, form = current_draft(DOOR), forms.SharingForm()
    if draft is None or draft.receipt is None:
        return redirect(url_for("child.start"))
    if form.validate_on_submit():
        allow_passing_on(receipt_of(draft.receipt).record_id, form.share.data == "yes", at=now())
        forget(DOOR)
        return render_template("doors/child/cleared.html", form=forms.StartForm(), thanked=True)
    return render_template("doors/child/thanked.html", form=form)


@child.post("/clear")
@open_to_all
def clear() -> ResponseReturnValue:
    """Clear this page."""
    after = "doors.visit" if session.get(VISIT) else "child.start"
    if forms.StartForm().validate_on_submit():
        return leave_for(after)
    return redirect(url_for(after))
