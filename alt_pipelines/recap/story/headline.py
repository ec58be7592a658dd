"""The headline of a story, the same wherever a person reads it: in Dagster, on a page, on a map, on a terminal."""

from collections.abc import Sequence

NO_STORY = "In no story"
_TERMS = 2


def headline(cluster_id: int, label: str | None, top_terms: Sequence[str]) -> str:
    """Return a story's label or, without one, its first terms or its number; for the noise cluster, `NO_STORY`."""
    if cluster_id < 0:
        return NO_STORY
    return label or ", ".join(top_terms[:_TERMS]) or f"Story {cluster_id}"
