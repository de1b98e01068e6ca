"""What can happen before a stage begins, with the facts each event carries."""

from portal.audit.events import declare

CASE_HANDED_TO = declare("case_handed_to", "handler_id")


SAFEGUARDING_CHECKED = declare("safeguarding_checked", "at_risk", "handed_over_to", is_for_outsiders=True)


STANDING_DECIDED = declare(
    "standing_decided", "complainant", "has_sufficient_interest", "child_agrees", "reasons", is_for_outsiders=True
)


PART_DESCRIBED = declare("part_described", "position", "matter")


PART_DECIDED = declare(
    "part_decided", "position", "decision", "route", "ground", "reasons", "needs_signature", "road", "words"
)


PART_SIGNED = declare("part_signed", "position")


DECISION_TOLD = declare("decision_told", "routes", is_for_outsiders=True)


STAGE_1_STARTED = declare("stage_1_started", "due_on", is_for_outsiders=True)


STRAND_STARTED = declare("strand_started", "position", "route", "number", "due_on")


CASE_LINKED = declare("case_linked", "other_id")


CASE_MERGED = declare("case_merged", "other_id", "reasons")


ISSUE_BECAME_COMPLAINT = declare("issue_became_complaint", "into", "said", is_for_outsiders=True)


CASE_SPLIT = declare("case_split", "positions", "into")


SECOND_LOOK_TAKEN = declare("second_look_taken", "agrees", "words", is_for_outsiders=True)
