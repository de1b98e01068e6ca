"""Which keyed marks stand for words and people in the tables that lists and search ask: by group of cases, and by person."""

import hmac
from collections.abc import Iterable

from portal.sealing.hashes import marks_of
from portal.sealing.ring import Purpose, PurposeKey, ring

CASES_IN_A_GROUP = 128


def group_of(case_id: int) -> int:
    """The group of a case: those that came shortly before and after it."""
    return case_id // CASES_IN_A_GROUP


def marks_in_all_groups(word: str, newest_case_id: int) -> list[int]:
    """Every mark that a word can have in the index, under every version of the key; those of the newest cases first."""
    groups = range(group_of(newest_case_id), -1, -1)
    return [mark for key in ring.every(Purpose.SEARCH) for mark in marks_of(word, groups, key)]


def marks_of_case(words: Iterable[str], case_id: int, key: PurposeKey) -> frozenset[int]:
    """The marks of words in the group of a case."""
    group = group_of(case_id)
    return frozenset(mark for word in words for mark in marks_of(word, (group,), key))


def person_mark(person_id: int, key: PurposeKey | None = None) -> int:
    """The mark of a person on walls, under a version of the key; under the newest if none is given."""
    made = (key or ring.newest(Purpose.SEARCH)).made_for("wall")
    return int.from_bytes(hmac.digest(made, str(person_id).encode(), "sha256")[:8], "big") >> 1


def person_marks(person_ids: Iterable[int]) -> list[int]:
    """The marks of people on walls under every version of the key: nobody slips through a wall while it is replaced."""
    return [person_mark(person_id, key) for person_id in person_ids for key in ring.every(Purpose.SEARCH)]
