"""Thanks that came: whom they are for, what has to be looked at first, passing on, and the quote."""

from collections.abc import Callable

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.actions.action import Action
from portal.actions.pages import RecordKind, add_actions
from portal.compliments import forms
from portal.compliments.actions import ACTIONS
from portal.compliments.hidden_complaint import worrying_sentences
from portal.compliments.models import Compliment
from portal.compliments.queries import compliment_by_id, how_many_wait, newest_compliments, quotes_to_check
from portal.compliments.redaction import marks, pieces, redacted
from portal.compliments.routes.blueprint import compliments
from portal.compliments.services import keeping, passing_on
from portal.files.queries import file_of_compliment, files_of_compliment
from portal.keys.opening import those_that_open
from portal.people.access import me, needs
from portal.people.directory import picker
from portal.people.queries import names_of
from portal.people.roles import Permission
from portal.web.downloads import download
from portal.web.forms import PortalForm, page_number


@compliments.get("/")
@needs(Permission.READ_COMPLIMENTS)
def all_compliments() -> ResponseReturnValue:
    """The newest first; or those that wait for somebody."""
    page, only_waiting = page_number(request.args.get("page")), request.args.get("show") == "waiting"
    found, has_more = newest_compliments(page, only_waiting=only_waiting)
    counted = {"waiting": how_many_wait(), "to_check": quotes_to_check()}
    return render_template(
        "compliments/list.html",
        found=those_that_open(found),
        has_more=has_more,
        page=page,
        only_waiting=only_waiting,
        form=PortalForm(),
        names_of=passing_on.names_of,
        **counted,
    )


@compliments.get("/<int(max=2147483647):compliment_id>")
@needs(Permission.READ_COMPLIMENTS)
def one(compliment_id: int) -> ResponseReturnValue:
    """One person's thanks, with everything that can be done with them."""
    return show(opened(compliment_id))


@compliments.get("/<int(max=2147483647):compliment_id>/files/<public_id>")
@needs(Permission.READ_COMPLIMENTS)
def give_file(compliment_id: int, public_id: str) -> ResponseReturnValue:
    """One file that came with thanks."""
    file = file_of_compliment(compliment_id, public_id)
    if file is None or not file.may_be_opened or file.content is None:
        abort(404)
    return download(file.content, file.media_type, file.name, is_shown=file.is_re_encoded)


def opened(compliment_id: int) -> Compliment:
    """Thanks by their number; a kind page when there are none."""
    return compliment_by_id(compliment_id) or abort(404)


def show(found: Compliment, *, trouble: str = "", **filled: PortalForm) -> str:
    """The page of thanks, with the form that was not complete."""
    staff = [one.person.name for one in found.for_whom if one.person] or [found.thanked]
    guess = ", ".join(one.person.told if one.person else one.name for one in found.for_whom)
    blank = {
        "form": PortalForm(),
        "whom": forms.WhomForm(whom=guess or found.thanked),
        "words": forms.TypeForm(words=found.words),
        "agreed": forms.ConsentForm(),
        "changed_mind": forms.ConsentForm(),
        "quote": forms.QuoteForm(quote=found.quote or redacted(found.words, staff)),
        "check": forms.CheckForm(seen=found.quote),
    }
    ids = {person_id for person_id in (found.logged_by_id, found.quote_by_id, found.quote_checked_by_id) if person_id}
    return render_template(
        "compliments/one.html",
        compliment=found,
        files=files_of_compliment(found.id),
        worrying=worrying_sentences(found.words),
        pieces=pieces(found.words, marks(found.words, staff)),
        names=names_of(ids),
        known=picker(),
        trouble=trouble,
        names_of=passing_on.names_of,
        me=me(),
        **{**blank, **filled},
    )


def done(form: PortalForm, command: Callable[[], object], told: str) -> bool:
    """Do what a good form asks for; what cannot be done is told on it."""
    if not form.validate_on_submit():
        return False
    try:
        command()
    except keeping.CannotDo as cannot:
        form.form_errors.append(str(cannot))
        return False
    return True


def shown(found: Compliment, action: Action[Compliment], form: PortalForm) -> ResponseReturnValue:
    """The page of thanks, with what could not be done."""
    return show(found, trouble=" ".join(form.form_errors), **{action.form_name: form})


THANKS = RecordKind(
    name="compliment",
    opened=opened,
    done=done,
    back=lambda found: redirect(url_for("compliments.one", compliment_id=found.id)),
    shown=shown,
    refusals=(keeping.CannotDo,),
    page="",
)
add_actions(compliments, THANKS, "/<int(max=2147483647):compliment_id>", ACTIONS)
