"""A parent or another adult complains."""
