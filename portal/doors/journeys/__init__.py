"""The pages of the doors that ask one question at a time."""
