"""Metric batches: what is counted is what is exposed, cumulative as Prometheus wants it."""

import json

import pytest

from alt_pipelines.observability.metrics import BUCKETS, MetricBatch, Sample, exposition


def test_a_histogram_is_cumulative_and_counts_every_observation() -> None:
    batch = MetricBatch()
    for value in (0.001, 0.2, 10_000.0):
        batch.observe("recap_embed_seconds", value)
    samples = {(sample.name, sample.labels): sample.value for sample in batch.samples()}
    buckets = [samples.get(("recap_embed_seconds_bucket", json.dumps({"le": str(bound)})), 0) for bound in BUCKETS]
    assert buckets == sorted(buckets)
    assert buckets[0] == 1
    assert buckets[-1] == 2
    assert samples["recap_embed_seconds_bucket", '{"le": "+Inf"}'] == 3
    assert samples["recap_embed_seconds_count", "{}"] == 3
    assert samples["recap_embed_seconds_sum", "{}"] == pytest.approx(10_000.201)


def test_samples_come_in_key_order_so_that_writers_do_not_deadlock() -> None:
    batch = MetricBatch()
    for outcome in ("tagged", "empty", "rejected"):
        batch.count("tagging_articles_total", labels={"outcome": outcome})
    keys = [(sample.name, sample.labels) for sample in batch.samples()]
    assert keys == sorted(keys)


def test_a_metric_without_a_help_text_is_refused() -> None:
    with pytest.raises(KeyError, match="CATALOGUE"):
        MetricBatch().count("surprise_total")


def test_a_counter_cannot_be_observed_as_a_histogram() -> None:
    with pytest.raises(KeyError, match="not a histogram"):
        MetricBatch().observe("recap_mmr_selected_total", 1.0)


def test_exposition_groups_the_parts_of_a_histogram() -> None:
    families = {
        family: [sample.name for sample in samples]
        for family, _, _, samples in exposition(
            [Sample("tagging_lag_seconds_bucket", '{"le": "1.0"}', 1), Sample("tagging_articles_total", "{}", 2)]
        )
    }
    assert families["tagging_lag_seconds"] == ["tagging_lag_seconds_bucket"]
    assert families["tagging_articles_total"] == ["tagging_articles_total"]
