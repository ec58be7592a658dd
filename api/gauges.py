"""Prometheus gauges for alerts: backlog, workers, heartbeats, ages, failures, sizes.

Each database is queried separately, so an unreachable database costs only its own gauges. After a query that took t
seconds, the next one waits `WAIT_FACTOR` times t: monitoring takes about 1 % of the time, however large the tables are.
When queries fail, the gauges keep their values for `KEEP_SECONDS` after the first failure. The query after it waits
`LEAST_WAIT_SECONDS`; if that one fails too, the wait doubles, up to the same factor.
"""

import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import structlog
from prometheus_client import Metric
from prometheus_client.core import GaugeMetricFamily
from sqlalchemy.engine import Connection, Engine

from alt_pipelines.dagster_names import GENRE_JOB, GRAPH_JOB, LEARNING_JOB, TAGGING_JOB
from alt_pipelines.runtime import pipelines_store
from alt_pipelines.runtime import store as workers_store
from alt_pipelines.tagging.store import health
from api import gauges_store as store
from api.database import Database
from api.single_flight import SingleFlight

log = structlog.get_logger(__name__)

PIPELINES = {
    "tagging": TAGGING_JOB,
    "recap": GENRE_JOB,
    "label_graph": GRAPH_JOB,
    "learning": LEARNING_JOB,
}
"""Pipelines and the Dagster job of each."""

ASK_SECONDS = 5.0
LEAST_WAIT_SECONDS = 10.0
WAIT_FACTOR = 100.0
KEEP_SECONDS = 300.0
"""Time after the first of several failures for which values are shown: an alert neither fires nor ends because of one
failed query, however long it is since the last answer."""

_MOST_DOUBLINGS = 10
"""More than from `LEAST_WAIT_SECONDS` to `WAIT_FACTOR` times the longest query."""

_DEGRADED_BACKENDS = ("hash", "keybert", "sentence-transformers", "none")
"""Backends that work without the shipped ONNX models; "none" where an encoder was missing. The gauge is also 1 if
one of them was configured on purpose."""


class _Kept:
    """The last answer of a database, and the time of the next query."""

    def __init__(self) -> None:
        self.due = 0.0
        self._answer: dict[str, Any] = {}
        self._failing_since = 0.0
        self._failures = 0

    def answered(self, answer: dict[str, Any], took: float) -> None:
        """Keep an answer that took so many seconds."""
        now = time.monotonic()
        self._answer, self._failures = answer, 0
        self.due = now + max(LEAST_WAIT_SECONDS, WAIT_FACTOR * took)

    def failed(self, took: float) -> None:
        """Keep the last answer. The wait doubles with each failure in a row, up to the one after an answer."""
        now = time.monotonic()
        if self._failures == 0:
            self._failing_since = now
        doubled = LEAST_WAIT_SECONDS * 2.0 ** min(self._failures, _MOST_DOUBLINGS)
        self.due = now + min(doubled, max(LEAST_WAIT_SECONDS, WAIT_FACTOR * took))
        self._failures += 1

    @property
    def values(self) -> dict[str, Any]:
        """The last answer; empty if all queries have failed for too long."""
        is_old = self._failures > 0 and time.monotonic() - self._failing_since > KEEP_SECONDS
        return {} if is_old else dict(self._answer)


