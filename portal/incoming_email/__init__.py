"""What comes by email: parsed once, classified once, then taken in or set aside."""
