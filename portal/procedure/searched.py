"""That there are no records is said only with what was searched: an absence is found, not assumed."""

import re

from portal.procedure.errors import MoveNotAllowed

NOT_THERE = re.compile(
    r"\b(?:no|not any|without|lack of|missing|lost|destroyed|(?:could|can|did|do)(?:\s?not|n['’]t) (?:find|locate|trace))"
    r"(?:\s+(?:any|the|such|case|written|paper|electronic|old|relevant|our|these|those)){0,3}\s+"
    r"(?:records?|notes?|files?|minutes|documents?|paperwork)\b",
    re.IGNORECASE,
)


def says_no_records(text: str) -> bool:
    """Whether a text says that records are not there."""
    return NOT_THERE.search(text) is not None


def check_searched(text: str, searched: str) -> None:
    """Let a text that says that there are no records stand only with what was searched. Raises MoveNotAllowed."""
    if says_no_records(text) and not searched.strip():
        raise MoveNotAllowed(
            "records",
            "You write that records are not there. Say what was searched: systems and files, dates, and by whom.",
        )
