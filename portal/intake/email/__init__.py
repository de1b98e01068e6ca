"""Email as it comes: reading it whatever its shape, finding who first wrote it, and telling people from machines."""
