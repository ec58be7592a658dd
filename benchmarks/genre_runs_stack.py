"""Latency of genre runs on a running stack: 30 genres of 60 articles posted at once, as by a weekly recap.

    alt-pipelines up                                      in one terminal
    python -m benchmarks.genre_runs_stack                 in another
    python -m benchmarks.genre_runs_stack --genres 10 --articles 200 --api http://127.0.0.1:9400

One client per genre posts its request and then follows its run with `GET ...?wait=`. The client's clock measures the
POST's latency and the time from the start of the POST until the run has ended. Meanwhile, idempotent replays of the
same requests are posted, so that the latency under load covers more than 30 requests. Texts are synthetic: each story
is told by several articles of five sentences.
"""

import argparse
import random
import threading
import time
import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import httpx
import numpy as np

from alt_pipelines_tests.support.report import recorded
from benchmarks import needs

WAIT_SECONDS = 30
GIVE_UP_SECONDS = 900
REPLAY_PAUSE_SECONDS = 0.1
ARTICLES_PER_STORY = 6

PEOPLE = [
    "minister",
    "mayor",
    "striker",
    "singer",
    "judge",
    "pilot",
    "nurse",
    "farmer",
    "broker",
    "chemist",
    "editor",
    "general",
]
PLACES = ["Lenn", "Ruma", "Osted", "Varna", "Pelgrin", "Tirsa", "Quorn", "Malden", "Esk", "Dorvik", "Hallin", "Brant"]
DEEDS = (
    "resigned over the budget of",
    "opened a new bridge in",
    "was found guilty of fraud in",
    "broke the record of",
    "signed a treaty about the harbour of",
    "discovered a medicine in a laboratory in",
    "lost the final against the team of",
    "closed the last coal mine of",
    "recalled every car built in",
    "warned of a flood in",
)
ECHOES = (
    "The {who} {deed} {where} on {day}, officials said.",
    "On {day} the {who} {deed} {where}, according to two witnesses.",
    "Residents of {where} learned on {day} that the {who} {deed} their town.",
    "A spokesman confirmed that the {who} {deed} {where} and would not comment further.",
    "Analysts had expected since {day} that the {who} would be heard, after the {who} {deed} {where}.",
    "The council of {where} meets again after {day}; the {who} is invited to explain.",
    "Newspapers in {where} call the decision of the {who} a turning point.",
)
DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


@dataclass(frozen=True)
class Post:
    """One request, ready to send."""

    genre: str
    headers: dict[str, str]
    body: dict[str, Any]


@dataclass(frozen=True)
class Outcome:
    """A run as its client saw it: seconds of the POST and until the end, status and number of clusters."""

    post: float
    end: float
    status: str
    clusters: int


def make_posts(genres: int, articles: int, seed: int) -> list[Post]:
    """Build one request per genre of a new job."""
    job_id = str(uuid.uuid4())
    chosen = random.Random(seed)
    posts = []
    for number in range(genres):
        genre = f"genre {number:02d}"
        headers = {"X-Alt-Job-Id": job_id, "X-Alt-Genre": genre, "Idempotency-Key": f"{job_id}::{genre}"}
        params = {
            "max_sentences_total": 2000,
            "umap_n_components": 25,
            "hdbscan_min_cluster_size": 3,
            "mmr_lambda": 0.7,
        }
        posts.append(Post(genre, headers, {"params": params, "documents": make_documents(articles, chosen)}))
    return posts


def make_documents(count: int, chosen: random.Random) -> list[dict[str, Any]]:
    """Build synthetic articles of one paragraph, sentences joined by line breaks, as clients send them."""
    documents = []
    story: dict[str, str] = {}
    for number in range(count):
        if number % ARTICLES_PER_STORY == 0:
            story = {"who": chosen.choice(PEOPLE), "deed": chosen.choice(DEEDS), "where": chosen.choice(PLACES)}
            story["day"] = chosen.choice(DAYS)
        sentences = [template.format(**story) for template in chosen.sample(ECHOES, 5)]
        documents.append(
            {
                "article_id": str(uuid.UUID(int=chosen.getrandbits(128), version=4)),
                "title": f"{story['who'].title()} {story['deed']} {story['where']}",
                "lang_hint": "en",
                "paragraphs": ["\n".join(sentences)],
            }
        )
    return documents


