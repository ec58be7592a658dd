"""Seconds from INSERT to visible tags, measured on a running stack.

    make run                          # or `dagster dev`, or any deployment, in another terminal
    python -m benchmarks.latency [--inserts 200] [--every 1.0] [--dsn postgresql://...]

Inserts articles one per transaction, as the platform does, at random intervals with a mean of `--every` seconds, and
polls article_tags for their rows. Without `--dsn`, the alt-db configured by the environment is used; for the embedded
server of another folder, set ALT_PIPELINES_HOME. The articles are deleted at the end unless `--keep` is given.
"""

import argparse
import random
import statistics
import threading
import time
import uuid
from collections.abc import Callable
from typing import NamedTuple

from sqlalchemy import text
from sqlalchemy.engine import Engine

from alt_pipelines.demo.corpus import SAMPLE, LoadedArticle, read_articles
from alt_pipelines_tests.support.report import recorded
from benchmarks import needs

POLL_SECONDS = 0.05
GIVE_UP_SECONDS = 60.0
PREFIX = "https://latency.example/"


class Arrival(NamedTuple):
    """An inserted article and the time of its commit (monotonic seconds)."""

    id: str
    moment: float


def main() -> None:
    """Measure and print the table."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--inserts", type=int, default=200)
    arguments.add_argument("--every", type=float, default=1.0, help="mean seconds between two inserts")
    arguments.add_argument("--dsn", help="URL of alt-db; default: from the environment")
    arguments.add_argument("--label", default="", help="label of the row in the table")
    arguments.add_argument("--keep", action="store_true", help="keep the inserted articles")
    chosen = arguments.parse_args()
    engine = needs.alt_db(chosen.dsn, "latency-benchmark")
    texts = [row for row in read_articles(SAMPLE) if isinstance(row, LoadedArticle)]
    arrivals: list[Arrival] = []
    try:
        insert_all(engine, texts, 1, 1e-3, arrivals)
        if not watch(engine, arrivals, 1, lambda: False):
            raise SystemExit(
                f"An article has no tags after {GIVE_UP_SECONDS:.0f} s: no stack tags the articles of this database. "
                "Start one with `make run`; `alt-pipelines doctor` tells what is missing."
            )
        arrivals.clear()
        inserting = threading.Thread(
            target=insert_all, args=(engine, texts, chosen.inserts, chosen.every, arrivals), daemon=True
        )
        inserting.start()
        waits = watch(engine, arrivals, chosen.inserts, inserting.is_alive)
    finally:
        if not chosen.keep:
            remove(engine)
    report(chosen.label, chosen.every, chosen.inserts, waits)


def insert_all(engine: Engine, texts: list[LoadedArticle], count: int, every: float, arrivals: list[Arrival]) -> None:
    """Insert articles one by one, with the intervals of a Poisson process of mean `every` seconds."""
    generator = random.Random(7)
    for number in range(count):
        time.sleep(generator.expovariate(1 / every))
        row = texts[number % len(texts)]
        link = f"{PREFIX}{uuid.uuid4()}"
        with engine.begin() as connection:
            article = connection.execute(
                text(
                    """
                    WITH feed AS (
                        INSERT INTO feeds (title, description, link, pub_date) VALUES ('f', '', :link, now())
                        RETURNING id
                    )
                    INSERT INTO articles (title, content, url, feed_id, user_id)
                    SELECT :title, :content, :link, id, '00000000-0000-0000-0000-000000000001' FROM feed
                    RETURNING id::text
                    """
                ),
                {"link": link, "title": row.title, "content": row.content},
            ).scalar_one()
        arrivals.append(Arrival(article, time.monotonic()))


def watch(engine: Engine, arrivals: list[Arrival], count: int, inserting: Callable[[], bool]) -> list[float]:
    """Return the seconds that each article waited for its tags, without articles that exceeded `GIVE_UP_SECONDS`.

    `inserting` tells whether more articles arrive. If the insertion fails, the wait ends as if it had finished.
    """
    waits: dict[str, float] = {}
    while len(waits) < count:
        waiting = {arrival.id: arrival.moment for arrival in tuple(arrivals) if arrival.id not in waits}
        if waiting:
            with engine.connect() as connection:
                tagged = connection.execute(
                    text(
                        "SELECT DISTINCT article_id::text FROM article_tags "
                        "WHERE article_id = ANY(CAST(:ids AS uuid[]))"
                    ),
                    {"ids": list(waiting)},
                )
                moment = time.monotonic()
                waits.update((article, moment - waiting[article]) for article in tagged.scalars())
        if not inserting() and time.monotonic() - max((a.moment for a in arrivals), default=0.0) > GIVE_UP_SECONDS:
            break
        time.sleep(POLL_SECONDS)
    return list(waits.values())


def remove(engine: Engine) -> None:
    """Delete the measured articles with their feeds, tags and outcomes."""
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM feeds WHERE link LIKE :prefix"), {"prefix": f"{PREFIX}%"})


def report(label: str, every: float, inserts: int, waits: list[float]) -> None:
    """Print the measured figures as a table."""
    if not waits:
        raise SystemExit(f"None of {inserts} articles was tagged within {GIVE_UP_SECONDS:.0f} s.")
    ordered = sorted(waits)

    def share(part: float) -> float:
        return ordered[min(int(part * len(ordered)), len(ordered) - 1)]

    print("| INSERT to visible tags | inserts | one every | p50 | p95 | max | never |\n|---|---|---|---|---|---|---|")
    print(
        f"| {label or 'as configured'} | {inserts} | {every:g} s | {statistics.median(ordered):.2f} s "
        f"| **{share(0.95):.2f} s** | {ordered[-1]:.2f} s | {inserts - len(waits)} |"
    )


if __name__ == "__main__":
    with recorded("benchmarks.latency"):
        main()
