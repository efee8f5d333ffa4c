"""No search for an order: whatever is made from a node is younger than it. A heap gives the youngest that waits."""

import heapq
import itertools
import math

AGES = itertools.count()


class Value:
    def __init__(self, data):
        self.data = float(data)
        self.grad = 0.0
        self.age = next(AGES)
        self.sources = []

    def __lt__(self, other):
        return self.age > other.age

    def __add__(self, other):
        return combined(self, other, lambda p, q: (p + q, 1.0, 1.0))

    def __sub__(self, other):
        return combined(self, other, lambda p, q: (p - q, 1.0, -1.0))

    def __mul__(self, other):
        return combined(self, other, lambda p, q: (p * q, q, p))

    def __truediv__(self, other):
        return combined(self, other, lambda p, q: (p / q, 1 / q, -p / (q * q)))

    def __radd__(self, other):
        return Value(other) + self

    def __rsub__(self, other):
        return Value(other) - self

    def __rmul__(self, other):
        return Value(other) * self

    def __rtruediv__(self, other):
        return Value(other) / self

    def __pow__(self, n):
        return result(self.data**n, (self, n * self.data ** (n - 1)))

    def __neg__(self):
        return result(-self.data, (self, -1.0))

    def tanh(self):
        return result(math.tanh(self.data), (self, 1 - math.tanh(self.data) ** 2))

    def exp(self):
        return result(math.e**self.data, (self, math.e**self.data))

    def relu(self):
        return result(self.data * (self.data > 0), (self, self.data > 0))

    def backward(self):
        waiting, shares = [self], {self: 1.0}
        while waiting:
            node = heapq.heappop(waiting)
            share = shares.pop(node)
            if node.sources:
                node.grad = share
            else:
                node.grad += share
            for source, slope in node.sources:
                if source not in shares:
                    heapq.heappush(waiting, source)
                shares[source] = shares.get(source, 0.0) + slope * share


def result(data, *sources):
    made = Value(data)
    made.sources = sources
    return made


def combined(a, b, rule):
    b = b if isinstance(b, Value) else Value(b)
    data, by_a, by_b = rule(a.data, b.data)
    return result(data, (a, by_a), (b, by_b))


class Graph:
    """A tape of rules; what a node needs is found by walking back over the tape once."""

    def __init__(self):
        self.tape = []

    def record(self, *step):
        self.tape.append(step)
        return len(self.tape) - 1

    def placeholder(self, name):
        return self.record((), name)

    def constant(self, v):
        return self.record((), None, v)

    def add(self, a, b):
        return self.record((a, b), lambda p, q: (p + q, 1.0, 1.0))

    def mul(self, a, b):
        return self.record((a, b), lambda p, q: (p * q, q, p))

    def tanh(self, a):
        return self.record((a,), lambda p: (math.tanh(p), 1 - math.tanh(p) ** 2))

    def forward(self, node, feed):
        needed = {node}
        for place in range(node, -1, -1):
            if place in needed:
                needed.update(self.tape[place][0])
        done = {}
        for place in sorted(needed):
            inputs, rule, *constant = self.tape[place]
            if inputs:
                done[place] = rule(*(done[i][0] for i in inputs))
            else:
                done[place] = (constant[0] if constant else feed[rule],)
        return done

    def run(self, node, feed):
        return self.forward(node, feed)[node][0]

    def gradients(self, node, feed):
        done = self.forward(node, feed)
        slopes = [0.0] * len(self.tape)
        slopes[node] = 1.0
        result = dict.fromkeys(feed, 0.0)
        for place in sorted(done, reverse=True):
            inputs, rule, *constant = self.tape[place]
            for i, slope in zip(inputs, done[place][1:], strict=True):
                slopes[i] += slopes[place] * slope
            if not inputs and not constant:
                result[rule] += slopes[place]
        return result
