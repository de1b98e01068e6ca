"""A child tells us, alone."""
