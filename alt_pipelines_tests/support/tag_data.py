"""Development sets for tags with their gold keys, and the score: macro F1@k of stemmed exact matches.

Most sets contain third-party text and are not part of the project. They are read from the folder named by
ALT_PIPELINES_DATA (default: shared/data beside the project). Without it, commands that use them exit with a message.
"Japanese news" is 60 short news texts that were written for this project, tagged in two readings by one person; its
gold keys are those of either reading. Nothing is fitted on it.

The score is that of the published tables. Every gold key counts, whether it is in the text or not. Predictions and gold
are lower-cased and Porter-stemmed; Japanese is NFKC-normalised and compared whole. The keys of a gold group are
synonyms.
"""

import json
import os
import re
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from statistics import fmean
from typing import Any

from alt_pipelines.settings import PROJECT_ROOT

PROJECT = PROJECT_ROOT
LANGUAGES = Path(__file__).parent / "data" / "gold_tags.jsonl"
UNSEEN = Path(__file__).parent / "data" / "unseen_tags.jsonl"
WITHOUT_GOLD = Path(__file__).parent / "data" / "short_news.jsonl"
CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
CUTS = (5, 10, 15)
SETS = {
    "DUC2001 dev": "tags_en_duc2001_dev",
    "flatton": "tags_ja_flatton_a",
    "500N": "tags_en_500n",
    "Inspec": "tags_en_inspec_100",
    "Wikinews headlines": "news_ja_wikinews_headline",
    "Japanese news": "japanese_news_tags",
}
OWN = frozenset({"Japanese news"})  # written for this project, and part of it

Groups = list[frozenset[str]]


@dataclass(frozen=True)
class Example:
    """An article with its gold: groups of normalised synonyms."""

    id: str
    language: str
    title: str
    text: str
    gold: Groups


def agreement(name: str = "Japanese news") -> float:
    """Return the mean F1, 0..1, of the second reading's keys against the first's, compared as `scores` compares."""
    found = []
    with (Path(__file__).parent / "data" / f"{SETS[name]}.jsonl").open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            first = list(dict.fromkeys(frozenset([normalise(key)]) for key in row["keys"]))
            found.append(f1(row["second_reading"], first, len(row["second_reading"])))
    return fmean(found)


def data_folder() -> Path:
    """Return the folder of the development sets; exit with a message if it is missing."""
    folder = Path(os.environ.get("ALT_PIPELINES_DATA", PROJECT.parent / "shared" / "data")) / "dev"
    if not folder.is_dir():
        sys.exit(f"No development sets at {folder}: set ALT_PIPELINES_DATA to the folder that holds dev/.")
    return folder


def load(name: str, limit: int | None = None) -> list[Example]:
    """Load the examples of a set of ``SETS``. The first line of an English text without a title becomes its title.

    The gold of the Wikinews set is weak: the nouns of the headlines. So its articles have no titles.
    """
    out = []
    folder = Path(__file__).parent / "data" if name in OWN else data_folder()
    with (folder / f"{SETS[name]}.jsonl").open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            title, text = row.get("title") or "", row["text"]
            if "keys" in row or "key_groups" in row:
                groups = row.get("key_groups") or [[key] for key in row["keys"] + row.get("second_reading", [])]
            else:
                groups, title = headline_groups(title), ""
            if not title and row["lang"] == "en" and "\n" in text:
                title, text = text.split("\n", 1)
            gold = [g for g in (frozenset(filter(None, map(normalise, group))) for group in groups) if g]
            if gold:
                out.append(Example(str(row["id"]), row["lang"], title, text, list(dict.fromkeys(gold))))
            if len(out) == limit:
                break
    return out


def archive(language: str, skipped: int = 0) -> list[tuple[str, str]]:
    """Return (title, text) of articles that stand for an archive: English web news, Japanese news of two sources.

    The first `skipped` Wikinews articles are left out, because weights are fitted on them.
    """
    if language == "en":
        return [(example.title, example.text) for example in load("500N")]
    rows = []
    for name, first in ((SETS["Wikinews headlines"], skipped), ("recap_ja_livedoor_2012-02-06_04-01", 0)):
        with (data_folder() / f"{name}.jsonl").open(encoding="utf-8") as lines:
            rows += [(row["title"], row["text"]) for row in list(map(json.loads, lines))[first:]]
    return rows


