"""A story has one headline: its label, else its first terms, else its number."""

import pytest

from alt_pipelines.recap.story.headline import NO_STORY, headline


@pytest.mark.parametrize(
    ("cluster_id", "label", "terms", "expected"),
    [
        (0, "Bakery for sale", ["bakery"], "Bakery for sale"),
        (1, None, ["bakery", "oven", "flour"], "bakery, oven"),
        (2, "", [], "Story 2"),
        (-1, "noise", ["bakery"], NO_STORY),
    ],
)
def test_a_story_is_called_by_the_best_name_that_it_has(
    cluster_id: int, label: str | None, terms: list[str], expected: str
) -> None:
    assert headline(cluster_id, label, terms) == expected
