"""The checks of exercise 11. Values and gradients come from PyTorch's autograd in float64, on the trusted side: the
same formulas are evaluated with tensors there and with the submission's objects beside it.
"""

from __future__ import annotations

import math
from functools import partial

import torch

from grader.checks import check

#: A few dozen operations keep far more digits than these.
NINE_DIGITS = {"rtol": 1e-9, "atol": 1e-12}

OPERATIONS = ("x + y", "x - y", "x * y", "x / y", "-x", "x ** 3", "x ** -2", "y ** 0.5", "x.tanh()", "x.exp()")
#: Those that are right for numbers in the thousands; tanh by itself, because an OverflowError hides all others.
FOR_LARGE = ("x + y", "x - y", "x * y", "x / y", "-x", "x ** 3", "y ** 0.5", "x.exp()", "x.relu()", "y.relu()")
TANH = ("x.tanh()", "y.tanh()")
#: A number left and right of each operation.
NUMBERS = ("x + {n}", "{n} + x", "x - {n}", "{n} - x", "x * {n}", "{n} * x", "x / {n}", "{n} / x")

#: After a leaf's name, in place of a root: what sets its gradient back.
RESET = ".grad = 0.0"


def judge(expect, about):
    return partial(expect, about=about, **NINE_DIGITS)


# --- PyTorch's answers


def tensors(inputs):
    return {name: torch.tensor(number, dtype=torch.float64, requires_grad=True) for name, number in inputs.items()}


def evaluated(formula, names):
    return eval(formula, {}, names)


def run(lines, names):
    """Evaluate lines like "a = x * y" into `names`; the last name."""
    name = ""
    for line in lines:
        name, _, formula = line.partition(" = ")
        names[name] = evaluated(formula, names)
    return name


def slopes(root, names):
    """The derivatives of a tensor by others; 0 where it does not depend on one, as it may on none."""
    if not root.requires_grad:
        return dict.fromkeys(names, 0.0)
    found = torch.autograd.grad(root, list(names.values()), retain_graph=True, allow_unused=True)
    return {name: 0.0 if slope is None else slope.item() for name, slope in zip(names, found, strict=True)}


def values_of(formulas, inputs):
    return {formula: evaluated(formula, tensors(inputs)).item() for formula in formulas}


def gradients_of(formulas, inputs):
    found = {}
    for formula in formulas:
        leaves = tensors(inputs)
        found[formula] = slopes(evaluated(formula, leaves), leaves)
    return found


def program_of(lines, inputs):
    names = tensors(inputs)
    root = names[run(lines, names)]
    return {"data": {name: node.item() for name, node in names.items()}, "grad": slopes(root, names)}


def backwards_of(lines, roots, inputs):
    """After each root: the gradients of the inputs, added up, and of the inner nodes that this root needs."""
    names = tensors(inputs)
    run(lines, names)
    total, found = dict.fromkeys(inputs, 0.0), []
    for root, shown in roots:
        if root not in names:
            now = total = total | {root.removesuffix(RESET): 0.0}
        else:
            now = slopes(names[root], names)
            total = {name: total[name] + now[name] for name in total}
        found.append({name: total.get(name, now[name]) for name in shown})
    return found


class TorchGraph:
    """A graph whose nodes are tensors: what is fed is known before it is built."""

    def __init__(self, feed):
        self.leaves = tensors(feed)
        self.placeholder = self.leaves.__getitem__
        self.add, self.mul, self.tanh = torch.add, torch.mul, torch.tanh

    def constant(self, value):
        return torch.tensor(value, dtype=torch.float64)


def graph_of(lines, feed):
    """The value and the gradients of every node that these lines make."""
    graph = TorchGraph(feed)
    names = {"graph": graph}
    run(lines, names)
    del names["graph"]
    return {name: (node.item(), slopes(node, graph.leaves)) for name, node in names.items()}


# --- what is drawn


def number(sample):
    """Neither near 0 nor near ±1."""
    return sample.choice((-1, 1)) * sample.choice((sample.number(0.4, 0.9), sample.number(1.1, 1.6)))


def positive(sample):
    return sample.number(1.1, 1.8)


