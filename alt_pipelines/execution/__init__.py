"""How runs are executed: Dagster's storage, warm workers, the launcher, and the supervisor of the local stack."""
