"""Dagster runs on warm Celery workers: launcher, worker, lease, broker, queues, coordinator, storage, preloading.

Scope: how a Dagster run gets to a process and stays with exactly one. Out of scope: which processes make up an
installation on one machine (`stack`), and what a run computes.
"""
