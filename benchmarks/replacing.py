"""Replacing the platform's services: from `up` on its databases to the first tag, its recap requests, and the way back.

    python -m benchmarks.replacing [--articles 100000] [--shape 2025_11 --shape 2026_08]

For each version of the platform's tables, a Postgres in a temporary folder gets alt-db and recap-db with the platform's
owner and restricted role, and articles that the old tag generator has tagged, with 100 newer ones that it has not. Then
the commands of docs/replacing.md run in their order, with the environment of the old services and nothing else: `db
upgrade` and `db grants --apply` as the owner, `up` as the restricted role, four genre runs, `db downgrade`.

The genre runs are sent as the recap worker sends them: one paragraph per article, whose sentences are joined by line
breaks, `max_sentences_total` equal to the number of those lines, and a digest of the corpus in the idempotency key. The
30 articles per genre have 3000 characters each and are synthetic.
"""

import argparse
import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import httpx
from sqlalchemy import create_engine, text
from sqlalchemy.engine import URL, Engine
from sqlalchemy.pool import NullPool

from alt_pipelines.database import embedded, migrate
from alt_pipelines_tests.support import platform
from alt_pipelines_tests.support.report import recorded
from benchmarks.genre_runs_stack import DAYS, DEEDS, ECHOES, PEOPLE, PLACES

GENRES = ("politics", "business", "science", "sports")
ARTICLES, CHARACTERS, PER_STORY = 30, 3000, 5
NEW = 100  # articles that the old service has not tagged
LINES_ABOUT_THE_STORY = 8
WEBSERVER_PORT, ADAPTER_PORT, RECAP_PORT = 3500, 9900, 8902
_COMMAND = (sys.executable, "-m", "alt_pipelines")

_FILL = """
INSERT INTO feeds (title, description, link, pub_date)
SELECT 'Article ' || i, 'x', 'https://news.example/' || i, now() - make_interval(secs => 60 * i)
FROM generate_series(1, :count) AS i;
INSERT INTO articles (title, content, url, created_at, feed_id, user_id)
SELECT title, repeat('The tanker ran aground off Alaska and leaked oil. ', 30), link, pub_date, id, gen_random_uuid()
FROM feeds;
INSERT INTO feed_tags (feed_id, tag_name, confidence)
SELECT id, 'tag ' || n, 0.5 FROM feeds, generate_series(1, 3) AS n;
INSERT INTO article_tags (article_id, feed_tag_id)
SELECT articles.id, feed_tags.id FROM articles JOIN feed_tags USING (feed_id);
"""
_NEW = """
INSERT INTO articles (title, content, url, created_at, feed_id, user_id)
SELECT 'New ' || n, :content || n, 'https://news.example/new/' || n, now() - make_interval(secs => n), f.id,
       gen_random_uuid()
FROM generate_series(1, :count) AS n, (SELECT id FROM feeds LIMIT 1) AS f
"""
_TAGGED = """
SELECT count(DISTINCT article_id) FROM article_tags JOIN articles ON articles.id = article_id
WHERE url LIKE 'https://news.example/new/%'
"""
_ADOPTED = "SELECT count(*) FROM alt_pipelines.article_tag_outcomes WHERE extractor_version = 'adopted'"
_OURS = "SELECT count(*) FROM pg_namespace WHERE nspname = 'alt_pipelines'"


