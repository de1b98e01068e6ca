"""The people of a case: the child, who complains, who speaks for them, who is complained about, who must not know."""
