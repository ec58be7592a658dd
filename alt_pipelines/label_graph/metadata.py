"""Summary, tables and pictures of the graph for Dagster's metadata: pure, from reports and edges to plain values.

The picture shows the strongest edges of all genres as bars and is small enough for the UI to show it inline. The plot
is drawn only for runs that no schedule started. It has genres on the left, their strongest tags on the right and a line
for every edge, as thick as its weight. A tag that no font can draw is replaced by its number in the table of strongest
tags.
"""

from collections.abc import Sequence
from math import isfinite

from alt_pipelines.label_graph.report import ChangedEdge, Edge, WindowReport
from alt_pipelines.observability import pictures, plots
from alt_pipelines.observability.tables import cell

BARS = 12
GENRES_DRAWN = 14
TAGS_DRAWN = 42
_LONGEST_LABEL = 28
_LINE = "#3b7dd8"


def summary(window: WindowReport) -> str:
    """Summarize a build in one line: its edges, the rows they rest on, and what changed since the last build."""
    rows = f"{window.rows_used} of {window.rows_read} learning rows of {window.window_label}"
    if window.kept_previous:
        kept = f"The previous graph of {window.edges_before} edges was kept. "
        return (
            f"No tag reaches the minimum support and confidence in {rows}. {kept if window.edges_before else ''}"
            "TAG_LABEL_GRAPH_MIN_SUPPORT and _MIN_CONFIDENCE set the minimum; the recap worker writes the rows."
        )
    since = f"since the last build: {window.edges_new} new, {window.edges_gone} deleted"
    return f"Edges: {window.edges} between tags and {window.genres} genres, from {rows}; {since}."


def strongest_rows(edges: Sequence[Edge]) -> list[dict[str, str | int | float]]:
    """Rows of the table of strongest tags per genre, in the given order. `no` is the tag's number in the plot."""
    return [
        {
            "genre": cell(_short(edge.genre)),
            "tag": cell(_short(edge.tag)),
            "weight": round(edge.weight, 4) if isfinite(edge.weight) else str(edge.weight),
            "observations": edge.sample_size,
            "last_observed": edge.last_observed_at.strftime("%Y-%m-%d"),
            "no": number,
        }
        for number, edge in enumerate(edges, 1)
    ]


def changed_rows(changed: Sequence[ChangedEdge]) -> list[dict[str, str]]:
    """Rows of the table of edges that came, went, or whose weight moved most."""
    return [
        {
            "change": _change(edge),
            "genre": cell(_short(edge.genre)),
            "tag": cell(_short(edge.tag)),
            "before": "" if edge.before is None else f"{edge.before:.4f}",
            "after": "" if edge.after is None else f"{edge.after:.4f}",
        }
        for edge in changed
    ]


def picture(edges: Sequence[Edge], window: str) -> str | None:
    """Draw the strongest edges of all genres as bars, as a image that the UI shows inline; None without any."""
    strongest = sorted(_drawn(edges), key=lambda edge: (-edge.weight, -edge.sample_size, edge.genre, edge.tag))
    bars = [(f"{edge.tag} → {edge.genre}", edge.weight) for edge in strongest[:BARS]]
    return pictures.bars(f"Strongest edges of the {window} graph: weight, tag and genre", bars)


def _change(edge: ChangedEdge) -> str:
    if edge.before is None or edge.after is None:
        return "came" if edge.before is None else "went"
    return f"{edge.after - edge.before:+.4f}"


def graph_plot(edges: Sequence[Edge], window: str) -> str | None:
    """Draw the strongest edges as a Markdown image. Return None if there are no edges."""
    drawn_edges = _drawn(edges)
    if not drawn_edges:
        return None
    numbers = {(edge.genre, edge.tag): number for number, edge in enumerate(edges, 1)}
    genres = list(dict.fromkeys(edge.genre for edge in drawn_edges))
    tags = list(dict.fromkeys(edge.tag for edge in drawn_edges))
    first = {edge.tag: numbers[edge.genre, edge.tag] for edge in reversed(drawn_edges)}
    heights = {tag: -position for position, tag in enumerate(tags)}
    # A genre is drawn at the mean height of its tags, at least 1.2 below the genre above it.
    level = {genre: [heights[edge.tag] for edge in drawn_edges if edge.genre == genre] for genre in genres}
    places: dict[str, float] = {}
    for genre in sorted(genres, key=lambda name: -sum(level[name]) / len(level[name])):
        wanted = sum(level[genre]) / len(level[genre])
        places[genre] = min([wanted, *(placed - 1.2 for placed in places.values())])
    with plots.figure(8, max(3.0, 0.24 * len(tags))) as (drawn, axes):
        for edge in drawn_edges:
            ends = places[edge.genre], heights[edge.tag]
            axes.plot((0, 1), ends, color=_LINE, linewidth=0.4 + 3 * edge.weight, alpha=0.25 + 0.6 * edge.weight)
        for genre, place in places.items():
            # Larger, not bold: the fonts of most scripts have no bold face, which matplotlib warns of.
            axes.text(-0.02, place, _drawable(genre, "genre"), ha="right", va="center", fontsize=10)
        for tag, height in heights.items():
            axes.text(1.02, height, _drawable(tag, f"no. {first[tag]}"), ha="left", va="center", fontsize=8)
        axes.set(xlim=(-0.45, 1.6), title=f"{window}: strongest tags per genre ({len(genres)} genres)")
        axes.axis("off")
        return plots.png_markdown(drawn, f"Strongest tags per genre in the {window} graph")


def _drawn(edges: Sequence[Edge]) -> list[Edge]:
    sizes: dict[str, int] = {}
    edges = [edge for edge in edges if 0 <= edge.weight <= 1]  # invalid weights cannot be drawn
    for edge in edges:
        sizes[edge.genre] = sizes.get(edge.genre, 0) + edge.sample_size
    chosen = sorted(sizes, key=lambda genre: (-sizes[genre], genre))[:GENRES_DRAWN]
    each = max(1, TAGS_DRAWN // max(1, len(chosen)))
    drawn: list[Edge] = []
    for genre in chosen:
        drawn.extend([edge for edge in edges if edge.genre == genre][:each])
    return drawn


def _short(label: str) -> str:
    return label if len(label) <= _LONGEST_LABEL else f"{label[: _LONGEST_LABEL - 1]}…"


def _drawable(label: str, otherwise: str) -> str:
    """Return the label, or `otherwise` if no font can draw it."""
    return _short(label) if plots.can_draw(label) else otherwise
