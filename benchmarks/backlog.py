"""Tag a backlog of articles in one real Dagster run: end-to-end articles per second, and the run's memory.

    python -m benchmarks.backlog [--articles 10000] [--data ../shared/data]

Starts an embedded Postgres in a temporary folder, which also holds Dagster's storage. Inserts articles with creation
times spread over seven days and executes the sensor's job in a separate process (`dagster job execute`). The clock runs
from the start of that process until every article has its tags. It includes imports, dictionaries, extraction, writes
and events. After a backlog, the run makes the second passes that were deferred. They are measured for `--afterwards`
seconds, and then the run is interrupted.

Texts are English and Japanese news from the data folder, repeated until there are enough. The embedding cache is off,
so repeated texts are not cheaper. Without the folder, the project's sample articles are used.
"""

import argparse
import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import uuid
from datetime import UTC, datetime, timedelta
from itertools import cycle, islice
from pathlib import Path
from typing import NamedTuple

import psutil
from sqlalchemy import insert, text
from sqlalchemy.engine import Engine

from alt_pipelines.database import alt_tables, embedded, migrate
from alt_pipelines.database.engines import make_engine
from alt_pipelines.demo.corpus import SAMPLE, LoadedArticle, read_articles
from alt_pipelines.settings import PROJECT_ROOT, PoolSettings
from alt_pipelines.tagging.store import outcome_counts
from alt_pipelines.tagging.windows import DAY, floor, key_of
from alt_pipelines_tests.support.report import recorded

NEWS = (
    "dev/tags_en_500n.jsonl",
    "dev/tags_en_duc2001_dev.jsonl",
    "dev/news_ja_wikinews_headline.jsonl",
    "demo/news_en_wikinews_pd_2004-11_2005-01.jsonl",
    "demo/livedoor_2012-05-07_06-03",
)
SPREAD = timedelta(days=7)
CHUNK = 500


