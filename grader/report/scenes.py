"""A submission's pictures as SVG: each frame with its words; no colour says alone what a shape does not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup
from msgspec import structs

from grader.report.drawing import Element, label, legend, path, rect
from grader.report.graph_picture import SIGNS, graph_drawing
from grader.report.svg import BOTTOM, HEIGHT, LEFT, RIGHT, TOP, WIDTH, Axis, axes, axis_over, drawn_once, number_text
from grader.report.templating import made_of
from grader.scene import (
    Bars,
    Chart,
    Contours,
    Dots,
    Drawn,
    DrawnPicture,
    Frame,
    Graph,
    HeatMap,
    Images,
    Layer,
    Line,
    Path,
    Regions,
    Scene,
)
from grader.text import Text, render

#: The mark of each layer of dots in turn: as a path around its place, and in the legend.
_MARKS = (
    ("m-3 0a3 3 0 1 0 6 0a3 3 0 1 0-6 0", "○"),
    ("m-3-3l6 6m0-6l-6 6", "×"),
    ("m0-4l3.5 6h-7z", "△"),
    ("m-3-3h6v6h-6z", "□"),
    ("m-4 0h8m-4-4v8", "+"),
)
#: More than there are colours, and no multiple of them: so many more pairs of both.
_DASHES = (("", "—"), ("6 4", "- -"), ("2 3", "· ·"), ("10 3 2 3", "— ·"), ("14 5", "— —"))
#: How full the bars of each layer in turn are, and what stands for them in the legend.
_BARS = ((0.35, "▮"), (0.0, "▯"))
#: So many shades stand for the values of a map.
_SHADES = 12
#: A heat map has its numbers in it up to so many columns.
_NUMBERED = 8
#: So many characters fit into a cell.
_ROOM = 6
#: How dark the largest cell is, alone and below its number, which has to be read on it.
_DARKEST, _DARKEST_NUMBERED = 0.85, 0.4

Numbers = Sequence[Drawn]
Grid = Sequence[Sequence[Drawn]]


def figures(picture: DrawnPicture, name: str, languages: Sequence[str]) -> Markup:
    """The picture's frames one after another, in each language. name: unique on the page."""
    scenes = [frame.scene for frame in picture.frames]
    spans, shades = spans_of(scenes), _shades_of(scenes)
    made = [
        _figure(picture.title, frame, spans, shades, f"{name}-{number}", languages)
        for number, frame in enumerate(picture.frames)
    ]
    return made_of("frames.html", figures=made)


def spans_of(scenes: Sequence[Scene]) -> tuple[Axis, Axis]:
    """The axes of all charts of a picture, so that what moves from frame to frame is seen to move."""
    charts = [scene for scene in scenes if isinstance(scene, Chart)]
    layers = [layer for chart in charts for layer in chart.layers]
    across = axis_over([x for layer in layers for x in layer.x], LEFT, WIDTH - RIGHT)
    beside = max((layer.width / 2 for layer in layers if isinstance(layer, Bars)), default=0.0)
    across = structs.replace(across, low=across.low - beside, high=across.high + beside)
    up = axis_over([y for layer in layers for y in _up(layer)], HEIGHT - BOTTOM, TOP)
    if any(chart.same_scale for chart in charts):
        unit = max(_per_pixel(across), _per_pixel(up))
        return _widened(across, unit), _widened(up, unit)
    return across, up


def _up(layer: Layer) -> Numbers:
    """What the vertical axis spans: bars stand on 0."""
    return (*layer.y, 0.0) if isinstance(layer, Bars) else layer.y


def _shades_of(scenes: Sequence[Scene]) -> tuple[float, float]:
    """The least and the greatest number of all heat maps of a picture, so that one shade means the same in each."""
    maps = [scene for scene in scenes if isinstance(scene, HeatMap)]
    known = [value for scene in maps for row in scene.values for value in row if value is not None] or [0.0]
    return min(known), max(known)


def _per_pixel(axis: Axis) -> float:
    return (axis.high - axis.low) / abs(axis.end - axis.start)


def _widened(axis: Axis, unit: float) -> Axis:
    """The axis with so much on a pixel, around the same middle."""
    middle, half = (axis.low + axis.high) / 2, unit * abs(axis.end - axis.start) / 2
    return structs.replace(axis, low=middle - half, high=middle + half)


def _figure(
    title: Text,
    frame: Frame,
    spans: tuple[Axis, Axis],
    shades: tuple[float, float],
    name: str,
    languages: Sequence[str],
) -> Markup:
    size, drawing = _drawing(frame.scene, *spans, shades)
    captions = {language: _legend(frame, language) for language in languages}
    return drawn_once(drawing, name, size, title, frame.says, captions)


def _drawing(
    scene: Scene, across: Axis, up: Axis, shades: tuple[float, float]
) -> tuple[tuple[float, float], list[Element]]:
    """Width and height, and what is drawn."""
    match scene:
        case Chart():
            layers = (_layer(layer, look, colour, across, up) for layer, look, colour in _looks(scene))
            return (WIDTH, HEIGHT), [*axes(across, up), *(element for layer in layers for element in layer)]
        case HeatMap():
            return _heat_map(scene, shades)
        case Images():
            return _images(scene)
        case Graph():
            return graph_drawing(scene)


