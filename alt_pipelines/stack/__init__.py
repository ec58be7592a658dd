"""An installation on one machine: the supervisor of its processes, their order and addresses, and `doctor`.

Scope: processes, folders, ports, start-up. Out of scope: how a Dagster run reaches a worker (`runtime`).
"""
