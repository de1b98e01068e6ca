"""What can happen to letters and messages, with the facts each event carries."""

from portal.audit.events import declare

MESSAGE_SENT = declare("message_sent", "kind", "way")


LETTER_LEFT = declare("letter_left", "kind", "how", "on")


LETTER_CAME_BACK = declare("letter_came_back", "kind", "why")


CASE_CORRECTED = declare("case_corrected", "before", "after")


REPLY_RECEIVED = declare("reply_received")


REPLY_READ = declare("reply_read")


WAITING_AGREED = declare("waiting_agreed", "number", "until_on", "confirmed_by")


NEW_DATE_GIVEN = declare("new_date_given", "number", "expected_on", "reasons")


ADVOCATE_NOTED = declare("advocate_noted", "what", "on")


LETTER_FORM_CHOSEN = declare("letter_form_chosen", "form")


CONTACT_DECIDED = declare("contact_decided", "words")
