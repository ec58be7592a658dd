"""Cuts a run of Hebrew words by their articles, which show where a noun phrase ends, and never after a construct."""

from collections.abc import Iterator

from alt_pipelines.tagging.extraction.hebrew import is_construct, without_article
from alt_pipelines.tagging.extraction.spaced_reading import Placed


def at_articles(run: list[Placed], places: frozenset[str] = frozenset()) -> Iterator[list[Placed]]:
    """Cut a run after each word with an article that a word without one follows: ראש העיר | יונה יהב.

    A single word is yielded without its article. A phrase continues after a word of ``places``, which begins a name.
    """
    start = 0
    for at in range(1, len(run) + 1):
        named = run[at - 1].token.text in places  # הפועל ירושלים
        if at < len(run) and (named or not _definite(run[at - 1]) or _definite(run[at])):
            continue
        part = run[start:at]
        while part and is_construct(part[-1].token.text):
            part = part[:-1]  # its genitive is missing: תחנת
        if part:
            yield [_bare(part[0])] if len(part) == 1 else part
        start = at


def with_genitives(part: list[Placed], longest: int) -> Iterator[list[Placed]]:
    """Cut a long part into pieces of ``longest`` words, and one more after a construct: הקמת תחנת הכוח."""
    start = 0
    while start < len(part):
        end = start + (longest - 1 if len(part) - start == longest + 1 else longest)
        while end < len(part) and is_construct(part[end - 1].token.text) and end - start <= longest:
            end += 1
        yield part[start:end]
        start = end


def _definite(placed: Placed) -> bool:
    return without_article(placed.token.text) != placed.token.text


def _bare(placed: Placed) -> Placed:
    token = placed.token
    bare = without_article(token.text)
    return placed._replace(token=token._replace(text=bare, start=token.end - len(bare)))
