"""What limits and promises are called on the page of a case and on the person's own page."""

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
    "data_protection.response": "Answer a part about personal data",
    "statutory.stages_1_and_2": "Stages 1 and 2 together",
}
