"""What thanks add up to: a month for the Social Work Forum, and one person's own portfolio. Plain data."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from portal.compliments.models import Compliment
from portal.compliments.redaction import redacted
from portal.compliments.services.passing_on import words_to_pass_on
from portal.wording import day, label

NO_TEAM = "Not known yet"


@dataclass(frozen=True)
class Quote:
    """Something that may be shown: the words, whom they are for, and what the one who said it is."""

    words: str
    whom: str
    source: str
    on: date

    @property
    def told(self) -> str:
        """Who said it of whom, in a line."""
        return f"{self.source}, of {self.whom}" if self.whom else self.source


@dataclass(frozen=True)
class Digest:
    """Some time's thanks: how many, by team and by who gave them, and what may be quoted."""

    total: int
    by_team: list[tuple[str, int]]
    by_source: list[tuple[str, int]]
    quotes: list[Quote]

    @property
    def teams(self) -> list[str]:
        """The teams that were thanked."""
        return [team for team, _ in self.by_team if team != NO_TEAM]


def digest_of(found: Iterable[Compliment]) -> Digest:
    """The digest of some thanks. Thanks for two teams count for each of them; the total counts them once."""
    thanks = list(found)
    teams = Counter(team for one in thanks for team in teams_of(one))
    sources = Counter(source_of(one) for one in thanks)
    quotes = [quote_of(one) for one in thanks if one.may_be_quoted]
    return Digest(len(thanks), _sorted(teams), _sorted(sources), sorted(quotes, key=lambda one: one.on, reverse=True))


def teams_of(compliment: Compliment) -> list[str]:
    """The teams that thanks count for, each once."""
    teams = dict.fromkeys(one.team_name for one in compliment.for_whom if one.team_name and not one.is_guess)
    return list(teams) or [compliment.service_area or NO_TEAM]


def source_of(compliment: Compliment) -> str:
    """What the one who said thank you is: a court apart from other professionals."""
    return "Court" if compliment.is_from_court else label(compliment.source)


def quote_of(compliment: Compliment) -> Quote:
    """The quote that a second person looked at."""
    whom = ", ".join(one.name for one in compliment.for_whom if not one.is_guess)
    return Quote(compliment.quote or "", whom, source_of(compliment), compliment.received_on)


def portfolio_of(found: Sequence[Compliment], name: str) -> list[Quote]:
    """Someone's own thanks: the checked quote, or the words with everything taken out that may tell who a family is."""
    return [
        Quote(
            one.quote if one.quote and one.quote_checked_on else redacted(words_to_pass_on(one), [name]),
            "",
            source_of(one),
            one.received_on,
        )
        for one in found
    ]


def on_paper(title: str, lead: str, council: str, digest: Digest | None, quotes: Sequence[Quote]) -> dict[str, Any]:
    """A digest or a portfolio as the print template takes it."""
    counted = [("Team", digest.by_team), ("Who said it", digest.by_source)] if digest else []
    return {
        "title": title,
        "lead": lead,
        "council": council,
        "tables": [a_table(heading, rows) for heading, rows in counted if rows],
        "quotes": [{"words": one.words, "told": f"{one.told}, {day(one.on)}"} for one in quotes],
    }


def a_table(heading: str, rows: Iterable[tuple[str, int]]) -> dict[str, Any]:
    """Counts as a table of the print template."""
    return {"caption": f"By {heading.lower()}", "heads": [heading, "Thanks"], "rows": [[name, str(n)] for name, n in rows]}


def _sorted(counted: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
