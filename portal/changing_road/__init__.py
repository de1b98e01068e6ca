"""A part takes another road after the person was told of the first: out of the statutory procedure, into it, beside it."""
