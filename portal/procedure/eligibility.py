"""Who may complain, about what, by when: one part of a complaint at a time.

SI 2006/1738 regs 3-5, 8, 9, 11-12; Children Act 1989 s.26(3)-(3C), s.24D; the council's Appendix A. `assess` gathers
grounds and the questions still to ask. It never refuses: refusing is a person's decision, with reasons in writing.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from portal.procedure.errors import MoveNotAllowed
from portal.procedure.grounds import Ground, Matter
from portal.procedure.roads import Road, roads
from portal.procedure.routes import Route
from portal.procedure.time_limits import anniversary


class Complainant(StrEnum):
    """Who is complaining."""

    CHILD_OR_YOUNG_PERSON = "child_or_young_person"
    PARENT = "parent"
    FOSTER_CARER = "foster_carer"
    SPECIAL_GUARDIAN = "special_guardian"
    PROSPECTIVE_ADOPTER = "prospective_adopter"
    ADOPTIVE_PARENT = "adoptive_parent"
    SUFFICIENT_INTEREST = "sufficient_interest"
    ADVOCACY_SERVICE = "advocacy_service"
    CARE_LEAVER = "care_leaver"
    PROFESSIONAL = "professional"
    OTHER = "other"


class Proceedings(StrEnum):
    """Proceedings that run at the same time (SI 2006/1738 reg 8)."""

    NONE = "none"
    NOT_KNOWN = "said_to_run_not_known_which"
    COURT = "court"
    TRIBUNAL = "tribunal"
    DISCIPLINARY = "disciplinary"
    CRIMINAL = "criminal"


class Standing(StrEnum):
    """Where the facts point; a person decides."""

    ELIGIBLE = "eligible"
    NOT_ELIGIBLE = "not_eligible"
    HELD = "held"
    ASK = "ask"


class Question(StrEnum):
    """What still has to be asked before a person can decide."""

    SUFFICIENT_INTEREST = "sufficient_interest"
    CHILD_AGREES = "child_agrees"
    WHEN_IT_HAPPENED = "when_it_happened"
    REASONABLE_NOT_TO_COMPLAIN_SOONER = "reasonable_not_to_complain_sooner"
    STILL_FAIR_TO_CONSIDER = "still_fair_to_consider"
    WOULD_PREJUDICE = "would_prejudice"


IN_THEIR_OWN_RIGHT = frozenset(Complainant) - {
    Complainant.SUFFICIENT_INTEREST,
    Complainant.ADVOCACY_SERVICE,
    Complainant.PROFESSIONAL,
    Complainant.OTHER,
}
PROCEEDINGS_GROUND = {
    Proceedings.NOT_KNOWN: Ground.COURT_PROCEEDINGS,
    Proceedings.COURT: Ground.COURT_PROCEEDINGS,
    Proceedings.TRIBUNAL: Ground.TRIBUNAL_PROCEEDINGS,
    Proceedings.DISCIPLINARY: Ground.DISCIPLINARY_PROCEEDINGS,
    Proceedings.CRIMINAL: Ground.CRIMINAL_PROCEEDINGS,
}


@dataclass(frozen=True)
class Facts:
    """What is known of one part of a complaint. None means nobody has said yet."""

    complainant: Complainant
    matter: Matter
    received_on: date
    happened_on: date | None = None
    still_going_on: bool = False
    already_considered: bool = False
    has_sufficient_interest: bool | None = None
    child_agrees: bool | None = None
    reasonable_not_to_complain_sooner: bool | None = None
    still_fair_to_consider: bool | None = None
    proceedings: Proceedings = Proceedings.NONE
    would_prejudice: bool | None = None


@dataclass(frozen=True)
class Decision:
    """Where the facts point, on what grounds, by which route and road, and what must still be asked."""

    standing: Standing
    grounds: tuple[Ground, ...]
    questions: tuple[Question, ...]
    route: Route
    road: Road | None = None


def assess(facts: Facts) -> Decision:
    """Weigh one part of a complaint: matter, person, time, proceedings running at the same time."""
    road = roads.of_matter(facts.matter)
    if road is not None:
        return Decision(Standing.NOT_ELIGIBLE, (road.ground,), (), road.route, road)
    against: list[Ground] = []
    questions: list[Question] = []
    for weigh in (_already_considered, _person, _time):
        weigh(facts, against, questions)
    if against:
        return Decision(Standing.NOT_ELIGIBLE, tuple(against), tuple(questions), Route.NONE)
    if facts.proceedings is not Proceedings.NONE and facts.would_prejudice is not False:
        return _proceedings(facts, questions)
    grounds = (Ground.STATUTORY_MATTER, *((Ground.LATE_BUT_CONSIDERED,) if _is_late(facts) else ()))
    standing = Standing.ASK if questions else Standing.ELIGIBLE
    return Decision(standing, grounds, tuple(questions), Route.STATUTORY)


ROUTES_OF: dict[Standing, frozenset[Route]] = {
    Standing.ELIGIBLE: frozenset({Route.STATUTORY, Route.EARLY_RESOLUTION}),
    Standing.NOT_ELIGIBLE: frozenset(Route) - {Route.STATUTORY, Route.EARLY_RESOLUTION},
    Standing.HELD: frozenset({Route.COURT_OR_TRIBUNAL}),
    Standing.ASK: frozenset(),
}


def check_decision(decision: Standing, route: Route) -> None:
    """A person's decision and the way a part goes must agree. Raises MoveNotAllowed."""
    if route not in ROUTES_OF[decision]:
        ways = " or ".join(sorted(way.value.replace("_", " ") for way in ROUTES_OF[decision])) or "nowhere yet"
        raise MoveNotAllowed("decision", f"A part that is {decision.value.replace('_', ' ')} can go to: {ways}.")


