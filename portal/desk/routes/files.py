"""Files of a case: added by staff, read page by page, given out as downloads or as media that we made anew."""

import re
from collections.abc import Sequence

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from werkzeug.datastructures import FileStorage

from portal.cases.opened import opened, to_case
from portal.cases.services.indexing import find_case_by
from portal.clock import now
from portal.desk.forms.files import FileForm, TranscriptForm
from portal.desk.routes.blueprint import desk
from portal.desk.routes.case import show
from portal.files.kinds import MAX_FILE_SIZE, FileRefused
from portal.files.models import FilePage, StoredFile
from portal.files.queries import file_of, page_of
from portal.files.services import add_file, note_opened, write_transcript
from portal.keys.opening import those_that_open
from portal.people.access import me, needs
from portal.people.roles import Permission
from portal.web.downloads import download
from portal.web.settings import settings

PICTURE_ADDRESS = re.compile(r"(?<=src=\")page:(\d+)(?=\")")


@desk.post("/cases/<reference>/files")
@needs(Permission.TRIAGE)
def take_file(reference: str) -> ResponseReturnValue:
    """Keep what came by post or email."""
    found, form = opened(reference), FileForm()
    if form.validate_on_submit() and isinstance(form.file.data, FileStorage):
        sent = form.file.data
        try:
            content = sent.stream.read(MAX_FILE_SIZE + 1)
            add_file(found.id, sent.filename or "", content, scanner=settings().clamav, at=now(), by_id=me().id)
        except FileRefused as refusal:
            form.file.errors = [str(refusal)]
        else:
            return to_case(reference)
    return show(opened(reference), add_file=form)


@desk.post("/cases/<reference>/files/<public_id>/transcript")
@needs(Permission.TRIAGE)
def transcribe(reference: str, public_id: str) -> ResponseReturnValue:
    """Write down what is heard in a recording or seen in a picture; the case is found by it too."""
    found, form = opened(reference), TranscriptForm()
    file = file_of(found.id, public_id)
    if file is None:
        abort(404)
    if form.validate_on_submit():
        write_transcript(file, form.words.data or "", at=now(), by_id=me().id)
        find_case_by(found.id, form.words.data or "")
        return to_case(reference)
    return show(opened(reference), transcript=form, transcript_of=public_id)


@desk.get("/cases/<reference>/files/<public_id>/read")
@needs(Permission.READ_CASES)
def read_file(reference: str, public_id: str) -> ResponseReturnValue:
    """What stands in a file, page by page, so that nobody need download it."""
    found = opened(reference)
    file = file_of(found.id, public_id)
    if file is None or not file.may_be_opened or not file.pages_in_all:
        abort(404)
    note_opened(file, at=now(), by_id=me().id)
    return render_template("desk/file.html", case=found, file=file, pages=_as_shown(found.reference, file))


def _as_shown(reference: str, file: StoredFile) -> Sequence[tuple[FilePage, Markup]]:
    """The pages of a file that stand by themselves, each with its web page where it has one; pictures stand inside that."""

    def place(found: re.Match[str]) -> str:
        return url_for("desk.give_page", reference=reference, public_id=file.public_id, number=found[1])

    first = page_of(file.id, 1)
    if first is not None and first.media_type == "text/html":
        html = PICTURE_ADDRESS.sub(place, (first.content or b"").decode())
        return [(first, Markup(html))]  # noqa: S704 - cleaned when it was kept
    return [(page, Markup("")) for page in those_that_open(file.pages)]


@desk.get("/cases/<reference>/files/<public_id>/pages/<int(max=2147483647):number>")
@needs(Permission.READ_CASES)
def give_page(reference: str, public_id: str, number: int) -> ResponseReturnValue:
    """The picture of one page, or one that stands in it."""
    found = opened(reference)
    file = file_of(found.id, public_id)
    page = page_of(file.id, number) if file is not None and file.may_be_opened else None
    if page is None or page.content is None or not page.media_type.startswith("image/"):
        abort(404)
    return download(page.content, page.media_type, f"page {number}.jpg", is_shown=True)


@desk.get("/cases/<reference>/files/<public_id>")
@needs(Permission.READ_CASES)
def give_file(reference: str, public_id: str) -> ResponseReturnValue:
    """One file. Its name never reaches a header unescaped, and nothing in it can run."""
    found = opened(reference)
    file = file_of(found.id, public_id)
    if file is None or not file.may_be_opened or file.content is None:
        abort(404)
    if request.range is None or request.range.ranges[0][0] == 0:  # a player asks for many parts of one film
        note_opened(file, at=now(), by_id=me().id)
    return download(file.content, file.media_type, file.name, is_shown=file.is_re_encoded)
