"""The calendar that every count uses, and the commands that show how a date is counted."""
