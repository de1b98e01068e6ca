"""What the rules refuse. Each error carries facts; the page that shows it chooses the words."""

from dataclasses import dataclass
from datetime import date


class RuleError(Exception):
    """A rule of the procedure does not allow what was asked."""


@dataclass
class CalendarTooShort(RuleError):
    """The count would pass the last day for which bank holidays are known."""

    day: date
    known_from: date
    known_until: date

    def __str__(self) -> str:
        """Say what happened and what to do next."""
        return (
            f"{self.day:%-d %B %Y} is outside the bank holidays that are known "
            f"({self.known_from:%-d %B %Y} to {self.known_until:%-d %B %Y}). "
            "An administrator can add later bank holidays, then try again."
        )


@dataclass
class UnknownLimit(RuleError):
    """No limit has this id, or none in this profile, or none is in force on that day."""

    limit_id: str
    known: tuple[str, ...]
    why: str = "is not a limit"

    def __str__(self) -> str:
        """Say what happened and what to choose from."""
        return f"{self.limit_id!r} {self.why}. The choices are: {', '.join(self.known)}."


@dataclass
class CannotBeExtended(RuleError):
    """The limit has no lawful extension."""

    limit_id: str

    def __str__(self) -> str:
        """Say what happened."""
        return f"{self.limit_id} cannot be extended."


@dataclass
class MoveNotAllowed(RuleError):
    """A guard holds this move back; `guard` names the rule and `needs` what is missing."""

    guard: str
    needs: str

    def __str__(self) -> str:
        """Say what is needed first."""
        return self.needs
