"""What the embedding room promises without any model: batches, cache, router, hashing, choices, messages."""
