"""Helpers shared by tests and benchmarks: reference implementations, instances, builders. Out of scope: tests."""
