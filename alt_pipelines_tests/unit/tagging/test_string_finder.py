"""A finder of many strings finds what a pattern of all of them does."""

import re

from hypothesis import given
from hypothesis import strategies as st

from alt_pipelines.tagging.extraction.string_finder import StringFinder

STRINGS = st.sets(st.text("abc", min_size=1, max_size=4), min_size=1)


@given(STRINGS, st.text("abcd", max_size=40))
def test_the_longest_string_at_each_place_is_found(strings: set[str], text: str) -> None:
    pattern = "|".join(sorted(strings, key=len, reverse=True))
    assert list(StringFinder(strings).spans(text)) == [match.span() for match in re.finditer(pattern, text)]


def test_a_finder_of_no_strings_finds_nothing() -> None:
    assert not StringFinder(())
    assert list(StringFinder(()).spans("abc")) == []
