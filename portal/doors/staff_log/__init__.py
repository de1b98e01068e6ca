"""A colleague logs what came by phone, on paper or in a table."""
