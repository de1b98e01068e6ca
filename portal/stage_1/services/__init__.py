"""What is done at stage 1."""
