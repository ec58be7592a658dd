"""Hindi words and noun phrases."""
