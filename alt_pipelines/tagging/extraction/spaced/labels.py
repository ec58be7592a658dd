"""Labels at the start of a line or sentence: Giudice: Zanetti; Horaires : 9 h; Prazo: dez dias.

A label is one common noun before a colon, which the article has nowhere else. A name there is the topic of its line
(Atalanta: Scalvini operato).
"""

from collections import Counter
from collections.abc import Sequence

from alt_pipelines.tagging.extraction.features import Phrase
from alt_pipelines.tagging.extraction.spaced.article import Article
from alt_pipelines.tagging.extraction.spaced.germanic.german_nouns import is_common_noun
from alt_pipelines.tagging.extraction.words.verbs import is_word

_ENOUGH = 4  # distinct phrases that an article keeps at least


def without_labels(phrases: Sequence[Phrase], article: Article) -> Sequence[Phrase]:
    """Return the phrases of the article without the labels of its body, if enough others are left."""
    times = Counter(phrase.stems for phrase in phrases)
    labels = {phrase.stems for phrase in phrases if times[phrase.stems] == 1 and _is_label(phrase, article)}
    kept = [phrase for phrase in phrases if phrase.stems not in labels]
    return kept if len({phrase.stems for phrase in kept}) >= _ENOUGH else phrases


def _is_label(phrase: Phrase, article: Article) -> bool:
    """Whether a phrase is one common noun that begins a sentence of the body and has a colon after it."""
    at, word = phrase.start, phrase.words[0]
    if len(phrase.words) > 1 or at < article.body.first or phrase.stems[0] in article.in_title:
        return False
    here, tokens = at - article.body.first, article.body.tokens
    if here + 1 >= len(tokens) or tokens[here + 1].text != ":" or not word[0].isupper():
        return False
    begins = here == 0 or tokens[here - 1].text[0] in ".!?\n•-–"
    code = article.reading.code
    return begins and (is_common_noun(word) if article.row.noun_capitals else is_word(word.lower(), code))
