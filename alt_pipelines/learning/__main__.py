"""`python -m alt_pipelines.learning`: the same as `alt-pipelines learn`, for cron."""

from alt_pipelines.cli import run
from alt_pipelines.learning.command import learn
from alt_pipelines.observability.logging import configure_logging
from alt_pipelines.settings import LoggingSettings, Settings

if __name__ == "__main__":
    configure_logging(LoggingSettings.read(Settings.environment()))
    run(learn, prog_name="python -m alt_pipelines.learning")