def main() -> None:
    """Measure each version of the platform's tables and print the tables of figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=100_000, help="articles that the old service has tagged")
    parser.add_argument("--shape", choices=platform.SHAPES, action="append", help="version of the platform's tables")
    chosen = parser.parse_args()
    for shape in chosen.shape or platform.SHAPES:
        with tempfile.TemporaryDirectory(prefix="alt-replacing-", ignore_cleanup_errors=True) as folder:
            Path(folder).chmod(0o755)
            postgres = Path(folder) / "postgres"
            try:
                print(measure(postgres, Path(folder) / "home", shape, chosen.articles))
            finally:
                embedded.stop(postgres)


def measure(postgres: Path, home: Path, shape: platform.Shape, count: int) -> str:
    """Replace and go back once. Returns two Markdown tables."""
    embedded.ensure_running(postgres)
    alt, recap = make_platform(postgres, "alt", shape, count), make_platform(postgres, "recap", shape, 0)
    environment = _environment(alt, recap, home)
    owner = ("--alt-dsn", _dsn(alt, platform.OWNER), "--recap-dsn", _dsn(recap, platform.OWNER))
    upgraded = _seconds(("db", "upgrade", *owner), environment)
    _seconds(("db", "grants", "--apply", *owner), environment)
    engine = create_engine(alt, poolclass=NullPool)
    times, posts = _run_stack(engine, environment, count)
    with engine.connect() as connection:
        tags = connection.execute(text("SELECT count(*) FROM article_tags")).scalar_one()
    back = _seconds(("db", "downgrade", "--yes", *owner), environment)
    with engine.connect() as connection:
        kept = connection.execute(text("SELECT count(*) FROM article_tags")).scalar_one()
        left = connection.execute(text(_OURS)).scalar_one()
    rows = {
        "`db upgrade` as the owner": f"{upgraded:.1f} s",
        f"`up` to the first tag of {NEW} new articles": f"{times['first tag']:.1f} s",
        f"`up` to the tags of all {NEW}": f"{times['all tags']:.1f} s",
        "`up` to all parts ready": f"{times['ready']:.1f} s",
        f"`up` to all {count:,} old articles adopted": f"{times['adopted']:.1f} s",
        "`db downgrade`": f"{back:.1f} s; tags kept: {kept:,} of {tags:,}; schemas left: {left}",
    }
    table = "\n".join(f"| {name} | {value} |" for name, value in rows.items())
    return (
        f"Tables of {shape.replace('_', '-')}, {count:,} articles tagged by the old service:\n\n"
        f"| what | figure |\n|---|---|\n{table}\n\nAs the real client sends it, {len(GENRES)} genres together:\n\n"
        f"{posts}\n"
    )


def make_platform(postgres: Path, name: migrate.Database, shape: platform.Shape, count: int) -> URL:
    """Create a platform's database with `count` articles that have tags, and some that have none."""
    made = platform.make_database(postgres, f"platform_{name}", (name, "2025_11"))
    engine = made.as_owner()
    if count:
        with engine.begin() as connection:
            for statement in _FILL.split(";\n")[:-1]:
                connection.execute(text(statement), {"count": count} if ":count" in statement else {})
    if shape == "2026_08":
        platform.apply_changes(engine, name)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if count:
            content = "The ministry tightened export rules for advanced chips on Monday. " * 20
            connection.execute(text(_NEW), {"content": content, "count": NEW})
        connection.execute(text("VACUUM ANALYZE"))
    return made.owner


def _environment(alt: URL, recap: URL, home: Path) -> dict[str, str]:
    """Return the variables of the old services, and the folder and ports of this measurement."""
    return {
        "PATH": os.environ["PATH"],
        "DB_HOST": str(alt.query["host"]),
        "DB_PORT": "5432",
        "DB_NAME": str(alt.database),
        "DB_TAG_GENERATOR_USER": platform.ROLE,
        "DB_TAG_GENERATOR_PASSWORD": "any",
        "RECAP_DB_URL": _dsn(recap, platform.ROLE),
        "SERVICE_SECRET": "a secret of the old services",
        "RECAP_SUBWORKER_PORT": str(RECAP_PORT),
        "ALT_PIPELINES_HOME": str(home),
    }


def _dsn(url: URL, role: str) -> str:
    return f"postgresql://{role}@/{url.database}?host={url.query['host']}"


