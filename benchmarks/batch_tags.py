"""`POST /api/v1/tags/batch` with 1000 ids: requests per second and latency with 8 clients, and where the time goes.

    python -m benchmarks.batch_tags                      takes about a minute
    python -m benchmarks.batch_tags --seconds 5 --workers 1

Starts a real server (`python -m api`) and a real Postgres in a temporary folder, with 20 000 articles of ten tags each.
Every request asks for 1000 random articles and is read to its end. Clients and server share the machine.

The second table shows why Postgres writes the answer's JSON. It compares with the same answer built from rows in this
process, in wall-clock milliseconds and in this process's CPU time, the first limit of an adapter process.
"""

import argparse
import http.client
import json
import os
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.engine import Engine

from alt_pipelines.database import embedded, migrate
from alt_pipelines.database.engines import make_engine
from alt_pipelines.settings import PoolSettings
from alt_pipelines_tests.support.report import recorded
from alt_pipelines_tests.support.stored_tags import tags_of_articles
from api.tags_store import tags_as_json

ARTICLES, TAGS, IDS, CLIENTS = 20_000, 10, 1000, 8
SECRET = "only-for-this-benchmark"
START_SECONDS = 120
OTHER_WORKERS_SECONDS = 5.0  # the first worker answers before the others; connections opened then all stay with it

FILL = """
INSERT INTO feeds (id, title, description, link, pub_date)
SELECT ('00000000-0000-4000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 't', 'd', 'https://news.example/' || n, now()
FROM generate_series(1, {articles}) n;
INSERT INTO articles (id, title, content, url, feed_id, user_id)
SELECT ('00000000-0000-4000-9000-' || lpad(to_hex(n), 12, '0'))::uuid, 't', repeat('word ', 200),
       'https://news.example/' || n, ('00000000-0000-4000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, gen_random_uuid()
FROM generate_series(1, {articles}) n;
INSERT INTO feed_tags (feed_id, tag_name, confidence, updated_at)
SELECT f.id, 'tag ' || (hashtext(f.id::text || t) % 5000) || ' of ' || t, random(), now() - random() * interval '1 day'
FROM feeds f, generate_series(1, {tags}) t ORDER BY random();
INSERT INTO article_tags (article_id, feed_tag_id)
SELECT a.id, t.id FROM articles a JOIN feed_tags t USING (feed_id) ORDER BY random();
VACUUM ANALYZE;
"""


def main() -> None:
    """Fill a database, measure the server under load, then measure the parts of a request."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--seconds", type=float, default=20)
    options.add_argument("--workers", type=int, default=2, help="worker processes of the server")
    given = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="alt-batch-tags-") as folder:
        home = Path(folder)
        home.chmod(0o755)  # under root, Postgres runs as another user
        embedded.ensure_running(home / "postgres")
        try:
            engine = make_engine(embedded.url(home / "postgres", embedded.ALT_DATABASE), PoolSettings())
            migrate.upgrade(engine, "alt", without_platform=True)
            fill(engine)
            with server(home, given.workers) as port:
                report_load(load(port, given.seconds), given.seconds, given.workers)
            report_parts(engine)
            engine.dispose()
        finally:
            embedded.stop(home / "postgres")


def fill(engine: Engine) -> None:
    """Insert 20 000 tagged articles with rows in random physical order, as after years of tagging."""
    with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        for statement in FILL.format(articles=ARTICLES, tags=TAGS).split(";\n"):
            if statement.strip():
                connection.execute(text(statement))


def some_ids(chance: random.Random) -> list[str]:
    """Return the ids of 1000 distinct articles."""
    return [
        str(uuid.UUID(f"00000000-0000-4000-9000-{number:012x}")) for number in chance.sample(range(1, ARTICLES), IDS)
    ]


@contextmanager
def server(home: Path, workers: int) -> Iterator[int]:
    """Run an adapter and yield its port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    variables = {
        "ALT_PIPELINES_HOME": str(home),
        "PORT": str(port),
        "SERVICE_SECRET": SECRET,
        "RECAP_SUBWORKER_GUNICORN_WORKERS": str(workers),
        "RECAP_SUBWORKER_MODEL_BACKEND": "hash",
        "RECAP_SUBWORKER_ALLOW_HASH_BACKEND": "true",
        "LOG_LEVEL": "WARNING",
    }
    process = subprocess.Popen([sys.executable, "-m", "api"], env={**os.environ, **variables})
    try:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            try:
                ask(http.client.HTTPConnection("127.0.0.1", port, timeout=5), some_ids(random.Random(0)))
                break
            except OSError:
                time.sleep(0.3)
        time.sleep(OTHER_WORKERS_SECONDS)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=30)


