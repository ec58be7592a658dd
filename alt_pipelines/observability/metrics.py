"""Metrics of the work, summed over all processes and machines.

Runs execute in many short-lived processes, so a counter in memory would be lost with its process. A `MetricBatch`
collects the counts of one unit of work, and `store.add_metrics` adds them to the table `pipeline_metrics` in the
transaction that writes the result. Each result is therefore counted exactly once. The adapter's `/metrics` reads the
table and exposes it in Prometheus' format.

A histogram is stored as Prometheus exposes it: cumulative `_bucket{le=...}` counters, `_sum` and `_count`.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

# Name -> (kind, help). Only metrics listed here can be counted, so that every exposed metric has a help text.
CATALOGUE: dict[str, tuple[str, str]] = {
    "recap_embed_sentences_total": ("counter", "Sentences embedded for genre runs"),
    "recap_request_process_seconds": ("histogram", "Seconds from claim to stored result of a genre run"),
    "recap_embed_seconds": ("histogram", "Seconds of a genre run spent embedding"),
    "recap_hdbscan_seconds": ("histogram", "Seconds of a genre run spent clustering"),
    "recap_mmr_selected_total": ("counter", "Representative sentences selected"),
    "recap_dedup_removed_total": ("counter", "Sentences removed as duplicates"),
    "recap_runs_total": ("counter", "Genre runs ended, by status and genre"),
    "recap_subworker_learning_task_duration_seconds": ("histogram", "Seconds of a learning task"),
    "recap_subworker_learning_task_success_total": ("counter", "Learning tasks that sent their payload"),
    "recap_subworker_learning_task_failure_total": ("counter", "Learning tasks that failed"),
    "dagster_runs_failed_total": ("counter", "Failed Dagster runs, by job"),
    "tag_label_graph_edges_refreshed_total": ("counter", "Edges of the tag label graph refreshed, by window"),
    "tagging_articles_total": ("counter", "Articles by outcome"),
    "tagging_cascade_decisions_total": ("counter", "Cascade decisions, by reason"),
    "tagging_lag_seconds": ("histogram", "Seconds from an article's creation to its outcome"),
    "tagging_inference_seconds": ("histogram", "Seconds of tag extraction per article"),
}

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0, 900.0)


class Sample(NamedTuple):
    """One stored counter: a Prometheus sample name, its labels as canonical JSON, and its value."""

    name: str
    labels: str
    value: float


class MetricBatch:
    """The counts of one unit of work, to be stored with its result."""

    def __init__(self) -> None:
        self._values: dict[tuple[str, str], float] = {}

    def count(self, name: str, amount: float = 1.0, labels: Mapping[str, str] | None = None) -> None:
        """Add to a counter."""
        self._expect(name, "counter")
        self._add(name, labels or {}, amount)

    def observe(self, name: str, value: float, labels: Mapping[str, str] | None = None) -> None:
        """Add one observation, in the metric's unit, to a histogram."""
        self._expect(name, "histogram")
        given = dict(labels or {})
        for bound in BUCKETS:
            if value <= bound:
                self._add(f"{name}_bucket", {**given, "le": str(bound)}, 1)
        self._add(f"{name}_bucket", {**given, "le": "+Inf"}, 1)
        self._add(f"{name}_sum", given, value)
        self._add(f"{name}_count", given, 1)

    def samples(self) -> list[Sample]:
        """Return all samples in key order, so that concurrent writers lock rows in one order and do not deadlock."""
        return [Sample(name, labels, value) for (name, labels), value in sorted(self._values.items())]

    def _add(self, name: str, labels: Mapping[str, str], amount: float) -> None:
        key = name, json.dumps(dict(labels), sort_keys=True, ensure_ascii=False)
        self._values[key] = self._values.get(key, 0.0) + amount

    @staticmethod
    def _expect(name: str, kind: str) -> None:
        if CATALOGUE.get(name, ("",))[0] != kind:
            raise KeyError(
                f"{name!r} is not a {kind} in observability.metrics.CATALOGUE; add it there with a help text"
            )


def exposition(samples: Iterable[Sample]) -> Iterator[tuple[str, str, str, list[Sample]]]:
    """Group stored samples for exposition: yields (family, kind, help, samples) per metric of the catalogue."""
    by_family: dict[str, list[Sample]] = {name: [] for name in CATALOGUE}
    for sample in samples:
        family = sample.name
        if family not in by_family:
            family = sample.name.rsplit("_", 1)[0]
        if family in by_family:
            by_family[family].append(sample)
    for family, (kind, text) in CATALOGUE.items():
        yield family, kind, text, by_family[family]
