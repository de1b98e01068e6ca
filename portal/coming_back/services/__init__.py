"""What people say when they come back."""
