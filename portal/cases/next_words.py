"""What the case's page says of the next action of a later stage, with the steps that do it."""

from dataclasses import dataclass

from portal.cases.models import NextAction
from portal.people.roles import Permission

TEAM, INVESTIGATION, INDEPENDENT, PANEL, DECISION = (
    *("team_step", "investigation_step", "independent_step"),
    *("panel_step", "decision_step"),
)


@dataclass(frozen=True)
class Next:
    """A sentence, and the steps with their words, their kind of page, and the action they need."""

    words: str
    steps: tuple[tuple[str, str, str, Permission], ...] = ()


def _team(slug: str, words: str) -> tuple[str, str, str, Permission]:
    return slug, words, TEAM, Permission.TRIAGE


NEXT: dict[str, Next] = {
    NextAction.APPOINT_INVESTIGATOR: Next(
        "Appoint the investigating officer. They may help to agree the statement of complaint.",
        (_team("appoint-investigating-officer", "Appoint the investigating officer"),),
    ),
    NextAction.APPOINT_INDEPENDENT_PERSON: Next(
        "Appoint the independent person. Until then no interview can be held.",
        (_team("appoint-independent-person", "Appoint the independent person"),),
    ),
    NextAction.AGREE_STATEMENT: Next(
        "Agree the statement of complaint with the person. After two attempts the investigation can go on without.",
        (
            _team("statement", "Write the statement of complaint"),
            _team("attempt", "Record an attempt to agree it"),
            _team("agreed", "The person agreed the statement"),
        ),
    ),
    NextAction.INVESTIGATE: Next(
        "The investigating officer finds on each part, below under Stages, and then hands in the report.",
        (
            ("report", "Hand in the report", INVESTIGATION, Permission.INVESTIGATE),
            ("interview", "Record an interview now", INVESTIGATION, Permission.INVESTIGATE),
        ),
    ),
    NextAction.COMMENT: Next(
        "The independent person comments on each finding, below under Stages, and then hands in their own report.",
        (("report", "Hand in the independent person's report", INDEPENDENT, Permission.COMMENT),),
    ),
    NextAction.ADJUDICATE: Next(
        "Both reports are in. A senior manager decides on each finding.",
        (
            ("decide-2", "Decide on the findings", DECISION, Permission.ADJUDICATE),
            _team("decider-2", "Choose the senior manager who decides"),
        ),
    ),
    NextAction.RESPOND: Next(
        "The decision is made. Send the answer with both reports.", (_team("answer-2", "Send the answer"),)
    ),
    NextAction.DECIDE_LATENESS: Next(
        "The request came later than 20 working days. Decide, with reasons, whether it is heard.",
        (_team("lateness", "Decide on the late request"),),
    ),
    NextAction.APPOINT_PANEL: Next(
        "Appoint three independent people, one of whom chairs.",
        (_team("appoint-panel-chair", "Choose the chair"), _team("appoint-panel-member", "Choose a member")),
    ),
    NextAction.HOLD_PANEL: Next(
        "Call the panel and invite the person. Say so when it has met.",
        (_team("call-panel", "Call and invite"), _team("panel-met", "The panel met")),
    ),
    NextAction.REPORT_PANEL: Next(
        "The panel finds on each part, below under Stages. Its report goes to everyone whom the law names.",
        (("report", "Hand in the panel's report", PANEL, Permission.SIT_ON_PANEL),),
    ),
    NextAction.RESPOND_TO_PANEL: Next(
        "The director decides together with the independent person. Then the answer goes.",
        (
            ("decide-3", "Decide on the panel's findings", DECISION, Permission.ADJUDICATE),
            _team("decider-3", "Choose the director who decides"),
            _team("answer-3", "Send the answer to the panel"),
        ),
    ),
    NextAction.KEEP_SAFE: Next(
        "They say that someone treated them badly because they told us. See today that they are safe, then say below what "
        "was done."
    ),
    NextAction.LOOK_AGAIN: Next("They say that it is not sorted. Look at it again, then say below what was done."),
    NextAction.ANSWER_WISH: Next("They want to take it back, or want it deleted. Decide, then say below what was done."),
    NextAction.FIND_ADVOCATE: Next(
        "They want an advocate. Tell the advocacy service only what they agreed to, then say below what was done."
    ),
    NextAction.DELIVER_LETTER: Next(
        "A letter is written and has not left. An email leaves by itself. One for paper or the telephone: post it or "
        "read it out, then say so below, under Letters and messages. Until then the clock runs."
    ),
    NextAction.MEND_ADDRESS: Next(
        "A letter did not arrive: below, under Letters and messages, it says why. Find out how to reach them, post it or "
        "read it out, and say so there."
    ),
    NextAction.KEEP_PROMISE: Next(
        "They were told that something happens by this day. It stands below, under What we promised. Do it, or write to "
        "them before the day is over. Otherwise a letter says sorry by itself."
    ),
    NextAction.OPEN_STAGE: Next("They asked for the next stage before it could open. Ask whether they still want it."),
    NextAction.ACKNOWLEDGE_STRAND: Next("A part goes its own way. Acknowledge it, below under Parts."),
    NextAction.ANSWER_STRAND: Next("A part goes its own way. Answer it, below under Parts."),
    NextAction.PASS_ON: Next(
        "A part is with someone else. Tell the person who has it and what came of it, below under Parts."
    ),
    NextAction.REVIEW_HOLD: Next("A part is held for proceedings. Look at it again by its day, below under Parts."),
    NextAction.TAKE_UP_AGAIN: Next("The proceedings ended. The person may come back with the part that was held."),
    NextAction.ANSWER_OMBUDSMAN: Next("The Ombudsman asked something. Its date does not move."),
    NextAction.DO_REMEDY: Next("The Ombudsman asked for a remedy. Its date does not move."),
}
PROMISED = {
    "read": "That somebody reads it",
    "say_read": "To tell them that it was read",
    "answer": "An answer",
    "at_most": "The longest that the answer can take",
    "meet": "That the panel meets",
    "write": "To write to them again",
    "review": "To look again at the part that is held",
    "open": "That the next stage begins by itself",
}
LIMITS = {
    "statutory.acknowledge": "Acknowledge the complaint",
    "statutory.stage_1.response": "Answer at stage 1",
    "statutory.stage_2.response": "Answer at stage 2",
    "statutory.stage_2.response_after_report": "Answer at stage 2, after the report",
    "statutory.stage_3.panel_meets": "The panel meets",
    "statutory.stage_3.panel_report": "The panel reports",
    "statutory.stage_3.council_response": "Answer to the panel",
    "corporate.stage_1.acknowledge": "Acknowledge a corporate part",
    "corporate.stage_1.response": "Answer a corporate part",
    "corporate.stage_2.acknowledge": "Acknowledge stage 2 of a corporate part",
    "corporate.stage_2.response": "Answer stage 2 of a corporate part",
    "data_protection.acknowledge": "Acknowledge a part about personal data",
}
