"""What a page draws of a submission: numbers and words, and nothing of how they look. Plain frozen data.

A number is None where it is not finite, or too far off to be drawn. The axes of a chart span all that is on it.
"""

from __future__ import annotations

import msgspec

from grader.text import Text

#: A drawn number.
Drawn = float | None


class Line(msgspec.Struct, frozen=True, tag="line", tag_field="kind"):
    """A line through points of a plane."""

    label: Text
    x: tuple[Drawn, ...]
    y: tuple[Drawn, ...]


class Dots(msgspec.Struct, frozen=True, tag="dots", tag_field="kind"):
    """Points of a plane that belong together."""

    label: Text
    x: tuple[Drawn, ...]
    y: tuple[Drawn, ...]


class Path(msgspec.Struct, frozen=True, tag="path", tag_field="kind"):
    """Points of a plane in the order in which something went from one to the next."""

    label: Text
    x: tuple[Drawn, ...]
    y: tuple[Drawn, ...]


class Bars(msgspec.Struct, frozen=True, tag="bars", tag_field="kind"):
    """Numbers that no line joins, each as a bar from 0.

    x: the bars' middles. y: the numbers. width: how broad each is, in units of x.
    """

    label: Text
    x: tuple[Drawn, ...]
    y: tuple[Drawn, ...]
    width: float


class Contours(msgspec.Struct, frozen=True, tag="contours", tag_field="kind"):
    """Lines of equal value of a function of the plane.

    x, y: the least and the greatest coordinate. values: on an even grid, a row for each y, from the least on.
    levels: the values whose lines are drawn.
    """

    label: Text
    x: tuple[float, float]
    y: tuple[float, float]
    values: tuple[tuple[Drawn, ...], ...]
    levels: tuple[float, ...]


class Regions(msgspec.Struct, frozen=True, tag="regions", tag_field="kind"):
    """Which class each place of the plane belongs to; grid and coordinates as those of Contours."""

    label: Text
    x: tuple[float, float]
    y: tuple[float, float]
    classes: tuple[tuple[int, ...], ...]


Layer = Line | Dots | Path | Bars | Contours | Regions


class Chart(msgspec.Struct, frozen=True, tag="chart", tag_field="kind"):
    """Layers over each other, the first one lowest. x, y: what the axes are of.

    same_scale: one unit is as long on both axes, so that a right angle looks like one.
    """

    layers: tuple[Layer, ...]
    x: Text
    y: Text
    same_scale: bool = False


class HeatMap(msgspec.Struct, frozen=True, tag="heat_map", tag_field="kind"):
    """A matrix, row by row. rows, columns: their names, or none."""

    values: tuple[tuple[Drawn, ...], ...]
    rows: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()


class Images(msgspec.Struct, frozen=True, tag="images", tag_field="kind"):
    """Little images of one size, each row by row, from 0 (the page's colour) to 1. across: how many stand in a row."""

    images: tuple[tuple[tuple[Drawn, ...], ...], ...]
    across: int


class Node(msgspec.Struct, frozen=True):
    """A number that was computed, and a derivative by it.

    name: in no language. column, row: where it stands, from 0; a row may be between two. is_right: both numbers are.
    """

    name: str
    column: int
    row: float
    value: Drawn
    gradient: Drawn
    is_right: bool = True


class Graph(msgspec.Struct, frozen=True, tag="graph", tag_field="kind"):
    """A computation graph. edges: pairs of places in `nodes`, from an operand to what is made from it."""

    nodes: tuple[Node, ...]
    edges: tuple[tuple[int, int], ...]


Scene = Chart | HeatMap | Images | Graph


class Frame(msgspec.Struct, frozen=True):
    """A scene, and in words what is to be seen in it."""

    scene: Scene
    says: Text


class DrawnPicture(msgspec.Struct, frozen=True):
    """What a submission makes, in one frame or a few that follow each other. name: unique within its exercise."""

    name: str
    title: Text
    frames: tuple[Frame, ...]
