"""Cuts runs of content words into phrases: short runs and names stay whole, longer runs become names or windows."""

from collections.abc import Iterator

from alt_pipelines.tagging.extraction.spaced_words import Placed, Reading, trimmed
from alt_pipelines.tagging.extraction.verbs import is_word

LONGEST_NAME = 5


def cut(run: list[Placed], again: frozenset[str], reading: Reading) -> Iterator[list[Placed]]:
    """Yield the phrases of a run: the run itself if it is short or a name, otherwise its names, otherwise windows."""
    row = reading.row
    if not run:
        return
    if row.noun_capitals:
        while run and run[-1].token.text[0].islower():
            run = run[:-1]
        if not run:
            return
    if _begins_with_role(run, reading):
        run = run[1:]
    size = sum(not placed.link for placed in run)
    if size <= row.longest and len(run) <= LONGEST_NAME:
        yield run
        return
    if row.longest > 3:
        if size <= LONGEST_NAME + 1 and run[0].token.text[0].isupper():
            yield run  # Sở Giao thông Vận tải
        else:
            yield from _repeated_windows(run, again, row.longest)
        return
    names = list(_names(run))
    if names:
        yield from names
    else:
        yield from (run[start : start + 2] for start in range(0, len(run), 2) if not run[start].link)


def _begins_with_role(run: list[Placed], reading: Reading) -> bool:
    """Whether the sentence begins with a person's role before a name of two or more words."""
    first, rest = run[0].token, run[1:]
    if not first.opens or not first.text[0].isupper() or first.text.lower() in reading.capitals:
        return False
    words = [placed.token.text for placed in rest if not placed.link]
    named = len(words) > 1 and not rest[0].link and all(word[0].isupper() for word in words)
    return named and not reading.row.noun_capitals and is_word(first.text.lower(), reading.code)


def _names(run: list[Placed]) -> Iterator[list[Placed]]:
    """Yield runs of capitalised words, with the small words between them."""
    stretch: list[Placed] = []
    for placed in [*run, None]:
        word = placed.token.text if placed else ""
        if (
            placed
            and (word[0].isupper() or word[0].isdigit() or (placed.link and stretch))
            and len(stretch) < LONGEST_NAME
        ):
            stretch.append(placed)
            continue
        stretch = trimmed(stretch)
        if stretch:
            yield stretch
        stretch = [placed] if placed and word[0].isupper() else []


def _repeated_windows(run: list[Placed], again: frozenset[str], longest: int) -> Iterator[list[Placed]]:
    """Cut a long run into the longest pieces that the text repeats, and the rest into pairs."""
    start = 0
    while start < len(run):
        size = min(longest, len(run) - start)
        while size > 2 and " ".join(p.token.text for p in run[start : start + size]) not in again:
            size -= 1
        yield run[start : start + size]
        start += size
