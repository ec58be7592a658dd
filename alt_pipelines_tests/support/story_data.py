"""Development sets of stories and the scores of clustering methods on them, for the benchmark and the quality tests.

The data is not part of the project. It is read from the folder ALT_PIPELINES_DATA (default: ../shared/data).
"""

import json
import os
import random
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.metrics import v_measure_score

from alt_pipelines.embedding.protocol import Embedder, Vectors
from alt_pipelines.recap.corpus.request import GenreRunRequest
from alt_pipelines.recap.pipeline import run_genre
from alt_pipelines.settings import PROJECT_ROOT, RecapSettings
from alt_pipelines.text.scripts import has_kana

DATA = Path(os.environ.get("ALT_PIPELINES_DATA", PROJECT_ROOT.parent / "shared" / "data")) / "dev"
DEMO = DATA.parent / "demo"
OWN = Path(__file__).parent / "data"
LIFTED = RecapSettings(max_tokens_budget=10**9, max_total_sentences=10_000)
PARAMS = {"max_sentences_total": 10_000, "umap_n_components": 25, "hdbscan_min_cluster_size": 5, "mmr_lambda": 0.7}
SEED = 7


@dataclass(frozen=True)
class Item:
    """An article with its gold story, None if it is not scored."""

    item_id: str
    sentences: tuple[str, ...]
    gold: str | None
    day: str | None = None
    group: str = ""
    title: str | None = None


Problem = list[Item]


