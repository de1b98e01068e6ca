"""What a case refuses, beside the rules of the procedure."""

from dataclasses import dataclass


class CaseNotFound(Exception):
    """No such case, or not one that this person may know of."""


@dataclass
class ReasonNeeded(Exception):
    """The case is not one of theirs: they may open it when they say why."""

    reference: str


@dataclass
class ChangedMeanwhile(Exception):
    """Someone else changed the case while this page was open."""

    case_id: int

    def __str__(self) -> str:
        """Say what happened and what to do."""
        return (
            "Someone else changed this case while you had it open. What you typed is still here. "
            "Read what changed, then press again."
        )


@dataclass
class NotComplete(Exception):
    """Something must be said first; `needs` is the sentence."""

    needs: str

    def __str__(self) -> str:
        """Say what is needed."""
        return self.needs
