"""What is decided before a stage begins."""