def ask(connection: http.client.HTTPConnection, ids: list[str]) -> int:
    """Send one request, read the answer to its end and return its size in bytes."""
    body = json.dumps({"article_ids": ids})
    headers = {"Content-Type": "application/json", "X-Service-Token": SECRET}
    connection.request("POST", "/api/v1/tags/batch", body, headers)
    answer = connection.getresponse()
    content = answer.read()
    assert answer.status == 200, content[:200]
    return len(content)


def load(port: int, seconds: float) -> list[tuple[float, int]]:
    """Run 8 clients and return (milliseconds, bytes) of every answered request, after a second of warm-up."""
    found: list[tuple[float, int]] = []
    start = time.perf_counter() + 1.0

    def client(seed: int) -> None:
        chance = random.Random(seed)
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        while time.perf_counter() < start + seconds:
            ids = some_ids(chance)
            began = time.perf_counter()
            size = ask(connection, ids)
            if began >= start:
                found.append(((time.perf_counter() - began) * 1000, size))

    threads = [threading.Thread(target=client, args=(seed,)) for seed in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def report_load(found: list[tuple[float, int]], seconds: float, workers: int) -> None:
    """Print the table of the load test."""
    times = sorted(milliseconds for milliseconds, _ in found)
    cuts = statistics.quantiles(times, n=100)
    size = statistics.mean(size for _, size in found) / 1e6
    print(f"\n{CLIENTS} clients, {IDS} ids per request, {workers} worker processes, {size:.2f} MB per answer\n")
    print("| requests | requests/s | p50 ms | p95 ms | p99 ms |\n|---|---|---|---|---|")
    print(f"| {len(times)} | {len(times) / seconds:.1f} | {cuts[49]:.0f} | {cuts[94]:.0f} | {cuts[98]:.0f} |\n")


def report_parts(engine: Engine) -> None:
    """Print the median times of one answer built both ways, without HTTP."""
    ids = [some_ids(random.Random(seed)) for seed in range(10)]
    ways: dict[str, Callable[[list[str]], object]] = {
        "JSON by Postgres (as served)": lambda asked: tags_as_json(engine, asked),
        "rows, values, JSON in Python": lambda asked: in_python(engine, asked),
    }
    print("| way | ms | of them in Python |\n|---|---|---|")
    for name, work in ways.items():
        clock, used = [], []
        for turn in range(30):
            started, spent = time.perf_counter(), time.process_time()
            work(ids[turn % len(ids)])
            clock.append((time.perf_counter() - started) * 1000)
            used.append((time.process_time() - spent) * 1000)
        print(f"| {name} | {statistics.median(clock):.1f} | {statistics.median(used):.1f} |")


def in_python(engine: Engine, ids: list[str]) -> str:
    """Build the same answer from rows."""
    answer = {
        article_id: [
            {"tag": tag, "confidence": confidence, "source": "ml_model", "updated_at": moment.isoformat()}
            for tag, confidence, moment in rows
        ]
        for article_id, rows in tags_of_articles(engine, ids).items()
    }
    return json.dumps({"success": True, "tags": answer})


if __name__ == "__main__":
    with recorded("benchmarks.batch_tags"):
        main()
