"""What a child is asked."""
