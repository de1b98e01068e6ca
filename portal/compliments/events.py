"""What can happen to thanks, with the facts that each event must carry."""

from portal.audit.events import declare

COMPLIMENT_LOGGED = declare("compliment_logged", "method", "source", "held_why")
COMPLIMENT_TAKEN_BACK = declare("compliment_taken_back")
COMPLIMENT_TYPED = declare("compliment_typed", "held_why")
COMPLIMENT_LOOKED_AT = declare("compliment_looked_at", "held_why")
COMPLIMENT_MEANT_FOR = declare("compliment_meant_for", "people", "teams")
COMPLIMENT_SETTLED = declare("compliment_settled", "decision", "case_id")
COMPLIMENT_PASSED_ON = declare("compliment_passed_on", "people", "is_by_hand")
COMPLIMENT_REACHED_NOBODY = declare("compliment_reached_nobody")
COMPLIMENT_MAY_BE_PASSED_ON = declare("compliment_may_be_passed_on", "may_pass_on")
COMPLIMENT_MAY_BE_SHARED = declare("compliment_may_be_shared", "may_share")
QUOTE_WRITTEN = declare("quote_written")
QUOTE_CHECKED = declare("quote_checked")
QUOTE_TAKEN_BACK = declare("quote_taken_back")
