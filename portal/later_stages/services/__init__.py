"""What is done at stages 2 and 3 and for the Ombudsman."""