def large(sample):
    """Two numbers in the thousands, below and above 0."""
    return {"x": -sample.number(1000, 3000), "y": sample.number(1000, 3000)}


def draw_program(sample):
    """Inputs, and lines that each use the one before and some earlier name; the last uses the first. So paths of many
    lengths lead from the root to one and the same inner node."""
    forms = ("{p} + {q}", "{p} - {q}", "{q} - {p}", "{p} * {q}", "{p}.tanh() * {q}", "-{p} + {q}", "{q} - {p}.tanh()")
    while True:
        inputs = {name: number(sample) for name in "xyz"}
        lines = ["a = x * y"]
        for name, before in zip("bcdefgh", "abcdefg", strict=True):
            earlier = [other for other in "xyzabcdefg" if other < before or other in "xyz"]
            other = "a" if name == "h" else sample.choice(earlier)
            lines.append(f"{name} = {sample.choice(forms).format(p=before, q=other)}")
        right = program_of(lines, inputs)
        # Nothing so large that tanh is flat, nothing so small that an error in it would not show.
        sizes = [abs(value) for value in right["data"].values()]
        if max(sizes) < 3 and min(sizes) > 0.01 and abs(right["grad"]["a"]) > 0.05:
            return inputs, lines, right


def draw_graph(sample, *, constants=True):
    """Lines that make a graph of three placeholders, each line with the node before, and a feed."""
    names = ["x", "y", "z"]
    lines = [f"{name} = graph.placeholder('{name}')" for name in names]
    if constants:
        lines.append(f"k = graph.constant({number(sample)!r})")
        names.append("k")
    kinds = ("add", "add", "mul", "mul", "mul", "tanh", "tanh")
    while True:
        feed, more, known = {name: number(sample) for name in "xyz"}, [], [*names]
        for name, place in zip("abcdefg", sample.permutation(len(kinds)).tolist(), strict=True):
            operands = known[-1:] if kinds[place] == "tanh" else [known[-1], sample.choice(known[:-1])]
            more.append(f"{name} = graph.{kinds[place]}({', '.join(operands)})")
            known.append(name)
        values = [abs(value) for value, _ in graph_of([*lines, *more], feed).values()]
        if max(values) < 3 and min(values) > 0.05:
            return [*lines, *more], feed


# --- Value


@check(points=1.5, title="Value: the result of every operation")
def test_values(expect, sample, probe):
    inputs = {"x": -positive(sample), "y": positive(sample)}
    formulas = [*OPERATIONS, "x ** 0", "x.relu()", "y.relu()"]
    judge(expect, "Value")(probe("values"), inputs, formulas, equals=values_of(formulas, inputs))
    inputs = large(sample)
    for formulas in (FOR_LARGE, TANH):
        judge(expect, "Value")(probe("values"), inputs, formulas, equals=values_of(formulas, inputs))


@check(points=1.5, title="Value: the derivatives of every operation")
def test_slopes(expect, sample, probe):
    inputs = {"x": -positive(sample), "y": positive(sample)}
    formulas = [*OPERATIONS, "x ** 0", "x.relu()", "y.relu()"]
    formulas.append("(y - 1).relu()")  # positive, and less than 1
    judge(expect, "Value")(probe("gradients"), inputs, formulas, equals=gradients_of(formulas, inputs))
    inputs = large(sample)
    for formulas in (FOR_LARGE, TANH):
        judge(expect, "Value")(probe("gradients"), inputs, formulas, equals=gradients_of(formulas, inputs))


@check(points=1, title="Value: numbers on either side of + − * /, results and derivatives")
def test_numbers(expect, sample, probe):
    inputs = {"x": number(sample)}
    formulas = [form.format(n=n) for form in NUMBERS for n in (3, positive(sample))]
    data, found = values_of(formulas, inputs), gradients_of(formulas, inputs)
    right = {formula: {"value": data[formula], "gradients": found[formula]} for formula in formulas}
    judge(expect, "Value")(probe("values_and_gradients"), inputs, formulas, equals=right)
    # One program, in which x must stay what it is and every operation must give a new node, also where the number is
    # x's own.
    inputs = {"x": positive(sample)}
    formulas = [form.format(n=n) for form in NUMBERS for n in (0, 1, 3) if "/" not in form or n]
    lines = [f"n{place} = {formula}" for place, formula in enumerate([*formulas, "x ** 1", "x.relu()"])]
    lines += [f"n{len(lines)} = -x", f"n{len(lines) + 1} = n{len(lines)}.relu()"]  # −x must stay what it is, too
    lines.append("r = " + " + ".join(f"n{place} * {place + 2}" for place in range(len(lines))))
    judge(expect, "Value")(probe("program"), inputs, lines, equals=program_of(lines, inputs))


