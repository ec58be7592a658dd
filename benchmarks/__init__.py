"""Each claim of speed or quality as a command: `python -m benchmarks.NAME`; `make bench-install` installs the peers."""
