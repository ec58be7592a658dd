"""The platform's services that read what this project builds, as the last nodes of the asset graph.

Scope: external assets without code, so that the lineage in the UI ends where the data is used. Out of scope: how the
services are served (`api`).
"""
