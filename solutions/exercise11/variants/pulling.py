"""Gradients are pulled, not pushed: a node asks all that were made from it, and remembers the answer.

Graph is differentiated forward, name by name, with pairs (value, slope).
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field


@dataclass(eq=False)
class Value:
    data: float
    sources: list[tuple[Value, float]] = field(default_factory=list)
    grad: float = 0.0

    def _binary(self, other, compute):
        if not isinstance(other, Value):
            other = Value(other)
        data, slope, other_slope = compute(self.data, other.data)
        return Value(data, [(self, slope), (other, other_slope)])

    def __add__(self, other):
        return self._binary(other, lambda a, b: (a + b, 1, 1))

    def __sub__(self, other):
        return self._binary(other, lambda a, b: (a - b, 1, -1))

    def __mul__(self, other):
        return self._binary(other, lambda a, b: (a * b, b, a))

    def __truediv__(self, other):
        return self._binary(other, lambda a, b: (a / b, 1 / b, -a / b / b))

    __radd__ = __add__
    __rmul__ = __mul__

    def __rsub__(self, other):
        return self._binary(other, lambda a, b: (b - a, -1, 1))

    def __rtruediv__(self, other):
        return self._binary(other, lambda a, b: (b / a, -b / a / a, 1 / a))

    def __pow__(self, n):
        return Value(math.pow(self.data, n), [(self, n * math.pow(self.data, n - 1))])

    def __neg__(self):
        return Value(-self.data, [(self, -1)])

    def tanh(self):
        t = 1 - 2 / (1 + math.exp(min(2 * self.data, 700)))
        return Value(t, [(self, (1 - t) * (1 + t))])

    def exp(self):
        return Value(math.exp(self.data), [(self, math.exp(self.data))])

    def relu(self):
        return Value(self.data, [(self, 1)]) if self.data > 0 else Value(0, [(self, 0)])

    def backward(self):
        uses = {self: []}
        todo = [self]
        while todo:
            node = todo.pop()
            for source, slope in node.sources:
                if source not in uses:
                    uses[source] = []
                    todo.append(source)
                uses[source].append((node, slope))
        found = {self: 1.0}

        def pulled(node):
            if node not in found:
                total = 0.0
                for use, slope in uses[node]:
                    total += slope * pulled(use)
                found[node] = total
            return found[node]

        for node in uses:
            node.grad = pulled(node) + (0.0 if node.sources else node.grad)


class Graph:
    def __init__(self):
        self.rules = {}

    def new(self, rule, *operands):
        node = object()
        self.rules[node] = rule, operands
        return node

    def placeholder(self, name):
        return self.new(lambda feed, by: (feed[name], float(name == by)))

    def constant(self, v):
        return self.new(lambda feed, by: (v, 0.0))

    def add(self, a, b):
        return self.new(lambda feed, by, p, q: (p[0] + q[0], p[1] + q[1]), a, b)

    def mul(self, a, b):
        return self.new(lambda feed, by, p, q: (p[0] * q[0], p[0] * q[1] + p[1] * q[0]), a, b)

    def tanh(self, a):
        def rule(feed, by, p):
            t = math.tanh(p[0])
            return t, (1 - t * t) * p[1]

        return self.new(rule, a)

    def pair(self, node, feed, by, known):
        if node not in known:
            rule, operands = self.rules[node]
            known[node] = rule(feed, by, *(self.pair(operand, feed, by, known) for operand in operands))
        return known[node]

    def run(self, node, feed):
        return self.pair(node, feed, None, {})[0]

    def gradients(self, node, feed):
        self.run(node, feed)  # raises KeyError, also where nothing is fed
        return {name: self.pair(node, feed, name, {})[1] for name in feed}
