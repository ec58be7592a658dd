"""The content of `/metrics`: HTTP metrics of the adapter's processes, and pipeline metrics from both databases.

Pipeline counters are rows (`alt_pipelines.observability`), written by the process that did the work, so every adapter
process exposes the same values. HTTP metrics are per process. With several processes, `PROMETHEUS_MULTIPROC_DIR` holds
them and every process exposes their sum.
"""

import asyncio
import json
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import Any

import structlog
from fastapi import FastAPI
from prometheus_client import CollectorRegistry, Metric, disable_created_metrics, generate_latest, multiprocess
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from prometheus_fastapi_instrumentator import Instrumentator
from sqlalchemy.engine import Engine

from alt_pipelines.observability.metrics import BUCKETS, Sample, exposition
from alt_pipelines.observability.store import read_metrics
from alt_pipelines.recap.store.queue import queue_depth
from alt_pipelines.settings import ServerSettings
from api.database import Database
from api.gauges import Gauges
from api.single_flight import SingleFlight

log = structlog.get_logger(__name__)

READ_SECONDS = 5.0
MAX_GENRES = 100
OTHER = "other"
_LEVELS = [*(str(bound) for bound in BUCKETS), "+Inf"]


def instrument(app: FastAPI) -> CollectorRegistry:
    """Count and time every request. Returns the registry of the counts."""
    disable_created_metrics()  # type: ignore[no-untyped-call]  # they double the number of series and are unused
    registry = CollectorRegistry()
    Instrumentator(registry=registry, should_group_status_codes=False).instrument(app)
    return registry


class Exposition:
    """Gathers all metrics for one scrape."""

    def __init__(
        self, http: CollectorRegistry, settings: ServerSettings, alt: Database, recap: Database, gauges: Gauges
    ) -> None:
        self._http = http
        self._directory = settings.metrics_dir
        self._alt = alt
        self._recap = recap
        self._gauges = gauges
        self._single_flight = SingleFlight()

    async def text(self) -> bytes:
        """Return the whole exposition, delayed by at most `READ_SECONDS` if a database hangs."""
        alt, recap, depth, gauges = await asyncio.gather(
            self._read("alt", lambda: self._alt.run(_samples)),
            self._read("recap", lambda: self._recap.run(_samples)),
            self._read("depth", lambda: self._recap.run(queue_depth)),
            self._gauges.collect(),
        )
        up = {"alt": alt is not None, "recap": recap is not None}
        stored = StoredMetrics([*(alt or ()), *(recap or ())], depth, up, gauges)
        return await asyncio.to_thread(self._render, stored)

    def _render(self, stored: Collector) -> bytes:
        http = self._http
        if self._directory is not None:
            http = CollectorRegistry()
            multiprocess.MultiProcessCollector(http, path=str(self._directory))  # type: ignore[no-untyped-call]
        work = CollectorRegistry()
        work.register(stored)
        return generate_latest(http) + generate_latest(work)

    async def _read(self, what: str, question: Callable[[], Awaitable[Any]]) -> Any:
        try:
            return await self._single_flight.ask(what, question, READ_SECONDS)
        except Exception as error:
            log.warning("metrics_read_failed", what=what, error=type(error).__name__)
            return None


class StoredMetrics(Collector):
    """Samples of `pipeline_metrics`, and the queue's depth, as Prometheus metrics."""

    def __init__(
        self, samples: Sequence[Sample], depth: int | None, up: dict[str, bool], gauges: Sequence[Metric] = ()
    ) -> None:
        self._samples = bounded(samples)
        self._gauges = gauges
        self._depth = depth
        self._up = up

    def collect(self) -> Iterable[Metric]:
        """Yield all metrics of the catalogue, also those without samples, and whether each database answered."""
        up = GaugeMetricFamily(
            "pipeline_metrics_up", "1 if the metrics of the database could be read, else 0", labels=["database"]
        )
        for database, answered in self._up.items():
            up.add_metric([database], float(answered))
        yield up
        yield from self._gauges
        if self._depth is not None:
            yield GaugeMetricFamily(
                "recap_queue_depth", "Number of accepted genre runs that no worker has claimed", value=self._depth
            )
        for family, kind, text, samples in exposition(self._samples):
            metric = Metric(family.removesuffix("_total") if kind == "counter" else family, text, kind)
            add = _add_histogram if kind == "histogram" else _add_counter
            add(metric, samples)
            yield metric


def bounded(samples: Sequence[Sample]) -> list[Sample]:
    """Limit the samples to the `MAX_GENRES` genres with the largest totals; the rest are summed as `other`.

    Clients choose the names of genres, so their number is otherwise unbounded.
    """
    totals: defaultdict[str, float] = defaultdict(float)
    for sample in samples:
        genre = json.loads(sample.labels).get("genre")
        if genre is not None:
            totals[genre] += sample.value
    if len(totals) <= MAX_GENRES:
        return list(samples)
    kept = set(sorted(totals, key=lambda genre: (-totals[genre], genre))[:MAX_GENRES])
    merged: defaultdict[tuple[str, str], float] = defaultdict(float)
    for sample in samples:
        labels = json.loads(sample.labels)
        if labels.get("genre", OTHER) not in kept and "genre" in labels:
            labels["genre"] = OTHER
        merged[sample.name, json.dumps(labels, sort_keys=True, ensure_ascii=False)] += sample.value
    return [Sample(name, labels, value) for (name, labels), value in merged.items()]


def _add_counter(metric: Metric, samples: Sequence[Sample]) -> None:
    totals: defaultdict[str, float] = defaultdict(float)
    for sample in samples:  # the same series may be in both databases
        totals[sample.labels] += sample.value
    for labels, value in totals.items():
        metric.add_sample(f"{metric.name}_total", json.loads(labels), value)


def _add_histogram(metric: Metric, samples: Sequence[Sample]) -> None:
    """Add every series with all buckets in order, as Prometheus requires. Empty buckets are not stored."""
    series: defaultdict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for sample in samples:
        labels = json.loads(sample.labels)
        part = labels.pop("le", None) or sample.name.rsplit("_", 1)[1]
        series[json.dumps(labels)][part] += sample.value
    for key, parts in series.items():
        labels = json.loads(key)
        for level in _LEVELS:
            metric.add_sample(f"{metric.name}_bucket", {**labels, "le": level}, parts[level])
        metric.add_sample(f"{metric.name}_sum", labels, parts["sum"])
        metric.add_sample(f"{metric.name}_count", labels, parts["count"])


def _samples(engine: Engine) -> Sequence[Sample]:
    with engine.connect() as connection:
        return read_metrics(connection)
