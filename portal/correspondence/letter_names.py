"""What each kind of letter is called, on paper and on the case's page."""

from portal import wording

LETTERS_OF_OTHER_PARTS = (
    "strand_",
    "passed_on",
    "hold_",
    "proceedings_ended",
    "late_strand",
    "decision",
    "road_changed",
    "you_said",
)
FOR_A_CHILD = "A letter for you"
NAMES = {
    "acknowledgement": "We are looking into your complaint",
    "answer": "Our answer at stage 1",
    "asked_to_stop": "Do you want to stop?",
    "closed": "We have closed your complaint",
    "decision": "What happens to each part of your complaint",
    "early_referral": "Your complaint goes to the Ombudsman",
    "extension": "We need more time for stage 1",
    "goes_on": "We go on with your complaint",
    "hold_reviewed": "The part of your complaint that is held",
    "late_stage_1": "We are late with our answer",
    "late_stage_2": "We are late with our answer at stage 2",
    "late_stage_3": "We are late at stage 3",
    "late_strand": "We are late with a part of your complaint",
    "meeting_offered": "An offer to meet",
    "member_answer": "Our answer to a councillor or an MP",
    "message": "A message from us",
    "new_date": "A new day for our answer",
    "panel_notice": "The panel that looks at your complaint",
    "panel_report": "The panel's report",
    "promise_passed": "We did not do what we said in time",
    "passed_on": "Who answers a part of your complaint",
    "proceedings_ended": "You can come back to us",
    "promised_letter": "The letter that we promised",
    "reply": "A reply",
    "road_changed": "A part of your complaint goes another way",
    "right_to_stage_2": "You may go on to stage 2",
    "sorted_question": "Did it get sorted?",
    "statement": "What stage 2 looks into",
    "stage_2_answer": "Our answer at stage 2",
    "stage_2_extension": "We need more time for stage 2",
    "stage_3_answer": "Our answer to the panel",
    "stage_ended": "A stage of your complaint has ended",
    "stage_requested": "You asked for the next stage",
    "strand_acknowledged": "We are looking into a part of your complaint",
    "strand_answer": "Our answer to a part of your complaint",
    "strand_extended": "We need more time for a part of your complaint",
    "you_said": "You said, we did",
}


def letter_name(kind: str) -> str:
    """A kind of letter in words."""
    return NAMES.get(kind) or wording.label(kind)
