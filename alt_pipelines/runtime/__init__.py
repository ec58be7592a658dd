"""Execute Dagster runs on warm Celery workers: launcher, worker, lease, broker, queues, coordinator, storage, preload.

Scope: how a Dagster run reaches a worker process and is executed by exactly one, and by which rules the daemon, the
sensors and the jobs count as failing (`heartbeats`, `switches`, `pipelines_store`). Out of scope: which processes make
up an installation on one machine (`stack`), and what a run computes.
"""
