"""What can happen at stages 2 and 3 and with the Ombudsman, with the facts each event carries."""

from portal.audit.events import declare

STAGE_REQUESTED = declare("stage_requested", "number", "requested_on", "due_on", "asked_late")


STAGE_RESUMED = declare("stage_resumed", "number", "requested_on")


STAGE_ENDED = declare("stage_ended", "number", "outcome", "ending", "words")


STAGE_ASKED_EARLY = declare("stage_asked_early", "number", "opens_on")


APPOINTED = declare("appointed", "seat", "name", "on", "fee_pence", "declared")


APPOINTMENT_ENDED = declare("appointment_ended", "seat", "name", "reasons")


STATEMENT_WRITTEN = declare("statement_written", "number", "elements", "desired", "by_person")


STATEMENT_ATTEMPTED = declare("statement_attempted", "number", "on", "how", "offered_advocate")


STATEMENT_AGREED = declare("statement_agreed", "number", "on", "words", "on_the_record")


STAGE_2_EXTENDED = declare("stage_2_extended", "until_on", "reasons")


INTERVIEW_HELD = declare("interview_held", "on", "whom", "independent_person_was_there", "override_words")


ELEMENT_FOUND = declare("element_found", "number", "position", "finding")


ELEMENT_COMMENTED = declare("element_commented", "position", "agrees", "comment")


REPORT_HANDED_IN = declare("report_handed_in", "which", "words")


STAGE_DECIDED = declare("stage_decided", "number", "decisions")


STAGE_ANSWERED = declare("stage_answered", "number", "outcome", "working_days", "in_time")


LATENESS_DECIDED = declare("lateness_decided", "take_it", "reasons")


PANEL_CALLED = declare("panel_called", "meets_on", "where", "late_because")


PANEL_MET = declare("panel_met", "on")


PANEL_REPORTED = declare("panel_reported", "words", "on", "received_on", "sent_to")


OMBUDSMAN_CONTACTED = declare("ombudsman_contacted", "contact", "their_reference", "received_on", "conditions", "words")


OMBUDSMAN_ASKED = declare("ombudsman_asked", "kind", "words", "due_on")


OMBUDSMAN_DUTY_DONE = declare("ombudsman_duty_done", "kind", "words", "in_time", "evidence")


OMBUDSMAN_DECIDED = declare("ombudsman_decided", "decision", "decided_on", "words")


DECIDER_CHOSEN = declare("decider_chosen", "number", "person_id")
