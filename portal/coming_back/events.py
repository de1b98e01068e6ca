"""What can happen when someone comes back, with the facts each event carries."""

from portal.audit.events import declare

FOLLOW_UP_SETTLED = declare("follow_up_settled", "kind", "words", is_for_outsiders=True)


SECRET_WORDS_RENEWED = declare("secret_words_renewed", "known_by", is_for_outsiders=True)
