"""An empty or degraded recap is a failed check, never a silent success."""

from dataclasses import replace

import dagster as dg
import numpy as np

from alt_pipelines.recap.checks import evaluate
from alt_pipelines.recap.story.result import Cluster, GenreResult, Representative

SENTENCE = Representative("a1", 0, 0, "The ferry ran aground on a sandbank.", "en", 1.0)
CLUSTER = Cluster(0, 3, "ferry", ("ferry",), {"token_count": 20}, (SENTENCE,), ("a1",))
GOOD = GenreResult(
    status="succeeded",
    clusters=(CLUSTER,),
    diagnostics={"backend": "onnx", "model_id": "m", "noise_ratio": 0.2, "sentences_cut": 0},
    assignments=(),
    seconds={},
    map_vectors=np.zeros((0, 2), np.float32),
    map_clusters=(),
)


def failures(result: GenreResult) -> dict[str, dg.AssetCheckSeverity]:
    return {str(check.check_name): check.severity for check in evaluate(result) if not check.passed}


def test_a_good_run_passes_every_check() -> None:
    assert failures(GOOD) == {}


def test_an_empty_recap_is_an_error() -> None:
    assert failures(replace(GOOD, clusters=())) == {"finds_stories": dg.AssetCheckSeverity.ERROR}


def test_mostly_noise_is_a_warning() -> None:
    noisy = replace(GOOD, diagnostics={**GOOD.diagnostics, "noise_ratio": 0.9})
    assert failures(noisy) == {"finds_stories": dg.AssetCheckSeverity.WARN}


def test_hash_vectors_are_an_error_and_so_is_not_knowing() -> None:
    for diagnostics in ({"backend": "hash", "model_id": "h"}, {}):
        assert failures(replace(GOOD, diagnostics=diagnostics)) == {"is_not_degraded": dg.AssetCheckSeverity.ERROR}


def test_a_partial_run_is_a_warning() -> None:
    assert failures(replace(GOOD, status="partial")) == {"is_not_degraded": dg.AssetCheckSeverity.WARN}


def test_a_story_without_a_sentence_is_an_error_but_noise_needs_none() -> None:
    silent = replace(CLUSTER, cluster_id=1, representatives=())
    assert failures(replace(GOOD, clusters=(CLUSTER, silent))) == {"is_consistent": dg.AssetCheckSeverity.ERROR}
    noise = replace(silent, cluster_id=-1)
    assert failures(replace(GOOD, clusters=(CLUSTER, noise))) == {}


def test_an_article_in_two_stories_is_an_error() -> None:
    again = replace(CLUSTER, cluster_id=1)
    assert failures(replace(GOOD, clusters=(CLUSTER, again))) == {"is_consistent": dg.AssetCheckSeverity.ERROR}
