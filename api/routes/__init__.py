"""The routes, one module per group of paths. A handler reads the request, makes one call and formats the answer."""
