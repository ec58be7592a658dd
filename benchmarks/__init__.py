"""Benchmarks, one command per claim of speed or quality: `python -m benchmarks.NAME`.

`make bench-install` installs the libraries that some of them compare with.
"""
