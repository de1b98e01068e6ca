"""Stage 1: acknowledged, allocated, answered, checked, sent."""
