"""Anyone says thank you."""
