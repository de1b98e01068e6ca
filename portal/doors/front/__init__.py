"""The first page, and the ways out."""
