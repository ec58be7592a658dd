"""The load during the faults: one thread inserts articles, another posts genre runs, as real clients do.

A client that gets no answer retries with the same idempotency key. A run counts as accepted after the answer 202.
"""

import itertools
import random
import threading
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import httpx
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from alt_pipelines.demo.corpus import LoadedArticle, default_source, read_articles, split_problems

ARTICLE_PAUSE_SECONDS = 0.5
POST_PAUSE_SECONDS = 4.0
_DOCUMENTS = 12
_LONG_ENOUGH = 60  # characters, twice the minimum of a paragraph in a request

_INSERT_FEED = """
INSERT INTO feeds (title, description, link, pub_date) VALUES (:title, '', :url, now() at time zone 'utc')
ON CONFLICT (link) DO UPDATE SET updated_at = feeds.updated_at RETURNING id
"""
_INSERT_ARTICLE = """
INSERT INTO articles (title, content, url, feed_id, user_id) VALUES (:title, :content, :url, :feed, :user)
ON CONFLICT (url) DO NOTHING
"""


def insert_article(connection: Connection, title: str, content: str, url: str) -> None:
    """Insert an article with a feed of its own, unless an article has this URL."""
    feed = connection.execute(text(_INSERT_FEED), {"title": title, "url": url}).scalar_one()
    row = {"title": title, "content": content, "url": url, "feed": feed, "user": uuid.uuid4()}
    connection.execute(text(_INSERT_ARTICLE), row)


@dataclass
class Load:
    """Two threads that run until stopped, and a record of what was accepted."""

    alt: Engine
    adapter: str
    seed: int
    urls: list[str] = field(default_factory=list)
    accepted: dict[tuple[str, str], int] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._stop = threading.Event()
        loaded, _ = split_problems(read_articles(default_source()))
        self._articles = [article for article in loaded if len(article.content) >= _LONG_ENOUGH]
        self._threads = [
            threading.Thread(target=work, name=work.__name__, daemon=True)
            for work in (self._insert_articles, self._post_runs)
        ]

    def start(self) -> None:
        """Start both threads."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Stop both threads after their current request."""
        self._stop.set()
        for thread in self._threads:
            thread.join(120)

    def _insert_articles(self) -> None:
        for number, article in self._endless(self.seed):
            url = f"{article.url}?chaos={self.seed}-{number}"
            if self._insert(article, url):
                self.urls.append(url)
            if self._stop.wait(ARTICLE_PAUSE_SECONDS):
                return

    def _insert(self, article: LoadedArticle, url: str) -> bool:
        while not self._stop.is_set():
            try:
                with self.alt.begin() as connection:
                    insert_article(connection, article.title, article.content, url)
                return True
            except DBAPIError:
                time.sleep(0.5)
        return False

    def _post_runs(self) -> None:
        chooser = random.Random(self.seed)
        with httpx.Client(base_url=self.adapter, timeout=20) as client:
            while not self._stop.wait(POST_PAUSE_SECONDS):
                genre = f"genre {chooser.randrange(6)}"
                self._post(client, str(uuid.UUID(int=chooser.getrandbits(128), version=4)), genre, chooser)

    def _post(self, client: httpx.Client, job: str, genre: str, chooser: random.Random) -> None:
        headers = {"X-Alt-Job-Id": job, "X-Alt-Genre": genre, "Idempotency-Key": f"{job}::{genre}"}
        body = self._body(chooser)
        while not self._stop.is_set():
            try:
                response = client.post("/v1/runs", json=body, headers=headers)
            except httpx.HTTPError:
                time.sleep(1)
                continue
            if response.status_code == 202:
                self.accepted[job, genre] = int(response.json()["run_id"])
                return
            if response.status_code < 500:
                self.refused.append(f"{response.status_code} {response.text[:200]}")
                return
            time.sleep(1)

    def _body(self, chooser: random.Random) -> dict[str, Any]:
        chosen = chooser.sample(self._articles, _DOCUMENTS)
        documents = [
            {"article_id": str(uuid.UUID(int=chooser.getrandbits(128), version=4)), "paragraphs": [article.content]}
            for article in chosen
        ]
        metadata = {"article_count": _DOCUMENTS, "sentence_count": 60, "character_count": 9000}
        return {
            "params": {
                "max_sentences_total": 400,
                "umap_n_components": 5,
                "hdbscan_min_cluster_size": 3,
                "mmr_lambda": 0.4,
            },
            "documents": documents,
            "metadata": {**metadata, "primary_language": "en"},
        }

    def _endless(self, seed: int) -> Iterator[tuple[int, LoadedArticle]]:
        shuffled = list(self._articles)
        random.Random(seed).shuffle(shuffled)
        return enumerate(itertools.cycle(shuffled))
