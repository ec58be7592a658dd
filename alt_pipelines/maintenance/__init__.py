"""Delete old rows from Dagster's database, old genre-run data, and our rows that the platform's deletions orphaned.

Scope: what is deleted, when, and what must stay. Out of scope: rows that a pipeline deletes as part of its own work.
"""
