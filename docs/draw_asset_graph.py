"""Draw docs/asset-graph.png from the definitions: what the Dagster UI shows under "Lineage".

usage: .venv/bin/python docs/draw_asset_graph.py
"""

from pathlib import Path

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
from dagster import AssetKey

from alt_pipelines.definitions import defs

TARGET = Path(__file__).with_name("asset-graph.png")
COLORS = ("#dbe9f6", "#e3f1de", "#fbe8d3", "#ece2f4", "#f4f4f0", "#fde0e0")
WIDTH, HEIGHT, ACROSS, DOWN = 3.0, 0.62, 3.7, 0.9


def main() -> None:
    """Layers from left to right by the longest path, one color per group."""
    graph = defs.resolve_asset_graph()
    parents = {key: graph.get(key).parent_keys for key in graph.get_all_asset_keys()}
    groups = sorted({graph.get(key).group_name or "" for key in parents})
    layers: dict[int, list[AssetKey]] = {}
    for key in sorted(parents, key=lambda key: (graph.get(key).group_name or "", key.to_user_string())):
        layers.setdefault(depth(key, parents), []).append(key)
    row: dict[AssetKey, float] = {}
    for column in sorted(layers):  # beside their parents, so that few arrows cross
        layers[column].sort(key=lambda key: sum(row[above] for above in parents[key]) / max(1, len(parents[key])))
        row |= {key: at - len(layers[column]) / 2 for at, key in enumerate(layers[column])}
    tallest = max(map(len, layers.values()))
    place = {
        key: (column * ACROSS, -(row[key] + tallest / 2) * DOWN) for column, keys in layers.items() for key in keys
    }
    figure, axes = plt.subplots(figsize=(len(layers) * 2.6, tallest * 0.8 + 0.6))
    for key, above in parents.items():
        for parent in above:
            (x0, y0), (x1, y1) = place[parent], place[key]
            axes.annotate(
                "",
                (x1, y1),
                (x0 + WIDTH, y0),
                zorder=1,
                arrowprops={"arrowstyle": "-|>", "color": "#888", "shrinkB": 1, "lw": 1},
            )
    for key, (x, y) in place.items():
        node = graph.get(key)
        color = COLORS[groups.index(node.group_name or "") % len(COLORS)]
        style = "-" if node.is_materializable else "--"
        axes.add_patch(plt.Rectangle((x, y - HEIGHT / 2), WIDTH, HEIGHT, fc=color, ec="#555", ls=style, lw=1, zorder=2))
        kind = "" if node.is_materializable else "external"
        partitions = "by partition" if node.partitions_def is not None else kind
        axes.text(
            x + WIDTH / 2,
            y + 0.08,
            key.path[-1],
            ha="center",
            va="center",
            fontsize=8.5 if len(key.path[-1]) < 24 else 7.5,
        )
        axes.text(x + WIDTH / 2, y - 0.18, partitions, ha="center", va="center", fontsize=7, color="#666")
    axes.set_xlim(-0.2, max(layers) * ACROSS + WIDTH + 0.2)
    axes.set_ylim(-(tallest - 1) * DOWN - 0.6, 0.6)
    axes.axis("off")
    figure.savefig(TARGET, dpi=130, bbox_inches="tight", facecolor="white")


def depth(key: AssetKey, parents: dict[AssetKey, set[AssetKey]]) -> int:
    """Edges on the longest path from a root."""
    return max((depth(parent, parents) + 1 for parent in parents[key]), default=0)


if __name__ == "__main__":
    main()
