"""Reminders and handing over."""
