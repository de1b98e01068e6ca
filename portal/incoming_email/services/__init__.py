"""What becomes of an email."""
