"""`flask register …` and `flask reports …`."""

import io
from pathlib import Path
from typing import TextIO

import click
from flask import render_template

from portal.clock import now, today
from portal.procedure.errors import RuleError
from portal.procedure.reporting_year import ReportingYear
from portal.reports.edition import AnnualReport, Edition, annual_report, as_csv, as_json
from portal.reports.register_rows import BadRegister, read_rows, write_register
from portal.reports.services.exporting import note_register_export
from portal.reports.services.register import import_rows
from portal.reports.services.years import counts_of_year, export_rows
from portal.web.commands import CommandGroup

register_commands = CommandGroup("register", help="The register, in and out.")
reports_commands = CommandGroup("reports", help="The annual report.")


@register_commands.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would be added, and add nothing.")
def import_register(file: Path, dry_run: bool) -> None:
    """Take over a register from the system that a council leaves."""
    try:
        with _lines_of(file) as lines:
            for _ in lines:  # all of it is text
                pass
            lines.seek(0)
            for _ in read_rows(lines):  # and all of it good, before any of it is kept
                pass
            lines.seek(0)
            new, old = import_rows(read_rows(lines), at=now(), keep=not dry_run)
    except UnicodeDecodeError as trouble:
        raise click.ClickException(f"{file.name} is not UTF-8 text. Save it as CSV UTF-8 and import it again.") from trouble
    except BadRegister as trouble:
        raise click.ClickException(str(trouble)) from trouble
    except RuleError as trouble:
        raise click.ClickException(f"{trouble} Nothing of the file was kept.") from trouble
    click.echo(f"{new} {'would be added' if dry_run else 'added'}, {old} were here already.")


def _lines_of(file: Path) -> TextIO:
    """A file that can be read more than once, without the mark that spreadsheets begin it with; of a pipe all that comes."""
    raw = file.open("rb")
    if raw.seekable():
        return io.TextIOWrapper(raw, encoding="utf-8-sig")
    with raw:
        return io.TextIOWrapper(io.BytesIO(raw.read()), encoding="utf-8-sig")


@register_commands.command("export")
@click.option("--year", default=None, help="A reporting year, like 2022-23. Without it: this year.")
def export_register(year: str | None) -> None:
    """Print a year's register as CSV."""
    wanted = _year(year) if year else ReportingYear.of(today())
    rows = export_rows(wanted)
    note_register_export(str(wanted), len(rows), at=now())
    click.echo(write_register(rows), nl=False)


@reports_commands.command("annual")
@click.argument("year")
@click.option("--format", "kind", type=click.Choice(["csv", "json", "html"]), default="csv", help="The shape of the report.")
@click.option(
    "--edition", type=click.Choice([edition.value for edition in Edition]), default="public", help="Who it is for."
)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), default=None, help="A file to write to.")
def annual(year: str, kind: str, edition: str, out: Path | None) -> None:
    """Write the annual report of a year, like 2022-23."""
    try:
        report = annual_report(_year(year), counts_of_year, Edition(edition))
    except RuleError as trouble:
        raise click.ClickException(str(trouble)) from trouble
    text = {"csv": as_csv, "json": as_json, "html": as_html}[kind](report)
    if out is None:
        click.echo(text, nl=not text.endswith("\n"))
        return
    try:
        out.write_text(text, encoding="utf-8")
    except OSError as trouble:
        raise click.ClickException(f"{out} cannot be written: {trouble.strerror}. Choose another file.") from trouble


def as_html(report: AnnualReport) -> str:
    """The report as a page of its own, to print or to publish."""
    return render_template("reports/annual_alone.html", report=report)


def _year(text: str) -> ReportingYear:
    try:
        return ReportingYear.parse(text)
    except ValueError as trouble:
        raise click.BadParameter(str(trouble)) from trouble
