"""What each door asks, and the submission it makes."""
