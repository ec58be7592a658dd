"""What the UI shows of a vocabulary, as plain values: a summary line, tables of words, and a picture."""

from collections.abc import Mapping

from alt_pipelines.observability import pictures
from alt_pipelines.observability.tables import cell
from alt_pipelines.vocabulary.run import ENOUGH, VocabularyReport
from alt_pipelines.vocabulary.words import Vocabulary

ROWS = 25
BARS = 12
_FREQUENT = 0.01  # minimum share of articles with a word that is shown; the share of titles of rarer ones is chance


def summary(report: VocabularyReport) -> str:
    """Summarize a run in one line: the version and its size, or why there is none."""
    if report.vocabulary is None:
        kept = f"Version {report.previous.version} stays in use." if report.previous else "The word list is used alone."
        return f"Articles with a title: {report.articles}, fewer than the {ENOUGH} that a vocabulary needs. {kept}"
    same = " (unchanged)" if report.previous and report.previous.version == report.vocabulary.version else ""
    return (
        f"Version {report.vocabulary.version}{same}: {len(report.vocabulary.counts)} words of "
        f"{report.vocabulary.articles} articles. Articles tagged from now on use it."
    )


def figures(report: VocabularyReport) -> Mapping[str, int | float | str]:
    """Return the counts of a run."""
    vocabulary = report.vocabulary
    return {
        "version": vocabulary.version if vocabulary else "none",
        "articles": report.articles,
        "words": len(vocabulary.counts) if vocabulary else 0,
        "pruned_versions": report.pruned,
        "seconds": round(report.seconds, 2),
    }


def headline_words(vocabulary: Vocabulary, *, most: bool = True) -> list[dict[str, str | int | float]]:
    """Return rows of the words with the highest share of titles, or with the lowest if `most` is false."""
    least = max(10, _FREQUENT * vocabulary.articles)
    rows = [
        (word, count.articles, count.titles) for word, count in vocabulary.counts.items() if count.articles >= least
    ]
    rows.sort(key=lambda row: (-row[2] / row[1] if most else row[2] / row[1], -row[1], row[0]))
    return [
        {"word": cell(word), "articles": articles, "titles": titles, "share": round(titles / articles, 3)}
        for word, articles, titles in rows[:ROWS]
    ]


def picture(vocabulary: Vocabulary) -> str | None:
    """Draw the words with the highest share of titles as bars; None if there are none."""
    bars = [(str(row["word"]), float(row["share"])) for row in headline_words(vocabulary)[:BARS]]
    return pictures.bars("Words with the highest share of titles among their articles", bars)
