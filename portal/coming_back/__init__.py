"""What people say when they come back, and new secret words."""
