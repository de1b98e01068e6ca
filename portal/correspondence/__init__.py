"""Letters and messages: how someone can be reached, what was written, whether it left, what was promised."""
