"""Building the graph: the one piece of code behind the schedule, the API, the UI and the script.

`build_graph` decides nothing about edges (that is SQL, in `store.py`); it decides who may build, in which order the
windows go, and what is reported.
"""

from collections.abc import Sequence

from sqlalchemy import Engine

from alt_pipelines.label_graph.report import GraphBuildReport
from alt_pipelines.settings import GraphSettings

DEFAULT_WINDOWS = (7, 30)


class GraphDisabled(RuntimeError):
    """The graph is switched off by TAG_LABEL_GRAPH_ENABLED."""


class BuildInProgress(RuntimeError):
    """Somebody else is building the same window at this moment."""


def build_graph(
    engine: Engine,
    settings: GraphSettings,
    windows: Sequence[int] = DEFAULT_WINDOWS,
    *,
    dry_run: bool = False,
    wait_seconds: float = 0.0,
) -> GraphBuildReport:
    """Rebuild the graph of each window (days), each in a transaction of its own.

    `wait_seconds` is how long to wait for another build of the same window before giving up. With `dry_run` the
    aggregation runs and the report says what would be written; nothing is.

    Raises:
        GraphDisabled: `settings.enabled` is false.
        BuildInProgress: another build holds a window for longer than `wait_seconds`.
        ValueError: `windows` is empty, or holds a number that is not 1..3650.
        sqlalchemy.exc.SQLAlchemyError: the database failed; that window's previous graph is untouched.
    """
    raise NotImplementedError
