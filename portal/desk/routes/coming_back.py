"""What the team does about what someone said on coming back, and new secret words, given in person."""

from flask import render_template
from flask.typing import ResponseReturnValue

from portal.cases.opened import doing, done, opened, to_case
from portal.cases.secret_words import pictured
from portal.cases.services.drawing import draw_secret_words
from portal.coming_back.forms import NewSecretWordsForm, SettleForm
from portal.coming_back.services.coming_back import renew_secret_words, settle_follow_up
from portal.correspondence.forms import ContactForm
from portal.correspondence.services import messages
from portal.desk.routes.blueprint import desk
from portal.desk.routes.case import show
from portal.people.access import needs
from portal.people.roles import Permission


@desk.post("/cases/<reference>/came-back")
@needs(Permission.TRIAGE)
def settle(reference: str) -> ResponseReturnValue:
    """Say what was done."""
    found, form = opened(reference), SettleForm()

    def action() -> None:
        settle_follow_up(found.id, form.follow_up.data or 0, form.words.data or "", **doing(form))

    if done(form, action, "What was done is written down."):
        return to_case(reference)
    return show(opened(reference), settle=form)


@desk.post("/cases/<reference>/contact")
@needs(Permission.LET_IN)
def decide_contact(reference: str) -> ResponseReturnValue:
    """The lead decides to use a way that was not called safe, and says why."""
    found, form = opened(reference), ContactForm()
    if done(form, lambda: messages.decide_contact(found.id, form.words.data or "", **doing(form)), "The decision is kept."):
        return to_case(reference)
    return show(opened(reference), contact=form)


@desk.route("/cases/<reference>/new-secret-words", methods=["GET", "POST"])
@needs(Permission.TRIAGE)
def new_secret_words(reference: str) -> ResponseReturnValue:
    """Give new secret words to someone who is here in person. They are shown once, and kept by nobody."""
    found = opened(reference)
    form, words = NewSecretWordsForm(version=found.version), ""

    def action() -> None:
        nonlocal words
        drawn = draw_secret_words()
        renew_secret_words(found.id, drawn, form.known_by.data or "", **doing(form))
        words = drawn.words

    done(form, action, "New secret words are made.")
    return render_template("coming_back/new_secret_words.html", case=found, form=form, words=pictured(words))
