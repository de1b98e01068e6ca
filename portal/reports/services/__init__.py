"""The register in and out of the database."""
