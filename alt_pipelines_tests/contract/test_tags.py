"""`/api/v1/tags/batch` and `/api/v1/extract-tags`: order of checks, absent articles, order and spelling of tags."""

import re
import uuid
from datetime import datetime
from typing import Any

import pytest
from fastapi.testclient import TestClient
from pydantic import SecretStr
from sqlalchemy import insert
from sqlalchemy.engine import Engine

from alt_pipelines.database.alt_tables import article_tags, articles, feed_tags, feeds
from alt_pipelines.settings import ServerSettings
from alt_pipelines.sites import store as sites
from alt_pipelines.sites.names import KnownName
from alt_pipelines.text.boilerplate.removal import line_key
from alt_pipelines_tests.contract.conftest import SERVICE_SECRET

BATCH, EXTRACT = "/api/v1/tags/batch", "/api/v1/extract-tags"
TOKEN = {"X-Service-Token": SERVICE_SECRET.encode()}
ARTICLE = str(uuid.UUID(int=7))
CHANGED = datetime(2026, 11, 20, 8, 30, 0, 120_000)
TEXT = {
    "title": "Chip export rules tightened",
    "content": "The trade ministry tightened export rules for advanced chips on Monday. Makers of lithography machines "
    "in the Netherlands and Japan expect delays of several months. Analysts at the central bank of the region said "
    "that semiconductor supply chains will move to other countries, and that memory chip prices may rise.",
}  # fmt: skip


def tag_article(engine: Engine, article_id: str, tags: list[tuple[str, float]]) -> None:
    feed_id = str(uuid.uuid4())
    url = f"https://news.example/{article_id}"
    with engine.begin() as connection:
        connection.execute(
            insert(feeds).values(id=feed_id, title="t", description="d", link=url, pub_date=datetime(2026, 11, 20))
        )
        connection.execute(
            insert(articles).values(
                id=article_id, title="t", content="c", url=url, feed_id=feed_id, user_id=str(uuid.uuid4())
            )
        )
        for name, confidence in tags:
            values = {"feed_id": feed_id, "tag_name": name, "confidence": confidence, "updated_at": CHANGED}
            tag_id = connection.execute(insert(feed_tags).values(values).returning(feed_tags.c.id)).scalar_one()
            connection.execute(insert(article_tags).values(article_id=article_id, feed_tag_id=tag_id))


def ask(client: TestClient, ids: list[str]) -> Any:
    return client.post(BATCH, json={"article_ids": ids}, headers=TOKEN)


def test_tags_come_best_first_and_then_by_name_with_their_real_time(client: TestClient, alt_engine: Engine) -> None:
    tag_article(alt_engine, ARTICLE, [("b", 0.5), ("半導体", 0.9), ("a", 0.5), ("C", 0.5)])
    answer = ask(client, [ARTICLE])
    assert answer.status_code == 200
    assert answer.json()["success"] is True
    assert answer.json()["tags"] == {
        ARTICLE: [
            {"tag": tag, "confidence": confidence, "source": "ml_model", "updated_at": "2026-11-20T08:30:00.12Z"}
            for tag, confidence in [("半導体", 0.9), ("C", 0.5), ("a", 0.5), ("b", 0.5)]
        ]
    }


def test_articles_without_tags_unknown_ones_and_ids_that_are_none_are_absent(
    client: TestClient, alt_engine: Engine
) -> None:
    tag_article(alt_engine, ARTICLE, [])
    answer = ask(client, [ARTICLE, str(uuid.uuid4()), "no-uuid", "", "'; DROP TABLE articles; --", "\x00", "é" * 5000])
    assert (answer.status_code, answer.json()) == (200, {"success": True, "tags": {}})


def test_an_id_is_answered_as_it_was_spelled(client: TestClient, alt_engine: Engine) -> None:
    known = "8b6f68c1-3c20-4c2c-b6b1-648a6f5104cd"
    tag_article(alt_engine, known, [("a", 0.5)])
    answer = ask(client, [known.upper(), known, known])
    assert set(answer.json()["tags"]) == {known.upper(), known}


def test_a_thousand_ids_are_served_and_one_more_is_not(client: TestClient, alt_engine: Engine) -> None:
    tag_article(alt_engine, ARTICLE, [("a", 0.5)])
    ids = [str(uuid.uuid4()) for _ in range(999)] + [ARTICLE]
    assert set(ask(client, ids).json()["tags"]) == {ARTICLE}
    answer = ask(client, [*ids, ARTICLE])
    assert (answer.status_code, answer.json()) == (400, {"detail": "Too many article_ids (max 1000)"})


def test_an_empty_list_is_a_bad_request(client: TestClient) -> None:
    answer = ask(client, [])
    assert (answer.status_code, answer.json()) == (400, {"detail": "article_ids must be a non-empty list"})


BAD_SHAPES = [b"", b"{", b"[]", b"{}", b'{"article_ids": "a"}', b'{"article_ids": [1]}', b'{"article_ids": [null]}',
              b'{"article_ids": [NaN]}', b'{"article_ids": null}']  # fmt: skip


