"""Keeping Dagster's own database small: what is deleted, when, and what must stay."""
