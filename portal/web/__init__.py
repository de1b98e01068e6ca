"""What pages share: forms, error pages, headers, filters, settings."""
