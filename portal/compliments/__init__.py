"""Thanks: taken in, listed, passed on."""
