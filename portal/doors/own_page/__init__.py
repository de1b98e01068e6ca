"""Coming back with secret words: the person's own page."""
