"""Logs, metrics and plots: how the work is seen. Used by every room; knows none of them."""
