"""Strands, and what is held for proceedings."""
