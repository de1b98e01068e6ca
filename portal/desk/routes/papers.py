"""A letter as PDF, and the bundle for the Ombudsman."""

from html import unescape

from flask import Response, abort, current_app, render_template
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from portal.audit.queries import entries_about
from portal.cases.forms import ConfirmForm
from portal.cases.models import Case
from portal.cases.opened import opened
from portal.clock import now
from portal.correspondence.letter_names import LETTERS_OF_OTHER_PARTS, letter_name
from portal.correspondence.on_paper import as_pdf
from portal.desk.bundle import make_bundle
from portal.desk.routes.blueprint import desk
from portal.desk.routes.case import READS
from portal.files.queries import files_of
from portal.people.access import may, me, needs
from portal.people.queries import names_of
from portal.people.roles import Permission
from portal.printing import CannotBePrinted
from portal.web.downloads import pdf
from portal.web.errors import error_page
from portal.web.filters import moment
from portal.web.settings import council

desk.add_app_template_filter(letter_name)


@desk.get("/cases/<reference>/letters/<int(max=2147483647):key>.pdf")
@needs(Permission.READ_CASES)
def letter_on_paper(reference: str, key: int) -> ResponseReturnValue:
    """One letter as PDF, in the size that the person asked for."""
    found = opened(reference)
    letter = next((message for message in found.messages if message.id == key and message.from_us), None)
    is_outside = not may(Permission.LOG)  # whoever is appointed from outside reads no letter about another part
    if letter is None or (is_outside and letter.kind.startswith(LETTERS_OF_OTHER_PARTS)):
        abort(404)
    try:
        made = as_pdf(found, letter, council())
    except CannotBePrinted as trouble:
        return error_page(422, "This letter cannot be a PDF", str(trouble))
    return pdf(made, f"{found.reference}-{key}")


@desk.route("/cases/<reference>/bundle", methods=["GET", "POST"])
@needs(Permission.TRIAGE)
def make_bundle_page(reference: str) -> ResponseReturnValue:
    """Everything in one archive."""
    found, form = opened(reference), ConfirmForm()
    if not form.validate_on_submit():
        form.version.data = found.version
        return render_template("desk/bundle.html", case=found, form=form)
    staff = list(names_of({entry.by_id for entry in entries_about(found.about) if entry.by_id}).values())
    made = make_bundle(found, chronology(found), files_of(found.id), staff, council(), at=now(), by_id=me().id)
    answer = Response(made, mimetype="application/zip")
    answer.headers["Content-Disposition"] = f'attachment; filename="{found.reference}.zip"'
    return answer


def chronology(found: Case) -> list[str]:
    """The timeline in words, one line for each thing that was done."""
    entries = [entry for entry in entries_about(found.about) if entry.event not in READS]
    names = names_of({entry.by_id for entry in entries if entry.by_id})
    lines = []
    for entry in entries:
        partial = current_app.jinja_env.get_template(f"timeline/{entry.event}.html")
        told = unescape(Markup(partial.render(facts=entry.facts, names=names)).striptags())  # noqa: S704 - our own templates
        by = f", {names[entry.by_id]}" if entry.by_id in names else ""
        lines.append(f"{moment(entry.at)}: {told}{by}")
    return lines
