"""Several doors, one hall: each door fills one Submission; `receive` takes it in."""
