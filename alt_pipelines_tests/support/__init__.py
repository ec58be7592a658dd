"""What tests and benchmarks share: reference implementations, instances, builders. No tests here."""