@check(points=1.5, title="Value: programs of many lines, in which short and long paths lead to one node")
def test_programs(expect, sample, probe):
    for _ in range(3):
        inputs, lines, right = draw_program(sample)
        judge(expect, "Value")(probe("program"), inputs, lines, equals=right)


@check(points=0.5, title="Value: both operands are the same, as in x * x")
def test_twice(expect, sample, probe):
    inputs = {"x": number(sample)}
    formulas = ["x * x", "x + x", "x * x * x"]  # not x − x, x / x: some make these of two nodes, some of one
    judge(expect, "Value")(probe("gradients"), inputs, formulas, equals=gradients_of(formulas, inputs))


@check(points=1, title="Value: roots that share nodes; leaves add up over calls of backward, inner nodes start anew")
def test_roots(expect, sample, probe):
    inputs = {"x": number(sample), "y": number(sample)}
    lines = ["a = x * y", "r = a + x", "s = a.tanh()", "t = r * y"]
    roots = [("r", "xyar"), ("s", "xyas"), ("r", "xyar"), ("x" + RESET, "x"), ("t", "xyart"), ("x", "xy")]
    right = backwards_of(lines, roots, inputs)
    judge(expect, "Value")(probe("backwards"), inputs, lines, roots, equals=right)


@check(points=1, title="Value: 60 diamonds; a chain of 500")
def test_large(expect, sample, probe):
    inputs, right = draw_large(sample)
    judge(expect, "Value")(probe("large"), inputs, (4, 60), 500, equals=right)


def draw_large(sample):
    """Powers of numbers so near to 1 that 60 diamonds and a chain of 500 stay near it."""
    x, p, q = positive(sample), sample.number(0.999, 1.001), sample.number(0.01, 0.02)
    right = {}
    for d in (4, 60):
        slope = d * x * (p + q) ** (d - 1)
        right[f"{d} diamonds"] = [x * (p + q) ** d, {"x": (p + q) ** d, "p": slope, "q": slope}]
    right["chain of 500"] = [x * p**500, {"x": p**500, "p": 500 * x * p**499, "q": 0.0}]
    return {"x": x, "p": p, "q": q}, right


# --- Graph


@check(points=1, title="Graph: run, on every node of a graph")
def test_graph_values(expect, sample, probe):
    for _ in range(2):
        lines, feed = draw_graph(sample)
        right = {name: value for name, (value, _) in graph_of(lines, feed).items()}
        judge(expect, "Graph")(probe("graph_values"), lines, feed, equals=right)
    lines = ["x = graph.placeholder('x')", "y = graph.placeholder('y')", "a = graph.mul(x, y)", "b = graph.add(y, a)"]
    for feed in ({"x": 0.0, "y": number(sample)}, large(sample)):
        right = {name: value for name, (value, _) in graph_of(lines, feed).items()}
        judge(expect, "Graph")(probe("graph_values"), lines, feed, equals=right)
        # A new list: the call that was judged keeps the old one.
        lines = [*lines, "k = graph.constant(0.0)", "c = graph.add(k, x)", "d = graph.tanh(x)", "e = graph.tanh(y)"]


@check(points=1, title="Graph: gradients, of every node of a graph")
def test_graph_gradients(expect, sample, probe):
    for _ in range(2):
        lines, feed = draw_graph(sample)
        lines += ["m = graph.mul(g, g)", "n = graph.add(m, m)"]
        right = {name: found for name, (_, found) in graph_of(lines, feed).items()}
        judge(expect, "Graph")(probe("graph_gradients"), lines, feed, equals=right)
    lines = [
        "x = graph.placeholder('x')",
        "y = graph.placeholder('y')",
        "k = graph.constant(0.0)",
        "a = graph.mul(k, x)",
    ]
    lines += ["b = graph.mul(x, y)", "c = graph.add(a, b)", "d = graph.tanh(x)", "e = graph.tanh(y)"]
    feed = large(sample)
    right = {name: found for name, (_, found) in graph_of(lines, feed).items()}
    judge(expect, "Graph")(probe("graph_gradients"), lines, feed, equals=right)


