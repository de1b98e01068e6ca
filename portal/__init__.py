"""Your Say. Start at `app.py`, then follow one submission: `intake/routes/child.py`, `intake/services/receive.py`."""
