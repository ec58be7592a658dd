"""Draw matplotlib figures and embed them in Markdown for Dagster's metadata, with fonts for labels in any language.

The room that has the data decides which figure to draw. matplotlib is imported by the first drawing: it takes 25 MB,
and most processes that import the definitions never draw.
"""

import base64
import io
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

DPI = 110
# Each glyph is drawn with the first font that has it. IPAexGothic comes with matplotlib-fontja. The fonts after it are
# used if the machine has them, for Chinese, Korean, Thai, Arabic and Indic labels.
_FAMILIES = (
    "DejaVu Sans",
    "IPAexGothic",
    "Noto Sans CJK JP",
    "Noto Sans CJK KR",
    "Noto Sans CJK SC",
    "Noto Sans Thai",
    "Noto Sans Arabic",
    "Noto Sans Devanagari",
    "Droid Sans Fallback",
    "WenQuanYi Micro Hei",
    "Arial Unicode MS",
)


@contextmanager
def figure(
    width: float = 8.0, height: float = 4.0, layout: Literal["constrained"] | None = "constrained"
) -> Iterator[tuple["Figure", "Axes"]]:
    """Yield a figure and its axes; sizes are in inches. It is not registered with pyplot, so threads can draw."""
    from matplotlib import rcParams
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    rcParams["font.family"] = list(_fonts())
    rcParams["text.parse_math"] = False  # labels are untrusted text: a "$" in a headline is not mathematics
    drawn = Figure(figsize=(width, height), layout=layout, dpi=DPI)
    FigureCanvasAgg(drawn)
    axes = drawn.add_subplot()
    axes.spines[["top", "right"]].set_visible(False)
    yield drawn, axes


def png(drawn: "Figure") -> bytes:
    """Return the figure as a PNG file."""
    buffer = io.BytesIO()
    drawn.savefig(buffer, format="png", dpi=DPI)
    return buffer.getvalue()


def png_markdown(drawn: "Figure", alt: str) -> str:
    """Return the figure as a Markdown image with inline data; `alt` is the text that describes it."""
    return f"![{alt}](data:image/png;base64,{base64.b64encode(png(drawn)).decode('ascii')})"


def can_draw(label: str) -> bool:
    """Whether every visible character of a label has a glyph in some font; otherwise plots show a number instead."""
    return all(any(ord(char) in glyphs for glyphs in _fonts().values()) for char in label if not char.isspace())


@cache
def _fonts() -> dict[str, frozenset[int]]:
    """Return the available font families in order of preference, each with the code points that it can draw."""
    from matplotlib import font_manager
    from matplotlib.ft2font import FT2Font

    font_manager.fontManager.addfont(str(files("matplotlib_fontja").joinpath("fonts", "ipaexg.ttf")))
    paths: dict[str, Path] = {}
    for entry in font_manager.fontManager.ttflist:
        paths.setdefault(entry.name, Path(entry.fname))
    return {name: frozenset(FT2Font(str(paths[name])).get_charmap()) for name in _FAMILIES if name in paths}
