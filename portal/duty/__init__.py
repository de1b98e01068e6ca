"""The duty desk: who is told that something must be read at once, again and higher up, until a colleague has it."""
