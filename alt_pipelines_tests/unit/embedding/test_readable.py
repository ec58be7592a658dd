"""What of a text is shown to a model."""

import pytest

from alt_pipelines.embedding.batching import CHARACTERS_PER_TOKEN, readable


@pytest.mark.parametrize("text", ["", " \n\t", "\x00\x00", "\u200b\u200d", "\u3000"])
def test_there_is_nothing_to_read_in_blank_text(text: str) -> None:
    assert readable(text, 256) is None


@pytest.mark.parametrize("text", ["a", "🎉", "12345", "…", "\x00a"])
def test_anything_printable_is_read(text: str) -> None:
    assert readable(text, 256) == text


def test_a_long_text_is_cut_far_behind_the_window() -> None:
    assert len(readable("word " * 1_000_000, 256) or "") == 256 * CHARACTERS_PER_TOKEN


def test_white_space_before_a_long_text_does_not_hide_it() -> None:
    assert readable(" " * 100_000 + "news", 16) == "news"


def test_a_lone_surrogate_is_replaced() -> None:
    assert readable("a\ud800b", 16) == "a?b"
