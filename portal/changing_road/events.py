"""What can happen when a part changes its road, with the facts the event carries."""

from portal.audit.events import declare

PART_MOVED = declare("part_moved", "position", "before", "after", "road", "reasons", "into", "from_id")
