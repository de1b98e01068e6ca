"""What the desk does with cases, with the facts each event carries."""

from portal.audit.events import declare

REMINDED = declare("reminded", "kind", "to_id")


HANDED_OVER = declare("handed_over", "from_id", "to_id", "note", "what", "batch", is_for_outsiders=True)


BUNDLE_MADE = declare("bundle_made", "papers", "files", is_for_outsiders=True)
