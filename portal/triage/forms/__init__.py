"""What is filled in on a new case, and about cases that belong together."""
