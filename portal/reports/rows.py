"""What a table is made of, and the two tables whose rows a council names itself: service areas and subjects."""

from collections import Counter
from dataclasses import dataclass

from portal.categories import PLAIN_SUBJECTS, SERVICE_AREAS, SUBJECTS

ALL = "(all)"


@dataclass(frozen=True)
class ReportRow:
    """One line of a table. A line beneath another splits it and is not added to the total again."""

    section: str
    name: str
    count: int
    is_beneath: bool = False

    @property
    def key(self) -> tuple[str, str]:
        """What the line is known by from year to year."""
        return (self.section, self.name)


@dataclass(frozen=True)
class Table:
    """One numbered table."""

    number: str
    title: str
    rows: tuple[ReportRow, ...]

    @property
    def total(self) -> int:
        """What the table adds up to."""
        return self.rows[-1].count


NOT_SAID = "Not said"


def service_area_key(service_area: str) -> tuple[str, str]:
    """`Service / Team` as section and row; a team alone has no section."""
    section, gap, name = service_area.partition(" / ")
    return (section, name) if gap else ("", service_area or NOT_SAID)


def table_4(areas: Counter[str]) -> Table:
    """By service and team: those of the published report, then any other that was named."""
    by: Counter[tuple[str, str]] = Counter()
    for area, count in areas.items():
        by[service_area_key(area)] += count
    keys = [*SERVICE_AREAS, *(key for key in sorted(by) if key not in SERVICE_AREAS)]
    rows = [ReportRow(section, name, by[section, name]) for section, name in keys]
    return Table("4", "Service area", (*rows, ReportRow("", "Total", areas.total())))


def table_5(beneath: Counter[tuple[str, str]]) -> Table:
    """By subject, with the sub-subjects of those that have them beneath."""
    by: Counter[str] = Counter()
    for (subject, _), count in beneath.items():
        by[subject] += count
    rows: list[ReportRow] = []
    for subject, named in SUBJECTS.items():
        rows.append(ReportRow(subject, ALL, by[subject]))
        others = sorted(sub for subject_, sub in beneath if subject_ == subject and sub and sub not in named)
        rows += [ReportRow(subject, sub, beneath[subject, sub], is_beneath=True) for sub in (*named, *others)]
    plain = [*PLAIN_SUBJECTS, *sorted(name for name in by if name and name not in PLAIN_SUBJECTS and name not in SUBJECTS)]
    rows += [ReportRow("", name, by[name]) for name in plain]
    if by[""]:
        rows.append(ReportRow("", NOT_SAID, by[""]))
    return Table("5", "Subject", (*rows, ReportRow("", "Total", beneath.total())))
