"""Cost of a quiet day: runs, events and bytes in Dagster's database, and the memory of every part, under a light load.

    python -m benchmarks.trickle [--minutes 12] [--article-every 10] [--genre-run-every 60]

Starts a stack in a temporary folder. Inserts articles and posts genre runs at the given intervals, as the platform
would, and samples every part's memory every 30 s (PSS, which counts shared pages once over all processes). Prints one
JSON document: counts, bytes per table, quantiles of the seconds from INSERT to tags, and each part's memory curve with
its slope over the second half.
"""

import argparse
import itertools
import json
import os
import re
import statistics
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Mapping, Sequence
from pathlib import Path

import httpx
import psutil
from sqlalchemy import text
from sqlalchemy.engine import Engine

from alt_pipelines.database.engines import alt_url, dagster_url, make_engine
from alt_pipelines.demo.corpus import SAMPLE, LoadedArticle, read_articles
from alt_pipelines.demo.genre_runs import MIN_PARAGRAPH
from alt_pipelines.observability.logging import configure_logging
from alt_pipelines.settings import PoolSettings, Settings
from alt_pipelines.stack.options import StackOptions
from alt_pipelines.stack.supervisor import Stack
from alt_pipelines_tests.support.report import recorded
from benchmarks.latency import Arrival, insert_all, watch

SAMPLE_SECONDS = 30.0
DOCUMENTS = 12
_COUNTS = {"runs": "SELECT count(*) FROM runs", "events": "SELECT count(*) FROM event_logs"}
_JOBS = "SELECT pipeline_name, count(*) FROM runs GROUP BY 1 ORDER BY 2 DESC"
_EVENTS = "SELECT coalesce(dagster_event_type, '(log line)'), count(*) FROM event_logs GROUP BY 1 ORDER BY 2 DESC"
_BYTES = "SELECT relname, pg_total_relation_size(oid) FROM pg_class WHERE relkind = 'r' AND relname = ANY(:tables)"
_TABLES = ["event_logs", "runs", "run_tags", "job_ticks", "asset_check_executions", "asset_event_tags", "instigators"]


