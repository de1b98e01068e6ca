"""The annual report: register rows in, tables out. Pure arithmetic, so that every figure can be traced to its rows.

A representation belongs to the year in which it was received. Tables 2 to 9 count complaints that were accepted as
statutory; Table 1 counts every complaint, and its rows add up to the total.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from portal.procedure.calendar import WorkingCalendar
from portal.reports.register_rows import COMPLIMENT, RegisterRow
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
SHORTEST, LONGEST = 10, 20  # working days
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
    """A year in numbers: what every table is made of. Statutory counts are of accepted complaints, the others of all."""

    rows: int = 0
    dispositions: Counter[str] = field(default_factory=Counter)
    from_children: int = 0
    compliments: int = 0
    stage_1: Counter[str] = field(default_factory=Counter)
    stage_2: Counter[str] = field(default_factory=Counter)
    stage_3: Counter[str] = field(default_factory=Counter)
    service_areas: Counter[str] = field(default_factory=Counter)
    subjects: Counter[tuple[str, str]] = field(default_factory=Counter)
    points: Counter[str] = field(default_factory=Counter)
    people: Counter[str] = field(default_factory=Counter)
    methods: Counter[str] = field(default_factory=Counter)
    days: Counter[int] = field(default_factory=Counter)  # working days from receipt to the answer

    @property
    def accepted(self) -> int:
        """Complaints that were accepted as statutory."""
        return self.dispositions["accepted"]

    @property
    def answered(self) -> int:
        """Accepted complaints that have their answer."""
        return self.days.total()

    @property
    def in_time(self) -> int:
        """Answers within the longest lawful time."""
        return sum(count for number, count in self.days.items() if number <= LONGEST)

    def __bool__(self) -> bool:
        """Whether anything was received."""
        return self.rows > 0


def count_rows(rows: Iterable[RegisterRow], calendar: WorkingCalendar) -> AnnualCounts:
    """Count a year's rows, in one pass of each kind."""
    rows = list(rows)
    complaints = [row for row in rows if row.kind == "complaint"]
    accepted = [row for row in complaints if row.disposition == "accepted"]
    answered = Counter((row.received_on, row.stage_1_responded_on) for row in accepted if row.stage_1_responded_on)
    days: Counter[int] = Counter()
    for (received_on, responded_on), count in answered.items():
        days[calendar.working_days_between(received_on, responded_on)] += count
    return AnnualCounts(
        rows=len(rows),
        dispositions=Counter(row.disposition for row in complaints),
        from_children=sum(row.complainant == "child_or_young_person" for row in complaints),
        compliments=sum(row.kind == COMPLIMENT for row in rows),
        stage_1=Counter(row.stage_1_outcome for row in accepted),
        stage_2=Counter(row.stage_2_outcome for row in complaints if row.stage_2_requested_on),
        stage_3=Counter(row.stage_3_outcome for row in complaints if row.stage_3_requested_on),
        service_areas=Counter(row.service_area for row in accepted),
        subjects=Counter((row.subject, row.sub_subject) for row in accepted),
        points=Counter(row.point_of_receipt for row in accepted),
        people=Counter(row.complainant for row in accepted),
        methods=Counter(row.method for row in accepted),
        days=days,
    )


def annual_tables(counts: AnnualCounts) -> list[Table]:
    """Tables 1 to 10 of a year."""
    return [
        _table_1(counts),
        _table_2(counts),
        _later_stage("3a", "Stage 2 outcomes", counts.stage_2),
        _later_stage("3b", "Stage 3 outcomes", counts.stage_3),
        table_4(counts.service_areas),
        table_5(counts.subjects),
        _table_6(counts),
        _by_code("7", "Point of receipt", POINTS, counts.points),
        _by_code("8", "Person making the complaint", PEOPLE, counts.people, ALWAYS_SHOWN),
        _by_code("9", "Method of receipt", METHODS, counts.methods),
        Table("10", "Compliments", (ReportRow("Compliments", "No. of Compliments", counts.compliments),)),
    ]


def _table_1(counts: AnnualCounts) -> Table:
    by = counts.dispositions
    other = by.total() - by["accepted"] - by["ineligible"] - by["open"]  # every other way to end, also one that is added
    section, rows = "Representations considered", [("Valid complaints processed", by["accepted"])]
    rows.append(("Withdrawn / not pursued / other", other))
    rows.append(("Ineligible", by["ineligible"]))
    if by["open"]:
        rows.append(("Not yet decided", by["open"]))
    return _with_total("1", section, rows)


def _table_2(counts: AnnualCounts) -> Table:
    by = counts.stage_1
    rows = [(name, by[code]) for code, name in zip(FOUND, FOUND_NAMES, strict=True)]
    return _with_total("2", "Stage 1 outcomes", [*rows, ("Outstanding", by[""])])


def _later_stage(number: str, section: str, by: Counter[str]) -> Table:
    """'Withdrawn' is every request that was not investigated, as the council publishes it; the rows beneath tell why."""
    rows = [ReportRow(section, name, by[code]) for code, name in zip(FOUND, FOUND_NAMES, strict=True)]
    rows += [
        ReportRow(section, "Open cases", by[""]),
        ReportRow(section, "Withdrawn", sum(by[code] for code in (*ENDINGS, *RARE_ENDINGS))),
    ]
    rows += [ReportRow(section, name, by[code], is_beneath=True) for code, name in ENDINGS.items()]
    rows += [ReportRow(section, name, by[code], is_beneath=True) for code, name in RARE_ENDINGS.items() if by[code]]
    return Table(number, section, (*rows, ReportRow(section, "Total", by.total())))


def _table_6(counts: AnnualCounts) -> Table:
    at_once = sum(count for number, count in counts.days.items() if number <= SHORTEST)
    rows = [
        ("10 working days or less", at_once),
        ("20 working days or less", counts.in_time - at_once),
        ("Outside the statutory timescale", counts.answered - counts.in_time),
    ]
    if counts.answered < counts.accepted:
        rows.append(("Not yet answered", counts.accepted - counts.answered))
    return _with_total("6", "Complaint response times", rows)


def _by_code(number: str, section: str, names: dict[str, str], by: Counter[str], always: int = 99) -> Table:
    rows = [(name, by[code]) for place, (code, name) in enumerate(names.items()) if place < always or by[code]]
    return _with_total(number, section, rows)


def _with_total(number: str, section: str, rows: Sequence[tuple[str, int]]) -> Table:
    total = sum(count for _, count in rows)
    return Table(
        number, section, (*(ReportRow(section, name, count) for name, count in rows), ReportRow(section, "Total", total))
    )
