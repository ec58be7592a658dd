"""Places that a dash joins, apart from the words beside them: kereta cepat Jakarta–Bandung  ->  kereta cepat | Jakarta.

Scope: two names with an en dash and no space between them: routes, matches, agreements. A hyphen makes one word.
"""

from collections.abc import Iterator, Sequence

from alt_pipelines.tagging.extraction.spaced.germanic.german_nouns import is_common_noun
from alt_pipelines.tagging.extraction.spaced.reading import Placed
from alt_pipelines.tagging.extraction.spaced.tokens import Token

_DASH = "–"


def at_dashes(run: list[Placed], tokens: Sequence[Token], *, noun_capitals: bool) -> Iterator[list[Placed]]:
    """Yield the parts of a run, cut between common words and a name that a dash joins to another name."""
    if len(run) > 1 and _joins(tokens, run[0].at - 1) and run[1].token.text.islower():
        yield run[:1]
        run = run[1:]
    if len(run) > 1 and _joins(tokens, run[-1].at + 1) and _is_common(run[-2], noun_capitals=noun_capitals):
        yield run[:-1]
        run = run[-1:]
    yield run


def _joins(tokens: Sequence[Token], at: int) -> bool:
    """Whether there is a dash between two names."""
    if not 0 < at < len(tokens) - 1 or tokens[at].text != _DASH:
        return False
    before, dash, after = tokens[at - 1 : at + 2]
    return before.end == dash.start and dash.end == after.start and before.text.istitle() and after.text.istitle()


def _is_common(placed: Placed, *, noun_capitals: bool) -> bool:
    word = placed.token.text
    return not placed.link and (word.islower() or (noun_capitals and is_common_noun(word)))
