"""Small SVG pictures that Dagster's UI shows inline: Markdown images that contain their own drawing.

The UI shows a Markdown entry inline below `INLINE_LIMIT` characters and behind a link "[Show Markdown]" from there on,
so every picture stays below it. The browser draws the labels with its own fonts, in any script. A picture costs the
event log 1 kB. A PNG costs 20 kB or more; `plots` draws PNGs only for runs that a user starts.
"""

from collections.abc import Callable, Mapping, Sequence
from html import escape
from math import isfinite
from unicodedata import east_asian_width

from alt_pipelines.text.normal import storable

INLINE_LIMIT = 1000
"""Characters as JavaScript counts them: UTF-16 code units."""

WIDEST = 520
"""Pixels; a wider picture would be cut off by the UI's column of values in a window of 1500 pixels."""

_INK, _FILL = "gray", "#3b7dd8"
_MARKS = ("#d45", "#e92")
_HUES = ("#37d", "#d45", "#2a7", "#e92", "#95d", "#1ab", "#c59", "#785")
_GREY = "#aaa"
_ROW, _LABEL_AT = 12, 104
_LONGEST_LABEL = 34
_MAP_WIDTH, _MAP_HEIGHT, _NAME_COLUMNS = 99, 56, 22  # small numbers, because each character of a coordinate counts
# Markdown decodes entities and backslashes in an address, and an address ends at "<", ">" or a line break.
_IN_ADDRESS = str.maketrans({char: f"%{ord(char):02X}" for char in "%#<>&\\|\n\r\t"})


def bars(alt: str, values: Sequence[tuple[str, float]]) -> str | None:
    """Draw horizontal bars of labelled values in 0..1, first value on top; as many as fit. None without values."""
    drawn = [(label, value) for label, value in values if isfinite(value) and 0 <= value <= 1]
    while drawn:
        shapes = [
            _path("".join(f"M0 {_ROW * row + 1}h{100 * value:.0f}v9H0z" for row, (_, value) in enumerate(drawn)), _FILL)
        ]
        shapes += [
            _text(_LABEL_AT, _ROW * row + 9, f"{value:.2f} {_short(label)}") for row, (label, value) in enumerate(drawn)
        ]
        found = _markdown(alt, shapes, 300, _ROW * len(drawn))
        if found is not None:
            return found
        drawn.pop()
    return None


def histogram(alt: str, counts: Sequence[int], marks: Mapping[float, str], value: str, counted: str) -> str | None:
    """Draw a histogram over equal bins of 0..1, with labelled vertical marks at values. None if all counts are 0.

    `value` and `counted` are the titles of the axes. The first mark has its label on the left, so that it does not
    touch the label of a mark close to it.
    """
    most = max(counts, default=0)
    if most == 0:
        return None
    width, height, head = 240, 80, 11  # the head has the labels
    step = width / len(counts)
    tops = [(height - (height - head) * count / most, step * (place + 1)) for place, count in enumerate(counts)]
    outline = "".join(f"V{top:.0f}H{right:g}" for top, right in tops)
    shapes = [_path(f"M0 {height}{outline}V{height}z", _FILL)]
    for row, (at, label) in enumerate(marks.items()):
        shapes.append(_line(f"M{width * at:g} 0V{height}"))
        shapes.append(_text(width * at + (2 if row else -2), 8, label, anchor="" if row else "end"))
    shapes += [_text(0, height + 9, "0"), _text(width - 4, height + 9, "1"), _text(0, 8, f"{most} {counted}")]
    shapes.append(_text(width / 2, height + 9, value, anchor="middle"))
    return _markdown(alt, shapes, width + 60, height + 11)


def slice_of(alt: str, points: Sequence[tuple[float, float]], marks: Mapping[str, tuple[float, float]]) -> str | None:
    """Draw points (x, y) and labelled marks (x, y), with axes that span the data; every n-th point if not all fit."""
    both = [*points, *marks.values()]
    if not points or not all(isfinite(value) for point in both for value in point):
        return None
    width, height = 240, 70
    place = _scale(both, width, height)
    xs, ys = zip(*both, strict=True)
    words = [_text(0, height + 10, f"{min(xs):.3g}"), _text(width - 20, height + 10, f"{max(xs):.3g}")]
    words.append(_text(width + 8, height, f"{min(ys):.3f} to {max(ys):.3f}"))
    for row, (label, (x, y)) in enumerate(marks.items()):
        colour = _MARKS[row % len(_MARKS)]
        words.append(_dots([place((x, y))], colour))
        words.append(_text(width + 8, 10 * row + 8, f"{label} {x:g}: {y:.3f}", colour))
    for every in range(1, len(points) + 1):
        dots = _dots([place(point) for point in points[::every]], _FILL)
        if (picture := _markdown(alt, [dots, *words], width + 130, height + 12)) is not None:
            return picture
    return None


