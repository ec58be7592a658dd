"""Tests of the text that tagging and recap share."""
