"""What has to be done next, said once: in the queue, on the case, who holds it, how many working days are needed."""

from dataclasses import dataclass
from enum import Enum, auto

from portal.cases.models import LetterWay, NextAction
from portal.procedure.independence import Seat


class Holder(Enum):
    """Who holds a next action by a place on the running stage; where nobody has that place, it is the team's."""

    TEAM = auto()
    TEAM_MANAGER = auto()
    SENIOR_MANAGER = auto()


@dataclass(frozen=True)
class Next:
    """A next action in words.

    `needs` is how many working days it takes with all that follows in its stage: our own judgement, not the law's.
    """

    in_queue: str
    on_case: str
    needs: int = 1
    holder: Holder | Seat = Holder.TEAM


NEXT: dict[NextAction, Next] = {
    NextAction.CHECK_SAFEGUARDING: Next(
        "Read it and check safeguarding",
        "Read what was said. Then say whether a child may be at risk. Nothing else can be done first.",
    ),
    NextAction.DECIDE_PARTS: Next(
        "Decide each part",
        "Say who is complaining, then decide each part. Can it be settled by the next working day? Then close"
        " it with who confirmed that.",
    ),
    NextAction.SIGN_PARTS: Next(
        "A second person must sign",
        "A part leaves the statutory procedure although the facts do not rule that one out. Someone else of "
        "the team must read it and sign.",
    ),
    NextAction.TELL_DECISION: Next(
        "Send the letter",
        "Every part is decided. One letter tells the person.",
    ),
    NextAction.ACKNOWLEDGE: Next(
        "Acknowledge",
        "Tell the person that stage 1 runs.",
    ),
    NextAction.ALLOCATE: Next(
        "Choose the senior manager",
        "Give stage 1 to a senior manager.",
        needs=8,
    ),
    NextAction.APPOINT: Next(
        "Appoint the team manager",
        "The senior manager appoints the team manager who looks into it.",
        needs=7,
        holder=Holder.SENIOR_MANAGER,
    ),
    NextAction.WRITE_ANSWER: Next(
        "Write the answer",
        "The team manager looks into each part and writes the answer.",
        needs=6,
        holder=Holder.TEAM_MANAGER,
    ),
    NextAction.CHECK_ANSWER: Next(
        "Check the answer",
        "The Customer Relations Team checks the answer. Whoever wrote it cannot check it.",
        needs=2,
    ),
    NextAction.SEND_ANSWER: Next(
        "Send the answer",
        "The answer is checked. Send it with a finding on each part.",
    ),
    NextAction.AGREE_STATEMENT: Next(
        "Agree the statement of complaint",
        "Agree the statement of complaint with the person. After two attempts the investigation can go on without.",
        needs=18,
    ),
    NextAction.APPOINT_INVESTIGATOR: Next(
        "Appoint the investigating officer",
        "Appoint the investigating officer. They may help to agree the statement of complaint.",
        needs=20,
    ),
    NextAction.APPOINT_INDEPENDENT_PERSON: Next(
        "Appoint the independent person",
        "Appoint the independent person. Until then no interview can be held.",
        needs=19,
    ),
    NextAction.INVESTIGATE: Next(
        "Investigate",
        "The investigating officer finds on each part, below under Stages, and then hands in the report.",
        needs=12,
        holder=Seat.INVESTIGATING_OFFICER,
    ),
    NextAction.COMMENT: Next(
        "The independent person comments",
        "The independent person comments on each finding, below under Stages, and then hands in their own report.",
        needs=6,
        holder=Seat.INDEPENDENT_PERSON,
    ),
    NextAction.ADJUDICATE: Next(
        "Decide on the findings",
        "Both reports are in. A senior manager decides on each finding.",
        needs=4,
        holder=Holder.SENIOR_MANAGER,
    ),
    NextAction.RESPOND: Next(
        "Answer stage 2",
        "The decision is made. Send the answer with both reports.",
    ),
    NextAction.DECIDE_LATENESS: Next(
        "Decide on the late request",
        "The request came later than 20 working days. Decide, with reasons, whether it is heard.",
        needs=20,
    ),
    NextAction.APPOINT_PANEL: Next(
        "Appoint the panel",
        "Appoint three independent people, one of whom chairs.",
        needs=15,
    ),
    NextAction.HOLD_PANEL: Next(
        "Hold the panel",
        "Call the panel and invite the person. Say so when it has met.",
        needs=5,
    ),
    NextAction.REPORT_PANEL: Next(
        "The panel reports",
        "The panel finds on each part, below under Stages. Its report goes to everyone whom the law names.",
        needs=3,
        holder=Seat.PANEL_CHAIR,
    ),
    NextAction.RESPOND_TO_PANEL: Next(
        "Answer the panel",
        "The director decides together with the independent person. Then the answer goes.",
        needs=4,
        holder=Holder.SENIOR_MANAGER,
    ),
    NextAction.OPEN_STAGE: Next(
        "They asked for the next stage",
        "They asked for the next stage before it could open. Ask whether they still want it.",
    ),
    NextAction.ACKNOWLEDGE_STRAND: Next(
        "Acknowledge a part",
        "A part goes its own way. Acknowledge it, below under Parts.",
    ),
    NextAction.ANSWER_STRAND: Next(
        "Answer a part",
        "A part goes its own way. Answer it, below under Parts.",
        needs=4,
    ),
    NextAction.PASS_ON: Next(
        "Pass a part on",
        "A part is with someone else. Tell the person who has it and what came of it, below under Parts.",
    ),
    NextAction.REVIEW_HOLD: Next(
        "Look at a hold again",
        "A part is held for proceedings. Look at it again by its day, below under Parts.",
    ),
    NextAction.TAKE_UP_AGAIN: Next(
        "A held part comes back",
        "The proceedings ended. The part that was held comes back by itself on this day, as a case of its own.",
    ),
    NextAction.ANSWER_OMBUDSMAN: Next(
        "Answer the Ombudsman",
        "The Ombudsman asked something. Its date does not move.",
        needs=4,
    ),
    NextAction.DO_REMEDY: Next(
        "Do what the Ombudsman asked",
        "The Ombudsman asked for a remedy. Its date does not move.",
        needs=4,
    ),
    NextAction.READ_REPLY: Next(
        "Read what they wrote back",
        "They wrote back. Read it below. Does a child need help now? Do they ask for more?",
    ),
    NextAction.DELIVER_LETTER: Next(
        "See that a letter leaves",
        "A letter is written and has not left. An email leaves by itself. One for paper or the telephone: "
        "post it or read it out, then say so below, under Letters and messages. Until then the clock runs.",
    ),
    NextAction.KEEP_PROMISE: Next(
        "Do what we promised",
        "They were told that something happens by this day. It stands below, under What we promised. Do it, "
        "or write to them before the day is over. Otherwise a letter says sorry by itself.",
    ),
    NextAction.MEND_ADDRESS: Next(
        "A letter did not arrive",
        "A letter did not arrive: below, under Letters and messages, it says why. Find out how to reach them,"
        " post it or read it out, and say so there.",
    ),
    NextAction.KEEP_SAFE: Next(
        "See today that they are safe",
        "They say that someone treated them badly because they told us. See today that they are safe, then "
        "say below what was done.",
    ),
    NextAction.LOOK_AGAIN: Next(
        "They say that it is not sorted",
        "They say that it is not sorted. Look at it again, then say below what was done.",
    ),
    NextAction.ANSWER_WISH: Next(
        "They want to take it back",
        "They want to take it back, or want it deleted. Decide, then say below what was done.",
    ),
    NextAction.FIND_ADVOCATE: Next(
        "Find an advocate",
        "They want an advocate. Tell the advocacy service only what they agreed to, then say below what was done.",
    ),
    NextAction.COUNTERSIGN: Next(
        "A second person must agree",
        "A colleague asks for something that takes two people. Somebody else of the team must read it, then agree, "
        "or say why not.",
    ),
    NextAction.NOTHING: Next(
        "Nothing",
        "Nothing.",
    ),
}


def held_by(holder: Holder | Seat) -> frozenset[NextAction]:
    """The next actions of whoever has a place."""
    return frozenset(code for code, one in NEXT.items() if one.holder is holder)


OF_TEAM_MANAGER, OF_SENIOR_MANAGER = held_by(Holder.TEAM_MANAGER), held_by(Holder.SENIOR_MANAGER)
OF_SEAT = {code: one.holder for code, one in NEXT.items() if isinstance(one.holder, Seat)}
LETTER_GOES: dict[LetterWay, str] = {
    LetterWay.EMAIL: "The letter leaves by email within a minute.",
    LetterWay.BY_HAND: "The letter has not left yet: post it or read it to them, then say so under Letters and messages.",
    LetterWay.PAGE: "The letter is on their own page now.",
    LetterWay.KEPT: "Nobody can reach them: the letter is kept here until they come.",
}
