"""The text of an article as tagging reads it, for the tests of what is removed from it."""

from alt_pipelines.text.clean import CleanText, clean_article


def body(text: str, title: str = "") -> str:
    """Return the clean text below a title."""
    found = clean_article(title, text)
    assert isinstance(found, CleanText)
    return found.text
