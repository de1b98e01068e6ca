"""What the council learns from cases: lessons, actions with proof, and what the person is told of them."""