# Charts


def _looks(chart: Chart) -> Iterator[tuple[Layer, int, str]]:
    """Each layer with its number among those of its kind, and the name of its colour."""
    seen: dict[type[Layer], int] = {}
    coloured = 0
    for layer in chart.layers:
        number = seen.get(type(layer), 0)
        seen[type(layer)] = number + 1
        yield layer, number, f"s-{coloured % 3}"
        coloured += not isinstance(layer, (Contours, Regions))


def _layer(layer: Layer, look: int, shade: str, across: Axis, up: Axis) -> list[Element]:
    match layer:
        case Line():
            dashes = _DASHES[look % len(_DASHES)][0]
            return [path(f"s-line {shade}", _joined(layer, across, up), **{"stroke-dasharray": dashes})]
        case Dots():
            mark = _MARKS[look % len(_MARKS)][0]
            places = (f"M{across.at(x)} {up.at(y)}{mark}" for x, y in _points(layer))
            return [path(f"s-dots {shade}", places)]
        case Path():
            return [path(f"s-line {shade}", _joined(layer, across, up)), *_ends(layer, shade, across, up)]
        case Bars():
            return [_bars(layer, look, shade, across, up)]
        case Contours():
            return [path("s-contour", (_contour(layer, level, across, up) for level in layer.levels))]
        case Regions():
            return _regions(layer, across, up)


def _points(layer: Line | Dots | Path | Bars) -> Iterator[tuple[float, float]]:
    return ((x, y) for x, y in zip(layer.x, layer.y, strict=True) if x is not None and y is not None)


def _bars(layer: Bars, look: int, shade: str, across: Axis, up: Axis) -> Element:
    """A layer is filled, the next one hollow."""
    full, half, ground = _BARS[look % len(_BARS)][0], layer.width / 2, up.at(0)
    bars = (f"M{across.at(x - half)} {ground}V{up.at(y)}H{across.at(x + half)}V{ground}z" for x, y in _points(layer))
    return path(f"s-bars {shade}", bars, **{"fill-opacity": str(full)})


def _joined(layer: Line | Path, across: Axis, up: Axis) -> list[str]:
    """A line that is broken where a number is missing."""
    parts, is_open = [], False
    for x, y in zip(layer.x, layer.y, strict=True):
        if x is not None and y is not None:
            parts.append(f"{'L' if is_open else 'M'}{across.at(x)} {up.at(y)}")
        is_open = x is not None and y is not None
    return parts


def _ends(layer: Path, shade: str, across: Axis, up: Axis) -> Iterator[Element]:
    """A ring at the start and a dot at the end."""
    points = list(_points(layer))
    for (x, y), end in zip(points[:1] + points[-1:], ("s-start", "s-end"), strict=False):
        yield Element("circle", {"class": f"{end} {shade}", "cx": across.at(x), "cy": up.at(y), "r": "4"})


def _contour(layer: Contours, level: float, across: Axis, up: Axis) -> str:
    """The pieces of one line, a cell of the grid at a time, each corner's value told from the next ones' by a straight
    line between them (marching squares)."""
    rows, columns = len(layer.values), len(layer.values[0])
    xs, ys = _steps(layer.x, columns), _steps(layer.y, rows)
    pieces = []
    for row in range(rows - 1):
        for column in range(columns - 1):
            corners = [(row, column), (row, column + 1), (row + 1, column + 1), (row + 1, column)]
            crossings = []
            for (i, j), (k, m) in zip(corners, corners[1:] + corners[:1], strict=True):
                a, b = layer.values[i][j], layer.values[k][m]
                if a is not None and b is not None and (a < level) != (b < level):
                    part = (level - a) / (b - a)
                    x, y = xs[j] + part * (xs[m] - xs[j]), ys[i] + part * (ys[k] - ys[i])
                    crossings.append(f"{across.at(x)} {up.at(y)}")
            pieces += [f"M{a}L{b}" for a, b in zip(crossings[::2], crossings[1::2], strict=False)]
    return "".join(pieces)


def _steps(span: tuple[float, float], count: int) -> list[float]:
    low, high = span
    return [low + (high - low) * number / max(count - 1, 1) for number in range(count)]


def _regions(layer: Regions, across: Axis, up: Axis) -> list[Element]:
    """Runs of one class in a row as one stroke as high as the row."""
    rows, columns = len(layer.classes), len(layer.classes[0])
    half_x, half_y = ((high - low) / max(n - 1, 1) / 2 for (low, high), n in ((layer.x, columns), (layer.y, rows)))
    xs, ys = _steps(layer.x, columns), _steps(layer.y, rows)
    last = max(max(row) for row in layer.classes) or 1
    runs: dict[int, list[str]] = {}
    for y, row in zip(ys, layer.classes, strict=True):
        bottom, top = up.at(max(y - half_y, layer.y[0])), up.at(min(y + half_y, layer.y[1]))
        for first, after, value in _runs(row):
            left, right = xs[first] - half_x, xs[after - 1] + half_x
            left, right = max(left, layer.x[0]), min(right, layer.x[1])
            runs.setdefault(value, []).append(
                f"M{across.at(left)} {bottom}H{across.at(right)}V{top}H{across.at(left)}z"
            )
    return [
        path("s-region", parts, **{"fill-opacity": f"{0.18 * value / last:.2f}"})
        for value, parts in runs.items()
        if value
    ]


