"""Stages 2 and 3 and the Ombudsman."""
