"""Inline pictures: valid SVG below the UI's limit for any values and labels."""

import math
import random
import re
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest

from alt_pipelines.observability import pictures

LABELS = ["半導体", "<b>&amp;", "a|b\\c", "100% #1", "🤖" * 60, "it's", "\x00\n\ud800", "](x", "&lt;script&gt;"]


def drawing(markdown: str) -> ElementTree.Element:
    """The SVG inside a Markdown image that is short enough to be shown inline."""
    assert len(markdown.encode("utf-16-le", "surrogatepass")) // 2 < pictures.INLINE_LIMIT
    found = re.fullmatch(r"!\[[^\]]+\]\(<data:image/svg\+xml,([^<>&\\\n]+)>\)", markdown)
    assert found, markdown
    return ElementTree.fromstring(unquote(found[1]))


def texts(markdown: str) -> list[str]:
    return [element.text or "" for element in drawing(markdown).iter() if element.tag.endswith("text")]


@pytest.mark.parametrize("label", LABELS)
def test_any_label_is_text_of_a_valid_picture(label: str) -> None:
    picture = pictures.bars("Bars", [(label, 0.5)])
    assert picture is not None
    assert len(texts(picture)) == 1


def test_bars_keep_their_order_and_drop_the_last_ones_that_do_not_fit() -> None:
    picture = pictures.bars("Bars", [(f"label {number} " * 4, 1 - number / 100) for number in range(50)])
    assert picture is not None
    shown = texts(picture)
    assert shown[0].startswith("1.00 label 0")
    assert 5 <= len(shown) < 50


@pytest.mark.parametrize("value", [math.nan, math.inf, -0.1, 1.1])
def test_a_value_that_is_no_share_has_no_bar(value: float) -> None:
    assert pictures.bars("Bars", [("a", value)]) is None


def test_a_histogram_has_its_marks_and_its_highest_count() -> None:
    counts = [0, 3, 7_000_000] * 6 + [1, 2]
    picture = pictures.histogram(
        "Histogram", counts, {0.55: "label graph", 0.6: "genre refinement"}, "confidence", "tags"
    )
    assert picture is not None
    assert {"label graph", "genre refinement", "7000000 tags", "confidence"} <= set(texts(picture))
    assert pictures.histogram("Histogram", [0, 0], {}, "", "") is None
    assert pictures.histogram("Histogram", [], {}, "", "") is None


def test_a_slice_of_thirty_trials_fits_inline() -> None:
    values = random.Random(0)
    points = [(values.uniform(0, 5), values.random()) for _ in range(30)]
    picture = pictures.slice_of("Slice", points, {"sent": (1.5, 0.9), "in use": (0.25, 0.8)})
    assert picture is not None
    assert "sent 1.5: 0.900" in texts(picture)
    xs, ys = (
        [*values, *more] for values, more in zip(zip(*points, strict=True), ((1.5, 0.25), (0.9, 0.8)), strict=True)
    )
    assert {f"{min(xs):.3g}", f"{max(xs):.3g}", f"{min(ys):.3f} to {max(ys):.3f}"} <= set(texts(picture))
    assert pictures.slice_of("Slice", [], {"sent": (1, 1)}) is None
    assert pictures.slice_of("Slice", [(0.1, math.nan)], {}) is None
    assert pictures.slice_of("Slice", [(0.1, 0.5)], {}) is not None, "one point has no range"


@pytest.mark.parametrize("count", [7, 50, 2000])
@pytest.mark.parametrize(
    "label", ["Three bidders look at the insolvent bakery", "半導体の輸出規制を強化すると発表した", "<b>&|\\%#"]
)
def test_a_map_of_any_size_fits_inline_and_names_its_groups(count: int, label: str) -> None:
    values = random.Random(count)
    points = [(values.gauss(0, 9), values.gauss(0, 9), number % 7 - 1) for number in range(count)]
    names = dict.fromkeys((0, 1, 2, 3, 4, 5, -1), label)
    picture = pictures.scatter("Map", points, names)
    assert picture is not None
    drawn = texts(picture)
    assert len(drawn) == len(names)
    assert all(label[:5] in text for text in drawn)
    assert sum(text.count("●") - 1 for text in drawn) >= min(count, 20)
    colours = [element.get("fill") for element in drawing(picture).iter() if element.tag.endswith("text")]
    assert len(set(colours)) == len(names)
    assert pictures.scatter("Map", [], names) is None
    assert pictures.scatter("Map", points, {}) is None
