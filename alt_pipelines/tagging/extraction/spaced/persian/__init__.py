"""Persian words and noun phrases."""
