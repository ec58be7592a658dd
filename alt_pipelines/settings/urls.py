"""URLs with passwords in settings: whether a reader takes them as they were meant, and the remedy where it does not.

A password with one of the marks of a URL is cut there, and its rest is read as host, port, path or query, which errors
quote and messages show.
"""

from urllib.parse import urlsplit

ENCODE = "Percent-encode the characters @ : / ? # % of the user and the password (%40 for @, %3A for :, %2F for /)"


def is_misread(value: str) -> bool:
    """Whether the rest of a password was taken for a port, a path, a query or a fragment."""
    try:
        parts = urlsplit(value)
        _ = parts.port
    except ValueError:
        return True
    return "@" in parts.path + parts.query + parts.fragment
