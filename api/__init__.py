"""The HTTP adapter: one FastAPI application with the paths, headers, codes and keys that the platform's clients expect.

It validates, authenticates, reads and writes rows, and asks Dagster to work; it does no work of its own beyond tagging
a single text. Stores and settings come from `alt_pipelines`; definitions of Dagster are never imported here.

    app.py          the application, its lifespan, its OpenAPI document
    routes/         one module per group of paths
    schemas.py      what the paths answer, for the document and its readers
    services.py     what a worker process keeps: databases, models, clients
"""
