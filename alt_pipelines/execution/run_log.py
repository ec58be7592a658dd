"""What a run says on its process's own output: JSON lines like everything else here, without Dagster's event chatter.

The UI shows a run's events and messages from the database, whatever is printed. Dagster's default console logger prints
every event of every run as well, which on a warm worker costs more than a small run itself and buries what matters.
"""

import logging

import dagster as dg


@dg.logger(None, description="Messages of runs as JSON lines: what assets log, and what goes wrong.")
def run_log(_: dg.InitLoggerContext) -> logging.Logger:
    """A logger whose records the root handler (`observability.logging`) formats."""
    logger = logging.getLogger("alt_pipelines.run")
    logger.setLevel(logging.INFO)  # Dagster's own events are DEBUG, its failures ERROR
    return logger