def load_languages(*, unseen: bool = False, gold: bool = True) -> list[Example]:
    """Load the gold texts of other languages, which are part of the project: three news texts of each language.

    ``unseen`` loads eight texts instead that were written and looked at once, after everything had been fitted. Without
    ``gold`` the texts have no groups, and the stemmer is not loaded.
    """
    out = []
    for row in map(json.loads, (UNSEEN if unseen else LANGUAGES).read_text("utf-8").splitlines()):
        groups = [frozenset(map(normalise, group)) for group in row["key_groups"] if gold]
        out.append(Example(row["id"], row["lang"].partition("-")[0], row["title"], row["text"], groups))
    return out


def headline_groups(headline: str) -> list[list[str]]:
    """Return the noun runs of a Japanese headline, each with its nouns as synonyms, without single characters.

    The product's own phrases are deliberately not used: scoring them against themselves would prove nothing.
    """
    from alt_pipelines.text.morphemes import morphemes

    groups: list[list[str]] = []
    run: list[str] = []
    for morpheme in [*morphemes(unicodedata.normalize("NFKC", headline)), None]:
        if morpheme and morpheme.pos1 in ("名詞", "接尾辞") and morpheme.pos2 != "数詞":
            run.append(morpheme.surface)
        else:
            groups.append([form for form in dict.fromkeys(["".join(run), *run]) if len(form) > 1])
            run = []
    return [group for group in groups if group]


@lru_cache(maxsize=1 << 18)
def normalise(phrase: str) -> str:
    """Return the form in which phrases are compared."""
    phrase = unicodedata.normalize("NFKC", phrase).strip().lower()
    if CJK.search(phrase):
        return re.sub(r"\s+", "", phrase)
    return " ".join(_stem(word) for word in re.split(r"[^\w]+", phrase) if word)


@lru_cache(maxsize=1 << 18)
def _stem(word: str) -> str:
    stem: str = _porter().stem(word)
    return stem


@lru_cache(maxsize=1)
def _porter() -> Any:
    from nltk.stem.porter import PorterStemmer

    return PorterStemmer()


def f1(tags: Sequence[str], gold: Groups, cut: int) -> float:
    """Return the F1 of the first ``cut`` distinct tags of one article, 0..1."""
    first = list(dict.fromkeys(filter(None, map(normalise, tags))))[:cut]
    known = frozenset().union(*gold)
    hits = sum(tag in known for tag in first)
    if not hits:
        return 0.0
    precision = hits / len(first)
    recall = sum(bool(group & set(first)) for group in gold) / len(gold)
    return 2 * precision * recall / (precision + recall)


def scores(predictions: Sequence[Sequence[str]], examples: Sequence[Example]) -> tuple[float, ...]:
    """Return the macro F1 in percent at each of ``CUTS``."""
    return tuple(
        100 * fmean(f1(tags, example.gold, cut) for tags, example in zip(predictions, examples, strict=True))
        for cut in CUTS
    )


def agrees(tag: str, gold: Groups) -> bool:
    """Return whether a tag uses the words of the gold keys: at least two thirds of its words occur in them.

    Japanese has no spaces to count words by. There, a gold key must contain the tag or the reverse, and the shorter
    must be at least half as long as the longer.
    """
    form, keys = normalise(tag), frozenset().union(*gold)
    if form in keys:
        return True
    if CJK.search(form):
        pairs = (sorted((form, key), key=len) for key in keys)
        return any(short in long and 2 * len(short) >= len(long) for short, long in pairs)
    words = form.split()
    chosen = {word for key in keys for word in key.split()}
    return 3 * sum(word in chosen for word in words) >= 2 * len(words) > 0


def folds(count: int, parts: int, seed: int) -> Iterator[tuple[list[int], list[int]]]:
    """Yield (training, held-out) indices of a shuffled cross-validation."""
    import numpy as np

    order = np.random.RandomState(seed).permutation(count)
    for part in range(parts):
        held_out = set(order[part::parts].tolist())
        yield [i for i in order.tolist() if i not in held_out], sorted(held_out)
