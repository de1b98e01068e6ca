"""What staff fill in on a case."""
