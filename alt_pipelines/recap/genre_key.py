"""How a genre run is named in Dagster: its job, its tag, and its genre as a partition key and back.

Dagster refuses control characters and `...` in dynamic partition keys, joins the keys of several dimensions with `|`,
and its UI reads `,`, `*`, brackets and quotes as selections: these are percent-escaped. Everything else, spaces,
slashes and emoji included, stays readable. Here: names, for all who launch or look for runs, with or without Dagster
at hand. Not here: the partitions definition (`partitions`).
"""

import re
from urllib.parse import unquote_to_bytes

JOB_NAME = "cluster_genre"
RUN_TAG = "alt/recap_run_id"
"""The tag of a Dagster run that names the stored run (a row's id) it is launched for."""

# C0 and C1 controls, line and paragraph separators, lone surrogates; the marks above; white space at either end; all
# dots of a run of three or more; and "%" itself, which makes the escaping reversible.
_SPECIAL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff%|,*\[\]\"]|^\s+|\s+$|\.{3,}")


def partition_key(genre: str) -> str:
    """The partition key of a genre; different genres have different keys.

    Raises:
        ValueError: an empty genre, which can have no key.
    """
    if not genre:
        raise ValueError("an empty genre has no partition key; send the genre's name")
    return _SPECIAL.sub(lambda match: _escaped(match[0]), genre)


def genre_of(key: str) -> str:
    """The genre that a partition key stands for: the inverse of `partition_key`."""
    return unquote_to_bytes(key.encode("utf-8", "surrogatepass")).decode("utf-8", "surrogatepass")


def _escaped(characters: str) -> str:
    return "".join(f"%{byte:02X}" for byte in characters.encode("utf-8", "surrogatepass"))
