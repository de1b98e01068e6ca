"""Who may investigate, watch over an investigation, or sit on a panel (guard G13).

SI 2006/1738 reg 2: an independent person is not a member or an officer of the council, nor the spouse or civil partner of
one. Reg 19(3): whoever was the independent person at stage 2 does not sit on the panel. An investigating officer may be an
officer, but outside the line of management and without earlier knowledge of the complaint (the council's Appendix B).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Seat(StrEnum):
    """What someone is appointed to."""

    INVESTIGATING_OFFICER = "investigating_officer"
    INDEPENDENT_PERSON = "independent_person"
    PANEL_CHAIR = "panel_chair"
    PANEL_MEMBER = "panel_member"


STAGE_OF = {Seat.INVESTIGATING_OFFICER: 2, Seat.INDEPENDENT_PERSON: 2, Seat.PANEL_CHAIR: 3, Seat.PANEL_MEMBER: 3}
ON_THE_PANEL = frozenset({Seat.PANEL_CHAIR, Seat.PANEL_MEMBER})
PANEL_SIZE = 3


@dataclass(frozen=True)
class Candidate:
    """What is known of someone who may be appointed, on this case."""

    key: int
    works_for_council: bool = False
    is_member: bool = False
    household_works_for_council: bool = False
    in_line_of_management: bool = False
    knew_of_complaint: bool = False
    available_from: date | None = None
    available_until: date | None = None


def conflicts(seat: Seat, someone: Candidate, held_before: Collection[tuple[Seat, int]], on: date) -> tuple[str, ...]:
    """Why someone cannot take a seat, each as a sentence with the rule; nothing when they can.

    `held_before` is every seat of this case with the key of who held or holds it.
    """
    found = []
    if someone.is_member:
        found.append("They are a member of this council, so they are not independent (SI 2006/1738 reg 2).")
    if seat is not Seat.INVESTIGATING_OFFICER:
        if someone.works_for_council:
            found.append("They are an officer of this council, so they are not independent (SI 2006/1738 reg 2).")
        if someone.household_works_for_council:
            found.append(
                "Their spouse or civil partner is a member or an officer of this council, so they are not independent "
                "(SI 2006/1738 reg 2)."
            )
    if someone.in_line_of_management:
        found.append("They manage the service that is complained about, or report to it.")
    if someone.knew_of_complaint:
        found.append("They knew of the complaint before, or took part in what it is about.")
    found += _seats_held(seat, someone.key, held_before)
    starts, ends = someone.available_from or on, someone.available_until or on
    if not starts <= on <= ends:
        found.append("The register says that they are not available on that day.")
    return tuple(found)


def _seats_held(seat: Seat, key: int, held_before: Collection[tuple[Seat, int]]) -> list[str]:
    held = {before for before, holder in held_before if holder == key}
    if seat in ON_THE_PANEL and Seat.INDEPENDENT_PERSON in held:
        return ["They were the independent person at stage 2, so they cannot sit on the panel (SI 2006/1738 reg 19(3))."]
    if seat in ON_THE_PANEL and Seat.INVESTIGATING_OFFICER in held:
        return ["They investigated this complaint at stage 2, so they cannot sit on the panel."]
    if STAGE_OF[seat] == 2 and held & {Seat.INVESTIGATING_OFFICER, Seat.INDEPENDENT_PERSON}:
        return ["The investigating officer and the independent person are two people, and they already hold such a seat."]
    return ["They already sit on this panel."] if held & ON_THE_PANEL and seat in ON_THE_PANEL else []


def panel_is_complete(seats: Collection[Seat]) -> bool:
    """Three independent people, one of whom chairs (SI 2006/1738 reg 19)."""
    panel = [seat for seat in seats if seat in ON_THE_PANEL]
    return len(panel) == PANEL_SIZE and panel.count(Seat.PANEL_CHAIR) == 1
