"""External assets of the platform services that read this project's data; they are the last nodes of the asset graph.

Scope: specs without code, so that the lineage in the UI ends where the data is used. Out of scope: the HTTP API that
serves those services (`api`).
"""