def main() -> None:
    """Run the load and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=12.0)
    parser.add_argument("--article-every", type=float, default=10.0, help="mean seconds between two articles")
    parser.add_argument("--genre-run-every", type=float, default=60.0, help="seconds between two genre runs")
    parser.add_argument("--genres", type=int, default=6)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="alt-trickle-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        given = {"ALT_PIPELINES_HOME": f"{folder}/home"}
        settings = Settings.from_environment(given)
        configure_logging(settings.logging)
        stack = Stack(settings, StackOptions(webserver_port=3300, adapter_port=9700, environment=given))
        stack.start()
        try:
            found = trickle(stack, settings, chosen)
        finally:
            stack.stop()
    shown = re.sub(r"\[[\d\s.,-]+\]", lambda numbers: "".join(numbers[0].split()), json.dumps(found, indent=2))
    sys.stdout.write(f"```json\n{shown}\n```\n")


def trickle(stack: Stack, settings: Settings, chosen: argparse.Namespace) -> dict[str, object]:
    """Apply the load to a running stack and return its figures."""
    seconds = chosen.minutes * 60
    articles = [row for row in read_articles(SAMPLE) if isinstance(row, LoadedArticle)]
    long_enough = [article for article in articles if len(article.content) >= MIN_PARAGRAPH]
    alt = make_engine(alt_url(settings), PoolSettings(), application="trickle")
    dagster = make_engine(dagster_url(settings), PoolSettings(), application="trickle")
    before = _database(dagster)
    arrivals: list[Arrival] = []
    count = int(seconds / chosen.article_every)
    inserting = threading.Thread(target=insert_all, args=(alt, long_enough, count, chosen.article_every, arrivals))
    waits: list[float] = []
    watching = threading.Thread(target=lambda: waits.extend(watch(alt, arrivals, count, inserting.is_alive)))
    inserting.start()
    watching.start()
    posted = threading.Thread(
        target=_post, args=(stack.addresses.adapter, long_enough, chosen.genres, chosen.genre_run_every, seconds)
    )
    posted.start()
    curve = _sample(stack, seconds)
    for thread in (inserting, watching, posted):
        thread.join()
    after = _database(dagster)
    ordered = sorted(waits)
    return {
        "minutes": chosen.minutes,
        "articles": len(arrivals),
        "seconds to tags": {q: round(ordered[min(len(ordered) - 1, int(len(ordered) * q))], 2) for q in (0.5, 0.95)},
        "runs": after["counts"]["runs"] - before["counts"]["runs"],
        "events": after["counts"]["events"] - before["counts"]["events"],
        "bytes": {table: after["bytes"][table] - before["bytes"].get(table, 0) for table in after["bytes"]},
        "runs by job": after["jobs"],
        "events by kind": after["kinds"],
        "memory": _described(curve),
    }


def _post(adapter: str, articles: Sequence[LoadedArticle], genres: int, every: float, seconds: float) -> None:
    end = time.monotonic() + seconds
    with httpx.Client(base_url=adapter, timeout=30) as client:
        for number in itertools.count():
            job, genre = str(uuid.uuid4()), f"genre {number % genres}"
            chosen = [articles[(number * 5 + step) % len(articles)] for step in range(DOCUMENTS)]
            documents = [{"article_id": str(uuid.uuid4()), "paragraphs": [article.content]} for article in chosen]
            parameters = {
                "max_sentences_total": 400,
                "umap_n_components": 5,
                "hdbscan_min_cluster_size": 3,
                "mmr_lambda": 0.4,
            }
            headers = {"X-Alt-Job-Id": job, "X-Alt-Genre": genre, "Idempotency-Key": f"{job}::{genre}"}
            client.post("/v1/runs", json={"params": parameters, "documents": documents}, headers=headers)
            remaining = end - time.monotonic()
            if remaining < every:
                return
            time.sleep(every)


def _database(engine: Engine) -> dict[str, dict[str, int]]:
    with engine.connect() as connection:
        return {
            "counts": {name: connection.execute(text(query)).scalar_one() for name, query in _COUNTS.items()},
            "jobs": dict(connection.execute(text(_JOBS)).tuples().all()),
            "kinds": dict(connection.execute(text(_EVENTS)).tuples().all()),
            "bytes": dict(connection.execute(text(_BYTES), {"tables": _TABLES}).tuples().all()),
        }


def _sample(stack: Stack, seconds: float) -> list[tuple[float, dict[str, float]]]:
    """Sample the memory for `seconds`. Returns (seconds since the start, MB by part) per sample."""
    started = time.monotonic()
    curve = []
    while (passed := time.monotonic() - started) <= seconds:
        curve.append((passed, memory(stack)))
        time.sleep(SAMPLE_SECONDS)
    return curve


def memory(stack: Stack) -> dict[str, float]:
    """Return the PSS in MB by part, including Postgres."""
    groups = {stack.pid(name): name for name in stack.states()}
    data = str(stack.home.postgres)
    found: dict[str, float] = {}
    for process in psutil.process_iter(["name"]):
        try:
            name = groups.get(os.getpgid(process.pid))
            if name is None and process.info["name"] == "postgres" and process.cwd() == data:
                name = "postgres"
            if name is not None:
                found[name] = found.get(name, 0.0) + process.memory_full_info().pss / 1e6
        except (psutil.Error, ProcessLookupError):
            continue
    return found


def _described(curve: Sequence[tuple[float, Mapping[str, float]]]) -> dict[str, object]:
    parts = sorted({name for _, sample in curve for name in sample})
    totals = [sum(sample.values()) for _, sample in curve]
    half = curve[len(curve) // 2 :]
    described: dict[str, object] = {"total MB": [round(total) for total in totals]}
    minutes = [moment / 60 for moment, _ in half]
    described["MB per minute in the second half"] = {
        name: round(statistics.linear_regression(minutes, [sample.get(name, 0.0) for _, sample in half]).slope, 2)
        for name in parts
    }
    described["MB by part"] = {name: [round(sample.get(name, 0.0)) for _, sample in curve] for name in parts}
    return described


if __name__ == "__main__":
    with recorded("benchmarks.trickle"):
        main()