def _runs(row: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    """Where each run of equal numbers begins, where it has ended, and the number."""
    start = 0
    for place in range(1, len(row) + 1):
        if place == len(row) or row[place] != row[start]:
            yield start, place, row[start]
            start = place


# Maps and images


def _heat_map(scene: HeatMap, span: tuple[float, float]) -> tuple[tuple[float, float], list[Element]]:
    rows, columns = len(scene.values), len(scene.values[0])
    left, top = (52.0 if scene.rows else 4.0), (18.0 if scene.columns else 4.0)
    cell = min((WIDTH - left - 4) / columns, 34.0)
    numbered = columns <= _NUMBERED
    cells = _shaded(scene.values, left, top, cell, span, _DARKEST_NUMBERED if numbered else _DARKEST)
    texts = [label(left - 5, top + cell * (row + 0.5) + 4, "end", name) for row, name in enumerate(scene.rows)]
    texts += [label(left + cell * (column + 0.5), top - 5, "middle", name) for column, name in enumerate(scene.columns)]
    if numbered:
        texts += [
            label(left + cell * (column + 0.5), top + cell * (row + 0.5) + 4, "middle", _short(value))
            for row, values in enumerate(scene.values)
            for column, value in enumerate(values)
        ]
    return (WIDTH, top + cell * rows + 4), [*cells, *texts]


def _short(value: Drawn) -> str:
    """A number in a cell: of its digits as many as there is room for."""
    if value is None:
        return number_text(value)
    value += 0.0  # no −0
    texts = [number_text(value, digits) for digits in (3, 2, 1)]
    return next((text for text in texts if len(text) <= _ROOM), f"{value:.0e}")


def _images(scene: Images) -> tuple[tuple[float, float], list[Element]]:
    height, width = len(scene.images[0]), len(scene.images[0][0])
    across = min(scene.across, len(scene.images))
    pixel = min((WIDTH - 4 * (across + 1)) / (across * width), 10.0)
    parts: list[Element] = []
    for number, image in enumerate(scene.images):
        row, column = divmod(number, across)
        left, top = 4 + column * (width * pixel + 4), 4 + row * (height * pixel + 4)
        sides = {"x": left, "y": top, "width": width * pixel, "height": height * pixel}
        parts += [*_shaded(image, left, top, pixel, (0.0, 1.0)), rect("s-image", sides)]
    rows = -(-len(scene.images) // across)
    return (WIDTH, 4 + rows * (height * pixel + 4)), parts


def _shaded(
    values: Grid, left: float, top: float, cell: float, span: tuple[float, float], darkest: float = _DARKEST
) -> list[Element]:
    """Square cells, the darker the larger; all of one shade are one path. What is no number is crossed out.

    span: the least and the greatest number that there may be.
    """
    low, high = span
    shades: dict[int, list[str]] = {}
    missing = []
    for row, numbers in enumerate(values):
        for column, value in enumerate(numbers):
            corner = f"M{left + column * cell:.1f} {top + row * cell:.1f}"
            if value is None:
                missing.append(f"{corner}l{cell:.1f} {cell:.1f}m-{cell:.1f} 0l{cell:.1f}-{cell:.1f}")
            elif shade := round(_SHADES * (value - low) / (high - low or 1)):
                shades.setdefault(shade, []).append(f"{corner}h{cell:.1f}v{cell:.1f}h-{cell:.1f}z")
    cells = [
        path("s-cell", parts, **{"fill-opacity": f"{darkest * n / _SHADES:.2f}"}) for n, parts in sorted(shades.items())
    ]
    return [*cells, path("s-missing", missing)] if missing else cells


# Legends


def _legend(frame: Frame, language: str) -> Markup:
    entries, scene = [("", "", render(frame.says, language))], frame.scene
    if isinstance(scene, Graph):
        shown = SIGNS if not all(node.is_right for node in scene.nodes) else SIGNS[:-1]
        entries += [(f"s-key {colour}", sign, render(says, language)) for sign, colour, says in shown]
    if isinstance(scene, Chart):
        entries.append(("", "", f"→ {render(scene.x, language)}  ↑ {render(scene.y, language)}"))
        for layer, look, colour in _looks(scene):
            entries.append((f"s-key {colour}", _sign(layer, look), render(layer.label, language)))
    return legend(entries)


def _sign(layer: Layer, look: int) -> str:
    """What stands for the layer in the legend."""
    match layer:
        case Line():
            return _DASHES[look % len(_DASHES)][1]
        case Dots():
            return _MARKS[look % len(_MARKS)][1]
        case Path():
            return "○—●"
        case Bars():
            return _BARS[look % len(_BARS)][1]
        case Contours():
            return "≋"
        case Regions():
            return "▒"
