"""What can happen to letters and messages, with the facts each event carries."""

from portal.audit.events import declare

MESSAGE_SENT = declare("message_sent", "kind", "way", is_for_outsiders=True)


LETTER_SENT_WITHOUT = declare("letter_sent_without", "kind", "lacks", "reasons", "from_id")


LETTER_LEFT = declare("letter_left", "kind", "how", "on", is_for_outsiders=True)


LETTER_CAME_BACK = declare("letter_came_back", "kind", "why", is_for_outsiders=True)


CASE_CORRECTED = declare("case_corrected", "before", "after")


REPLY_RECEIVED = declare("reply_received", is_for_outsiders=True)


REPLY_READ = declare("reply_read", is_for_outsiders=True)


WAITING_AGREED = declare("waiting_agreed", "number", "until_on", "confirmed_by", is_for_outsiders=True)


NEW_DATE_GIVEN = declare("new_date_given", "number", "expected_on", "reasons", is_for_outsiders=True)


ADVOCATE_NOTED = declare("advocate_noted", "what", "on", is_for_outsiders=True)


LETTER_FORM_CHOSEN = declare("letter_form_chosen", "form", is_for_outsiders=True)


MEETING_OFFERED = declare("meeting_offered", "kind", "words", "number", is_for_outsiders=True)


MEETING_HELD = declare("meeting_held", "kind", "on", "words", is_for_outsiders=True)


CONTACT_DECIDED = declare("contact_decided", "words", is_for_outsiders=True)
