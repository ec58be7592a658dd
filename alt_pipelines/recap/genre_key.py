"""The partition keys of genres.

Dagster refuses control characters and `...` in dynamic partition keys and joins the keys of several dimensions with
`|`. Its UI reads `,`, `*`, brackets and quotes as selections. All of these are percent-escaped. Everything else,
including spaces, slashes and emoji, stays readable. This module does not import Dagster, so the API can use it too.
"""

import re
from urllib.parse import unquote_to_bytes

# C0 and C1 controls, line and paragraph separators, lone surrogates; the marks above; white space at either end; three
# or more consecutive dots; and "%" itself, which makes the escaping reversible.
_SPECIAL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff%|,*\[\]\"]|^\s+|\.{3,}")


def partition_key(genre: str) -> str:
    """Return the partition key of a genre. Different genres have different keys.

    Raises:
        ValueError: the genre is empty.
    """
    if not genre:
        raise ValueError("an empty genre has no partition key; send a non-empty genre")
    name = genre.rstrip()
    return _SPECIAL.sub(lambda match: _escaped(match[0]), name) + _escaped(genre[len(name) :])


def genre_of(key: str) -> str:
    """Return the genre of a partition key: the inverse of `partition_key`."""
    return unquote_to_bytes(key.encode("utf-8", "surrogatepass")).decode("utf-8", "surrogatepass")


def _escaped(characters: str) -> str:
    return "".join(f"%{byte:02X}" for byte in characters.encode("utf-8", "surrogatepass"))
