"""An email of any shape as plain data. Nothing here knows the database."""
