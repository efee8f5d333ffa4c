"""A result's picture as SVG: small, without colours of its own, and with words for those who do not see it.

The lines are drawn once, as a symbol; each language's figure refers to it and brings its own words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import msgspec
from markupsafe import Markup
from msgspec import structs

from grader.report.drawing import Element, drawn, legend, path, rect
from grader.report.layout import visible
from grader.report.templating import made_of
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


def figure(picture: Picture, name: str, languages: Sequence[str]) -> Markup:
    """The picture, with its title, its description and its legend in each language; drawn once, as `name`."""
    drawing = _map(picture) if isinstance(picture, ErrorMap) else _plot(picture)
    title, size = _TITLES[type(picture)], (WIDTH, HEIGHT + _PANEL * _is_apart(picture))
    captions = {language: _legend(picture, language) for language in languages}
    return drawn_once(drawing, name, size, title, _description(picture), captions)


def drawn_once(
    drawing: Iterable[Element],
    name: str,
    size: tuple[float, float],
    title: Message | Text,
    description: Message | Text,
    captions: Mapping[str, Markup | str],
    look: str = "",
) -> Markup:
    """The drawing as a symbol, and a figure that refers to it for each language.

    name: unique on the page. size: width and height. captions: by language. look: a class for its style.
    """
    return made_of(
        "figure.html",
        drawing=drawn(drawing),
        name=name,
        box=f"0 0 {size[0]:g} {size[1]:g}",
        figures=[
            (language, *(visible(render(text, language)) for text in (title, description)), caption)
            for language, caption in captions.items()
        ],
        look=look,
    )


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


def _legend(picture: Picture, language: str) -> Markup | str:
    if isinstance(picture, ErrorMap):
        return render(say("The darker, the larger the error; right entries are empty."), language)
    bar = " bar" if isinstance(picture, SeriesPlot) else ""
    entries = [
        (f"key expected{bar}", say("expected")),
        (f"key got{bar}", say("yours")),
        ("", say("circle: furthest off")),
    ]
    if _is_apart(picture):
        entries.append(("", say("above: what is expected, below: yours, each on its own scale")))
    return legend((look, "", render(text, language)) for look, text in entries)


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


def _plot(picture: Plot) -> list[Element]:
    right, own = _curves(picture)
    if _is_apart(picture):
        panels = ((right, "expected", 0.0), (own, "got", _PANEL))
        return [part for curve, name, top in panels for part in _panel(picture, (curve,), (name,), top)]
    return _panel(picture, (right, own), ("expected", "got"), 0.0)


def _panel(picture: Plot, curves: Sequence[_Curve], names: Sequence[str], top: float) -> list[Element]:
    """The curves over each other on axes that span them; `top`: where the panel begins."""
    across = axis_over([x for curve in curves for x in curve.x], LEFT, WIDTH - RIGHT)
    up = axis_over([y for curve in curves for y in curve.y], top + HEIGHT - BOTTOM, top + TOP)
    if isinstance(picture, SeriesPlot):
        across, up = structs.replace(across, low=across.low - 0.5, high=across.high + 0.5), _with_zero(up)
    draw = _DRAW[type(picture)]
    lines = [draw(curve, across, up, name) for curve, name in zip(curves, names, strict=True)]
    ends = [curve.at(picture.worst) for curve in curves]
    return [*axes(across, up), *lines, *_circle(ends[0], ends[-1], across, up)]


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


def axes(across: Axis, up: Axis) -> list[Element]:
    """Both axes, each with the least and the greatest number that is on it, and a thin line at 0."""
    left, bottom = f"{across.start:g}", f"{up.start:g}"
    parts = [path("p-axis", [f"M{left} {up.end:g}V{bottom}H{across.end:g}"])]
    if up.low < 0 < up.high:
        parts.append(path("p-zero", [f"M{left} {up.at(0)}H{across.end:g}"]))
    ends = [
        *(
            (across.at(value), f"{up.start + 15:g}", "middle", value)
            for value in dict.fromkeys((across.least, across.greatest))
        ),
        *((f"{across.start - 5:g}", up.at(value), "end", value) for value in dict.fromkeys((up.least, up.greatest))),
    ]
    for x, y, anchor, value in ends:
        place = {"x": x, "y": y, "text-anchor": anchor, "dominant-baseline": "central"}
        parts.append(Element("text", {"class": "p-text", **place}, number_text(value, 3)))
    return parts


def _line(curve: _Curve, across: Axis, up: Axis, name: str) -> Element:
    """A line that is broken where a number is missing, with a dot where a number stands alone."""
    steps, is_open = [], False
    for x, y in zip(curve.x, curve.y, strict=True):
        if x is not None and y is not None:
            steps.append(f"{'L' if is_open else 'M'}{across.at(x)} {up.at(y)}{'' if is_open else 'h.1'}")
        is_open = x is not None and y is not None
    return path(f"p-{name}", steps)


def _bars(curve: _Curve, across: Axis, up: Axis, name: str) -> Element:
    """Numbers that no line joins: broad hollow bars for what is expected, narrow full ones for what came."""
    half = (_BROAD if name == "expected" else _NARROW) / 2
    ground = up.at(min(max(0.0, up.low), up.high))
    points = ((x, y) for x, y in zip(curve.x, curve.y, strict=True) if x is not None and y is not None)
    bars = (f"M{across.at(x - half)} {ground}V{up.at(y)}H{across.at(x + half)}V{ground}z" for x, y in points)
    return path(f"p-{name} p-bars", bars)


def _dots(curve: _Curve, across: Axis, up: Axis, name: str) -> Element:
    """Open squares for what is expected, crosses for what came."""
    shape = "m-3-3h6v6h-6z" if name == "expected" else "m-3-3l6 6m0-6l-6 6"
    points = ((x, y) for x, y in zip(curve.x, curve.y, strict=True) if x is not None and y is not None)
    return path(f"p-{name} p-dots", (f"M{across.at(x)} {up.at(y)}{shape}" for x, y in points))


_DRAW: dict[type[Picture], Callable[[_Curve, Axis, Axis, str], Element]] = {
    FunctionPlot: _line,
    SeriesPlot: _bars,
    PointsPlot: _dots,
}


def _circle(expected: _Point, got: _Point, across: Axis, up: Axis) -> Iterator[Element]:
    # Where it came as NaN or infinite, mark where it should be.
    place, value = expected if None in got else got
    if place is not None and value is not None:
        yield Element("circle", {"class": "p-worst", "cx": across.at(place), "cy": up.at(value), "r": "6"})


def _map(picture: ErrorMap) -> Iterator[Element]:
    columns, rows = len(picture.errors[0]), len(picture.errors)
    size = min((WIDTH - 2 * RIGHT) / columns, (HEIGHT - 2 * TOP) / rows, 28.0)
    left = (WIDTH - size * columns) / 2
    largest = max((error for row in picture.errors for error in row if error is not None), default=0.0) or 1.0
    for row, errors in enumerate(picture.errors):
        for column, error in enumerate(errors):
            shade = 1.0 if error is None else error / largest
            shade = _FAINT + (1 - _FAINT) * shade if shade > 1e-6 else 0.0
            look = "p-cell p-most" if (row, column) == picture.worst else "p-cell"
            sides = {"x": left + column * size, "y": TOP + row * size, "width": size, "height": size}
            yield rect(look, sides, **{"fill-opacity": f"{shade:.2f}"})


def number_text(value: float | None, digits: int = 6) -> str:
    """A number as a picture says it: in so many significant digits, and a large one whole as long as it is short."""
    if value is None:
        return "NaN/∞"
    return f"{value:.0f}" if 10**digits <= abs(value) < 1e6 else f"{value:.{digits}g}"
