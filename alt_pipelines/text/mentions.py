"""Tells a name of an element that a sentence mentions from a tag of the article: "the <dialog> element".

A mention has no attributes and is within a line of text. An element that never ends and is a mention is a word.
"""

_OPENS = ("", *"([{\"'“‘«「『（")
_ENDS = ("", *")]},.;:!?\"'”’»」』）、。")


def is_mention(markup: str, start: int, end: int, attributes: str) -> bool:
    """Whether the opening tag ``markup[start:end]`` is where a sentence has a word."""
    if attributes.strip():
        return False
    follows = markup[end : end + 2]
    return in_running_text(markup, start) or follows == "</" or (follows[:1] == " " and follows[1:].islower())


def in_running_text(markup: str, start: int) -> bool:
    """Whether text of the same line, not a tag, precedes a place."""
    before = markup[max(0, start - 3) : start]
    return bool(before.strip()) and before.rstrip(" \t\xa0")[-1] not in ">\n\r"


def as_word(markup: str, start: int, end: int, name: str) -> str:
    """Return the name of an element, apart from the words around it but not from a bracket or a stop."""
    before = "" if markup[max(0, start - 1) : start] in _OPENS else " "
    return f"{before}{name}" if markup[end : end + 1] in _ENDS else f"{before}{name} "
