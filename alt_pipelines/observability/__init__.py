"""Report on the work: logs, metrics, traces, plots, progress and alerts.

Scope: tools that every room uses. Out of scope: anything that a single room reports (its `metadata` and `report`).
"""