@check(points=0.5, title="Graph: one graph, several feeds and several nodes")
def test_graph_feeds(expect, sample, probe):
    while True:  # f and g need every placeholder
        lines, feed = draw_graph(sample, constants=False)
        if all(graph_of(lines, feed)["f"][1].values()):
            break
    calls = [("g", feed), *((name, {other: number(sample) for other in "xyz"}) for name in "fg")]
    right = [list(graph_of(lines, feed)[name]) for name, feed in calls]
    judge(expect, "Graph")(probe("graph_feeds"), lines, calls, equals=right)


@check(points=0.5, title="Graph: names that are needed and not fed, fed and not needed, used twice")
def test_graph_names(expect, sample, probe):
    lines = [
        "x = graph.placeholder('x')",
        "y = graph.placeholder('y')",
        "again = graph.placeholder('x')",
        "a = graph.tanh(x)",
        "b = graph.mul(a, y)",
        "c = graph.add(x, again)",
        "d = graph.mul(x, again)",
    ]
    some, more = {"x": number(sample)}, {name: number(sample) for name in ("x", "y", "w")}
    calls = [
        ("run", "a", some),
        ("run", "b", some),
        ("gradients", "b", some),
        ("run", "b", more),
        ("gradients", "a", more),
        ("gradients", "x", more),
        ("run", "c", some),
        ("gradients", "c", some),
        ("gradients", "d", some),
        ("run", "a", {}),
        ("gradients", "a", {}),
    ]
    a, b = (graph_of(lines, more)[name] for name in "ab")
    right = [math.tanh(some["x"]), "KeyError", "KeyError", b[0], a[1]]
    right += [{"x": 1.0, "y": 0.0, "w": 0.0}, 2 * some["x"], {"x": 2.0}, {"x": 2 * some["x"]}]
    right += ["KeyError", "KeyError"]
    keys = [f"{method}({name}, feed of {' '.join(feed) or 'nothing'})" for method, name, feed in calls]
    judge(expect, "Graph")(probe("graph_names"), lines, calls, equals=dict(zip(keys, right, strict=True)))


# --- hidden


@check(points=0.5, hidden=True, title="Value: at zero, and a leaf as the root")
def test_edges(expect, sample, probe):
    inputs = {"x": 0.0, "y": number(sample)}
    formulas = ["x.relu()", "x * y", "x ** 2", "x ** 1", "y - y", "(x * y).relu() + y"]
    formulas.append("(-(y * y)).relu()")  # a relu that is open everywhere shows here, one that is open at 0 does not
    judge(expect, "Value")(probe("gradients"), inputs, formulas, equals=gradients_of(formulas, inputs))
    inputs = {"x": number(sample), "y": number(sample)}
    lines = ["a = x * y", "b = a.tanh()"]
    # b twice: that tells whoever only sets the root to 1 from whoever resets nothing.
    roots = [("y", "xy"), ("y", "xy"), ("b", "xyab"), ("b", "xyab")]
    judge(expect, "Value")(probe("backwards"), inputs, lines, roots, equals=backwards_of(lines, roots, inputs))


@check(points=0.25, hidden=True, title="Graph: large graphs")
def test_graph_large(expect, sample, probe):
    feed, right = draw_large(sample)
    judge(expect, "Graph")(probe("graph_large"), feed, (4, 60), 500, equals=right)


@check(points=0.25, hidden=True, title="Graph: building computes nothing")
def test_graph_building(expect, sample, probe):
    a, b, x = positive(sample), -number(sample), positive(sample)
    slope = (a + b) * (a * b)
    right = {"operations while building": 0, "run": slope * x, "gradients": {"x": slope}}
    judge(expect, "Graph")(probe("graph_building"), (a, b), {"x": x}, equals=right)
