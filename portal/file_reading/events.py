"""What is written down of files that are made ready."""

from portal.audit.events import declare

FILE_MADE = declare("file_made", "media_type", "pages", is_for_outsiders=True)
FILE_NOT_MADE = declare("file_not_made", "media_type", "why", is_for_outsiders=True)
