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
from portal.procedure.second_person import check_second_person
from portal.procedure.time_limits import anniversary


class Complainant(StrEnum):
    """Who is complaining (SI 2006/1738 regs 3-5; Children Act 1989 ss.24D, 26(3)-(3C)). A member is for a constituent."""

    CHILD_OR_YOUNG_PERSON = "child_or_young_person"
    PARENT = "parent"
    FOSTER_CARER = "foster_carer"
    SPECIAL_GUARDIAN = "special_guardian"
    PROSPECTIVE_ADOPTER = "prospective_adopter"
    ADOPTIVE_PARENT = "adoptive_parent"
    SUFFICIENT_INTEREST = "sufficient_interest"
    ADVOCACY_SERVICE = "advocacy_service"
    CARE_LEAVER = "care_leaver"
    PARENTAL_RESPONSIBILITY = "parental_responsibility"
    ADOPTED_PERSON = "adopted_person"
    BIRTH_RELATIVE = "birth_relative"
    FORMER_GUARDIAN = "former_guardian"
    MEMBER = "member"
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


class Weighed(StrEnum):
    """What is weighed when somebody's sufficient interest is decided: the child's views before all else (reg 12)."""

    CHILDS_VIEWS = "childs_views"
    CHILDS_WELFARE = "childs_welfare"
    RELATIONSHIP = "relationship"
    PART_IN_THEIR_LIFE = "part_in_their_life"
    WHAT_THEY_KNOW = "what_they_know"
    PARENTAL_RESPONSIBILITY = "parental_responsibility"


class ChildSays(StrEnum):
    """What the child says of it, when asked."""

    YES = "yes"
    NO = "no"
    CANNOT_SAY = "cannot_say"

    @property
    def agrees(self) -> bool | None:
        """Whether the child is content with it; None for one who cannot say."""
        return {ChildSays.YES: True, ChildSays.NO: False}.get(self)


@dataclass(frozen=True)
class Interest:
    """A decision on sufficient interest, with what was weighed and the reasons that the person will read."""

    is_sufficient: bool
    weighed: frozenset[Weighed]
    child_says: ChildSays | None
    childs_views: str
    reasons: str

    @property
    def child_agrees(self) -> bool | None:
        """Whether the child is content with it; None for one who cannot say, or was not asked."""
        return self.child_says.agrees if self.child_says is not None else None


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
    Complainant.MEMBER,
    Complainant.OTHER,
}
WEIGHED_LIGHTLY = 28  # days after the year: our own judgement, not the law's
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
    first_told_on: date | None = None  # when they first told of it, where that was before it was called a complaint


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


def check_interest(decided: Interest, asked_by: int | None, by: int | None) -> None:
    """Whether sufficient interest was decided and not only ticked (guard G8). Two people refuse somebody. MoveNotAllowed."""
    if not decided.reasons.strip():
        raise MoveNotAllowed("G8", "Give your reasons. They stand in the letter.")
    if Weighed.CHILDS_VIEWS not in decided.weighed or not decided.childs_views.strip():
        raise MoveNotAllowed("G8", "Weigh the child's views first: say what they are, or why the child could not be asked.")
    if decided.weighed - {Weighed.CHILDS_VIEWS} <= {Weighed.PARENTAL_RESPONSIBILITY}:
        raise MoveNotAllowed(
            "G8", "That they have no parental responsibility alone carries nothing. Say what else was weighed."
        )
    if decided.is_sufficient:
        return
    if decided.child_says is None:
        raise MoveNotAllowed("G8", "Ask the child first, or say why they cannot say. Nobody is refused before that.")
    weighed = ", ".join(one.replace("_", " ") for one in Weighed if one in decided.weighed)
    check_second_person(
        "G8",
        asked_by,
        by,
        f"Somebody is refused for want of a sufficient interest. Weighed: {weighed}. {decided.reasons.strip()}",
    )


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
    return _days_late(facts) > 0


def _days_late(facts: Facts) -> int:
    """Days after the year was over; what they told earlier, and in other words, counts for them."""
    if facts.happened_on is None or facts.still_going_on:
        return 0
    told_on = min(facts.received_on, facts.first_told_on or facts.received_on)
    return (told_on - anniversary(facts.happened_on, 1)).days


def _time(facts: Facts, against: list[Ground], questions: list[Question]) -> None:
    """Reg 9: after a year the council may still consider it when both limbs of the test are met (guard G7).

    A few days are weighed lightly: such a part is taken, unless both limbs are answered with no.
    """
    if facts.happened_on is None and not facts.still_going_on:
        questions.append(Question.WHEN_IT_HAPPENED)
    if not _is_late(facts):
        return
    limbs = {
        Question.REASONABLE_NOT_TO_COMPLAIN_SOONER: facts.reasonable_not_to_complain_sooner,
        Question.STILL_FAIR_TO_CONSIDER: facts.still_fair_to_consider,
    }
    if _days_late(facts) <= WEIGHED_LIGHTLY:
        if set(limbs.values()) == {False}:
            against.append(Ground.OUT_OF_TIME)
        return
    if None not in limbs.values() and False in limbs.values():
        against.append(Ground.OUT_OF_TIME)
    else:
        questions.extend(question for question, answer in limbs.items() if answer is None)


def _proceedings(facts: Facts, questions: list[Question]) -> Decision:
    """Reg 8: the council may decline, in whole or in part, where to consider it would prejudice proceedings."""
    ground = PROCEEDINGS_GROUND[facts.proceedings]
    if facts.would_prejudice is None:
        return Decision(Standing.ASK, (ground,), (*questions, Question.WOULD_PREJUDICE), Route.STATUTORY)
    return Decision(Standing.HELD, (ground,), tuple(questions), Route.COURT_OR_TRIBUNAL)
