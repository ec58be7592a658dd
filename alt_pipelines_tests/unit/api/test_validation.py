"""Refusing an invalid body costs about as much as reading a valid one, whatever is invalid about it."""

import json
import tracemalloc

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


VALID = _run(_repeated(json.dumps(_DOCUMENT)))
HOSTILE = {
    "empty documents": _run(_repeated("{}")),
    "documents of a wrong type": _run(_repeated("1")),
    "paragraphs of a wrong type": _run(_with(f'"title":1,"paragraphs":[{_repeated("1")}]')),
    "many documents with wrong paragraphs": _run(_repeated('{"article_id":"x","paragraphs":[1,1,1,1]}')),
    "short paragraphs": _run(_repeated('{"article_id":"x","paragraphs":["a"]}')),
    "unknown keys": _run(f"{{{_named('1')}}}"),
    "scores of a wrong type": _run(_with(f'"genre_scores":{{{_named(json.dumps("x"))}}}')),
    "languages of a wrong type": _run(
        _repeated(json.dumps(_DOCUMENT))[:5000], f',"metadata":{{"language_distribution":{{{_named("[]")}}}}}'
    ),
    "digits": _run(_with(f'"confidence":{"7" * BYTES}')),
    "brackets": b"[" * BYTES,
    "objects": b'{"documents":' * (BYTES // 13),
}


def _refused(body: bytes) -> list[dict[str, object]]:
    with pytest.raises(InvalidBody) as refusal:
        parse("GenreRunRequest", body)
    return refusal.value.problems


@pytest.mark.parametrize("shape", HOSTILE)
def test_an_invalid_body_costs_at_most_a_few_times_a_valid_one(shape: str) -> None:
    usual = min(cpu_seconds(lambda: parse("GenreRunRequest", VALID)) for _ in range(2))
    taken = min(cpu_seconds(lambda: _refused(HOSTILE[shape])) for _ in range(2))
    assert taken < 8 * usual, f"{taken:.2f} s, a valid body takes {usual:.2f} s"


@pytest.mark.parametrize("shape", HOSTILE)
def test_what_is_wrong_is_said_in_few_words(shape: str) -> None:
    tracemalloc.start()
    try:
        problems = _refused(HOSTILE[shape])
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert 1 <= len(problems) <= 50
    assert peak < 50 * BYTES
