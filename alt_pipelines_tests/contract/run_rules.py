"""The contract of a run object as one check: its JSON schema, and the rules that a schema cannot express.

Every test that has a run object, from the API, the pipeline or the command line, can call `assert_keeps_contract(run)`.
"""

import json
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

SCHEMA = json.loads(Path(__file__).with_name("run_schema.json").read_text("utf-8"))
_VALIDATOR = Draft202012Validator(SCHEMA)


def violations(run: dict[str, Any], max_sentences_per_cluster: int = 50) -> list[str]:
    """Return one sentence per violation of the contract in a run object; empty if there is none.

    `max_sentences_per_cluster` is the value of the request.
    """
    found = [f"{error.json_path}: {error.message}" for error in _VALIDATOR.iter_errors(run)]
    try:
        json.dumps(run, allow_nan=False)
    except ValueError:
        found.append("the run holds NaN or Infinity")
    if found:
        return found  # the checks below rely on the shape
    return [*_order(run), *_articles(run), *_representatives(run, max_sentences_per_cluster)]


def assert_keeps_contract(run: dict[str, Any], max_sentences_per_cluster: int = 50) -> None:
    """Fail with every violation of the contract in a run object."""
    found = violations(run, max_sentences_per_cluster)
    assert not found, "the run object breaks the contract:\n" + "\n".join(found)


def _order(run: dict[str, Any]) -> list[str]:
    clusters = run["clusters"]
    found = []
    ids = [cluster["cluster_id"] for cluster in clusters]
    real = [cluster for cluster in clusters if cluster["cluster_id"] >= 0]
    if -1 in ids[:-1]:
        found.append(f"noise stands before the end: cluster ids are {ids}")
    if [cluster["cluster_id"] for cluster in real] != list(range(len(real))):
        found.append(f"cluster ids are not 0..n-1 in order: {ids}")
    sizes = [cluster["size"] for cluster in real]
    if sizes != sorted(sizes, reverse=True):
        found.append(f"clusters are not ordered by size: {sizes}")
    if run["status"] in ("succeeded", "partial") and run["cluster_count"] not in (len(real), len(clusters)):
        found.append(f"cluster_count is {run['cluster_count']}, but there are {len(real)} real clusters")
    return found


def _articles(run: dict[str, Any]) -> list[str]:
    owner: dict[str, int] = {}
    found = []
    for cluster in run["clusters"]:
        for representative in cluster["representatives"]:
            first = owner.setdefault(representative["article_id"], cluster["cluster_id"])
            if first != cluster["cluster_id"]:
                found.append(
                    f"article {representative['article_id']} is in clusters {first} and {cluster['cluster_id']}"
                )
    return found


def _representatives(run: dict[str, Any], limit: int) -> list[str]:
    found = []
    for cluster in run["clusters"]:
        scores = [representative["score"] for representative in cluster["representatives"]]
        if len(scores) > limit:
            found.append(f"cluster {cluster['cluster_id']} has {len(scores)} representatives, {limit} were asked for")
        if scores and scores[0] != 1:
            found.append(f"cluster {cluster['cluster_id']}: the first representative scores {scores[0]}, not 1")
        if scores != sorted(scores, reverse=True):
            found.append(f"cluster {cluster['cluster_id']}: scores do not decrease with rank: {scores}")
    return found
