"""`python -m alt_pipelines.label_graph`: build the graph. Other machines call this from cron."""

from alt_pipelines.cli import run
from alt_pipelines.label_graph.command import build

if __name__ == "__main__":
    run(build, prog_name="python -m alt_pipelines.label_graph", obj="script")