class Gauges:
    """Queries the gauges of the three databases and caches them."""

    def __init__(self, alt: Database, recap: Database, dagster: Callable[[], Awaitable[Database]]) -> None:
        self._alt, self._recap, self._dagster = alt, recap, dagster
        self._single_flight = SingleFlight()
        self._kept: defaultdict[str, _Kept] = defaultdict(_Kept)

    async def collect(self) -> list[Metric]:
        """Return all gauges whose values could be read."""
        alt = await self._figures("alt", self._ask_alt)
        recap = await self._figures("recap", self._ask_recap)
        dagster = await self._figures("dagster", self._ask_dagster)
        return [*_of_alt(alt), *_of_recap(recap), *_of_dagster(dagster), *_fallbacks(alt, recap)]

    async def pipeline(self, name: str) -> pipelines_store.PipelineState | None:
        """Return the state of a pipeline's last Dagster runs, or None before its first one.

        Raises:
            TimeoutError, SQLAlchemyError: Dagster's database does not answer.
        """
        database = await self._dagster()
        found: dict[str, pipelines_store.PipelineState] = await database.run(
            _read, lambda c: pipelines_store.pipelines(c, list(PIPELINES.values()))
        )
        return found.get(PIPELINES[name])

    async def article_waits(self) -> bool:
        """Whether one of the newest articles waits for its tags.

        Raises:
            TimeoutError, SQLAlchemyError: alt-db does not answer.
        """
        return bool(await self._alt.run(_read, health.article_waits))

    async def _figures(self, group: str, question: Callable[[], Awaitable[dict[str, Any]]]) -> dict[str, Any]:
        kept = self._kept[group]
        began = time.monotonic()
        if began >= kept.due:
            try:
                answer = await self._single_flight.ask(group, question, ASK_SECONDS)
            except Exception as error:
                log.warning("operations_query_failed", group=group, error=type(error).__name__)
                kept.failed(time.monotonic() - began)
            else:
                kept.answered(answer, time.monotonic() - began)
        return kept.values

    async def _ask_alt(self) -> dict[str, Any]:
        return await self._alt.run(
            _read, lambda c: {"backlog": health.backlog(c), "backends": store.tagging_backends(c)}
        )

    async def _ask_recap(self) -> dict[str, Any]:
        return await self._recap.run(
            _read, lambda c: {"ages": store.graph_ages(c), "fallbacks": store.recap_fallbacks(c)}
        )

    async def _ask_dagster(self) -> dict[str, Any]:
        database = await self._dagster()
        return await database.run(
            _read,
            lambda c: {
                "pipelines": pipelines_store.pipelines(c, list(PIPELINES.values())),
                "sizes": store.dagster_sizes(c),
                "workers": workers_store.live_workers(c),
                "heartbeat": workers_store.daemon_heartbeat(c),
            },
        )


def _read(engine: Engine, question: Callable[[Connection], Any]) -> Any:
    with engine.connect() as connection:
        return question(connection)


def _of_alt(found: dict[str, Any]) -> Iterator[Metric]:
    if "backlog" in found:
        yield GaugeMetricFamily(
            "tagging_backlog_articles", "Articles without an outcome", value=found["backlog"].articles
        )
        yield GaugeMetricFamily(
            "tagging_backlog_oldest_seconds",
            "Age in seconds of the oldest article without an outcome; 0 if there is none",
            value=max(0.0, found["backlog"].oldest_seconds or 0.0),
        )


def _of_recap(found: dict[str, Any]) -> Iterator[Metric]:
    if "ages" in found:
        ages = GaugeMetricFamily(
            "tag_label_graph_age_seconds", "Seconds since the window was last refreshed", labels=["window"]
        )
        for window, seconds in found["ages"].items():
            ages.add_metric([window], seconds)
        yield ages


def _of_dagster(found: dict[str, Any]) -> Iterator[Metric]:
    if not found:
        return
    success = GaugeMetricFamily(
        "pipeline_last_success_timestamp_seconds", "Unix time of the last successful Dagster run", labels=["pipeline"]
    )
    failures = GaugeMetricFamily(
        "pipeline_consecutive_failures", "Failed Dagster runs since the last success", labels=["pipeline"]
    )
    for pipeline, job in PIPELINES.items():
        state = found["pipelines"].get(job)
        failures.add_metric([pipeline], state.consecutive_failures if state else 0)
        if state and state.last_success is not None:
            success.add_metric([pipeline], state.last_success)
    workers = GaugeMetricFamily("dagster_workers_live", "Number of live worker processes", labels=["queue"])
    for queue, count in found["workers"].items():
        workers.add_metric([queue], count)
    yield from (success, failures, workers)
    if found["heartbeat"] is not None:
        yield GaugeMetricFamily(
            "dagster_daemon_heartbeat_age_seconds",
            "Seconds since the daemon's last heartbeat",
            value=max(0.0, time.time() - found["heartbeat"]),
        )
    yield GaugeMetricFamily(
        "dagster_event_log_bytes", "Size of Dagster's event log including indexes", value=found["sizes"].event_log
    )
    yield GaugeMetricFamily("dagster_database_bytes", "Size of Dagster's database", value=found["sizes"].database)


def _fallbacks(alt: dict[str, Any], recap: dict[str, Any]) -> Iterator[Metric]:
    """Yield a gauge that is 1 for a pipeline whose newest results of the last day came from a fallback."""
    active = GaugeMetricFamily(
        "pipeline_fallback_active",
        "1 if the newest results of the last day come from a fallback, else 0",
        labels=["pipeline"],
    )
    if "backends" in alt:
        active.add_metric(["tagging"], float(any(_is_degraded(backend) for backend in alt["backends"])))
    if "fallbacks" in recap:
        backends, used = recap["fallbacks"]
        active.add_metric(["recap"], float(used or any(_is_degraded(backend) for backend in backends)))
    yield active


def _is_degraded(backend: str) -> bool:
    return any(name in backend for name in _DEGRADED_BACKENDS)
