"""Convert learning rows to the optimiser's input: margin, top boost, tag count and label of each article.

Pure: parsed JSON in, plain values out. A row that does not match the contract is skipped with a reason. Margins and
boosts are single precision, as the recap worker computes and compares them, so a threshold has the same effect there.

The label says whether trusting the graph with the article was right. Human feedback decides if there is any:

    {"label": true}         the label itself
    {"genre": "politics"}   the right genre: the label is true if the boosted scores rank it first
    {"correct": false}      a judgement of final_genre; a bare true or false means the same

Otherwise the strategy decides: the label is true for `graph_boost` and false for `weighted_score`. A row with another
strategy and without feedback has no label and counts in the summary only.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import isfinite
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from alt_pipelines.text.labels import normal_label

GRAPH_BOOST = "graph_boost"
LEARNABLE = frozenset({GRAPH_BOOST, "weighted_score"})

Graph = Mapping[tuple[str, str], float]
"""(genre, tag) in normal form → weight."""


class LearningRow(NamedTuple):
    """The columns of recap_genre_learning_results that learning reads; all four are parsed JSON."""

    coarse_candidates: object
    refine_decision: object
    tag_profile: object
    feedback: object


@dataclass(frozen=True)
class Entry:
    """One article: the inputs of the rule, and the label if it has one."""

    strategy: str
    margin: float
    top_boost: float
    tag_count: int
    confidence: float | None
    label: bool | None
    from_feedback: bool


@dataclass(frozen=True)
class Examples:
    """The n labelled entries as columns: the inputs of the rule and the expected decision."""

    margin: NDArray[np.float32]
    top_boost: NDArray[np.float32]
    tag_count: NDArray[np.int64]
    label: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.label)

    def take(self, positions: NDArray[np.intp]) -> "Examples":
        """The examples at these positions."""
        return Examples(
            self.margin[positions], self.top_boost[positions], self.tag_count[positions], self.label[positions]
        )


@dataclass(frozen=True)
class Snapshot:
    """The entries of all usable rows, in their order, and the counts of skipped rows by reason."""

    entries: list[Entry]
    rows_read: int
    rows_skipped: dict[str, int]
    feedback_unrecognized: int

    def examples(self) -> Examples:
        """Return the entries that have a label, as columns."""
        labelled = [entry for entry in self.entries if entry.label is not None]
        return Examples(
            np.array([entry.margin for entry in labelled], dtype=np.float32),
            np.array([entry.top_boost for entry in labelled], dtype=np.float32),
            np.array([entry.tag_count for entry in labelled], dtype=np.int64),
            np.array([entry.label for entry in labelled], dtype=np.bool_),
        )


class _Malformed(Exception):  # noqa: N818 - never leaves this module
    """A row does not match the contract."""


class _Candidate(NamedTuple):
    genre: str
    boost: np.float32
    boosted: np.float32


class _Tag(NamedTuple):
    label: str
    confidence: float


def take_snapshot(rows: Iterable[LearningRow], graph: Graph) -> Snapshot:
    """Make one entry per usable row. Boosts are computed from `graph` if it has edges, else taken from the rows."""
    entries: list[Entry] = []
    skipped: Counter[str] = Counter()
    rows_read = not_understood = 0
    for row in rows:
        rows_read += 1
        try:
            entry, understood = _entry(row, graph)
        except _Malformed as reason:
            skipped[str(reason)] += 1
            continue
        entries.append(entry)
        not_understood += not understood
    return Snapshot(entries, rows_read, dict(skipped), not_understood)


def _entry(row: LearningRow, graph: Graph) -> tuple[Entry, bool]:
    if not isinstance(row.refine_decision, Mapping):
        raise _Malformed("refine_decision is not an object")
    strategy = row.refine_decision.get("strategy")
    final_genre = row.refine_decision.get("final_genre")
    if not isinstance(strategy, str):
        raise _Malformed("strategy is not a string")
    if not isinstance(final_genre, str | None):
        raise _Malformed("final_genre is not a string")
    tags = _tags(row.tag_profile)
    ranked = sorted(_candidates(row.coarse_candidates, tags, graph), key=lambda each: each.boosted, reverse=True)
    top = ranked[0]
    # A single candidate has a margin of 0: the recap worker decides such articles without the graph.
    margin = top.boosted - ranked[1].boosted if len(ranked) > 1 else np.float32(0)
    if not (np.isfinite(margin) and np.isfinite(top.boost)):
        raise _Malformed("a score does not fit into 32 bits")
    judged = _judgement(row.feedback, normal_label(final_genre or ""), top.genre)
    by_strategy = strategy == GRAPH_BOOST if strategy in LEARNABLE else None
    entry = Entry(
        strategy=strategy,
        margin=float(margin),
        top_boost=float(top.boost),
        tag_count=len(tags),
        confidence=_optional_number(row.refine_decision.get("confidence"), "confidence of refine_decision"),
        label=by_strategy if judged is None else judged,
        from_feedback=judged is not None,
    )
    return entry, judged is not None or row.feedback is None


def _tags(profile: object) -> list[_Tag]:
    listed = profile.get("top_tags") if isinstance(profile, Mapping) else None
    if not isinstance(listed, list):
        raise _Malformed("tag_profile has no list of top_tags")
    tags = []
    for tag in listed:
        if not isinstance(tag, Mapping) or not isinstance(tag.get("label"), str | None):
            raise _Malformed("a tag is malformed")
        label = normal_label(tag.get("label") or "")
        confidence = _optional_number(tag.get("confidence"), "confidence of a tag")
        if label:
            tags.append(_Tag(label, confidence or 0.0))
    return tags


def _candidates(listed: object, tags: list[_Tag], graph: Graph) -> list[_Candidate]:
    if not isinstance(listed, list):
        raise _Malformed("coarse_candidates is not a list")
    if not listed:
        raise _Malformed("no candidates")
    candidates = []
    for candidate in listed:
        if not isinstance(candidate, Mapping) or not isinstance(candidate.get("genre"), str):
            raise _Malformed("a candidate is malformed")
        genre = normal_label(candidate["genre"])
        score = _optional_number(candidate.get("score"), "score of a candidate")
        stored = _optional_number(candidate.get("graph_boost"), "graph_boost of a candidate")
        if score is None:
            raise _Malformed("score of a candidate is missing")
        with np.errstate(over="ignore"):
            boost = np.float32(_boost(genre, tags, graph) if graph else stored or 0.0)
            candidates.append(_Candidate(genre, boost, np.float32(score) + boost))
    return candidates


def _boost(genre: str, tags: list[_Tag], graph: Graph) -> float:
    return sum(graph.get((genre, tag.label), 0.0) * tag.confidence for tag in tags)


def _judgement(feedback: object, final_genre: str, top_genre: str) -> bool | None:
    """Return whether the feedback confirms the graph's first candidate; None if the feedback does not say."""
    verdict = feedback
    if isinstance(feedback, Mapping):
        if isinstance(feedback.get("label"), bool):
            return bool(feedback["label"])
        if isinstance(feedback.get("genre"), str):
            return normal_label(feedback["genre"]) == top_genre
        verdict = feedback.get("correct")
    if not isinstance(verdict, bool):
        return None
    if verdict:
        return final_genre == top_genre
    return False if final_genre == top_genre else None


def _optional_number(value: object, what: str) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _Malformed(f"{what} is not a number")
    try:
        number = float(value)
    except OverflowError:
        number = float("inf")
    if not isfinite(number):
        raise _Malformed(f"{what} is not a finite number")
    return number
