"""Refusing an invalid body costs about as much as reading a valid one, whatever is invalid about it."""

import json
import tracemalloc
from collections.abc import Callable

import pytest

from alt_pipelines_tests.support.speed import cpu_seconds
from api.validation import InvalidBody, parse

pytestmark = pytest.mark.heavy

BYTES = 2_000_000
_PARAMS = {"max_sentences_total": 100, "umap_n_components": 5, "hdbscan_min_cluster_size": 3, "mmr_lambda": 0.4}
_DOCUMENT = {"article_id": "x", "paragraphs": ["The port of Rotterdam reopened on Monday, said the mayor."]}


def _repeated(item: str) -> str:
    return ",".join([item] * (BYTES // (len(item) + 1)))


def _named(value: str) -> str:
    return ",".join(f'"name {number}":{value}' for number in range(BYTES // 15))


def _run(documents: str, more: str = "") -> bytes:
    return f'{{"params":{json.dumps(_PARAMS)},"documents":[{documents}]{more}}}'.encode()


def _with(field: str) -> str:
    return f"{{{field},{json.dumps(_DOCUMENT)[1:]}"


# Made when a test needs them: each is two megabytes.
HOSTILE: dict[str, Callable[[], bytes]] = {
    "empty documents": lambda: _run(_repeated("{}")),
    "documents of a wrong type": lambda: _run(_repeated("1")),
    "paragraphs of a wrong type": lambda: _run(_with(f'"title":1,"paragraphs":[{_repeated("1")}]')),
    "many documents with wrong paragraphs": lambda: _run(_repeated('{"article_id":"x","paragraphs":[1,1,1,1]}')),
    "short paragraphs": lambda: _run(_repeated('{"article_id":"x","paragraphs":["a"]}')),
    "unknown keys": lambda: _run(f"{{{_named('1')}}}"),
    "scores of a wrong type": lambda: _run(_with(f'"genre_scores":{{{_named(json.dumps("x"))}}}')),
    "languages of a wrong type": lambda: _run(
        _repeated(json.dumps(_DOCUMENT))[:5000], f',"metadata":{{"language_distribution":{{{_named("[]")}}}}}'
    ),
    "digits": lambda: _run(_with(f'"confidence":{"7" * BYTES}')),
    "brackets": lambda: b"[" * BYTES,
    "objects": lambda: b'{"documents":' * (BYTES // 13),
}


def _refused(body: bytes) -> list[dict[str, object]]:
    with pytest.raises(InvalidBody) as refusal:
        parse("GenreRunRequest", body)
    return refusal.value.problems


@pytest.mark.parametrize("shape", HOSTILE)
def test_an_invalid_body_costs_at_most_a_few_times_a_valid_one(shape: str) -> None:
    valid, hostile = _run(_repeated(json.dumps(_DOCUMENT))), HOSTILE[shape]()
    usual = min(cpu_seconds(lambda: parse("GenreRunRequest", valid)) for _ in range(2))
    taken = min(cpu_seconds(lambda: _refused(hostile)) for _ in range(2))
    assert taken < 8 * usual, f"{taken:.2f} s, a valid body takes {usual:.2f} s"


@pytest.mark.parametrize("shape", HOSTILE)
def test_what_is_wrong_is_said_in_few_words(shape: str) -> None:
    hostile = HOSTILE[shape]()
    tracemalloc.start()
    try:
        problems = _refused(hostile)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert 1 <= len(problems) <= 50
    assert peak < 50 * BYTES
