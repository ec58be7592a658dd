"""A caption is part of an article if it describes its picture, and not if it is a credit."""

import pytest

from alt_pipelines.text.captions import describes
from alt_pipelines.text.clean import CleanText, clean_article


@pytest.mark.parametrize("caption", ["Rain falls on the quay", "A fallen oak blocks a lane in Tewkesbury."])
def test_a_caption_with_words_in_lower_case_describes(caption: str) -> None:
    assert describes(caption)


@pytest.mark.parametrize("caption", ["", "Dana Whitlow/Getty Images", "Courtesy of the Ternby Harbour Board", "港の雨"])
def test_a_credit_does_not_describe(caption: str) -> None:
    assert not describes(caption)


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("PHOTO: Barges wait for high water on the Danube.", "Barges wait for high water on the Danube."),
        ("Photo: Courtesy of the archive of the museum in Ternby", ""),
        ("Translation: The novel was put into English by two people.", ""),
    ],
)
def test_a_caption_loses_its_label_and_a_credit_is_removed(line: str, kept: str) -> None:
    clean = clean_article("Ferry late", f"<p>The ferry to Skarholm was late.</p><p>{line}</p>")
    assert isinstance(clean, CleanText)
    assert clean.text.split("\n")[1:] == ([kept] if kept else [])
