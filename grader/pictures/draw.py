"""What pictures.py draws with: tensors and texts of the course's first language become frames with words in each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import numpy as np
import torch

from grader.course.texts import AuthoredTexts
from grader.scene import (
    Bars,
    Chart,
    Contours,
    Dots,
    Drawn,
    Frame,
    Graph,
    HeatMap,
    Images,
    Layer,
    Line,
    Node,
    Path,
    Regions,
    Scene,
)

F = TypeVar("F", bound=Callable[..., Any])

#: Points of a layer, rows and columns of a grid, images, and numbers of all images: more than that nobody tells apart.
MOST_POINTS, MOST_CELLS, MOST_IMAGES, MOST_PIXELS = 400, 60, 40, 4000
#: Columns of a graph: in more there is no room for a number.
MOST_COLUMNS = 5

#: From here on a number is drawn as if it were infinite.
_FAR = 1e30

Span = tuple[float, float]
#: Numbers in any form that torch.as_tensor takes.
Values = torch.Tensor | np.ndarray[Any, Any] | Sequence[Any]


def picture(title: str) -> Callable[[F], F]:
    """Make a function of pictures.py draw a picture of a submission: it returns a frame, or a list of a few.

    It is called with those of `draw`, `student`, `reference`, `sample` and `probe` that it has parameters for; all but
    `draw`, a `Draw`, are those of checks. `student` gives values of the reference's kind, dtype and shape; where the
    submission has none the picture is left out.
    """

    def mark(function: F) -> F:
        function.__grade_picture__ = title  # type: ignore[attr-defined]
        return function

    return mark


class Draw:
    """Makes layers, scenes and frames. Raises ValueError for more than a picture can show, or shapes that don't fit.

    texts: the exercise's, whose section `pictures` has each text in the course's further languages. used: all that
    were asked for.
    """

    def __init__(self, texts: AuthoredTexts) -> None:
        self._texts = texts
        self.used: set[str] = set()

    def line(self, label: str, x: Values, y: Values) -> Line:
        """A line through the points (x[i], y[i]); x, y: [n]."""
        return Line(self.text(label), *_points(x, y))

    def dots(self, label: str, x: Values, y: Values) -> Dots:
        """The points (x[i], y[i]) as marks; those of another layer have other ones. x, y: [n]."""
        return Dots(self.text(label), *_points(x, y))

    def path(self, label: str, x: Values, y: Values) -> Path:
        """The way through (x[i], y[i]), from a ring at its start to a dot at its end. x, y: [n]."""
        return Path(self.text(label), *_points(x, y))

    def bars(self, label: str, x: Values, y: Values, width: float = 0.8) -> Bars:
        """Numbers that no line joins, each a bar around x[i] from 0 to y[i]; those of a second layer are hollow. x, y:
        [n]. width: of a bar, in units of x."""
        return Bars(self.text(label), *_points(x, y), width)

    def contours(self, label: str, x: Span, y: Span, values: Values, levels: Sequence[float]) -> Contours:
        """Lines where a function has the values `levels`. values: [rows, columns], on an even grid over x and y."""
        return Contours(self.text(label), x, y, _matrix(values), tuple(map(float, levels)))

    def regions(self, label: str, x: Span, y: Span, classes: Values) -> Regions:
        """The plane in shades, one for each class. classes: int64 [rows, columns] from 0, as of `contours`."""
        classes = torch.as_tensor(classes)
        _check(classes.ndim == 2 and max(classes.shape) <= MOST_CELLS, "a grid", classes)
        return Regions(self.text(label), x, y, tuple(tuple(map(int, row)) for row in classes.tolist()))

    def chart(self, *layers: Layer, x: str, y: str, same_scale: bool = False) -> Chart:
        """The layers over each other, the first one lowest. x, y: what the axes are of. same_scale: one unit is as long
        on both."""
        return Chart(layers, self.text(x), self.text(y), same_scale)

    def heat_map(self, values: Values, rows: Sequence[str] = (), columns: Sequence[str] = ()) -> HeatMap:
        """A matrix as shaded cells, with its numbers where they fit. rows, columns: names, in no language."""
        return HeatMap(_matrix(values), tuple(rows), tuple(columns))

    def node(self, name: str, column: int, row: float, value: float, gradient: float, *, is_right: bool = True) -> Node:
        """A node of a graph. name: in no language. column, row: its place, from 0. is_right: else its box is dashed."""
        _check(0 <= column < MOST_COLUMNS, "a node in a column", torch.tensor(column))
        shown = _numbers(torch.tensor([value, gradient], dtype=torch.float64))
        return Node(name, column, row, shown[0], shown[1], is_right)

    def graph(self, nodes: Sequence[Node], edges: Sequence[tuple[str, str]]) -> Graph:
        """Nodes in boxes with their numbers. edges: pairs of names, an operand and what is made from it."""
        places = {node.name: place for place, node in enumerate(nodes)}
        return Graph(tuple(nodes), tuple((places[start], places[end]) for start, end in edges))

    def images(self, values: Values, across: int) -> Images:
        """Little images, `across` of them in a row. values: [n, height, width], 0 to 1; what lies outside is cut."""
        values = torch.as_tensor(values)
        _check(values.ndim == 3 and len(values) <= MOST_IMAGES and values.numel() <= MOST_PIXELS, "images", values)
        return Images(tuple(_matrix(image.clamp(0, 1)) for image in values), across)

    def frame(self, scene: Scene, says: str, **numbers: float | int) -> Frame:
        """The scene, and what is to be seen in it: `{name}` stands for a number. It stands below it, and in its place
        for whoever does not see it."""
        shown = {name: f"{number:.4g}" for name, number in numbers.items()}
        return Frame(scene, {language: text.format(**shown) for language, text in self.text(says).items()})

    def text(self, text: str) -> dict[str, str]:
        """The text in each of the course's languages that has it."""
        self.used.add(text)
        return self._texts.of("pictures", text, text)


def _points(x: Values, y: Values) -> tuple[tuple[Drawn, ...], tuple[Drawn, ...]]:
    x, y = torch.as_tensor(x), torch.as_tensor(y)
    _check(x.ndim == 1 and x.shape == y.shape and len(x) <= MOST_POINTS, "points", x)
    return _numbers(x), _numbers(y)


def _matrix(values: Values) -> tuple[tuple[Drawn, ...], ...]:
    values = torch.as_tensor(values)
    _check(values.ndim == 2 and values.numel() > 0 and max(values.shape) <= MOST_CELLS, "a matrix", values)
    return tuple(map(_numbers, values))


def _numbers(values: torch.Tensor) -> tuple[Drawn, ...]:
    """Five digits are more than a picture shows."""
    return tuple(float(f"{value:.5g}") if abs(value) < _FAR else None for value in values.detach().double().tolist())


def _check(fits: bool, kind: str, values: torch.Tensor) -> None:
    if not fits:
        raise ValueError(f"{kind} of shape {list(values.shape)} can't be drawn")