@pytest.mark.parametrize("content", BAD_SHAPES)
def test_the_shape_of_the_body_is_checked_before_anything_else(make_client: Any, content: bytes) -> None:
    unconfigured = make_client(server=ServerSettings())
    answer = unconfigured.post(BATCH, content=content, headers={"Content-Type": "application/json"})
    assert answer.status_code == 422
    assert isinstance(answer.json()["detail"], list)


@pytest.mark.parametrize(("path", "body"), [(BATCH, {"article_ids": []}), (EXTRACT, TEXT)])
def test_a_missing_secret_is_reported_before_a_missing_token_and_that_before_the_rest(
    make_client: Any, path: str, body: dict[str, Any]
) -> None:
    unconfigured = make_client(server=ServerSettings())
    answer = unconfigured.post(path, json=body)
    assert (answer.status_code, answer.json()) == (500, {"detail": "Service authentication not configured"})

    configured = make_client(server=ServerSettings(service_secret=SecretStr(SERVICE_SECRET)))
    answer = configured.post(path, json=body)
    assert (answer.status_code, answer.json()) == (401, {"detail": "Missing X-Service-Token header"})
    for wrong in (b"wrong", SERVICE_SECRET.encode()[:-1], SERVICE_SECRET.encode() + b"x", b"\xff\xfe"):
        answer = configured.post(path, json=body, headers={"X-Service-Token": wrong})
        assert (answer.status_code, answer.json()) == (403, {"detail": "Invalid service token"})
    assert configured.post(path, json=body, headers={"X-Service-Token": b""}).status_code == 401


def test_json_without_a_content_type_is_read_as_before(client: TestClient) -> None:
    request = client.build_request("POST", BATCH, content=b'{"article_ids": ["x"]}', headers=TOKEN)
    assert "content-type" not in request.headers
    assert client.send(request).status_code == 200


def test_a_text_is_tagged_for_a_service(client: TestClient) -> None:
    answer = client.post(EXTRACT, json=TEXT, headers=TOKEN).json()
    assert answer["success"] is True
    assert len(answer["tags"]) >= 3
    assert all(isinstance(tag, str) and tag for tag in answer["tags"])
    assert 0 < answer["confidence"] <= 1
    assert answer["inference_ms"] > 0
    assert answer["language"] == "en"
    assert set(answer) == {"success", "tags", "confidence", "inference_ms", "language"}


def test_a_text_with_a_url_is_tagged_as_the_stored_articles_of_its_site_are(
    client: TestClient, alt_engine: Engine
) -> None:
    note = "The Harbour Gazette also hosts the Marlowe Crossword Championship."
    text = {"title": TEXT["title"], "content": f"<p>{TEXT['content']}</p><p>{note}</p>"}
    with alt_engine.begin() as connection:
        sites.replace_lines(connection, {"gazette.example": {line_key(note): 9}})
        sites.replace_names(connection, {"gazette.example": [KnownName("en", "chip export-rules", 9)]})

    def tags(**extra: str) -> set[str]:
        return {tag.casefold() for tag in client.post(EXTRACT, json={**text, **extra}, headers=TOKEN).json()["tags"]}

    here, elsewhere = tags(url="https://Gazette.example/7?a=1"), tags(url="https://other.example/7")
    assert tags() == elsewhere == tags(url="no address") == tags(url="")
    assert any("crossword" in tag for tag in elsewhere)
    assert not any("crossword" in tag for tag in here)
    assert ("chip export-rules" in here, "chip export rules" in here) == (True, False)


@pytest.mark.parametrize("content", ["", "   ", "!!! 123", "🚀🚀", "\x00\x01", "<script>alert(1)</script>"])
def test_a_rejected_text_has_no_tags_and_says_und(client: TestClient, content: str) -> None:
    answer = client.post(EXTRACT, json={"title": "", "content": content}, headers=TOKEN)
    assert answer.status_code == 200
    assert answer.json() == {"success": True, "tags": [], "confidence": 0, "inference_ms": 0, "language": "und"}


def test_lone_surrogates_in_json_do_no_harm(client: TestClient) -> None:
    broken = rb"\ud800 The ministry tightened export rules for advanced chips on Monday."
    assert client.post(EXTRACT, content=b'{"title": "", "content": "%s"}' % broken, headers=TOKEN).status_code == 200
    assert client.post(BATCH, content=b'{"article_ids": ["%s"]}' % broken, headers=TOKEN).json()["tags"] == {}


def test_a_text_of_five_million_characters_is_tagged_too(client: TestClient) -> None:
    answer = client.post(EXTRACT, json={**TEXT, "content": TEXT["content"] * 15_000}, headers=TOKEN)
    assert answer.status_code == 200
    assert answer.json()["tags"]


def test_times_carry_a_z_even_on_a_whole_second(client: TestClient, alt_engine: Engine) -> None:
    tag_article(alt_engine, ARTICLE, [("a", 0.5)])
    with alt_engine.begin() as connection:
        connection.execute(feed_tags.update().values(updated_at=datetime(2026, 11, 20, 8, 30)))
    (tag,) = ask(client, [ARTICLE]).json()["tags"][ARTICLE]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", tag["updated_at"])
