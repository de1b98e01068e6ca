"""The annual report, for staff who may read it."""

from datetime import date

from flask import Blueprint, Response, current_app, render_template, request
from flask.typing import ResponseReturnValue

from portal.cards.funnel import funnel
from portal.cases.opened import viewer
from portal.clock import now, today
from portal.people.access import me, needs
from portal.people.roles import Permission
from portal.printing import CannotBePrinted, thanks_pdf
from portal.procedure.errors import RuleError
from portal.procedure.reporting_year import ReportingYear
from portal.reports.edition import Edition, annual_report, as_csv
from portal.reports.ombudsman import ombudsman_counts
from portal.reports.services.exporting import note_export
from portal.reports.services.years import counts_for
from portal.reports.thanks import as_pack, year_of_thanks
from portal.reports.voices import STEPS, cards_answered, voices_by_year
from portal.web.downloads import pdf
from portal.web.errors import error_page
from portal.web.settings import council

KEPT = "annual figures"

reports = Blueprint("reports", __name__, url_prefix="/staff/reports")


@reports.get("/annual")
@needs(Permission.READ_REPORTS)
def annual() -> ResponseReturnValue:
    """A year's tables, on the page or as a file."""
    try:
        year = ReportingYear.parse(request.args.get("year") or str(ReportingYear.of(today())))
    except ValueError as trouble:
        return error_page(400, "We do not know that year", str(trouble))
    edition = Edition.PUBLIC if request.args.get("edition") == Edition.PUBLIC else Edition.INTERNAL
    try:
        report = annual_report(year, counts_for(viewer(), current_app.extensions.setdefault(KEPT, {})), edition)
    except RuleError as trouble:
        return error_page(409, "The report cannot be counted", str(trouble))
    if request.args.get("format") == "csv":
        note_export(f"report/{year}", edition, at=now(), by_id=me().id)
        name = f"annual-report-{year}-{edition}.csv"
        heading = {"Content-Disposition": f"attachment; filename={name}"}
        return Response("\ufeff" + as_csv(report), mimetype="text/csv", headers=heading)
    around = years_until(today())
    counted = ombudsman_counts(year, viewer()) if edition is Edition.INTERNAL else None
    return render_template("reports/annual.html", report=report, years=around, ombudsman=counted)


@reports.get("/voices")
@needs(Permission.READ_REPORTS)
def voices() -> ResponseReturnValue:
    """How many of the year's voices were children's, beside earlier years, and what became of what came by card."""
    answered = funnel(cards_answered(viewer()), steps=STEPS)
    return render_template("reports/voices.html", years=voices_by_year(viewer()), answered=answered, STEPS=STEPS)


@reports.get("/thanks")
@needs(Permission.READ_REPORTS)
def thanks() -> ResponseReturnValue:
    """A year's thanks and sorted issues: exact on the page, without small numbers on paper for the self-evaluation."""
    try:
        year = ReportingYear.parse(request.args.get("year") or str(ReportingYear.of(today())))
    except ValueError as trouble:
        return error_page(400, "We do not know that year", str(trouble))
    found = year_of_thanks(year, viewer())
    if request.args.get("format") != "pdf":
        return render_template("reports/thanks.html", found=found, years=years_until(today()))
    try:
        return pdf(thanks_pdf(as_pack(found, council().name)), f"thanks-{year}")
    except CannotBePrinted as trouble:
        return error_page(409, "This cannot be printed", str(trouble))


def years_until(on: date) -> list[ReportingYear]:
    """The years that can be chosen, newest first."""
    return [ReportingYear(starts) for starts in range(ReportingYear.of(on).starts, 2017, -1)]
