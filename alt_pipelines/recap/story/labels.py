"""Choose the label of a cluster: its most central headline or, without titles, its first terms.

Labels have one line of at most 128 characters.
"""

import re
from collections.abc import Sequence

from alt_pipelines.recap.arrays import Integers
from alt_pipelines.recap.corpus.selection import Selection
from alt_pipelines.recap.corpus.vectors import TextVectors

LABEL_CHARACTERS = 128
_LABEL_TERMS = 3
_SPACE = re.compile(r"\s+")
_LINE_BREAK = re.compile("[\t\n\v\f\r\x1c-\x1f\x85\u2028\u2029]")
_LABEL_JOINT = " · "


def choose_label(
    articles: Integers, selection: Selection, vectors: TextVectors, label_of_terms: str | None
) -> str | None:
    """Return the title nearest to the centroid of the articles' openings, or `label_of_terms` if none has a title."""
    return label_from_title(central_title(articles, selection, vectors)) or label_of_terms


def central_title(articles: Integers, selection: Selection, vectors: TextVectors) -> str:
    """Return the title nearest to the centroid of a cluster's openings, or "" if no article has a title."""
    openings = [selection.title_row.get(article, int(selection.first_row[article])) for article in articles.tolist()]
    titles: list[str] = [selection.articles[article].headline for article in articles.tolist()]
    if not any(titles):
        return ""
    rows = vectors.rows(openings)
    nearness = rows @ rows.mean(0)
    titled = [at for at, title in enumerate(titles) if title]
    return titles[max(titled, key=lambda at: float(nearness[at]))]


def make_label(names: Sequence[str]) -> str | None:
    """Join the first three names that share no word, in one line of at most 128 characters; None without names."""
    chosen: list[str] = []
    seen: set[str] = set()
    for name in names:
        words = set(name.casefold().split())
        fits = len(_LABEL_JOINT.join([*chosen, name])) <= LABEL_CHARACTERS
        if len(chosen) < _LABEL_TERMS and fits and not words & seen and not any(name in other for other in chosen):
            chosen.append(name)
            seen |= words
    return _LABEL_JOINT.join(chosen) or None


def label_from_title(title: str) -> str | None:
    """Turn a headline into a label: one line of at most 128 characters, cut at a word; None for a blank title.

    Apart from line breaks, it is spelt as sent, so an ideographic space stays one.
    """
    line = _SPACE.sub(lambda space: " " if _LINE_BREAK.search(space[0]) else space[0], title.strip())
    if len(line) > LABEL_CHARACTERS:
        line = line[: LABEL_CHARACTERS - 1]
        line = (line[: line.rfind(" ")] if " " in line[LABEL_CHARACTERS // 2 :] else line) + "…"
    return line or None