def problems() -> Iterator[tuple[str, list[Problem]]]:
    """Yield (name, problems) per set; a set's figures are means over its problems."""
    chance = random.Random(SEED)
    ecb = [
        Item(r["id"], tuple(r["sentences"]), r["story"], group=r["topic"])
        for r in rows("cluster_en_ecbplus_t1-35.jsonl")
    ]
    topics = sorted({item.group for item in ecb})
    drawn = [set(chance.sample(topics, size)) for size in (2, 4, 8) for _ in range(4)]
    yield "ECB+, all", [ecb]
    yield "ECB+, groups of 2, 4, 8 topics", [[item for item in ecb if item.group in group] for group in drawn]
    yield "ECB+, single topics", [[item for item in ecb if item.group == topic] for topic in topics]
    events = _events(rows("recap_en_cep_2016.jsonl"))
    weeks, months = defaultdict(list), defaultdict(list)
    for event in events:
        weeks[date.fromisoformat(str(event.day)).toordinal() // 7].append(event)
        months[str(event.day)[:7]].append(event)
    yield "event stories, weeks of 2016", [weeks[week] for week in sorted(weeks)][1:-1:3]
    yield "event stories, months of 2016", list(months.values())
    yield "the same months, sure headings", [_sure(month) for month in months.values()]
    year = _events(rows("recap_en_cep_2018-03-26_04-22.jsonl", DEMO))
    belonging = frozenset(json.loads((OWN / "event_headings.json").read_text("utf-8"))["events"])
    yield "event stories, two months of 2016, completed", [_sure(months[m], belonging) for m in ("2016-08", "2016-11")]
    yield "event stories, four weeks of 2018, completed", [_sure(year, belonging)]
    yield (
        "event stories, June 2025",
        [[Item(r["id"], (r["text"],), r["story"], day=r["date"]) for r in rows("recap_en_cep_2025-06_stories.jsonl")]],
    )
    news = [
        Item(r["id"], (r["text"],), str(r["cluster"]))
        for r in rows("cluster_en_googlenews_a.jsonl")
        if len(r["text"]) >= 30
    ]
    yield "Google News, all", [news]
    yield "Google News, 100, 300, 1000", [chance.sample(news, size) for size in (100, 300, 1000) for _ in range(2)]
    japanese = japanese_stories()
    yield "Japanese news", [japanese]
    yield "Japanese news without titles", [[replace(item, title=None) for item in japanese]]
    yield "English and Japanese, own pairs", [story_pairs(), story_pairs(titles=False)]


def japanese_stories() -> Problem:
    """Return Japanese news articles: the labelled stories, and articles on other events of the same kinds."""
    labelled = json.loads((OWN / "wikinews_ja_stories.json").read_text("utf-8"))
    story = {number: name for name, members in labelled["stories"].items() for number in members}
    found = []
    for row in rows("news_ja_wikinews_headline.jsonl"):
        number = row["id"].removeprefix("jawn-")
        if number in labelled["unsure"]:
            continue
        if number in story or any(word in row["title"] for word in labelled["kinds"]):
            found.append(Item(row["id"], (row["text"],), story.get(number, f"alone {number}"), title=row["title"]))
    return found


def story_pairs(titles: bool = True) -> Problem:
    """Return stories written for this project, each told once in English and once in Japanese."""
    with (OWN / "story_pairs.jsonl").open(encoding="utf-8") as lines:
        told = [json.loads(line) for line in lines]
    return [
        Item(f"{t['story']}-{t['lang']}", tuple(t["sentences"]), t["story"], title=t["title"] if titles else None)
        for t in told
    ]


def rows(name: str, folder: Path = DATA) -> list[dict[str, Any]]:
    """Read the records of a data file."""
    with (folder / name).open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _events(records: Sequence[dict[str, Any]]) -> Problem:
    """Convert one-sentence events; the gold story is the heading under which an event was listed."""
    return [
        Item(r["id"], (r["text"],), r["heading"], day=r["date"], group=r["genre"])
        for r in records
        if len(r["text"]) >= 30
    ]


def _sure(events: Problem, belonging: Set[str] = frozenset()) -> Problem:
    """Keep the gold of the first event under each heading of a day, and of the ids in `belonging`, only.

    The records give a heading to every event listed after it, and many of those had none: an earthquake in Vanuatu is
    recorded under a flood in Pakistan. The first event always belongs to the heading.
    """
    seen: set[tuple[str | None, str, str | None]] = set()
    found = []
    for event in events:
        key = (event.day, event.group, event.gold)
        unsure = key in seen and event.item_id not in belonging
        found.append(replace(event, gold=None if unsure or event.gold is None else event.gold.lower()))
        seen.add(key)
    return found


class Remembering:
    """The real encoder with an unbounded cache, so that embedding time is in no method's figures."""

    def __init__(self, embedder: Embedder) -> None:
        self.inner = embedder
        self._known: dict[tuple[str, str], Vectors] = {}
        self.model_id, self.backend, self.dimension = embedder.model_id, embedder.backend, embedder.dimension

    def encode(self, texts: Sequence[str], languages: Sequence[str] | None = None) -> Vectors:
        """See `Embedder.encode`."""
        keys = list(zip(texts, languages or ["ja" if has_kana(text) else "en" for text in texts], strict=True))
        new = sorted({key for key in keys if key not in self._known})
        if new:
            made = self.inner.encode([text for text, _ in new], [language for _, language in new])
            self._known.update(zip(new, made, strict=True))
        return np.array([self._known[key] for key in keys], np.float32).reshape(len(keys), self.dimension)


def ours(problem: Problem, embedder: Embedder, settings: RecapSettings) -> list[int]:
    """Return each article's cluster from a whole genre run, -1 for none."""
    documents = [
        {
            "article_id": item.item_id,
            "paragraphs": ["\n".join(item.sentences)],
            **({"published_at": item.day} if item.day else {}),
            **({"title": item.title} if item.title else {}),
        }
        for item in problem
    ]
    result = run_genre(GenreRunRequest.model_validate({"params": PARAMS, "documents": documents}), settings, embedder)
    return votes(((a.article_id, a.cluster_id) for a in result.assignments), [item.item_id for item in problem])


def votes(ballots: Any, ids: Sequence[str]) -> list[int]:
    """Return each article's most frequent cluster over its (owner, cluster) ballots, -1 for none."""
    counted: dict[str, Counter[int]] = defaultdict(Counter)
    for owner, cluster in ballots:
        if cluster >= 0:
            counted[owner][cluster] += 1
    return [counted[i].most_common(1)[0][0] if counted[i] else -1 for i in ids]


@dataclass(frozen=True)
class Score:
    """Scores of a method, as means over a set's problems."""

    f1: float
    precision: float
    recall: float
    v: float
    seconds: float

    def __str__(self) -> str:
        return f"{self.f1:.3f} ({self.precision:.2f}/{self.recall:.2f}), {self.v:.3f}, {self.seconds:.2f}"


Method = Callable[[Problem, Embedder, RecapSettings], list[int]]


def score(method: Method, group: list[Problem], embedder: Embedder, settings: RecapSettings) -> Score:
    """Return BCubed and V-measure scores over the scored articles. An unclustered article counts as its own cluster."""
    found = []
    for problem in group:
        started = time.perf_counter()
        labels = method(problem, embedder, settings)
        seconds = time.perf_counter() - started
        scored = [(label, item, at) for at, (label, item) in enumerate(zip(labels, problem, strict=True)) if item.gold]
        given = [f"c{label}" if label >= 0 else f"alone {at}" for label, _, at in scored]
        gold = [str(item.gold) for _, item, _ in scored]
        precision, recall = bcubed(given, gold)
        f1 = 2 * precision * recall / (precision + recall)
        found.append((f1, precision, recall, v_measure_score(gold, given), seconds))
    return Score(*np.mean(found, 0).tolist())


def bcubed(given: Sequence[str], gold: Sequence[str]) -> tuple[float, float]:
    """Return BCubed precision and recall (Bagga and Baldwin, 1998)."""
    both, by_given, by_gold = Counter(zip(given, gold, strict=True)), Counter(given), Counter(gold)
    precision = sum(count**2 / by_given[g] for (g, _), count in both.items()) / len(gold)
    recall = sum(count**2 / by_gold[s] for (_, s), count in both.items()) / len(gold)
    return precision, recall
