"""What is done to any case."""
