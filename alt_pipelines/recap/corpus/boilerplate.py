"""Find boilerplate: sentences that articles of different stories share, such as newsletter, paywall and cookie notes.

Comparison ignores case and white space and, in short sentences, digits; at the ends of an article it also ignores a
word or two in a sentence of one form (see `frames`). A sentence in three or more articles is boilerplate unless the
remaining sentences of those articles tell one story. Versions of one agency report share sentences too, but their other
sentences are also about the same event. A note in all articles of two tight stories is recognised by the gap between
the two. There are no word lists.

Scope: repetition within one request. Out of scope: what a site repeats over time.
"""

import re
from collections.abc import Sequence

from alt_pipelines.recap.corpus.frames import with_frames
from alt_pipelines.recap.corpus.likeness import REPEATED, Likeness
from alt_pipelines.text.scripts import CJK

_STAMP = 40  # a line with fewer letters than this (CJK letters count twice) may be a stamp of date or place
_DIGITS = re.compile(r"\d+")


def find_boilerplate(articles: Sequence[Sequence[str]]) -> frozenset[str]:
    """Return the boilerplate sentences as they are spelt in `articles`, which holds the sentences of each article."""
    keys = with_frames([[repeat_key(sentence) for sentence in sentences] for sentences in articles], articles)
    homes: dict[str, list[int]] = {}
    for article, found in enumerate(keys):
        for key in dict.fromkeys(found):
            homes.setdefault(key, []).append(article)
    repeated = {key: owners for key, owners in homes.items() if len(owners) >= REPEATED}
    if not repeated:
        return frozenset()
    likeness = Likeness(
        [
            [sentence for sentence, key in zip(sentences, found, strict=True) if key not in repeated]
            for sentences, found in zip(articles, keys, strict=True)
        ]
    )
    verdicts: dict[tuple[int, ...], bool] = {}
    boilerplate = set()
    for key, owners in repeated.items():
        group = tuple(owners)
        if group not in verdicts:
            verdicts[group] = not likeness.is_one_story(group)
        if verdicts[group]:
            boilerplate.add(key)
    return frozenset(
        sentence
        for sentences, found in zip(articles, keys, strict=True)
        for sentence, key in zip(sentences, found, strict=True)
        if key in boilerplate
    )


def repeat_key(sentence: str) -> str:
    """Return a key that ignores case and white space and, in short sentences, numbers."""
    key = " ".join(sentence.casefold().split())
    if len(key) > 3 * _STAMP or sum(map(str.isalpha, key)) >= _STAMP or not any(map(str.isdigit, key)):
        return key
    if sum(2 if CJK.match(c) else 1 for c in key if c.isalpha()) >= _STAMP:
        return key
    return _DIGITS.sub("0", key)
