"""`python -m alt_pipelines.learning`: the same as `alt-pipelines learn`."""

from alt_pipelines.learning.command import learn

if __name__ == "__main__":
    learn(prog_name="python -m alt_pipelines.learning")
