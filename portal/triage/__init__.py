"""Reading a new case: safety, who is complaining, each part and its way, cases that belong together."""
