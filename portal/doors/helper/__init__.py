"""Someone helps a child to say it."""
