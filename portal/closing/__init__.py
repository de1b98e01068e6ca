"""How a case ends and opens again: by the word of the person."""
