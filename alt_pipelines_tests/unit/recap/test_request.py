"""The body of POST /v1/runs: every constraint of the contract, and the canonical form that identity rests on."""

import copy
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from alt_pipelines.recap.corpus.request import GenreRunRequest, request_of
from alt_pipelines_tests.unit.recap.corpora import english, metadata, request

BODY: dict[str, Any] = {
    "params": {
        "max_sentences_total": 100,
        "umap_n_components": 25,
        "hdbscan_min_cluster_size": 5,
        "mmr_lambda": 0.7,
    },
    "documents": [{"article_id": f"a{i}", "paragraphs": ["x" * 30]} for i in range(3)],
}


def changed(path: str, value: Any) -> dict[str, Any]:
    """The body with one value set, e.g. at `documents.0.title`."""
    body = copy.deepcopy(BODY)
    place: Any = body
    *parents, last = path.split(".")
    for part in parents:
        place = place[int(part)] if part.isdigit() else place.setdefault(part, {})
    place[last] = value
    return body


def parse(body: dict[str, Any]) -> GenreRunRequest:
    return GenreRunRequest.model_validate(body)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("params.max_sentences_total", 19),
        ("params.max_sentences_total", 10_001),
        ("params.umap_n_components", -1),
        ("params.umap_n_components", 129),
        ("params.hdbscan_min_cluster_size", 2),
        ("params.hdbscan_min_cluster_size", 501),
        ("params.mmr_lambda", -0.1),
        ("params.mmr_lambda", 1.1),
        ("params.mmr_lambda", float("nan")),
        ("params.max_sentences_per_cluster", 0),
        ("params.max_sentences_per_cluster", 51),
        ("params.unknown", 1),
        ("documents", [{"article_id": "a", "paragraphs": ["x" * 30]}] * 2),
        ("documents.0.unknown", 1),
        ("documents.0.article_id", "x" * 129),
        ("documents.0.article_id", "  "),
        ("documents.0.title", "x" * 513),
        ("documents.0.lang_hint", "x" * 9),
        ("documents.0.published_at", "last Tuesday"),
        ("documents.0.published_at", "0001-01-01T00:00:00+14:00"),
        ("documents.0.source_url", "ftp://example.org/a"),
        ("documents.0.source_url", "javascript:alert(1)"),
        ("documents.0.paragraphs", []),
        ("documents.0.paragraphs", ["", "  \n "]),
        ("documents.0.paragraphs", ["x" * 40, "x" * 29]),
        ("documents.0.genre_scores", {"tech": 1.5}),
        ("documents.0.confidence", 1.01),
        ("documents.0.confidence", float("nan")),
        ("documents.0.signals", {"unknown": 1}),
        ("documents.0.signals", {"tfidf_sum": float("inf")}),
        ("documents.0.signals", {"token_count": -1}),
        ("metadata", {"article_count": 1}),
        ("metadata", metadata() | {"unknown": 1}),
        ("metadata", metadata() | {"primary_language": "x" * 17}),
        ("metadata", metadata() | {"classifier": {"avg_confidence": 2}}),
    ],
)
def test_what_the_contract_forbids_is_refused(path: str, value: Any) -> None:
    with pytest.raises(ValidationError) as refused:
        parse(changed(path, value))
    assert refused.value.errors()[0]["loc"][0] == path.split(".")[0]


@pytest.mark.parametrize(
    "missing", ["max_sentences_total", "umap_n_components", "hdbscan_min_cluster_size", "mmr_lambda"]
)
def test_four_parameters_are_required(missing: str) -> None:
    body = copy.deepcopy(BODY)
    del body["params"][missing]
    with pytest.raises(ValidationError, match=missing):
        parse(body)


def test_strings_are_stripped_and_blank_paragraphs_dropped_before_they_are_measured() -> None:
    request = parse(changed("documents.0.paragraphs", ["  ", "\t" + "y" * 30 + "\n", ""]))
    assert request.documents[0].paragraphs == ["y" * 30]
    assert parse(changed("documents.0.article_id", "  a0 ")).documents[0].article_id == "a0"


def test_a_paragraph_that_is_too_short_is_named_with_its_length_and_a_remedy() -> None:
    with pytest.raises(ValidationError, match=r"paragraph 1 has 5 characters, the minimum is 30; merge it"):
        parse(changed("documents.0.paragraphs", ["x" * 30, "short"]))


def test_representatives_default_to_seven() -> None:
    assert parse(BODY).params.max_sentences_per_cluster == 7


def test_spelling_does_not_change_identity() -> None:
    body = copy.deepcopy(BODY)
    body["params"]["max_sentences_per_cluster"] = 7
    body["documents"][0] |= {"title": None, "article_id": " a0 "}
    body["metadata"] = None
    reordered = json.loads(json.dumps(body, sort_keys=True))
    assert parse(body).canonical_hash() == parse(BODY).canonical_hash() == parse(reordered).canonical_hash()


def test_a_time_is_one_time_in_any_zone_and_utc_where_none_is_given() -> None:
    spellings = ["2026-03-01T09:00:00+09:00", "2026-03-01T00:00:00Z", "2026-03-01T00:00:00"]
    hashes = {parse(changed("documents.0.published_at", spelling)).canonical_hash() for spelling in spellings}
    assert len(hashes) == 1


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("params.mmr_lambda", 0.71),
        ("documents.1.paragraphs", ["z" * 30]),
        ("documents.1.title", "t"),
        ("documents.1.published_at", "2026-03-01T00:00:00Z"),
        ("metadata", metadata()),
    ],
)
def test_every_difference_in_meaning_changes_identity(path: str, value: Any) -> None:
    assert parse(changed(path, value)).canonical_hash() != parse(BODY).canonical_hash()


def test_an_address_is_kept_letter_for_letter() -> None:
    url = "https://例え.jp/a?b=1#c"
    assert parse(changed("documents.0.source_url", url)).documents[0].source_url == url


@given(st.text(max_size=40), st.text(min_size=30, max_size=80), st.floats(0, 1), st.datetimes())
def test_the_canonical_payload_reads_back_as_the_same_request(
    title: str, text: str, confidence: float, at: Any
) -> None:
    body = copy.deepcopy(BODY)
    body["documents"][0] |= {"title": title, "confidence": confidence, "published_at": at.isoformat()}
    body["documents"][0]["paragraphs"] = [text + "." * 30]
    request = parse(body)
    stored = json.loads(json.dumps(request.canonical_payload(), allow_nan=False))
    again = parse(stored)
    assert again == request
    assert again.canonical_hash() == request.canonical_hash()
    assert "\x00" not in json.dumps(stored, ensure_ascii=False)


def test_only_lone_surrogates_of_a_body_are_replaced() -> None:
    body = request(english(stories=1, each=3)).canonical_payload()
    titles = ["cut \ud83d", "\ude00 cut", "whole \U0001f600", r"a backslash \ud83d", "\ud83d\U0001f600"]
    expected = ["cut \ufffd", "\ufffd cut", "whole \U0001f600", r"a backslash \ud83d", "\ufffd\U0001f600"]
    for title, read in zip(titles, expected, strict=True):
        body["documents"][0]["title"] = title
        assert request_of(json.dumps(body).encode()).documents[0].title == read
    with pytest.raises(ValidationError, match="invalid escape"):
        request_of(json.dumps(body).encode().replace(b"documents", rb"\ud8"))