def follow(client: httpx.Client, post: Post) -> Outcome:
    """Submit a request and wait until its run has ended."""
    started = time.perf_counter()
    answer = client.post("/v1/runs", headers=post.headers, json=post.body)
    posted = time.perf_counter() - started
    answer.raise_for_status()
    run = answer.json()
    while run["status"] == "running" and time.perf_counter() - started < GIVE_UP_SECONDS:
        run = client.get(f"/v1/runs/{run['run_id']}", params={"wait": WAIT_SECONDS}).json()
    return Outcome(posted, time.perf_counter() - started, run["status"], run["cluster_count"])


def replay_until(over: threading.Event, client: httpx.Client, posts: list[Post], delays: list[float]) -> None:
    """Replay the requests in turn until `over` is set and append each answer's latency to `delays`."""
    number = 0
    while not over.wait(REPLAY_PAUSE_SECONDS):
        post = posts[number % len(posts)]
        started = time.perf_counter()
        answer = client.post("/v1/runs", headers=post.headers, json=post.body)
        if answer.status_code == 202:
            delays.append(time.perf_counter() - started)
        number += 1


def measure(address: str, posts: list[Post]) -> tuple[list[Outcome], list[float]]:
    """Post all requests at once and return their outcomes and the latencies of concurrent replays, in seconds."""
    over, delays = threading.Event(), list[float]()
    limits = httpx.Limits(max_connections=len(posts) + 4)
    with (
        httpx.Client(base_url=address, timeout=WAIT_SECONDS + 60, limits=limits) as client,
        ThreadPoolExecutor(len(posts) + 1) as pool,
    ):
        runs = [pool.submit(follow, client, post) for post in posts]
        replays = pool.submit(replay_until, over, client, posts, delays)
        outcomes = [run.result() for run in runs]
        over.set()
        replays.result()
    return outcomes, delays


def report(outcomes: list[Outcome], delays: list[float]) -> str:
    """Format the figures as a Markdown table."""
    ends = np.array([outcome.end for outcome in outcomes])
    first = np.array([outcome.post for outcome in outcomes]) * 1000
    load = np.concatenate([first, np.array(delays) * 1000])
    statuses = ", ".join(f"{count} {status}" for status, count in Counter(o.status for o in outcomes).items())
    clusters = np.array([outcome.clusters for outcome in outcomes])
    rows = (
        ("runs", statuses),
        ("clusters per run, median", f"{np.median(clusters):.0f}"),
        ("submission to end, p50", f"{np.percentile(ends, 50):.1f} s"),
        ("submission to end, p95", f"{np.percentile(ends, 95):.1f} s"),
        ("runs per second", f"{len(ends) / ends.max():.2f}"),
        (f"POST, all {len(first)} at once, p50 / p99", f"{np.median(first):.0f} / {np.percentile(first, 99):.0f} ms"),
        (f"POST, all {len(load)} under load, p50 / p99", f"{np.median(load):.0f} / {np.percentile(load, 99):.0f} ms"),
    )
    return "\n".join(["| what | figure |", "|---|---|", *(f"| {name} | {value} |" for name, value in rows)])


def main() -> None:
    """Measure `--repeat` rounds; from the second round on, everything is warm."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--api", default="http://127.0.0.1:9400", help="address of the adapter")
    parser.add_argument("--genres", type=int, default=30)
    parser.add_argument("--articles", type=int, default=60)
    parser.add_argument("--repeat", type=int, default=2, help="number of rounds; the first one warms up the workers")
    arguments = parser.parse_args()
    needs.adapter(arguments.api)
    for round_number in range(arguments.repeat):
        posts = make_posts(arguments.genres, arguments.articles, seed=round_number)
        outcomes, delays = measure(arguments.api, posts)
        print(
            f"\nRound {round_number + 1}: {arguments.genres} genres of {arguments.articles} articles posted together\n"
        )
        print(report(outcomes, delays))


if __name__ == "__main__":
    with recorded("benchmarks.genre_runs_stack"):
        main()