def check_ground(decision: Standing, ground: Ground | None, found: Decision) -> None:
    """A refusal needs a true ground; nobody is late or the wrong person before the questions were answered (G7, G8)."""
    if decision is Standing.ELIGIBLE:
        return
    if ground in (None, Ground.STATUTORY_MATTER, Ground.LATE_BUT_CONSIDERED):
        raise MoveNotAllowed("ground", "Choose the ground on which this part is not heard.")
    if ground is Ground.OUT_OF_TIME and ground not in found.grounds:
        raise MoveNotAllowed(
            "G7", "Say when it happened, and answer both questions about a late complaint, before you refuse it."
        )
    if ground is Ground.NOT_A_PERSON_WHO_CAN_COMPLAIN and Question.SUFFICIENT_INTEREST in found.questions:
        raise MoveNotAllowed("G8", "First decide whether they have a sufficient interest, with reasons.")


def _already_considered(facts: Facts, against: list[Ground], questions: list[Question]) -> None:
    if facts.already_considered:
        against.append(Ground.ALREADY_CONSIDERED)


def _person(facts: Facts, against: list[Ground], questions: list[Question]) -> None:
    """Reg 12: another person's sufficient interest is a decision that someone takes, not a box that someone ticks."""
    if facts.complainant in IN_THEIR_OWN_RIGHT:
        return
    if facts.child_agrees is None:
        questions.append(Question.CHILD_AGREES)
    if facts.complainant is Complainant.ADVOCACY_SERVICE and facts.child_agrees is not False:
        return
    if facts.has_sufficient_interest is None:
        questions.append(Question.SUFFICIENT_INTEREST)
    elif not facts.has_sufficient_interest:
        against.append(Ground.NOT_A_PERSON_WHO_CAN_COMPLAIN)


def _is_late(facts: Facts) -> bool:
    happened_on = facts.happened_on
    return happened_on is not None and not facts.still_going_on and facts.received_on > anniversary(happened_on, 1)


def _time(facts: Facts, against: list[Ground], questions: list[Question]) -> None:
    """Reg 9: after a year the council may still consider it when both limbs of the test are met (guard G7)."""
    if facts.happened_on is None and not facts.still_going_on:
        questions.append(Question.WHEN_IT_HAPPENED)
    if not _is_late(facts):
        return
    limbs = {
        Question.REASONABLE_NOT_TO_COMPLAIN_SOONER: facts.reasonable_not_to_complain_sooner,
        Question.STILL_FAIR_TO_CONSIDER: facts.still_fair_to_consider,
    }
    if False in limbs.values():
        against.append(Ground.OUT_OF_TIME)
    else:
        questions.extend(question for question, answer in limbs.items() if answer is None)


def _proceedings(facts: Facts, questions: list[Question]) -> Decision:
    """Reg 8: the council may decline, in whole or in part, where to consider it would prejudice proceedings."""
    ground = PROCEEDINGS_GROUND[facts.proceedings]
    if facts.would_prejudice is None:
        return Decision(Standing.ASK, (ground,), (*questions, Question.WOULD_PREJUDICE), Route.STATUTORY)
    return Decision(Standing.HELD, (ground,), tuple(questions), Route.COURT_OR_TRIBUNAL)
