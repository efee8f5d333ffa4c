"""Scenarios that run beside a submission: its nodes may be any objects, so they stay where they were made.

Formulas are the checks' own text, in Python's notation; they are evaluated with the submission's objects as names.
What comes back are numbers. A whole number counts as a float.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

#: Far more calls than any graph here needs if each node is visited once.
MOST_CALLS = 100_000


def values(module, inputs, formulas):
    """`.data` of each formula in the inputs."""
    return {formula: _number(_evaluated(formula, _leaves(module, inputs)).data) for formula in formulas}


def gradients(module, inputs, formulas):
    """The inputs' `.grad` after `backward` on each formula, each with inputs of its own."""
    found = {}
    for formula in formulas:
        leaves = _leaves(module, inputs)
        _evaluated(formula, leaves).backward()
        found[formula] = {name: _number(leaf.grad) for name, leaf in leaves.items()}
    return found


def values_and_gradients(module, inputs, formulas):
    """Both, formula by formula."""
    data, slopes = values(module, inputs, formulas), gradients(module, inputs, formulas)
    return {formula: {"value": data[formula], "gradients": slopes[formula]} for formula in formulas}


def program(module, inputs, lines):
    """Every `.data` of a program of lines like "a = x * y", and every `.grad` after `backward` on its last name."""
    names = _leaves(module, inputs)
    root = _run(lines, names)
    names[root].backward()
    return {
        "data": {name: _number(node.data) for name, node in names.items()},
        "grad": {name: _number(node.grad) for name, node in names.items()},
    }


def backwards(module, inputs, lines, roots):
    """`backward` on one root after another; after each the `.grad` of the names that are given with it. In place of a
    root, "x.grad = 0.0" sets x's back."""
    names = _leaves(module, inputs)
    _run(lines, names)
    found = []
    for root, shown in roots:
        if root in names:
            names[root].backward()
        else:
            names[root.partition(".")[0]].grad = 0.0
        found.append({name: _number(names[name].grad) for name in shown})
    return found


def large(module, inputs, diamonds, chain):
    """x·(p + q)ᵈ, made of d diamonds n → n·p, n·q → n·p + n·q, for each d of `diamonds`, and x·pᶜ, a chain of c
    products; with gradients. What takes too many calls gives that as its result: the others still tell one cause
    from another."""

    def worked_out(join, count):
        leaves = _leaves(module, inputs)
        node = leaves["x"]
        for _ in range(count):
            node = join(node, leaves["p"], leaves["q"])
        node.backward()
        return [_number(node.data), {name: _number(leaf.grad) for name, leaf in leaves.items()}]

    found = {f"{d} diamonds": _bounded(worked_out, lambda n, p, q: n * p + n * q, d) for d in diamonds}
    return found | {f"chain of {chain}": _bounded(worked_out, lambda n, p, q: n * p, chain)}


def graph_values(module, lines, feed):
    """`run` on every node of the graph that these lines make."""
    graph, names = _graph(module, lines)
    return {name: _number(graph.run(node, feed)) for name, node in names.items()}


def graph_gradients(module, lines, feed):
    """`gradients` of every node of the graph that these lines make."""
    graph, names = _graph(module, lines)
    return {name: _numbers(graph.gradients(node, feed)) for name, node in names.items()}


def graph_feeds(module, lines, calls):
    """`run` and `gradients` of one graph, one call after another: each with a node's name and a feed."""
    graph, names = _graph(module, lines)
    found = [(graph.run(names[name], feed), graph.gradients(names[name], feed)) for name, feed in calls]
    return [[_number(value), _numbers(slopes)] for value, slopes in found]


def graph_names(module, lines, calls):
    """The same, but each by itself, and a KeyError is a result as well."""
    graph, names = _graph(module, lines)
    found = {}
    for method, name, feed in calls:
        try:
            result = _numbers(getattr(graph, method)(names[name], feed))
        except KeyError:
            result = "KeyError"
        found[f"{method}({name}, feed of {' '.join(feed) or 'nothing'})"] = result
    return found


def graph_large(module, feed, diamonds, chain):
    """The same as graphs, run and differentiated."""

    def worked_out(join, count):
        graph = module.Graph()
        node, p, q = (graph.placeholder(name) for name in feed)
        for _ in range(count):
            node = join(graph, node, p, q)
        return [_number(graph.run(node, feed)), _numbers(graph.gradients(node, feed))]

    def diamond(graph, n, p, q):
        return graph.add(graph.mul(n, p), graph.mul(n, q))

    found = {f"{d} diamonds": _bounded(worked_out, diamond, d) for d in diamonds}
    return found | {f"chain of {chain}": _bounded(worked_out, lambda graph, n, p, q: graph.mul(n, p), chain)}


def graph_building(module, constants, feed):
    """Two constants whose sum, times their product, times x is asked for: how often they were computed with while
    the graph was built, and what `run` and `gradients` give."""
    used: list[str] = []
    graph = module.Graph()
    a, b = (graph.constant(_Watched(number, used)) for number in constants)
    root = graph.mul(graph.mul(graph.add(a, b), graph.mul(a, b)), graph.placeholder("x"))
    operations = len(used)
    return {
        "operations while building": operations,
        "run": _number(graph.run(root, feed)),
        "gradients": _numbers(graph.gradients(root, feed)),
    }


class _Watched(float):
    """A float that notes every sum and product in which it takes part."""

    def __new__(cls, number: float, used: list[str]) -> _Watched:
        watched = super().__new__(cls, number)
        watched.used = used
        return watched

    def __add__(self, other: Any) -> Any:
        self.used.append("+")
        return float(self) + other

    def __mul__(self, other: Any) -> Any:
        self.used.append("*")
        return float(self) * other

    __radd__, __rmul__ = __add__, __mul__


def _leaves(module, inputs):
    return {name: module.Value(number) for name, number in inputs.items()}


def _evaluated(formula: str, names: dict[str, Any]) -> Any:
    return eval(formula, {"__builtins__": {}}, names)


def _run(lines: list[str], names: dict[str, Any]) -> str:
    """Evaluate lines like "a = x * y" into `names`; the last name."""
    name = ""
    for line in lines:
        name, _, formula = line.partition(" = ")
        names[name] = _evaluated(formula, names)
    return name


def _graph(module, lines):
    """A graph made by lines like "a = graph.add(x, y)", and its nodes by name."""
    graph = module.Graph()
    names = {"graph": graph}
    _run(lines, names)
    del names["graph"]
    return graph, names


def _number(value: Any) -> Any:
    return float(value) if isinstance(value, (int, float)) else value


def _numbers(value: Any) -> Any:
    return {name: _number(item) for name, item in value.items()} if isinstance(value, dict) else _number(value)


class _TooMany(Exception):
    pass


def _bounded(scenario: Callable[..., Any], *args: Any) -> Any:
    """What the scenario gives. Honest recursion may be deep here, several calls per node, but not endless: whoever
    visits nodes again and again would still be at it tomorrow."""
    left = MOST_CALLS

    def count(frame: Any, event: str, argument: Any) -> None:
        nonlocal left
        left -= event in ("call", "c_call")
        if left < 0:
            raise _TooMany

    depth, profile = sys.getrecursionlimit(), sys.getprofile()
    sys.setrecursionlimit(depth + 5_000)
    sys.setprofile(count)
    try:
        return scenario(*args)
    except _TooMany:
        return f"more than {MOST_CALLS} function calls: some nodes are visited again and again"
    finally:
        sys.setprofile(profile)
        sys.setrecursionlimit(depth)
