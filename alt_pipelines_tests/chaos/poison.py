"""Faults that clients cause: articles and genre runs with the texts that take longest to analyse."""

import random
import uuid
from contextlib import suppress

import httpx
from sqlalchemy import text

from alt_pipelines_tests.chaos.faults import Fault
from alt_pipelines_tests.chaos.load import insert_article
from alt_pipelines_tests.chaos.world import World
from alt_pipelines_tests.support.hostile import SHAPES

URL = "https://poison.example/"
_ARTICLES = 3
_CHARACTERS = 300_000
_COSTLY = "Japanese in one line"  # a second of analysis for the longest text kept, three times the world's deadline
_SHAPES = ("dots and an x", "one word", _COSTLY, "marks of many classes", "tables in tables", "Thai in one line")


def poison_articles(world: World, chooser: random.Random) -> None:
    """Insert articles that exceed the CPU time allowed for an article."""
    for _ in range(_ARTICLES):
        url = f"{URL}{chooser.getrandbits(64)}"
        with suppress(Exception), world.alt.begin() as connection:
            insert_article(connection, "嵐のあとの港", SHAPES[_COSTLY](_CHARACTERS), url)


def poison_run(world: World, chooser: random.Random) -> None:
    """Post a genre run of the worst texts; the client does not wait for it."""
    job = str(uuid.UUID(int=chooser.getrandbits(128), version=4))
    documents = [
        {"article_id": f"{job[:30]}{number:06}", "paragraphs": [SHAPES[shape](_CHARACTERS)]}
        for number, shape in enumerate(_SHAPES * 2)
    ]
    body = {
        "params": {
            "max_sentences_total": 2000,
            "umap_n_components": 5,
            "hdbscan_min_cluster_size": 3,
            "mmr_lambda": 0.4,
        },
        "documents": documents,
        "metadata": {"article_count": 12, "sentence_count": 60, "character_count": 9000, "primary_language": "ja"},
    }
    headers = {"X-Alt-Job-Id": job, "X-Alt-Genre": "poison"}
    with suppress(httpx.HTTPError):
        httpx.post(f"{world.stack.addresses.adapter}/v1/runs", json=body, headers=headers, timeout=60)


def poison_faults() -> list[Fault]:
    """Return one fault of every type."""
    return [Fault("articles that take too long", poison_articles), Fault("a run of the worst texts", poison_run)]


def unfinished_poison(world: World) -> list[str]:
    """Return the outcomes of poison articles that are not `took_too_long`, and good articles that are."""
    query = """
        SELECT a.url, o.status, o.reason FROM articles a
        LEFT JOIN alt_pipelines.article_tag_outcomes o ON o.article_id = a.id
        WHERE (a.url LIKE :poison) <> coalesce(o.status = 'failed' AND o.reason = 'took_too_long', false)
    """
    with world.alt.connect() as connection:
        return [str(tuple(row)) for row in connection.execute(text(query), {"poison": f"{URL}%"})]
