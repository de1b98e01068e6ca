"""Entries for a calendar that come by email (RFC 5545): what they ask, and what somebody typed into them."""

import re
from dataclasses import dataclass

from portal.incoming_email.parsing.banners import only_of, without_banners

MAX_CALENDAR_LENGTH = 200_000
FOLDED = re.compile(r"\r?\n[ \t]")
FIELD = re.compile(r"^(?P<name>[A-Z-]{2,30})(?P<more>;[^\n:\"]*(?:\"[^\"\n]*\"[^\n:\"]*)*)?:(?P<value>.*)$", re.M)
CALLED = re.compile(r"CN=\"?([^\";:]{1,120})")
ANSWERS = frozenset("REQUEST REPLY CANCEL COUNTER DECLINECOUNTER ADD REFRESH PUBLISH".split())
OF_TIME = re.compile(
    r"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b|"
    r"\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}\b|"
    r"\b(?:am|pm|gmt|bst|utc|from|to|at|time|united kingdom|greenwich mean|weekly|daily|on)\b|\d+(?:am|pm)?|\W",
    re.I,
)


@dataclass(frozen=True)
class Entry:
    """One entry: what it asks (RFC 5546), what somebody typed, and what it says by itself, such as who is invited."""

    method: str
    typed: str
    facts: str

    @property
    def is_a_message(self) -> bool:
        """Whether a calendar program sent it to another."""
        return self.method in ANSWERS


def entry_of(calendar: str) -> Entry:
    """Read an entry for a calendar."""
    told: dict[str, list[str]] = {}
    names = list[str]()
    for found in FIELD.finditer(FOLDED.sub("", calendar[:MAX_CALENDAR_LENGTH]).replace("\r", "")):
        told.setdefault(found["name"], []).append(_plain(found["value"]))
        names += CALLED.findall(found["more"] or "")
    typed = "\n".join(dict.fromkeys(one for name in ("COMMENT", "DESCRIPTION") for one in told.get(name, []) if one.strip()))
    known = [value for name in ("SUMMARY", "LOCATION", "ATTENDEE", "ORGANIZER") for value in told.get(name, [])]
    return Entry(next(iter(told.get("METHOD", [])), "").strip().upper(), typed.strip(), "\n".join([*known, *names]))


def typed_by_a_person(words: str, entries: list[Entry]) -> str:
    """What is left of an invitation when all is taken out that calendars write by themselves."""
    facts = {"organizer", "organiser", "creator", "optional"}
    facts |= {word for entry in entries for word in re.findall(r"\w+", entry.facts.casefold())}
    rows = without_banners(words).split("\n")
    return "\n".join(row for row in rows if not (only_of(row, "calendar") or _says_only(row, facts))).strip()


def _says_only(row: str, facts: set[str]) -> bool:
    return set(OF_TIME.sub(" ", row.casefold()).split()) <= facts


def _plain(value: str) -> str:
    """A value without its escapes (RFC 5545, 3.3.11)."""
    return re.sub(r"\\(.)", lambda one: "\n" if one[1] in "nN" else one[1], value)
