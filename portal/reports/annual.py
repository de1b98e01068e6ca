"""The annual report: register rows in, tables out. Pure arithmetic, so that every figure can be traced to its rows.

A representation belongs to the year in which it was received. Tables 2 to 9 count complaints that were accepted as
statutory; Table 1 counts every complaint, and its rows add up to the total.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from portal.procedure.calendar import WorkingCalendar
from portal.reports.register_rows import RegisterRow
from portal.reports.rows import ReportRow, Table, table_4, table_5

FOUND = ("upheld", "partially_upheld", "not_upheld")
FOUND_NAMES = ("Upheld", "Partially upheld", "Not upheld")
ENDINGS = {
    "withdrawn": "of these: withdrawn by the person",
    "statement_not_agreed": "of these: statement not agreed",
    "resolved_informally": "of these: resolved informally",
}
RARE_ENDINGS = {
    "refused_as_late": "of these: asked too late and not heard",
    "referred_early": "of these: went to the Ombudsman early",
}
POINTS = {
    "service_area": "Service Area",
    "customer_relations_team": "Customer Relations Team",
    "director_or_head_of_service": "Director/Head of Service",
    "chief_executive": "Chief Executive",
    "other": "Other",
}
PEOPLE = {
    "child_or_young_person": "Child or young person being looked after or in need",
    "parent": "Parent/s",
    "foster_carer": "Local Authority foster carer",
    "special_guardian": "Special guardian",
    "prospective_adopter": "Persons wishing to adopt",
    "sufficient_interest": "Persons with sufficient interest in child's welfare",
    "advocacy_service": "Advocacy service",
    "adoptive_parent": "Adoptive parent",
    "care_leaver": "Care leaver",
    "professional": "Professional",
    "other": "Other",
}
ALWAYS_SHOWN = 7
METHODS = {
    "online_form": "Online form",
    "qr_card": "QR card",
    "email": "Email",
    "telephone": "Telephone",
    "letter": "Letter",
    "in_person": "In person",
    "other": "Other",
}


@dataclass(frozen=True)
class AnnualCounts:
    """A year's rows, sorted once into what the tables count."""

    complaints: Sequence[RegisterRow]
    accepted: Sequence[RegisterRow]
    compliments: Sequence[RegisterRow]
    working_days: Sequence[int | None]


def sort_rows(rows: Sequence[RegisterRow], calendar: WorkingCalendar) -> AnnualCounts:
    """Sort a year's rows; count the working days from receipt to answer of each accepted complaint."""
    complaints = [row for row in rows if row.kind == "complaint"]
    accepted = [row for row in complaints if row.disposition == "accepted"]
    days = [
        calendar.working_days_between(row.received_on, row.stage_1_responded_on) if row.stage_1_responded_on else None
        for row in accepted
    ]
    return AnnualCounts(complaints, accepted, [row for row in rows if row.kind == "compliment"], days)


def annual_tables(rows: Sequence[RegisterRow], calendar: WorkingCalendar) -> list[Table]:
    """Tables 1 to 10 of a year."""
    counts = sort_rows(rows, calendar)
    return [
        _table_1(counts),
        _table_2(counts),
        _later_stage(
            "3a", "Stage 2 outcomes", [(row.stage_2_requested_on, row.stage_2_outcome) for row in counts.complaints]
        ),
        _later_stage(
            "3b", "Stage 3 outcomes", [(row.stage_3_requested_on, row.stage_3_outcome) for row in counts.complaints]
        ),
        table_4(counts.accepted),
        table_5(counts.accepted),
        _table_6(counts),
        _by_code("7", "Point of receipt", POINTS, [row.point_of_receipt for row in counts.accepted]),
        _by_code("8", "Person making the complaint", PEOPLE, [row.complainant for row in counts.accepted], ALWAYS_SHOWN),
        _by_code("9", "Method of receipt", METHODS, [row.method for row in counts.accepted]),
        Table("10", "Compliments", (ReportRow("Compliments", "No. of Compliments", len(counts.compliments)),)),
    ]


def _table_1(counts: AnnualCounts) -> Table:
    by = Counter(row.disposition for row in counts.complaints)
    other = by.total() - by["accepted"] - by["ineligible"] - by["open"]  # every other way to end, also one that is added
    section, rows = "Representations considered", [("Valid complaints processed", by["accepted"])]
    rows.append(("Withdrawn / not pursued / other", other))
    rows.append(("Ineligible", by["ineligible"]))
    if by["open"]:
        rows.append(("Not yet decided", by["open"]))
    return _with_total("1", section, rows)


def _table_2(counts: AnnualCounts) -> Table:
    by = Counter(row.stage_1_outcome for row in counts.accepted)
    rows = [(name, by[code]) for code, name in zip(FOUND, FOUND_NAMES, strict=True)]
    return _with_total("2", "Stage 1 outcomes", [*rows, ("Outstanding", by[""])])


def _later_stage(number: str, section: str, requests: Sequence[tuple[object, str]]) -> Table:
    """'Withdrawn' is every request that was not investigated, as the council publishes it; the rows beneath tell why."""
    by = Counter(result for requested_on, result in requests if requested_on)
    rows = [ReportRow(section, name, by[code]) for code, name in zip(FOUND, FOUND_NAMES, strict=True)]
    rows += [
        ReportRow(section, "Open cases", by[""]),
        ReportRow(section, "Withdrawn", sum(by[code] for code in (*ENDINGS, *RARE_ENDINGS))),
    ]
    rows += [ReportRow(section, name, by[code], is_beneath=True) for code, name in ENDINGS.items()]
    rows += [ReportRow(section, name, by[code], is_beneath=True) for code, name in RARE_ENDINGS.items() if by[code]]
    return Table(number, section, (*rows, ReportRow(section, "Total", sum(by.values()))))


def _table_6(counts: AnnualCounts) -> Table:
    days = [number for number in counts.working_days if number is not None]
    rows = [
        ("10 working days or less", sum(number <= 10 for number in days)),
        ("20 working days or less", sum(10 < number <= 20 for number in days)),
        ("Outside the statutory timescale", sum(number > 20 for number in days)),
    ]
    if len(days) < len(counts.accepted):
        rows.append(("Not yet answered", len(counts.accepted) - len(days)))
    return _with_total("6", "Complaint response times", rows)


def _by_code(number: str, section: str, names: dict[str, str], codes: Sequence[str], always: int = 99) -> Table:
    by = Counter(codes)
    rows = [(name, by[code]) for place, (code, name) in enumerate(names.items()) if place < always or by[code]]
    return _with_total(number, section, rows)


def _with_total(number: str, section: str, rows: Sequence[tuple[str, int]]) -> Table:
    total = sum(count for _, count in rows)
    return Table(
        number, section, (*(ReportRow(section, name, count) for name, count in rows), ReportRow(section, "Total", total))
    )
