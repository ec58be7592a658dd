"""Cuts a run of Hebrew words by their articles, which show where a noun phrase ends, and never after a construct."""

from collections.abc import Iterator, Sequence

from alt_pipelines.tagging.extraction.spaced.hebrew.words import (
    is_adjective,
    is_construct,
    is_name,
    is_plural_construct,
    is_possessed,
    without_article,
)
from alt_pipelines.tagging.extraction.spaced.reading import Placed
from alt_pipelines.tagging.extraction.spaced.tokens import Token

_CHAIN = 3  # words: סגל אוניברסיטת חיפה, of which the last two are a phrase too
_ABSORBING = frozenset("בלכ")


def hebrew_runs(tokens: Sequence[Token], runs: list[list[Placed]]) -> list[list[Placed]]:
    """Return the runs of content words without nouns that have a possessive pronoun (עמיתו | רן קליין).

    A noun that has lost its article to the preposition before it is left out with its adjectives: ב[אוניברסיטה העברית].
    """
    parts = (part for run in runs for part in _between_possessed(run))
    return [run for part in parts if (run := _without_absorbed(tokens, part))]


def _between_possessed(run: list[Placed]) -> Iterator[list[Placed]]:
    start = 0
    for at, placed in enumerate(run):
        if is_possessed(placed.token.text):
            yield run[start:at]
            start = at + 1
    yield run[start:]


def _without_absorbed(tokens: Sequence[Token], run: list[Placed]) -> list[Placed]:
    if len(run) == 1 or not run or run[0].at == 0 or _definite(run[0]):
        return run
    before = tokens[run[0].at - 1]
    if before.text not in _ABSORBING or before.end != run[0].token.start or not is_adjective(run[1].token.text):
        return run
    end = 1
    while end < len(run) and _definite(run[end]):
        end += 1
    return run[end:]


def at_articles(run: list[Placed], places: frozenset[str] = frozenset()) -> Iterator[list[Placed]]:
    """Cut a run after each word with an article that a word without one follows: ראש העיר | יונה יהב.

    A single word is yielded without its article. A phrase continues after a word of ``places``, which begins a name.
    """
    start = 0
    for at in range(1, len(run) + 1):
        if at < len(run) and not _changes_script(run[at - 1], run[at]) and _continues(run, at, places):
            continue
        part = run[start:at]
        while part and _is_bound(part):
            part = part[:-1]  # its genitive is missing: תחנת
        if part:
            yield [_bare(part[0])] if len(part) == 1 else part
            if len(part) == _CHAIN and is_construct(part[1].token.text):
                yield part[1:]
        start = at


def with_genitives(part: list[Placed], longest: int) -> Iterator[list[Placed]]:
    """Cut a long part into pieces of ``longest`` words, and one more after a construct: הקמת תחנת הכוח.

    Where that would leave a single word, the first one is left out: [בניין] עיריית קריית גת.
    """
    start = 0
    if len(part) == longest + 1 and is_construct(part[longest - 2].token.text):
        start = 1
    while start < len(part):
        end = start + (longest - 1 if len(part) - start == longest + 1 else longest)
        while end < len(part) and is_construct(part[end - 1].token.text) and end - start <= longest:
            end += 1
        yield part[start:end]
        start = end


def _continues(run: list[Placed], at: int, places: frozenset[str]) -> bool:
    """Whether the word at this place continues the phrase before it: הפועל | ירושלים, ראש | העיר."""
    before = run[at - 1]
    return before.token.text in places or not _definite(before) or _definite(run[at])


def _is_bound(part: list[Placed]) -> bool:
    """Whether the last word of a part lacks its genitive; a plural in -י after a name may be a surname: יעל שקדי."""
    last = part[-1].token.text
    surname = len(part) > 1 and is_name(part[-2].token.text)
    return is_construct(last) or (is_plural_construct(last) and not surname)


def _changes_script(before: Placed, placed: Placed) -> bool:
    """Whether a foreign word follows a Hebrew one, or the reverse: אפליקציית | Waze, but not פנטום K7."""
    if not (before.token.text.isalpha() and placed.token.text.isalpha()):
        return False
    one, other = before.token.text[0], placed.token.text[0]
    return one.isascii() != other.isascii()


def _definite(placed: Placed) -> bool:
    return without_article(placed.token.text) != placed.token.text


def _bare(placed: Placed) -> Placed:
    token = placed.token
    bare = without_article(token.text)
    return placed._replace(token=token._replace(text=bare, start=token.end - len(bare)))
