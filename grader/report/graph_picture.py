"""A computation graph as SVG: a box for each node, with its name, its value and, behind a ∂, its gradient."""

from __future__ import annotations

from grader.report.drawing import Element, path
from grader.report.layout import visible
from grader.report.svg import WIDTH, number_text
from grader.scene import Graph, Node
from grader.text import Message, say

#: A box, and how far the next row lies below it.
_BOX, _ROW = (70.0, 48.0), 60.0

_MIDDLE = {"text-anchor": "middle"}

#: Signs of the legend, the class that colours each, and what it stands for.
SIGNS: tuple[tuple[str, str, Message], ...] = (
    ("1", "s-0", say("value")),
    ("∂", "s-1", say("gradient: the derivative of the last node by this one")),
    ("- -", "", say("dashed box: the value or the gradient is wrong")),
)


def graph_drawing(scene: Graph) -> tuple[tuple[float, float], list[Element]]:
    """Width and height, and what is drawn."""
    columns = 1 + max(node.column for node in scene.nodes)
    places = {node: _corner(node, columns) for node in scene.nodes}
    edges = (_edge(places[scene.nodes[start]], places[scene.nodes[end]]) for start, end in scene.edges)
    boxes = [part for node, corner in places.items() for part in _box(node, *corner)]
    height = max(top for _, top in places.values()) + _BOX[1] + 4
    return (WIDTH, height), [path("s-edge", edges), *boxes]


def _corner(node: Node, columns: int) -> tuple[float, float]:
    apart = (WIDTH - _BOX[0] - 8) / max(columns - 1, 1)
    return 4 + node.column * apart, 4 + node.row * _ROW


def _edge(start: tuple[float, float], end: tuple[float, float]) -> str:
    """From the right side of one box to the left side of the other, where an arrow's head is."""
    (x, y), (to_x, to_y) = start, end
    middle = _BOX[1] / 2
    return f"M{x + _BOX[0]:.1f} {y + middle:.1f}L{to_x:.1f} {to_y + middle:.1f}m-6-3l6 3l-6 3"


def _box(node: Node, left: float, top: float) -> list[Element]:
    width, height = _BOX
    wrong = {} if node.is_right else {"stroke-dasharray": "3 3", "stroke-width": "2"}
    place = {"x": f"{left:.1f}", "y": f"{top:.1f}", "width": f"{width:g}", "height": f"{height:g}", "rx": "4"}
    lines = (
        ("p-text", visible(node.name)),
        ("p-text s-number s-0", number_text(node.value, 3)),
        ("p-text s-number s-1", f"∂ {number_text(node.gradient, 3)}"),
    )
    texts = [
        Element(
            "text", {"class": look, "x": f"{left + width / 2:.1f}", "y": f"{top + 13 + 14 * row:.1f}", **_MIDDLE}, text
        )
        for row, (look, text) in enumerate(lines)
    ]
    return [Element("rect", {"class": "s-node", **place, **wrong}), *texts]
