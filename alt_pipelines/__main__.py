"""`python -m alt_pipelines` is the command `alt-pipelines`."""

from alt_pipelines.cli import main

main()
