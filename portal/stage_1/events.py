"""What can happen at stage 1, with the facts each event carries."""

from portal.audit.events import declare

CASE_ACKNOWLEDGED = declare("case_acknowledged", "on")


SENIOR_MANAGER_CHOSEN = declare("senior_manager_chosen", "senior_manager_id", is_for_outsiders=True)


TEAM_MANAGER_APPOINTED = declare("team_manager_appointed", "team_manager_id", is_for_outsiders=True)


STAGE_1_EXTENDED = declare("stage_1_extended", "ground", "due_on", "reasons", is_for_outsiders=True)


ANSWER_WRITTEN = declare("answer_written", "letters", is_for_outsiders=True)


ANSWER_CHECKED = declare("answer_checked", is_for_outsiders=True)


ANSWER_SENT_BACK = declare("answer_sent_back", "reasons", is_for_outsiders=True)


ANSWER_SENT = declare("answer_sent", "outcome", "working_days", "in_time", is_for_outsiders=True)
