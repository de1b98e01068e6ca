"""The child's door: C0 to C5, H2 and C13. One question a screen, no scripts, one required answer."""

from flask import Blueprint, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from portal.casework.secret_words import pictured
from portal.clock import now
from portal.compliments.services import allow_passing_on
from portal.intake.forms import child as forms
from portal.intake.routes.sessions import begin, current_answers, current_draft, forget, forget_everything, keep
from portal.intake.services.drafts import receipt_of, send_draft
from portal.intake.services.hours import opening
from portal.intake.services.read_first import has_sign
from portal.intake.submission import NothingToSend, SubmissionKind
from portal.people.access import open_to_all
from portal.web.settings import council

child = Blueprint("child", __name__, url_prefix="/y")
DOOR = "y"


@child.get("/")
@open_to_all
def start() -> ResponseReturnValue:
    """C0: the first screen."""
    return render_template("intake/child/start.html", form=forms.BeginForm(), action=url_for("child.begin_telling"))


@child.post("/")
@open_to_all
def begin_telling() -> ResponseReturnValue:
    """Start."""
    return begin_from(url_for("child.begin_telling"), by_card=False)


def begin_from(action: str, *, by_card: bool) -> ResponseReturnValue:
    """Start from the first screen or from a card's; which card is never kept."""
    form = forms.BeginForm()
    if not form.validate_on_submit():
        return render_template("intake/child/start.html", form=form, action=action)
    begin(DOOR, {"by_card": True} if by_card else {})
    return redirect(url_for("child.know"))


@child.get("/1")
@open_to_all
def know() -> ResponseReturnValue:
    """C1: three things to know."""
    return render_template("intake/child/know.html")


@child.route("/2", methods=["GET", "POST"])
@open_to_all
def kind() -> ResponseReturnValue:
    """C2: what they want to tell us."""
    form = forms.KindForm()
    if form.validate_on_submit():
        keep(DOOR, {"kind": form.kind.data})
        after = {"help": "child.someone_on_your_side", "not_safe": "child.not_safe"}
        return redirect(url_for(after.get(form.kind.data, "child.about")))
    return render_template("intake/child/kind.html", form=form)


@child.get("/side")
@open_to_all
def someone_on_your_side() -> ResponseReturnValue:
    """An advocate, before anything is sent."""
    return render_template("intake/child/someone_on_your_side.html")


@child.get("/now")
@open_to_all
def not_safe() -> ResponseReturnValue:
    """H, with a way to go on and tell us."""
    return render_template("intake/child/help.html", can_carry_on=True)


@child.route("/3", methods=["GET", "POST"])
@open_to_all
def about() -> ResponseReturnValue:
    """C3: what it is about."""
    answers = current_answers(DOOR)
    form = forms.TopicsForm(data={"topics": answers.get("topics", [])})
    if form.validate_on_submit():
        keep(DOOR, {"topics": form.topics.data or []})
        return redirect(url_for("child.words"))
    topics = forms.GOOD_TOPICS if answers.get("kind") == "good" else forms.TOPICS
    return render_template("intake/child/about.html", form=form, topics=topics)


@child.route("/4", methods=["GET", "POST"])
@open_to_all
def words() -> ResponseReturnValue:
    """C4: tell us more."""
    answers = current_answers(DOOR)
    form = forms.WordsForm(data={"words": answers.get("words", "")})
    if form.validate_on_submit():
        if not form.words.data and not answers.get("topics"):
            form.words.errors = [forms.NOTHING_SAID]
        else:
            keep(DOOR, {"words": form.words.data or ""})
            worried = answers.get("kind") == "not_safe" or has_sign(form.words.data or "")
            return redirect(url_for("child.before_you_go_on" if worried else "child.check"))
    return render_template("intake/child/words.html", form=form)


@child.get("/5")
@open_to_all
def before_you_go_on() -> ResponseReturnValue:
    """H2: the same help for all, without repeating a word."""
    return render_template("intake/child/before_you_go_on.html", opening=opening(now()))


@child.route("/find", methods=["GET", "POST"])
@open_to_all
def find() -> ResponseReturnValue:
    """After H2: how to find them."""
    form = forms.FindForm(data={"how": current_answers(DOOR).get("how_to_find", "")})
    if form.validate_on_submit():
        keep(DOOR, {"how_to_find": form.how.data})
        return redirect(url_for("child.check"))
    return render_template("intake/child/find.html", form=form)


@child.route("/who", methods=["GET", "POST"])
@open_to_all
def must_not_see() -> ResponseReturnValue:
    """From C5: who must not see this. The names build a wall before anyone reads it."""
    form = forms.MustNotSeeForm(data={"who": current_answers(DOOR).get("must_not_see", "")})
    if form.validate_on_submit():
        keep(DOOR, {"must_not_see": form.who.data})
        return redirect(url_for("child.check"))
    return render_template("intake/child/must_not_see.html", form=form)


@child.route("/6", methods=["GET", "POST"])
@open_to_all
def check() -> ResponseReturnValue:
    """C5: is that all? Then send it, once."""
    form = forms.SendForm()
    if form.validate_on_submit() and DOOR in session:
        try:
            send_draft(session[DOOR], DOOR, forms.to_submission, at=now(), duty_desk=council().duty_email)
        except NothingToSend:
            return render_template("intake/child/cleared.html", form=form, never_begun=current_draft(DOOR) is not None)
        return redirect(url_for("child.sent"))
    draft = current_draft(DOOR)
    if draft is not None and draft.receipt is not None:
        return redirect(url_for("child.sent"))
    if draft is None or not forms.has_said_something(draft.answers):
        return render_template("intake/child/cleared.html", form=form, never_begun=draft is not None)
    return render_template("intake/child/check.html", form=form, rows=forms.summary(draft.answers))


@child.get("/7")
@open_to_all
def sent() -> ResponseReturnValue:
    """C13: thank you, the secret words, real dates."""
    draft = current_draft(DOOR)
    if draft is None or draft.receipt is None:
        return render_template("intake/child/cleared.html", form=forms.StartForm(), never_begun=False)
    receipt = receipt_of(draft.receipt)
    if receipt.kind is SubmissionKind.COMPLIMENT:
        return render_template("intake/child/thanked.html", form=forms.SharingForm())
    words = pictured(receipt.secret_words)
    return render_template("intake/child/sent.html", receipt=receipt, words=words, form=forms.StartForm())


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
        return render_template("intake/child/cleared.html", form=forms.StartForm(), thanked=True)
    return render_template("intake/child/thanked.html", form=form)


@child.post("/clear")
@open_to_all
def clear() -> ResponseReturnValue:
    """Clear this page."""
    if forms.StartForm().validate_on_submit():
        forget_everything()
    return redirect(url_for("child.start"))
