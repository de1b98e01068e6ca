"""The law in plain Python: limits, working days, eligibility, routes, stages, findings. No Flask and no database."""
