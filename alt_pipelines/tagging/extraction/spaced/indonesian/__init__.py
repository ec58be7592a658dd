"""Indonesian words and people."""
