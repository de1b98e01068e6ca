"""The deeds of casework, each one transaction."""
