"""Taking submissions in, and keeping drafts no longer than needed."""
