"""The paths, one module per group. A handler reads the request, calls one thing, and words the answer."""
