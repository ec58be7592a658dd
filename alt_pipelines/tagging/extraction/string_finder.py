"""Finds which of many strings a text has, and where. A pattern of all of them would try each one at every place.

list(StringFinder({"ab", "abc"}).spans("xabcab"))  ->  [(1, 4), (4, 6)]
"""

from collections.abc import Iterable, Iterator


class StringFinder:
    """A set of non-empty strings, prepared once for any number of texts."""

    def __init__(self, strings: Iterable[str]) -> None:
        self._strings = frozenset(strings)
        sizes: dict[str, set[int]] = {}
        for string in self._strings:
            sizes.setdefault(string[0], set()).add(len(string))
        self._sizes = {first: sorted(own, reverse=True) for first, own in sizes.items()}

    def __bool__(self) -> bool:
        return bool(self._strings)

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield (start, end) of the strings in a text from left to right, the longest at each place, none twice.

        Linear in the text's length times the number of different lengths of strings with the same first character.
        """
        end = 0
        for at, first in enumerate(text):
            if at < end:
                continue
            for size in self._sizes.get(first, ()):
                if (found := text[at : at + size]) in self._strings:
                    end = at + len(found)
                    yield at, end
                    break
