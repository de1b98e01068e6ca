"""The register in and out, and the annual report: rows to tables."""
