"""What of a text is shown to a model: its beginning, as valid Unicode, or nothing.

What belongs here: the guard that every backend puts before its tokenizer. What does not: cleaning of articles, which is
`text.clean`.
"""

CHARACTERS_PER_TOKEN = 16  # cut far behind any token window: English has 4 to 5 characters a token, Japanese 2


def readable(text: str, max_tokens: int) -> str | None:
    """The part of a text worth tokenizing, or None when there is nothing to read in it.

    Nothing to read means: no printable character but white space, so empty texts, control characters and zero-width
    joiners alike; digits, punctuation and emoji are read. Cutting first keeps a text of 5 million characters as
    cheap as one that just fills the window.
    """
    beginning = text.lstrip()[: max_tokens * CHARACTERS_PER_TOKEN]
    if not any(character.isprintable() and not character.isspace() for character in beginning):
        return None
    # A lone surrogate is no character: tokenizers refuse it.
    return beginning.encode("utf-8", "replace").decode("utf-8")
