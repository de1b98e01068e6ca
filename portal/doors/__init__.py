"""The doors, each with its forms and pages. Beneath them lies the hall, `intake/`, which knows none of them."""
