"""Others beside us: outside CI, for they are installed from their wheels first."""
