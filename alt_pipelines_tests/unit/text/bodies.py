"""The text of an article as tagging reads it, for the tests of what is removed from it."""

from alt_pipelines.text.clean import CleanText, clean_article

TEXT = "The weir below the tannery was rebuilt in oak this spring, and the eels came back within a week."
MORE = "Volunteers counted four hundred of them on the first night, more than in all of last year."


def body(text: str, title: str = "") -> str:
    """Return the clean text below a title."""
    found = clean_article(title, text)
    assert isinstance(found, CleanText)
    return found.text


def around(part: str) -> str:
    """Return the clean text of an article with this markup between its two paragraphs, `TEXT` and `MORE`."""
    return body(f"<p>{TEXT}</p>{part}<p>{MORE}</p>")
