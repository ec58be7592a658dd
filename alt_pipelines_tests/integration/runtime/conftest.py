"""The same instance on Postgres as the tests of execution use."""

from alt_pipelines_tests.support.dagster_instance import dagster_template, dagster_url, instance

__all__ = ["dagster_template", "dagster_url", "instance"]
