"""Closing, asking the person first, going on."""