def main() -> None:
    """Measure and print the table."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--articles", type=int, default=10_000)
    arguments.add_argument("--afterwards", type=float, default=20.0, help="seconds for which to measure second passes")
    arguments.add_argument(
        "--data", type=Path, default=Path(os.environ.get("ALT_PIPELINES_DATA", PROJECT_ROOT.parent / "shared" / "data"))
    )
    chosen = arguments.parse_args()
    texts = corpus(chosen.data)
    with tempfile.TemporaryDirectory(prefix="backlog-") as folder:
        home = Path(folder)
        data_dir = home / "postgres"
        embedded.ensure_running(data_dir)
        try:
            engine = make_engine(embedded.url(data_dir, embedded.ALT_DATABASE), PoolSettings())
            migrate.upgrade(engine, "alt", without_platform=True)
            load(engine, texts, chosen.articles)
            report(engine, len(texts), run(home, engine, chosen.afterwards))
            engine.dispose()
        finally:
            embedded.stop(data_dir)


def corpus(data: Path) -> list[LoadedArticle]:
    """Return the distinct texts, sorted by URL, with English and Japanese mixed."""
    sources = [data / name for name in NEWS if (data / name).exists()] or [SAMPLE]
    texts = [row for source in sources for row in read_articles(source) if isinstance(row, LoadedArticle)]
    texts.sort(key=lambda row: row.url)
    return texts


def load(engine: Engine, texts: list[LoadedArticle], count: int) -> None:
    """Insert `count` articles, each with a feeds row, with creation times spread over `SPREAD`."""
    newest = datetime.now(UTC).replace(tzinfo=None) - timedelta(days=1)
    rows = list(enumerate(islice(cycle(texts), count)))
    for start in range(0, count, CHUNK):
        feeds, articles = [], []
        for number, row in rows[start : start + CHUNK]:
            feed, link = str(uuid.uuid4()), f"https://backlog.example/{number}"
            feeds.append({"id": feed, "title": "f", "description": "", "link": link, "pub_date": newest})
            articles.append(
                {
                    "title": row.title,
                    "content": row.content,
                    "url": link,
                    "created_at": newest - SPREAD * (number / count),
                    "feed_id": feed,
                    "user_id": str(uuid.UUID(int=1)),
                }
            )
        with engine.begin() as connection:
            connection.execute(insert(alt_tables.feeds), feeds)
            connection.execute(insert(alt_tables.articles), articles)


class Measured(NamedTuple):
    """A measured run.

    Attributes:
        start: wall-clock seconds until the first articles had tags.
        seconds: until all had.
        own_cpu, child_cpu, server_cpu: CPU seconds of the run's process, of its extraction processes and of the server
            until then.
        memory: of the run's processes, sampled until then, in MB (PSS).
        second_passes: per second, after that.
    """

    start: float
    seconds: float
    own_cpu: float
    child_cpu: float
    server_cpu: float
    memory: list[float]
    second_passes: float


def run(home: Path, engine: Engine, afterwards: float) -> Measured:
    """Execute the job in a process and sample its memory and CPU time."""
    shutil.copy(PROJECT_ROOT / "dagster.yaml", home / "dagster.yaml")
    environ = os.environ | {
        "ALT_PIPELINES_HOME": str(home),
        "DAGSTER_HOME": str(home),
        "RECAP_SUBWORKER_EMBED_CACHE_SIZE": "0",
        "TAG_RUN_SECONDS": "100000",
        "TAG_RUN_LIMIT": "10000000",
    }
    newest = floor(datetime.now(UTC).replace(tzinfo=None))
    days = int(SPREAD / DAY) + 2  # back to the oldest article, whose day is the first partition
    keys = [key_of(newest - n * DAY) for n in range(days)]
    config = {"ops": {"article_tags": {"config": {"only_pending": True, "days": keys}}}}
    (home / "run.yaml").write_text(json.dumps(config))
    command = [sys.executable, "-m", "dagster", "job", "execute", "-m", "alt_pipelines.definitions"]
    command += ["-j", "tag_pending_articles", "-c", str(home / "run.yaml")]
    command += ["--tags", json.dumps({"dagster/partition": keys[0]})]
    memory: list[float] = []
    cpu: dict[int, float] = {}
    server_before, start = server_cpu(home), 0.0
    with (home / "run.log").open("w") as log:
        started = time.perf_counter()
        process = subprocess.Popen(command, env=environ, cwd=PROJECT_ROOT, stdout=log, stderr=log)
        try:
            while (done := progress(engine)).pending and process.poll() is None:
                start = start or (time.perf_counter() - started if done.tagged else 0.0)
                with contextlib.suppress(psutil.NoSuchProcess, psutil.ZombieProcess):
                    memory.append(sample(psutil.Process(process.pid), cpu))
                time.sleep(0.3)
            seconds, server = time.perf_counter() - started, server_cpu(home) - server_before
            if process.poll():
                raise SystemExit(f"the run failed:\n{(home / 'run.log').read_text()[-5000:]}")
            before = progress(engine).refined
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(afterwards)
            later = time.perf_counter() - started - seconds
            refined = (progress(engine).refined - before) / later
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=60)
    own = cpu.pop(process.pid)
    return Measured(start, seconds, own, sum(cpu.values()), server, memory, refined)


class Progress(NamedTuple):
    """Numbers of articles without an outcome, with tags, and with tags of the second pass."""

    pending: int
    tagged: int
    refined: int


def progress(engine: Engine) -> Progress:
    """Return how far the run is."""
    statement = """
        SELECT count(*) FILTER (WHERE o.article_id IS NULL), count(*) FILTER (WHERE o.status = 'tagged'),
            count(*) FILTER (WHERE o.backend LIKE '%+%')
        FROM articles a LEFT JOIN alt_pipelines.article_tag_outcomes o ON o.article_id = a.id
    """
    with engine.connect() as connection:
        return Progress(*connection.execute(text(statement)).one())


def sample(run: psutil.Process, cpu: dict[int, float]) -> float:
    """Update the CPU seconds by process of the run and its extraction processes; return their memory (PSS) in MB."""
    memory = 0.0
    for process in (run, *run.children(recursive=True)):
        with contextlib.suppress(psutil.NoSuchProcess, psutil.ZombieProcess):
            cpu[process.pid] = sum(process.cpu_times()[:2])
            memory += process.memory_full_info().pss / 2**20
    return memory


def server_cpu(home: Path) -> float:
    """Return the CPU seconds of the Postgres server so far, including backends that have ended."""
    postmaster = psutil.Process(int((home / "postgres" / "postmaster.pid").read_text().splitlines()[0]))
    return sum(sum(process.cpu_times()[:4]) for process in (postmaster, *postmaster.children()))


def report(engine: Engine, distinct: int, measured: Measured) -> None:
    """Print the measured figures as a table."""
    with engine.connect() as connection:
        counts = outcome_counts(connection)
        tags = connection.execute(text("SELECT count(*) FROM article_tags")).scalar_one()
    assert counts.adds_up
    seconds, memory = measured.seconds, measured.memory
    quarters = ", ".join(f"{memory[len(memory) * part // 4]:.0f}" for part in (1, 2, 3))
    rows = [
        ("articles (distinct texts)", f"{counts.articles} ({distinct})"),
        (
            "tagged / empty / rejected / failed / pending",
            " / ".join(map(str, (*counts[:3], counts.failed, counts.pending))),
        ),
        ("tags", str(tags)),
        ("seconds until the first articles, until all articles have tags", f"{measured.start:.1f}, {seconds:.1f}"),
        ("**articles per second**", f"**{counts.articles / seconds:.1f}**"),
        ("second passes per second, afterwards", f"{measured.second_passes:.1f}"),
        (
            "CPU seconds: the run, its extraction processes, Postgres",
            f"{measured.own_cpu:.1f}, {measured.child_cpu:.1f}, {measured.server_cpu:.1f}",
        ),
        (
            "CPU milliseconds per article",
            f"{1000 * (measured.own_cpu + measured.child_cpu + measured.server_cpu) / counts.articles:.1f}",
        ),
        ("peak memory of the run's processes (PSS), MB", f"{max(memory):.0f}"),
        ("memory after 1/4, 1/2, 3/4 of the time, MB", quarters),
        ("cores; load of the machine", f"{os.cpu_count()}; {os.getloadavg()[1]:.1f}"),
    ]
    print("| Backlog through one Dagster run | |\n|---|---|")
    for name, value in rows:
        print(f"| {name} | {value} |")


if __name__ == "__main__":
    with recorded("benchmarks.backlog"):
        main()
