"""Taking in thanks, passing them on, and quoting them."""
