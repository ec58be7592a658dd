"""Tests of tag extraction, without database or Dagster."""
