"""What can happen to the people of a case, with the facts each event carries. Never a name: that is sealed on the case."""

from portal.audit.events import declare

PARTY_ADDED = declare("party_added", "role", "authority", "may_be_told")
PARTY_MENDED = declare("party_mended", "role", "changed", "authority", "may_be_told")
PARTY_REMOVED = declare("party_removed", "role", "reasons")
COMPLAINANT_CHANGED = declare("complainant_changed", "before", "after", "reasons")
MEMBER_TOLD = declare("member_told", "may_be_told")
