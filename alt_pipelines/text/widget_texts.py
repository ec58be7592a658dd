"""What the text of an element of markup tells of it: prose, links, a person's name, or a few words.

    is_mostly_links('<a href="/1">Otters return</a> and more')  ->  True
    is_named("<p>By Ada Holm</p>", "Holm opened the weir.")      ->  True

Scope: the content of one element. Out of scope: which elements are looked at (``widgets``).
"""

import re
from collections.abc import Iterator

from alt_pipelines.text.scripts import EAST_ASIAN
from alt_pipelines.text.sentences import SENTENCE_ENDS
from alt_pipelines.text.stopwords import NAME_PARTICLES

_LINK = re.compile("<a\\b[^<>]*+>([^<]*+(?:<(?!/?a\\b)[^<]*+)*+)</a", re.IGNORECASE)
_MOSTLY = 0.5  # of the characters of an element
TAG = re.compile("<[^<>]*+>")
_END_OF_LINE = re.compile(
    "</?(?:p|div|br|li|ul|ol|tr|td|th|h[1-6]|section|article|table|blockquote|figcaption|nav|form)\\b[^<>]*+>",
    re.IGNORECASE,
)
_NAME_WORD = re.compile(r"[^\W\d_](?:[^\W\d_'’-]|['’-](?=\w)){0,20}\.?")
_AFTER_NAME = re.compile("[,/|·(–—]")  # before the person's role
_MOST_WORDS = 5
_SHORTEST_SENTENCE = 50  # characters; a shorter line is a label or a title
_SHORTEST_EAST_ASIAN = 25  # characters of a sentence, most of them East Asian
_LONGEST_TITLE = 120  # Thai has no stops
_MOST_SHORT = 300  # characters of a part that only a word names
_FEWEST_SENTENCE_WORDS = 5
_SHORTEST_NAME = 3  # characters
_SHORTEST_STEM = 6  # characters of a name whose last letter may be another elsewhere


def text_of_part(markup: str) -> str:
    """Return the text of markup with single spaces, also where a tag is."""
    return " ".join(TAG.sub(" ", markup).split())


def is_short(markup: str, *, sentences: bool) -> bool:
    """Whether an element has little text, and no prose or, unless ``sentences``, no sentence."""
    if len(text_of_part(markup)) > _MOST_SHORT or prose_length(markup):
        return False
    return sentences or not any(
        len(line.split()) >= _FEWEST_SENTENCE_WORDS and line.endswith(SENTENCE_ENDS) for line in lines_of(markup)
    )


def is_mostly_links(markup: str) -> bool:
    """Whether more than half of the characters are in links."""
    linked = sum(len(text_of_part(link)) for link in _LINK.findall(markup))
    return linked > _MOSTLY * len(text_of_part(markup))


def is_named(markup: str, rest: str) -> bool:
    """Whether the last word of a person's name, or two words of it, are in the rest of a text."""
    line = _AFTER_NAME.split(next(lines_of(markup), ""), maxsplit=1)[0]
    words = [word for word in _NAME_WORD.findall(line) if len(word) >= _SHORTEST_NAME and not word.islower()]
    found = [word[:-1] if len(word) >= _SHORTEST_STEM else word for word in words]
    return bool(found) and (found[-1] in rest or sum(word in rest for word in found[:-1]) > 1)


def is_name(text: str) -> bool:
    """Whether a text is two to five words with capitals."""
    words = [word for word in text.split() if word not in NAME_PARTICLES]
    return (
        2 <= len(words) <= _MOST_WORDS and all(map(_NAME_WORD.fullmatch, words)) and all(w[0].isupper() for w in words)
    )


def prose_length(markup: str) -> int:
    """Return the number of characters of the lines that end as sentences do, or are longer than a title."""
    return sum(
        len(line)
        for line in lines_of(markup)
        if len(line) > _LONGEST_TITLE or (line.endswith(SENTENCE_ENDS) and _is_long(line))
    )


def _is_long(line: str) -> bool:
    """Whether a line is longer than a label or a short title."""
    if len(line) >= _SHORTEST_SENTENCE:
        return True
    return len(line) >= _SHORTEST_EAST_ASIAN and 2 * len(EAST_ASIAN.findall(line)) > len(line)


def lines_of(markup: str) -> Iterator[str]:
    """Yield the lines that block elements and breaks make."""
    lines = (" ".join(TAG.sub("", line).split()) for line in _END_OF_LINE.sub("\n", markup).split("\n"))
    return filter(None, lines)
