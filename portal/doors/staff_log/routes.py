"""Staff log what came by phone, paper, email or in person: one at a time in seconds, or many from a table."""

from datetime import datetime

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from portal import clock
from portal.cards.models import CardEvent
from portal.cards.services import count
from portal.cases.models import Case
from portal.cases.opened import viewer
from portal.cases.queries import QueueFilter, queue
from portal.compliments.queries import compliment_by_id, how_many_between
from portal.compliments.services.keeping import CannotDo, NewCompliment, can_be_taken_back, take_back
from portal.doors.staff_log.forms import ManyForm, StaffLogForm
from portal.doors.staff_log.many import COLUMNS, NEEDED_COLUMNS, keep_many, read_many
from portal.doors.thanks.forms import COURT
from portal.files.kinds import FileRefused
from portal.incoming_email.our_own import our_own
from portal.incoming_email.parsing.message import BrokenEmail
from portal.intake.services.receive import receive
from portal.intake.submission import Receipt, SubmissionKind
from portal.people.access import may, me, needs
from portal.people.directory import picker
from portal.people.roles import Permission
from portal.procedure.receipt import PointOfReceipt
from portal.web.errors import error_page
from portal.web.forms import PortalForm
from portal.web.sheets import SheetRefused, write_sheet

MIN_NAME_LENGTH, MAX_ALIKE = 3, 5
LOGGED_LAST = "logged_last"  # whom it came from and how: most of a morning's post is of one kind

staff_log = Blueprint("staff_log", __name__, url_prefix="/staff/log")


@staff_log.route("", methods=["GET", "POST"])
@needs(Permission.LOG)
def log() -> ResponseReturnValue:
    """Log one thing."""
    form, alike = _blank(**session.get(LOGGED_LAST, {})), list[Case]()
    if form.validate_on_submit() and not (alike := already_here(form)):
        try:
            receipt = _keep(form, clock.now())
        except FileRefused as refusal:
            form.photo.errors = [str(refusal)]
        except BrokenEmail:
            form.photo.errors = ["This email cannot be read. Open it, and paste its words."]
        else:
            session[LOGGED_LAST] = {"source": form.source.data, "method": form.method.data}
            is_thanks = receipt.kind is SubmissionKind.COMPLIMENT
            told = {"thanks": receipt.record_id} if is_thanks else {"logged": receipt.reference}
            return redirect(url_for("staff_log.log", **told))
    return _show(form, alike)


@staff_log.post("/undo")
@needs(Permission.LOG)
def undo() -> ResponseReturnValue:
    """Take one's own thanks back within ten minutes; the page is filled in again, so that a slip is mended and saved."""
    number = request.form.get("thanks", "")
    if not PortalForm().validate_on_submit() or not _is_number(number):
        return redirect(url_for("staff_log.log"))
    try:
        logged = take_back(int(number), at=clock.now(), by_id=me().id)
    except CannotDo as trouble:
        return error_page(409, "This cannot be undone", str(trouble))
    return _show(_filled(logged), is_undone=True)


@staff_log.route("/many", methods=["GET", "POST"])
@needs(Permission.TRIAGE)
def many() -> ResponseReturnValue:
    """Past thanks and feedback from a table: looked at first, then added."""
    form, result, sheet = ManyForm(), None, ""
    if form.validate_on_submit():
        try:
            rows, read = read_many(form.content())
            kept = keep_many(rows, keep=form.is_to_keep, passes_on=form.passes_on.data, at=clock.now(), by_id=me().id)
            result, sheet = kept, write_sheet(read, COLUMNS)
        except SheetRefused as refusal:
            form.file.errors = [str(refusal)]
    shown = {"result": result, "sheet": sheet, "COLUMNS": COLUMNS, "NEEDED_COLUMNS": NEEDED_COLUMNS}
    return render_template("doors/staff_log/log_many.html", form=form, **shown)


def already_here(form: StaffLogForm) -> list[Case]:
    """Open cases with the same name in them, shown once before a complaint is logged, so that nobody is heard twice."""
    name = form.name.data or ""
    if (
        form.kind.data != "complaint"
        or form.is_new.data
        or len(name) < MIN_NAME_LENGTH
        or not may(Permission.READ_ALL_CASES)
    ):
        return []
    found = queue(QueueFilter(words=name, viewer=viewer())).cases
    return [case for case in found if case.is_open][:MAX_ALIKE]


def _blank(**remembered: str) -> StaffLogForm:
    point = PointOfReceipt.CUSTOMER_RELATIONS_TEAM if may(Permission.TRIAGE) else PointOfReceipt.SERVICE_AREA
    return StaffLogForm(point_of_receipt=point.value, **remembered)


def _filled(logged: NewCompliment) -> StaffLogForm:
    """The form as it was before somebody pressed Save."""
    return StaffLogForm(
        formdata=None,
        about=logged.thanked,
        source=COURT if logged.is_from_court else logged.source.value,
        words=logged.words,
        name=logged.from_name,
        method=logged.method.value,
        point_of_receipt=logged.point_of_receipt.value,
        may_share=logged.may_share,
    )


def _keep(form: StaffLogForm, at: datetime) -> Receipt:
    own = our_own()
    submission, received_at = form.to_submission(me().id, own), form.received_at(own)
    receipt = receive(submission, at=at, received_at=received_at, by_id=me().id, scanner=own.scanner)
    if form.form_code.data:  # the batch counts one more form; the message does not know which
        count(form.form_code.data, CardEvent.FORM, on=clock.today())
    return receipt


def _show(form: StaffLogForm, alike: list[Case] | None = None, *, is_undone: bool = False) -> str:
    number = request.args.get("thanks", "")
    logged = compliment_by_id(int(number)) if _is_number(number) else None
    logged = logged if logged and logged.logged_by_id == me().id else None
    can_undo = logged is not None and can_be_taken_back(logged, clock.now())
    this_month = how_many_between(clock.today().replace(day=1), clock.today()) if logged else 0
    facts = {"logged": logged, "can_undo": can_undo, "this_month": this_month, "is_undone": is_undone}
    return render_template(
        "doors/staff_log/log.html", form=form, alike=alike or [], known=picker(), undo=PortalForm(), **facts
    )


def _is_number(told: str) -> bool:
    return told.isascii() and told.isdigit() and len(told) < 10