def scatter(alt: str, points: Sequence[tuple[float, float, int]], names: Mapping[int, str]) -> str | None:
    """Draw points (x, y, group) with a legend of the groups in `names`, in its order; negative groups are grey.

    Points of other groups are not drawn. Every n-th point of each group is drawn if not all fit.
    """
    found = [point for point in points if isfinite(point[0]) and isfinite(point[1]) and point[2] in names]
    if not found:
        return None
    place = _scale([(x, y) for x, y, _ in found], _MAP_WIDTH, _MAP_HEIGHT)
    groups = {name: [place((x, y)) for x, y, group in found if group == name] for name in names}
    for every in range(1, len(found) + 1):
        shapes = [
            _named_dots(members[::every], (_MAP_WIDTH + 3, 6 * row + 6), _short(names[group], _NAME_COLUMNS), group)
            for row, (group, members) in enumerate(groups.items())
        ]
        picture = _markdown(alt, shapes, _MAP_WIDTH + 66, _MAP_HEIGHT, shown=WIDEST, font=5)
        if picture is not None:
            return picture
    return None


def _named_dots(places: Sequence[tuple[int, int]], legend: tuple[int, int], name: str, group: int) -> str:
    """Draw a group as one text, which is the shortest: a dot at each place, then a dot and the name in the legend."""
    xs, ys = zip(*places, legend, strict=True)
    colour = _GREY if group < 0 else _HUES[group % len(_HUES)]
    dots = "●" * len(xs)
    return _text(" ".join(map(str, xs)), " ".join(map(str, ys)), f"{dots} {name}", colour)


def _scale(
    points: Sequence[tuple[float, float]], width: int, height: int
) -> Callable[[tuple[float, float]], tuple[int, int]]:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    across, down = (max(xs) - min(xs)) or 1.0, (max(ys) - min(ys)) or 1.0

    def place(point: tuple[float, float]) -> tuple[int, int]:
        left = 4 + (width - 8) * (point[0] - min(xs)) / across
        return round(left), round(height - 4 - (height - 8) * (point[1] - min(ys)) / down)

    return place


def _dots(places: Sequence[tuple[int, int]], colour: str) -> str:
    drawn = "".join(f"M{x} {y}h0" for x, y in places)
    return f"<path d='{drawn}' stroke='{colour}' stroke-width='4'/>"


def _path(d: str, fill: str) -> str:
    return f"<path d='{d}' fill='{fill}'/>"


def _line(d: str) -> str:
    return f"<path d='{d}' stroke='{_INK}'/>"


def _text(x: float | str, y: float | str, label: str, colour: str = _INK, anchor: str = "") -> str:
    fill = "" if colour == _INK else f" fill='{colour}'"
    fill += f" text-anchor='{anchor}'" if anchor else ""
    return f"<text x='{_place(x)}' y='{_place(y)}'{fill}>{escape(label, quote=False)}</text>"


def _place(at: float | str) -> str:
    return at if isinstance(at, str) else f"{at:g}"


def _short(label: str, columns: int = _LONGEST_LABEL) -> str:
    """Cut a label to a number of columns; a wide character (Chinese, Japanese, Korean) takes two."""
    line, used = " ".join(storable(label[: 4 * _LONGEST_LABEL]).split()), 0
    for place, char in enumerate(line):
        used += 2 if east_asian_width(char) in "WF" else 1
        if used > columns:
            return f"{line[: max(0, place - 1)].rstrip()}…"
    return line


def _markdown(
    alt: str, shapes: Sequence[str], width: int, height: int, shown: int | None = None, font: int = 8
) -> str | None:
    """Return the Markdown image, `shown` pixels wide, or None if it does not fit inline."""
    root = (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {width} {height}' "
        f"width='{shown or min(2 * width, WIDEST)}' font-size='{font}' font-family='sans-serif' "
        f"fill='{_INK}' stroke-linecap='round'>"
    )
    address = f"{root}{''.join(shapes)}</svg>".translate(_IN_ADDRESS)
    found = f"![{alt}](<data:image/svg+xml,{address}>)"
    return found if len(found.encode("utf-16-le")) // 2 < INLINE_LIMIT else None
