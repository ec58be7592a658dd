"""The texts of a run as one flat list of rows, which every later stage addresses by index.

Rows 0..m-1 are the kept sentences, article by article. Rows from m on are the titles that are not already an article's
first sentence. A sentence that a budget cut is not embedded, counted or shown, but its words still count for TF-IDF,
which costs almost nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from alt_pipelines.recap.arrays import Integers
from alt_pipelines.recap.corpus.articles import Article, Sentence
from alt_pipelines.recap.corpus.boilerplate import repeat_key


@dataclass(frozen=True)
class Selection:
    """The articles of the run and the number of sentences kept of each (its first ones, at least one)."""

    articles: tuple[Article, ...]
    kept: tuple[int, ...]

    @classmethod
    def of(cls, articles: Sequence[Article], kept: Sequence[int]) -> "Selection":
        """Build a selection without the articles of which no sentence is kept."""
        used = [(article, count) for article, count in zip(articles, kept, strict=True) if count > 0]
        return cls(tuple(article for article, _ in used), tuple(count for _, count in used))

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The kept sentences, row by row."""
        return tuple(
            s for article, count in zip(self.articles, self.kept, strict=True) for s in article.sentences[:count]
        )

    @cached_property
    def article_of(self) -> Integers:
        """(m,) the index of each row's article."""
        return np.repeat(np.arange(len(self.articles)), self.kept)

    @cached_property
    def first_row(self) -> Integers:
        """(n,) the row of each article's first sentence."""
        return np.concatenate([[0], np.cumsum(self.kept)[:-1]]).astype(np.intp)

    @cached_property
    def title_row(self) -> dict[int, int]:
        """Map an article's index to the row of its title, for articles whose title is not their first sentence."""
        titled = [i for i, article in enumerate(self.articles) if len(article.lead) > len(article.sentences)]
        return {article: len(self.sentences) + at for at, article in enumerate(titled)}

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """Every row's text: sentences, then titles."""
        return (*(s.text for s in self.sentences), *(self.articles[i].title for i in self.title_row))

    @cached_property
    def repeat_keys(self) -> tuple[str, ...]:
        """The key of each kept sentence, equal for repetitions of one line (`boilerplate.repeat_key`)."""
        return tuple(repeat_key(sentence.text) for sentence in self.sentences)

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """Every row's language, which is that of its article."""
        owners = [*self.article_of.tolist(), *self.title_row]
        return tuple(self.articles[owner].language for owner in owners)

    def rows_of(self, article: int, limit: int | None = None) -> list[int]:
        """The rows of an article's sentences, at most `limit`."""
        count = self.kept[article] if limit is None else min(limit, self.kept[article])
        first = int(self.first_row[article])
        return list(range(first, first + count))

    def lead_rows(self, article: int, limit: int) -> list[int]:
        """The rows of an article's title, if it has its own row, and first sentences: at most `limit` in total."""
        title = [self.title_row[article]] if article in self.title_row else []
        return title + self.rows_of(article, limit - len(title))
