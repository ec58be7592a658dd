"""See the package docstring of alt_pipelines_tests."""
