"""Writing, leaving, promising."""
