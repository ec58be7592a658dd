"""Choose the label of a cluster: its most central headline or, without titles, its first terms.

Labels have one line of at most 128 characters.
"""

import re
from collections.abc import Sequence

import numpy as np

from alt_pipelines.recap.arrays import Integers
from alt_pipelines.recap.corpus.selection import Selection
from alt_pipelines.recap.corpus.vectors import TextVectors
from alt_pipelines.recap.story.statements import is_statement

LABEL_CHARACTERS = 128
_LABEL_TERMS = 3
_SPACE = re.compile(r"\s+")
_LINE_BREAK = re.compile("[\t\n\v\f\r\x1c-\x1f\x85\u2028\u2029]")
_LABEL_JOINT = " · "
_LEAD = 4  # title and sentences of an article that say what it reports, embedded for clustering
_NO_STATEMENT = 0.6  # less for a question, a quotation or a comment; nearness is the sum of two cosines


def choose_label(
    articles: Integers, selection: Selection, vectors: TextVectors, label_of_terms: str | None
) -> str | None:
    """Return the title that says best what the articles are about, or `label_of_terms` if none has a title."""
    return label_from_title(central_title(articles, selection, vectors)) or label_of_terms


def central_title(articles: Integers, selection: Selection, vectors: TextVectors) -> str:
    """Return the headline that says best what a cluster is about, or "" if no article has a title.

    It is near the centroid of the titles and first sentences, its own article's among them, because a report begins
    with what its headline says. A question, a quotation and the headline of a comment are chosen last.
    """
    members: list[int] = articles.tolist()
    titled = [member for member in members if selection.articles[member].headline]
    if not titled:
        return ""
    leads = {member: selection.lead_rows(member, _LEAD) for member in members}
    told = [vectors.rows([row for row in lead if vectors.made[row]] or lead[:1]).mean(0) for lead in leads.values()]
    centroid = vectors.rows([lead[0] for lead in leads.values()]).mean(0) + np.stack(told).mean(0)
    nearness = vectors.rows([leads[member][0] for member in titled]) @ centroid
    plain = [is_statement(selection.articles[member].title, selection.articles[member].language) for member in titled]
    value = nearness - np.where(plain, 0, _NO_STATEMENT)
    return selection.articles[titled[int(value.argmax())]].headline


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
