"""The input of a genre run: the validated request, its sentences within the budgets, deduplication, and embeddings."""
