"""What can happen when a case ends or opens again, with the facts each event carries."""

from portal.audit.events import declare

WITHDRAWAL_ASKED = declare("withdrawal_asked", "told_by", "words", is_for_outsiders=True)


CASE_REOPENED = declare("case_reopened", "reasons")
