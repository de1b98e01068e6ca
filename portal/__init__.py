"""Your Say. Start reading at `app.py`, then follow one submission: `intake/routes/child.py`, `intake/services.py`."""
