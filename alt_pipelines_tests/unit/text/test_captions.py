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


LONG = "The ferry to Skarholm was late again on Monday because of the ice. " * 4
SENTENCE = "The oldest boat, built by Jens Holt in 1911, still carries the mail."


@pytest.mark.parametrize(
    ("around", "kept"),
    [
        ("<p>{text}</p><figcaption>{caption}</figcaption>", True),
        ("<div><p>{text}</p>\n<figcaption>{caption}</figcaption></div>", True),
        ("<p>{text}</p><figure><img><figcaption>{caption}</figcaption></figure>", False),
        ("<p>{text}</p><figure><div><img></div><figcaption>{caption}</figcaption></figure>", False),
        ("<p>{text}</p><img><figcaption>{caption}</figcaption>", False),
        ("<p>{text}</p><p><a><img></a></p><figcaption>{caption}</figcaption>", False),
        ("<p>{text}</p><div><figcaption>{caption}</figcaption></div>", False),
        ("<figure><img></figure><figcaption>{caption}</figcaption><p>{text}</p>", False),
    ],
)
def test_a_caption_without_a_picture_is_a_paragraph(around: str, *, kept: bool) -> None:
    for caption, stays in [(SENTENCE, kept), ("Jens Holt/Skarholm Archive", False), ("A boat in the ice", False)]:
        clean = clean_article("Ferry late", around.format(text=LONG, caption=caption))
        assert isinstance(clean, CleanText)
        assert (caption in clean.text) == stays
