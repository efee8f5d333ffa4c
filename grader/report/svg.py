"""A result's picture as SVG: small, without colours of its own, and with words for those who do not see it.

The lines are drawn once, as a symbol; each language's figure refers to it and brings its own words.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape

import msgspec
from msgspec import structs

from grader.result import ErrorMap, FunctionPlot, Picture, PointsPlot, SeriesPlot
from grader.text import Message, Text, render, say

WIDTH, HEIGHT = 420.0, 200.0
LEFT, RIGHT, TOP, BOTTOM = 52.0, 8.0, 10.0, 24.0
#: A curve that takes less than this part of an axis is not seen to bend there.
_FLAT = 0.05
#: How far a panel is below the one above it.
_PANEL = HEIGHT
#: Of the room that an entry has, so much is its bars'.
_BROAD, _NARROW = 0.8, 0.4
#: How dark the faintest of the wrong cells of a map is, from 0 to 1.
_FAINT = 0.12

Numbers = Sequence[float | None]
_Point = tuple[float | None, float | None]
Plot = FunctionPlot | SeriesPlot | PointsPlot


class Axis(msgspec.Struct, frozen=True):
    """Numbers from `low` to `high` on pixels from `start` to `end`. least, greatest: of what is on it."""

    low: float
    high: float
    start: float
    end: float
    least: float
    greatest: float

    def at(self, value: float) -> str:
        """The pixel, with a digit after the point."""
        span = self.high - self.low
        return f"{self.start + (value - self.low) / span * (self.end - self.start):.1f}"


def figure(picture: Picture, name: str, languages: Sequence[str]) -> str:
    """The picture, with its title, its description and its legend in each language; drawn once, as `name`."""
    drawing = _map(picture) if isinstance(picture, ErrorMap) else _plot(picture)
    title, size = _TITLES[type(picture)], (WIDTH, HEIGHT + _PANEL * _is_apart(picture))
    captions = {language: _legend(picture, language) for language in languages}
    return drawn_once(drawing, name, size, title, _description(picture), captions)


def drawn_once(
    drawing: str,
    name: str,
    size: tuple[float, float],
    title: Message | Text,
    description: Message | Text,
    captions: Mapping[str, str],
    look: str = "",
) -> str:
    """The drawing as a symbol, and a figure that refers to it for each language.

    name: unique on the page. size: width and height. captions: language → HTML. look: an attribute for its style.
    """
    box = f'viewBox="0 0 {size[0]:g} {size[1]:g}"'
    figures = []
    for language, caption in captions.items():
        texts = [escape(render(text, language)) for text in (title, description)]
        mark = f"{name}-{language}"
        figures.append(
            f'<figure{look} lang="{language}"><svg {box} role="img" aria-labelledby="{mark} {mark}-d">'
            f'<title id="{mark}">{texts[0]}</title><desc id="{mark}-d">{texts[1]}</desc><use href="#{name}"/></svg>'
            f"<figcaption>{caption}</figcaption></figure>"
        )
    symbol = f'<symbol id="{name}" {box}{look}>{drawing}</symbol>'
    return f'<svg class="drawing" aria-hidden="true">{symbol}</svg>{"".join(figures)}'


_TITLES: dict[type[Picture], Message] = {
    FunctionPlot: say("Your values and the expected ones over the input"),
    SeriesPlot: say("Your values and the expected ones, one after another"),
    PointsPlot: say("Your points and the expected ones"),
    ErrorMap: say("The size of the error, entry by entry"),
}


def _description(picture: Picture) -> Message:
    if isinstance(picture, ErrorMap):
        row, column = picture.worst
        return say(
            "A matrix of {rows} rows and {columns} columns; the largest error is {error}.",
            rows=picture.rows,
            columns=picture.columns,
            error=number_text(picture.errors[row][column]),
        )
    right, own = _curves(picture)
    x, expected = right.at(picture.worst)
    return say(
        "Furthest off at {x}: {expected} is expected, {got} came.",
        x=number_text(x),
        expected=number_text(expected),
        got=number_text(own.at(picture.worst)[1]),
    )


def _legend(picture: Picture, language: str) -> str:
    if isinstance(picture, ErrorMap):
        return escape(render(say("The darker, the larger the error; right entries are empty."), language))
    expected, got, worst = (
        escape(render(text, language)) for text in (say("expected"), say("yours"), say("circle: furthest off"))
    )
    scales = say("above: what is expected, below: yours, each on its own scale")
    apart = f" <span>{escape(render(scales, language))}</span>" if _is_apart(picture) else ""
    look = " bar" if isinstance(picture, SeriesPlot) else ""
    return (
        f'<span><i class="key expected{look}"></i>{expected}</span> <span><i class="key got{look}"></i>{got}</span> '
        f"<span>{worst}</span>{apart}"
    )


class _Curve(msgspec.Struct, frozen=True):
    x: Numbers
    y: Numbers

    def at(self, place: int) -> _Point:
        return self.x[place], self.y[place]


def _curves(picture: Plot) -> tuple[_Curve, _Curve]:
    """What was expected, and what came."""
    if isinstance(picture, PointsPlot):
        return _Curve(picture.expected_x, picture.expected_y), _Curve(picture.got_x, picture.got_y)
    return _Curve(picture.x, picture.expected), _Curve(picture.x, picture.got)


def _is_apart(picture: Picture) -> bool:
    """Whether one of two curves that bend would look flat beside the other."""
    if isinstance(picture, ErrorMap):
        return False
    right, own = _curves(picture)
    pairs = [(right.y, own.y), (right.x, own.x)] if isinstance(picture, PointsPlot) else [(right.y, own.y)]
    return any(0 < min(map(_spread, pair)) < _FLAT * _spread([*pair[0], *pair[1]]) for pair in pairs)


def _spread(values: Numbers) -> float:
    finite = [value for value in values if value is not None] or [0.0]
    return max(finite) - min(finite)


def _plot(picture: Plot) -> str:
    right, own = _curves(picture)
    draw = _DRAW[type(picture)]
    if _is_apart(picture):
        panels = ((right, "expected", 0.0), (own, "got", _PANEL))
        return "".join(_panel(picture, (curve,), (name,), top, draw) for curve, name, top in panels)
    return _panel(picture, (right, own), ("expected", "got"), 0.0, draw)


def _panel(picture: Plot, curves: Sequence[_Curve], names: Sequence[str], top: float, draw: Callable[..., str]) -> str:
    """The curves over each other on axes that span them; `top`: where the panel begins."""
    across = axis_over([x for curve in curves for x in curve.x], LEFT, WIDTH - RIGHT)
    up = axis_over([y for curve in curves for y in curve.y], top + HEIGHT - BOTTOM, top + TOP)
    if isinstance(picture, SeriesPlot):
        across, up = structs.replace(across, low=across.low - 0.5, high=across.high + 0.5), _with_zero(up)
    drawn = "".join(draw(curve, across, up, name) for curve, name in zip(curves, names, strict=True))
    ends = [curve.at(picture.worst) for curve in curves]
    return axes(across, up) + drawn + _circle(ends[0], ends[-1], across, up)


def _with_zero(axis: Axis) -> Axis:
    """The axis down or up to 0, on which bars stand, where 0 is not so far that all bars would look alike."""
    far = 4 * (axis.greatest - axis.least)
    if 0 < axis.least <= far:
        return structs.replace(axis, low=0.0)
    return structs.replace(axis, high=0.0) if -far <= axis.greatest < 0 else axis


def axis_over(values: Numbers, start: float, end: float) -> Axis:
    """An axis that spans the values, with a margin."""
    finite = [value for value in values if value is not None] or [0.0]
    low, high = min(finite), max(finite)
    margin = (high - low) * 0.04 or abs(high) * 0.1 or 1.0
    return Axis(low - margin, high + margin, start, end, low, high)


def axes(across: Axis, up: Axis) -> str:
    """Both axes, each with the least and the greatest number that is on it, and a thin line at 0."""
    left, bottom = f"{across.start:g}", f"{up.start:g}"
    parts = [f'<path class="p-axis" d="M{left} {up.end:g}V{bottom}H{across.end:g}"/>']
    if up.low < 0 < up.high:
        parts.append(f'<path class="p-zero" d="M{left} {up.at(0)}H{across.end:g}"/>')
    ends = [
        *(
            (across.at(value), f"{up.start + 15:g}", "middle", value)
            for value in dict.fromkeys((across.least, across.greatest))
        ),
        *((f"{across.start - 5:g}", up.at(value), "end", value) for value in dict.fromkeys((up.least, up.greatest))),
    ]
    parts += [
        f'<text class="p-text" x="{x}" y="{y}" text-anchor="{anchor}" dominant-baseline="central">'
        f"{number_text(value, 3)}</text>"
        for x, y, anchor, value in ends
    ]
    return "".join(parts)


def _line(curve: _Curve, across: Axis, up: Axis, name: str) -> str:
    """A line that is broken where a number is missing, with a dot where a number stands alone."""
    path, is_open = [], False
    for x, y in zip(curve.x, curve.y, strict=True):
        if x is not None and y is not None:
            path.append(f"{'L' if is_open else 'M'}{across.at(x)} {up.at(y)}{'' if is_open else 'h.1'}")
        is_open = x is not None and y is not None
    return f'<path class="p-{name}" d="{"".join(path)}"/>'


def _bars(curve: _Curve, across: Axis, up: Axis, name: str) -> str:
    """Numbers that no line joins: broad hollow bars for what is expected, narrow full ones for what came."""
    half = (_BROAD if name == "expected" else _NARROW) / 2
    ground = up.at(min(max(0.0, up.low), up.high))
    points = ((x, y) for x, y in zip(curve.x, curve.y, strict=True) if x is not None and y is not None)
    bars = "".join(f"M{across.at(x - half)} {ground}V{up.at(y)}H{across.at(x + half)}V{ground}z" for x, y in points)
    return f'<path class="p-{name} p-bars" d="{bars}"/>'


def _dots(curve: _Curve, across: Axis, up: Axis, name: str) -> str:
    """Open squares for what is expected, crosses for what came."""
    shape = "m-3-3h6v6h-6z" if name == "expected" else "m-3-3l6 6m0-6l-6 6"
    points = ((x, y) for x, y in zip(curve.x, curve.y, strict=True) if x is not None and y is not None)
    return f'<path class="p-{name} p-dots" d="{"".join(f"M{across.at(x)} {up.at(y)}{shape}" for x, y in points)}"/>'


_DRAW: dict[type[Picture], Callable[[_Curve, Axis, Axis, str], str]] = {
    FunctionPlot: _line,
    SeriesPlot: _bars,
    PointsPlot: _dots,
}


def _circle(expected: _Point, got: _Point, across: Axis, up: Axis) -> str:
    # Where it came as NaN or infinite, mark where it should be.
    place, value = expected if None in got else got
    if place is None or value is None:
        return ""
    return f'<circle class="p-worst" cx="{across.at(place)}" cy="{up.at(value)}" r="6"/>'


def _map(picture: ErrorMap) -> str:
    columns, rows = len(picture.errors[0]), len(picture.errors)
    size = min((WIDTH - 2 * RIGHT) / columns, (HEIGHT - 2 * TOP) / rows, 28.0)
    left = (WIDTH - size * columns) / 2
    largest = max((error for row in picture.errors for error in row if error is not None), default=0.0) or 1.0
    cells = []
    for row, errors in enumerate(picture.errors):
        for column, error in enumerate(errors):
            shade = 1.0 if error is None else error / largest
            shade = _FAINT + (1 - _FAINT) * shade if shade > 1e-6 else 0.0
            look = "p-cell p-most" if (row, column) == picture.worst else "p-cell"
            cells.append(
                f'<rect class="{look}" x="{left + column * size:.1f}" y="{TOP + row * size:.1f}" '
                f'width="{size:.1f}" height="{size:.1f}" fill-opacity="{shade:.2f}"/>'
            )
    return "".join(cells)


def number_text(value: float | None, digits: int = 6) -> str:
    """A number as a picture says it: in so many significant digits, and a large one whole as long as it is short."""
    if value is None:
        return "NaN/∞"
    return f"{value:.0f}" if 10**digits <= abs(value) < 1e6 else f"{value:.{digits}g}"
