"""Your Say. Start at `app.py`, then follow one submission: `doors/child/routes/screens.py`, `intake/services/receive.py`."""
