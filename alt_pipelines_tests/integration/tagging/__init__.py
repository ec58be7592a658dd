"""Tagging on a real Postgres: the store, the run, the asset and the sensor."""
