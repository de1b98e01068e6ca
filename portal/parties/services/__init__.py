"""Adding people to a case, mending and swapping them; a member's enquiry for a constituent."""
