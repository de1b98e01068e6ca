"""Everything that can happen to a case, with the facts each event carries. `templates/timeline/<event>.html` tells it."""

from portal.audit.events import declare

CASE_OPENED = declare("case_opened", "kind", "method", "complainant", "read_first")
CASE_TAKEN_OVER = declare("case_taken_over", "old_reference")
CASE_READ = declare("case_read", "why")
CASE_NOT_FOUND = declare("case_not_found", "tried")
CASES_SEARCHED = declare("cases_searched", "found", is_for_outsiders=True)
CASE_CLOSED = declare("case_closed", "disposition", "reason", "words")
WALL_PUT_UP = declare("wall_put_up", "person_id", "reason")
WALL_TAKEN_DOWN = declare("wall_taken_down", "person_id", "reasons")
ACCESS_GIVEN = declare("access_given", "person_id", "until_on", "despite_wall", "reasons")
ACCESS_ENDED = declare("access_ended", "person_id")
DATE_COUNTED_AGAIN = declare("date_counted_again", "number", "route", "before", "after", "why", is_for_outsiders=True)
ELEMENT_OF_PART = declare("element_of_part", "number", "place", "position")
PART_WALL_PUT_UP = declare("part_wall_put_up", "person_id", "position")
PART_WALL_TAKEN_DOWN = declare("part_wall_taken_down", "person_id", "position", "reasons")
CLOSED_LEFT = declare("closed_left", "day", "why", "stages")
ADVOCATE_CONSENT_CHANGED = declare("advocate_consent_changed", "may_know", is_for_outsiders=True)
SECOND_PERSON_ASKED = declare("second_person_asked", "action", "position", "agree_to")
SECOND_PERSON_AGREED = declare("second_person_agreed", "action", "position", "from_id", "agree_to")
SECOND_PERSON_REFUSED = declare("second_person_refused", "action", "position", "from_id", "words")
FOLLOW_UP_TOLD = declare("follow_up_told", "kind", is_for_outsiders=True)
