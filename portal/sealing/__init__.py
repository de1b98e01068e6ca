"""What people write is sealed at rest: values are encrypted under a ring of keys, and search works over keyed hashes."""
