"""What a case is: its rows, one way to write to it, who may know of it, how it is found, what is next on it."""
