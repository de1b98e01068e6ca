"""What can happen at stages 2 and 3 and with the Ombudsman, with the facts each event carries."""

from portal.audit.events import declare

STAGE_REQUESTED = declare("stage_requested", "number", "requested_on", "due_on", "asked_late", is_for_outsiders=True)


STAGE_RESUMED = declare("stage_resumed", "number", "requested_on", is_for_outsiders=True)


STAGE_ENDED = declare("stage_ended", "number", "outcome", "ending", "words", is_for_outsiders=True)


STAGE_ASKED_EARLY = declare("stage_asked_early", "number", "opens_on", is_for_outsiders=True)


APPOINTED = declare("appointed", "seat", "name", "on", "fee_pence", "declared", is_for_outsiders=True)


APPOINTMENT_ENDED = declare("appointment_ended", "seat", "name", "reasons", is_for_outsiders=True)


STATEMENT_WRITTEN = declare("statement_written", "number", "elements", "desired", "by_person", is_for_outsiders=True)


STATEMENT_ATTEMPTED = declare("statement_attempted", "number", "on", "how", "offered_advocate", is_for_outsiders=True)


STATEMENT_AGREED = declare("statement_agreed", "number", "on", "words", "on_the_record", is_for_outsiders=True)


STATEMENT_SENT = declare("statement_sent", "number", "on", is_for_outsiders=True)


STATEMENT_AMENDED = declare("statement_amended", "number", "amendment", "on", "words", "reasons", is_for_outsiders=True)


STAGE_2_EXTENDED = declare("stage_2_extended", "until_on", "reasons", is_for_outsiders=True)


INTERVIEW_HELD = declare(
    "interview_held", "on", "whom", "independent_person_was_there", "override_words", is_for_outsiders=True
)


ELEMENT_FOUND = declare("element_found", "number", "position", "finding", is_for_outsiders=True)


ELEMENT_COMMENTED = declare("element_commented", "position", "agrees", "comment", is_for_outsiders=True)


REPORT_HANDED_IN = declare("report_handed_in", "which", "words", is_for_outsiders=True)


STAGE_DECIDED = declare("stage_decided", "number", "decisions", is_for_outsiders=True)


STAGE_ANSWERED = declare("stage_answered", "number", "outcome", "working_days", "in_time", is_for_outsiders=True)


LATENESS_DECIDED = declare("lateness_decided", "take_it", "reasons", is_for_outsiders=True)


PANEL_CALLED = declare("panel_called", "meets_on", "where", "late_because", is_for_outsiders=True)


PANEL_MET = declare("panel_met", "on", is_for_outsiders=True)


PANEL_REPORTED = declare("panel_reported", "words", "on", "received_on", "sent_to", is_for_outsiders=True)


OMBUDSMAN_CONTACTED = declare("ombudsman_contacted", "contact", "their_reference", "received_on", "conditions", "words")


OMBUDSMAN_ASKED = declare("ombudsman_asked", "kind", "words", "due_on")


OMBUDSMAN_DUTY_DONE = declare("ombudsman_duty_done", "kind", "words", "in_time", "evidence")


OMBUDSMAN_DECIDED = declare("ombudsman_decided", "decision", "decided_on", "words")


DECIDER_CHOSEN = declare("decider_chosen", "number", "person_id", is_for_outsiders=True)
