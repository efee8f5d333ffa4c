"""What the learner's page shows of exercise 11: computation graphs, with the value and the gradient of each node."""

from __future__ import annotations

import math

from grader.pictures import picture


def same(a, b):
    return math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-12)


def graph(draw, found, right, places, edges):
    """The graph with what was found. places: column and row of each node, its name with them."""
    nodes = [
        draw.node(
            name,
            *place,
            found["data"][name],
            found["grad"][name],
            is_right=all(same(found[kind][name], right[kind][name]) for kind in ("data", "grad")),
        )
        for name, place in places.items()
    ]
    return draw.graph(nodes, [tuple(edge.split("→")) for edge in edges.split()])


@picture("A neuron as a graph: p = x·w, z = p + b, y = tanh z")
def neuron(draw, student, reference, probe):
    asked = probe("program"), {"x": 2.0, "w": 0.5, "b": -0.5}, ["p = x * w", "z = p + b", "y = z.tanh()"]
    found, right = student(*asked), reference(*asked)
    places = {"x": (0, 0), "w": (0, 1), "b": (1, 1), "p": (1, 0), "z": (2, 0.5), "y": (3, 0.5)}
    scene = graph(draw, found, right, places, "x→p w→p p→z b→z z→y")
    says = "Values come from the left, gradients from the right. The gradient of w is {slope}."
    return draw.frame(scene, says, slope=found["grad"]["w"])


@picture("A number used twice: p = x·x, q = p + x, y = p·q")
def twice(draw, student, reference, probe):
    asked = probe("program"), {"x": 3.0}, ["p = x * x", "q = p + x", "y = p * q"]
    found, right = student(*asked), reference(*asked)
    places = {"x": (0, 0.5), "p": (1, 0), "q": (2, 1), "y": (3, 0)}
    scene = graph(draw, found, right, places, "x→p x→q p→q p→y q→y")
    says = "What comes back to a node on several ways adds up: x gets {x}, p gets {p}."
    return draw.frame(scene, says, x=found["grad"]["x"], p=found["grad"]["p"])
