"""Labels in plots are text from outside, in any language: they are drawn, and nothing in them can fail a figure."""

import io

import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.image import imread

from alt_pipelines.observability.plots import can_draw, figure, png


def drawn_label(label: str) -> Figure:
    with figure(3, 1) as (drawn, axes):
        axes.axis("off")
        axes.text(0.1, 0.5, label, fontsize=20)
    return drawn


def pixels(label: str) -> np.ndarray:
    return np.asarray(imread(io.BytesIO(png(drawn_label(label))))[:, :, :3])


def test_japanese_labels_are_drawn_with_their_own_glyphs() -> None:
    # A missing glyph is drawn as the same box for every character, so two words of one length would look alike.
    tokyo, osaka = pixels("東京"), pixels("大阪")
    assert (tokyo < 0.5).any()
    assert (tokyo != osaka).any()


@pytest.mark.parametrize("label", ["$5 off, then $", r"\alpha_{", "100% ^ up", "a$b$c", "line\nbreak"])
def test_a_label_is_never_read_as_mathematics(label: str) -> None:
    assert (pixels(label) < 0.5).any()


def test_a_label_that_no_font_can_draw_is_known_before_it_is_drawn() -> None:
    assert can_draw("Oil spill 石油流出 $5")
    assert not can_draw("\U00012000")  # a cuneiform sign
