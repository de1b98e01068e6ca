"""The languages of the public pages: one catalogue each, kept as the .po files that translators know."""
