"""Run an installation on one machine: the supervisor of its processes, their start order and addresses, and `doctor`.

Scope: processes, folders, ports, start-up. Out of scope: how a Dagster run reaches a worker (`runtime`).
"""
