"""Figures for Dagster's metadata: a matplotlib figure as Markdown with the picture inside it.

Which figure to draw is the business of the room that knows the data; here is the one way to draw and embed it.
"""

import base64
import io
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from matplotlib import font_manager, rcParams
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

DPI = 110
_JAPANESE = ("Noto Sans CJK JP", "Noto Sans JP", "IPAexGothic", "IPAGothic", "TakaoGothic", "VL Gothic")


@contextmanager
def figure(width: float = 8.0, height: float = 4.0) -> Iterator[tuple[Figure, Axes]]:
    """A figure with one set of axes, size in inches; no current figure of pyplot's, so it is safe in any thread."""
    rcParams["font.family"] = ["DejaVu Sans", *_japanese_fonts()]  # glyph by glyph, the first font that has it
    drawn = Figure(figsize=(width, height), layout="constrained", dpi=DPI)
    FigureCanvasAgg(drawn)
    axes = drawn.add_subplot()
    axes.spines[["top", "right"]].set_visible(False)
    yield drawn, axes


def png(drawn: Figure) -> bytes:
    """The figure as a PNG file."""
    buffer = io.BytesIO()
    drawn.savefig(buffer, format="png", dpi=DPI)
    return buffer.getvalue()


def png_markdown(drawn: Figure, alt: str) -> str:
    """The figure as a Markdown image that carries its own data; `alt` describes it in words."""
    return f"![{alt}](data:image/png;base64,{base64.b64encode(png(drawn)).decode('ascii')})"


def has_japanese_font() -> bool:
    """Whether Japanese labels can be drawn here; where not, plots number their items and leave names to the table."""
    return bool(_japanese_fonts())


@cache
def _japanese_fonts() -> list[str]:
    installed = {entry.name for entry in font_manager.fontManager.ttflist}
    return [name for name in _JAPANESE if name in installed]
