"""`make bench`: figures side by side, measured in one run on one machine, so that only their ratios matter."""