def _seconds(arguments: tuple[str, ...], environment: Mapping[str, str]) -> float:
    started = time.perf_counter()
    done = subprocess.run([*_COMMAND, *arguments], env=dict(environment), check=False, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{' '.join(arguments)}: {done.stdout}{done.stderr}")
    return time.perf_counter() - started


def _run_stack(engine: Engine, environment: Mapping[str, str], count: int) -> tuple[dict[str, float], str]:
    """Run `up`, wait for the tags, send the genre runs, and stop. Returns seconds since the start, and a table."""
    ports = ("--port", str(WEBSERVER_PORT), "--adapter-port", str(ADAPTER_PORT))
    started = time.perf_counter()
    stack = subprocess.Popen([*_COMMAND, "up", *ports], env=dict(environment), stdout=subprocess.PIPE, text=True)
    times: dict[str, float] = {}
    expected = {"first tag": (_TAGGED, 1), "all tags": (_TAGGED, NEW), "adopted": (_ADOPTED, count)}
    try:
        while len(times) <= len(expected):
            if stack.poll() is not None or time.perf_counter() - started > 900:
                raise RuntimeError(f"the stack did not get there, only to {times}")
            with engine.connect() as connection:
                for name, (query, enough) in expected.items():
                    if name not in times and connection.execute(text(query)).scalar_one() >= enough:
                        times[name] = time.perf_counter() - started
            if "ready" not in times and _is_ready():
                times["ready"] = time.perf_counter() - started
            time.sleep(0.1)
        return times, _post_all()
    finally:
        stack.send_signal(signal.SIGTERM)
        stack.communicate()


def _is_ready() -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{ADAPTER_PORT}/health/ready", timeout=5).status_code == 200
    except httpx.HTTPError:
        return False


def _post_all() -> str:
    """Send all genres on the old sub-worker's port, follow them, and return a table of their results."""
    job_id = str(uuid.uuid4())
    sent: dict[str, tuple[int, float]] = {}
    lines = ["| genre | lines sent | status | clusters | cut | seconds |", "|---|---|---|---|---|---|"]
    with httpx.Client(base_url=f"http://127.0.0.1:{RECAP_PORT}", timeout=90) as client:
        bodies = {genre: body_of(number) for number, genre in enumerate(GENRES)}
        for genre, body in bodies.items():
            digest = hashlib.sha256(json.dumps(body).encode()).hexdigest()[:16]
            headers = {"X-Alt-Job-Id": job_id, "X-Alt-Genre": genre, "Idempotency-Key": f"{job_id}::{genre}::{digest}"}
            answer = client.post("/v1/runs", json=body, headers=headers)
            answer.raise_for_status()
            sent[genre] = (answer.json()["run_id"], time.perf_counter())
        for genre, (run_id, started) in sent.items():
            run: dict[str, Any] = {"status": "running"}
            while run["status"] == "running":
                run = client.get(f"/v1/runs/{run_id}", params={"wait": 30}).json()
            seconds = time.perf_counter() - started
            diagnostics = run["diagnostics"]
            cut = diagnostics.get("sentences_cut_by") or "nothing"
            total = bodies[genre]["params"]["max_sentences_total"]
            lines.append(f"| {genre} | {total} | {run['status']} | {run['cluster_count']} | {cut} | {seconds:.1f} |")
    return "\n".join(lines)


def body_of(seed: int) -> dict[str, Any]:
    """Build one genre's request: 30 articles of 3000 characters, five per story."""
    chosen = random.Random(seed)
    documents, count = [], 0
    story: dict[str, str] = {}
    for number in range(ARTICLES):
        if number % PER_STORY == 0:
            story = _facts(chosen)
        sentences = [chosen.choice(ECHOES).format(**story) for _ in range(LINES_ABOUT_THE_STORY)]
        while sum(map(len, sentences)) < CHARACTERS:
            sentences.append(chosen.choice(ECHOES).format(**_facts(chosen)))
        count += len(sentences)
        article_id = str(uuid.UUID(int=chosen.getrandbits(128), version=4))
        documents.append({"article_id": article_id, "lang_hint": "en", "paragraphs": ["\n".join(sentences)]})
    return {
        "params": {
            "max_sentences_total": count,
            "umap_n_components": 25,
            "hdbscan_min_cluster_size": 5,
            "mmr_lambda": 0.35,
        },
        "documents": documents,
        "metadata": {
            "article_count": ARTICLES,
            "sentence_count": count,
            "character_count": sum(len(document["paragraphs"][0]) for document in documents),
            "primary_language": "en",
        },
    }


def _facts(chosen: random.Random) -> dict[str, str]:
    return {
        "who": chosen.choice(PEOPLE),
        "deed": chosen.choice(DEEDS),
        "where": chosen.choice(PLACES),
        "day": chosen.choice(DAYS),
    }


if __name__ == "__main__":
    with recorded("benchmarks.replacing"):
        main()
