"""Tests of article files."""
