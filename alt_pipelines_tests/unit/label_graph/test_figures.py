"""Tables and the picture of the graph: what they hold, for any labels and weights that a database can hold."""

import base64
import re
from datetime import UTC, datetime

import pytest

from alt_pipelines.label_graph import metadata
from alt_pipelines.label_graph.report import ChangedEdge, Edge
from alt_pipelines.observability.tables import reasons_table

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def edges(genres: int, tags: int, weight: float = 0.8) -> list[Edge]:
    """Edges by genre, with a tag that several genres share."""
    return [
        Edge(f"genre {g}", f"tag {g * (t % 3)}-{t}", weight, 3 + g, NOW) for g in range(genres) for t in range(tags)
    ]


def pixels(markdown: str) -> bytes:
    """The PNG inside a Markdown image."""
    found = re.fullmatch(r"!\[[^\]]+\]\(data:image/png;base64,(.+)\)", markdown)
    assert found
    return base64.b64decode(found[1])


@pytest.mark.parametrize(("genres", "tags"), [(1, 1), (3, 6), (60, 6)])
def test_a_graph_of_any_size_is_a_picture_of_bearable_size(genres: int, tags: int) -> None:
    plot = metadata.graph_plot(edges(genres, tags), "7d")
    assert plot is not None
    assert pixels(plot).startswith(b"\x89PNG")
    assert len(plot) < 400_000


def test_no_edges_give_no_plot() -> None:
    assert metadata.graph_plot([], "7d") is None


@pytest.mark.parametrize("label", ["半導体", "$x$ $", "{}\\frac", "a" * 500, "🤖", "\u202eabc", "%s %d", "\n\n"])
def test_any_label_can_be_drawn(label: str) -> None:
    assert metadata.graph_plot([Edge(label, label, 0.9, 3, NOW)], "7d") is not None


def test_no_font_is_missed(caplog: pytest.LogCaptureFixture) -> None:
    """matplotlib warns of a face that a font lacks, such as the bold one of IPAexGothic."""
    assert metadata.graph_plot([Edge("科学", "研究", 0.9, 3, NOW)], "7d") is not None
    assert [record.getMessage() for record in caplog.records if "findfont" in record.getMessage()] == []


@pytest.mark.parametrize("weight", [float("nan"), 1.5, -0.1])
def test_a_weight_that_is_none_is_in_the_table_and_not_in_the_picture(weight: float) -> None:
    wrong = [Edge("a", "t", weight, 3, NOW)]
    assert metadata.graph_plot(wrong, "7d") is None
    assert len(metadata.strongest_rows(wrong)) == 1


def test_rows_are_numbered_and_long_labels_cut() -> None:
    first, second = metadata.strongest_rows([Edge("a", "t" * 99, 0.81237, 3, NOW), Edge("a", "u", 0.7, 4, NOW)])
    assert (first["no"], first["weight"], len(str(first["tag"]))) == (1, 0.8124, 28)
    assert (second["no"], second["observations"], second["last_observed"]) == (2, 4, "2026-03-01")


@pytest.mark.parametrize(
    ("edge", "change"),
    [
        (ChangedEdge("a", "t", 0.9, 0.6), "-0.3000"),
        (ChangedEdge("a", "t", None, 0.6), "came"),
        (ChangedEdge("a", "t", 0.9, None), "went"),
    ],
)
def test_a_change_says_what_happened_to_an_edge(edge: ChangedEdge, change: str) -> None:
    (row,) = metadata.changed_rows([edge])
    assert (row["change"], row["genre"], row["tag"]) == (change, "a", "t")


def test_reasons_come_most_frequent_first() -> None:
    table = reasons_table({"rare": 1, "usual": 9})
    assert table.index("usual") < table.index("rare")
    assert reasons_table({}) == "nothing was skipped"
