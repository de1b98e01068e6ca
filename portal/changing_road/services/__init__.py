"""Moving a part."""
