"""The HTTP adapter: one FastAPI application with the paths, headers, codes and keys that the platform's clients expect.

It validates and authenticates requests, reads and writes rows, and launches Dagster runs.

Scope: the HTTP edge. Out of scope: pipeline work, except tagging a single text. Stores and settings come from
`alt_pipelines`; Dagster definitions are never imported here.

    app.py          the application, its lifespan, its OpenAPI document
    routes/         one module per group of paths
    schemas/        request and response bodies, as the OpenAPI document shows them
    services.py     the objects that live as long as a worker process: databases, models, clients
"""
