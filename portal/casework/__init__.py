"""The case and everything done to it: queue, triage, parts, stages, messages."""
