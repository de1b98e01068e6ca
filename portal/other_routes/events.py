"""What can happen to a part on its own way, with the facts each event carries."""

from portal.audit.events import declare

STRAND_ACKNOWLEDGED = declare("strand_acknowledged", "position", "route", "due_on")


STRAND_EXTENDED = declare("strand_extended", "position", "due_on", "reasons")


STRAND_ANSWERED = declare("strand_answered", "position", "number", "finding", "in_time")


STRAND_ASKED_ON = declare("strand_asked_on", "position", "requested_on", "due_on")


PART_PASSED_ON = declare("part_passed_on", "position", "to_whom")


HOLD_REVIEWED = declare("hold_reviewed", "position", "reasons", "review_on")


HOLD_ENDED = declare("hold_ended", "position", "words", "came_back")


PROCEEDINGS_ENDED = declare("proceedings_ended", "position", "ended_on", "until_on")
