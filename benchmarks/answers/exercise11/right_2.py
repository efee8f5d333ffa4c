# %% serial_numbers
# Every Value has a number in the order of creation; a heap gives the youngest node first. Type hints.
import heapq
import itertools
from typing import Callable, Union

Number = Union[int, float]


class Value:
    counter = itertools.count()

    def __init__(self, data: Number) -> None:
        self.data: Number = data
        self.grad: float = 0.0
        self.number: int = next(Value.counter)
        self.sources: list[tuple["Value", Callable[[float], float]]] = []

    def _from(self, data: Number, *sources) -> "Value":
        new = Value(data)
        new.sources = list(sources)
        return new

    def __add__(self, other: Union["Value", Number]) -> "Value":
        if not isinstance(other, Value):
            return self + Value(other)
        return self._from(self.data + other.data, (self, lambda g: g), (other, lambda g: g))

    def __radd__(self, number: Number) -> "Value":
        return self + number

    def __mul__(self, other: Union["Value", Number]) -> "Value":
        if not isinstance(other, Value):
            return self * Value(other)
        a, b = self.data, other.data
        return self._from(a * b, (self, lambda g: g * b), (other, lambda g: g * a))

    def __rmul__(self, number: Number) -> "Value":
        return self * number

    def __neg__(self) -> "Value":
        return self._from(-self.data, (self, lambda g: -g))

    def __sub__(self, other: Union["Value", Number]) -> "Value":
        return self + -other

    def __rsub__(self, number: Number) -> "Value":
        return -self + number

    def reciprocal(self) -> "Value":
        r = 1.0 / self.data
        return self._from(r, (self, lambda g: -g * r * r))

    def __truediv__(self, other: Union["Value", Number]) -> "Value":
        if not isinstance(other, Value):
            other = Value(other)
        return self * other.reciprocal()

    def __rtruediv__(self, number: Number) -> "Value":
        return number * self.reciprocal()

    def __pow__(self, n: Number) -> "Value":
        x = self.data
        return self._from(x ** n, (self, lambda g: g * n * x ** (n - 1) if n != 0 else 0.0))

    def tanh(self) -> "Value":
        t = math.tanh(self.data)
        return self._from(t, (self, lambda g: g * (1.0 - t) * (1.0 + t)))

    def exp(self) -> "Value":
        e = math.exp(self.data)
        return self._from(e, (self, lambda g: g * e))

    def relu(self) -> "Value":
        on = self.data > 0
        return self._from(self.data if on else 0.0, (self, lambda g: g if on else 0.0))

    def backward(self) -> None:
        heap = [(-self.number, self)]
        found = {self.number}
        if self.sources:
            self.grad = 0.0
        self.grad += 1.0
        while heap:
            _, node = heapq.heappop(heap)
            for source, pull in node.sources:
                if source.number not in found:
                    found.add(source.number)
                    heapq.heappush(heap, (-source.number, source))
                    if source.sources:
                        source.grad = 0.0
                source.grad += pull(node.grad)

# %% function_classes
# One class per operation with forward and backward, and tanh from expm1.
class Op:
    def __init__(self, *args):
        self.args = args


class Sum(Op):
    def forward(self, a, b):
        return a + b

    def backward(self, g, a, b, out):
        return g, g


class Product(Op):
    def forward(self, a, b):
        return a * b

    def backward(self, g, a, b, out):
        return g * b, g * a


class Quotient(Op):
    def forward(self, a, b):
        return a / b

    def backward(self, g, a, b, out):
        return g / b, -g * out / b


class Power(Op):
    def __init__(self, x, n):
        super().__init__(x)
        self.n = n

    def forward(self, x):
        return x ** self.n

    def backward(self, g, x, out):
        if self.n == 0:
            return (0.0,)
        return (g * self.n * x ** (self.n - 1),)


class Tanh(Op):
    def forward(self, x):
        e = math.expm1(-2.0 * abs(x))
        return math.copysign(-e / (e + 2.0), x)

    def backward(self, g, x, out):
        return (g * (1.0 - out * out),)


class Exp(Op):
    def forward(self, x):
        return math.exp(x)

    def backward(self, g, x, out):
        return (g * out,)


class Relu(Op):
    def forward(self, x):
        return x if x > 0 else 0.0

    def backward(self, g, x, out):
        return (g if x > 0 else 0.0,)


def apply(op):
    result = Value(op.forward(*[a.data for a in op.args]))
    result.op = op
    return result


def as_value(v):
    return v if isinstance(v, Value) else Value(v)


class Value:
    def __init__(self, data):
        self.data = data
        self.grad = 0.0
        self.op = None

    def __add__(self, other): return apply(Sum(self, as_value(other)))
    def __radd__(self, other): return apply(Sum(as_value(other), self))
    def __mul__(self, other): return apply(Product(self, as_value(other)))
    def __rmul__(self, other): return apply(Product(as_value(other), self))
    def __truediv__(self, other): return apply(Quotient(self, as_value(other)))
    def __rtruediv__(self, other): return apply(Quotient(as_value(other), self))
    def __neg__(self): return apply(Product(self, Value(-1.0)))
    def __sub__(self, other): return self + (-as_value(other))
    def __rsub__(self, other): return as_value(other) + (-self)
    def __pow__(self, n): return apply(Power(self, n))
    def tanh(self): return apply(Tanh(self))
    def exp(self): return apply(Exp(self))
    def relu(self): return apply(Relu(self))

    def ancestors(self, found):
        """Operands before results; a dict keeps the order."""
        if self not in found:
            if self.op is not None:
                for a in self.op.args:
                    a.ancestors(found)
            found[self] = None
        return found

    def backward(self):
        order = list(self.ancestors({}))
        for v in order:
            if v.op is not None:
                v.grad = 0.0
        self.grad += 1.0
        for v in order[::-1]:
            if v.op is None:
                continue
            shares = v.op.backward(v.grad, *[a.data for a in v.op.args], v.data)
            for a, share in zip(v.op.args, shares):
                a.grad += share

# %% library_sorter
# The order comes from graphlib; slots; slopes merged per operand.
from graphlib import TopologicalSorter


class Value:
    __slots__ = ("data", "grad", "slope_of")

    def __init__(self, data):
        self.data = data
        self.grad = 0.0
        self.slope_of = {}

    def _new(self, data, pairs):
        v = Value(data)
        for operand, slope in pairs:
            v.slope_of[operand] = v.slope_of.get(operand, 0.0) + slope
        return v

    def _binary(self, other, f, dfa, dfb):
        if not isinstance(other, Value):
            other = Value(other)
        a, b = self.data, other.data
        return self._new(f(a, b), [(self, dfa(a, b)), (other, dfb(a, b))])

    def __add__(self, other):
        return self._binary(other, lambda a, b: a + b, lambda a, b: 1.0, lambda a, b: 1.0)

    def __sub__(self, other):
        return self._binary(other, lambda a, b: a - b, lambda a, b: 1.0, lambda a, b: -1.0)

    def __mul__(self, other):
        return self._binary(other, lambda a, b: a * b, lambda a, b: b, lambda a, b: a)

    def __truediv__(self, other):
        return self._binary(other, lambda a, b: a / b, lambda a, b: 1.0 / b, lambda a, b: -a / b / b)

    def __radd__(self, n):
        return self + n

    def __rsub__(self, n):
        return Value(n).__sub__(self)

    def __rmul__(self, n):
        return self * n

    def __rtruediv__(self, n):
        return Value(n).__truediv__(self)

    def __neg__(self):
        return 0.0 - self

    def __pow__(self, n):
        if n == 0:
            return self._new(1.0, [(self, 0.0)])
        lower = self.data ** (n - 1)
        return self._new(self.data ** n, [(self, n * lower)])

    def tanh(self):
        t = math.tanh(self.data)
        return self._new(t, [(self, 1 - t * t)])

    def exp(self):
        return self._new(math.exp(self.data), [(self, math.exp(self.data))])

    def relu(self):
        return self._new(max(0.0, self.data), [(self, 1.0 * (self.data > 0.0))])

    def backward(self):
        graph = {}
        stack = [self]
        while stack:
            v = stack.pop()
            if v in graph:
                continue
            graph[v] = list(v.slope_of)
            stack.extend(graph[v])
        order = list(TopologicalSorter(graph).static_order())
        for v in order:
            if v.slope_of:
                v.grad = 0.0
        self.grad += 1.0
        for v in reversed(order):
            for operand, slope in v.slope_of.items():
                operand.grad += slope * v.grad

# %% node_objects
# The nodes of the graph are objects; run is a recursion with a memo; gradients a recursion that sorts first.
class Node:
    def __init__(self, op, parents=(), name=None, value=None):
        self.op = op
        self.parents = parents
        self.name = name
        self.value = value


class Graph:
    def placeholder(self, name):
        return Node("in", name=name)

    def constant(self, v):
        return Node("const", value=v)

    def add(self, a, b):
        return Node("add", (a, b))

    def mul(self, a, b):
        return Node("mul", (a, b))

    def tanh(self, a):
        return Node("tanh", (a,))

    def _eval(self, node, feed, memo):
        if node in memo:
            return memo[node]
        xs = [self._eval(p, feed, memo) for p in node.parents]
        if node.op == "in":
            out = feed[node.name]
        elif node.op == "const":
            out = node.value
        elif node.op == "add":
            out = xs[0] + xs[1]
        elif node.op == "mul":
            out = xs[0] * xs[1]
        elif node.op == "tanh":
            out = math.tanh(xs[0])
        memo[node] = out
        return out

    def run(self, node, feed):
        return self._eval(node, feed, {})

    def gradients(self, node, feed):
        memo = {}
        self._eval(node, feed, memo)
        g = {n: 0.0 for n in memo}
        g[node] = 1.0
        for n in reversed(list(memo)):
            if n.op == "add":
                for p in n.parents:
                    g[p] += g[n]
            elif n.op == "mul":
                left, right = n.parents
                g[left] += g[n] * memo[right]
                g[right] += g[n] * memo[left]
            elif n.op == "tanh":
                g[n.parents[0]] += g[n] * (1 - memo[n] ** 2)
        return {name: sum((g[n] for n in g if n.op == "in" and n.name == name), 0.0) for name in feed}

# %% dual_numbers
# The derivatives of the graph go forward, one fed name at a time.
class Graph:
    def __init__(self):
        self.nodes = []

    def _put(self, item):
        self.nodes.append(item)
        return len(self.nodes) - 1

    def placeholder(self, name):
        return self._put(("name", (), name))

    def constant(self, v):
        return self._put(("number", (), v))

    def add(self, a, b):
        return self._put(("add", (a, b), None))

    def mul(self, a, b):
        return self._put(("mul", (a, b), None))

    def tanh(self, a):
        return self._put(("tanh", (a,), None))

    def _needed(self, node):
        keep = {node}
        for i in range(node, -1, -1):
            if i in keep:
                keep.update(self.nodes[i][1])
        return sorted(keep)

    def _forward(self, node, feed, wanted):
        """The number at the node, and its derivative with respect to the name wanted."""
        v, d = {}, {}
        for i in self._needed(node):
            op, args, extra = self.nodes[i]
            if op == "name":
                v[i] = feed[extra]
                d[i] = 1.0 if wanted is not None and extra == wanted[0] else 0.0
            elif op == "number":
                v[i], d[i] = extra, 0.0
            elif op == "add":
                v[i] = v[args[0]] + v[args[1]]
                d[i] = d[args[0]] + d[args[1]]
            elif op == "mul":
                v[i] = v[args[0]] * v[args[1]]
                d[i] = d[args[0]] * v[args[1]] + v[args[0]] * d[args[1]]
            else:
                v[i] = math.tanh(v[args[0]])
                d[i] = (1.0 - v[i] * v[i]) * d[args[0]]
        return v[node], d[node]

    def run(self, node, feed):
        return self._forward(node, feed, None)[0]

    def gradients(self, node, feed):
        self.run(node, feed)  # raises KeyError, even if nothing at all is fed
        return {name: self._forward(node, feed, (name,))[1] for name in feed}

# %% nodes_as_functions
# A node is a function of the feed and a memo, which gives the number and a dict of derivatives.
class Graph:
    def placeholder(self, name):
        def node(feed, memo):
            return feed[name], {name: 1.0}
        return node

    def constant(self, v):
        return lambda feed, memo: (v, {})

    def _call(self, node, feed, memo):
        if node not in memo:
            memo[node] = node(feed, memo)
        return memo[node]

    def _mix(self, d1, c1, d2, c2):
        keys = list(d1) + [k for k in d2 if k not in d1]
        return {k: c1 * d1.get(k, 0.0) + c2 * d2.get(k, 0.0) for k in keys}

    def add(self, a, b):
        def node(feed, memo):
            x, dx = self._call(a, feed, memo)
            y, dy = self._call(b, feed, memo)
            return x + y, self._mix(dx, 1.0, dy, 1.0)
        return node

    def mul(self, a, b):
        def node(feed, memo):
            x, dx = self._call(a, feed, memo)
            y, dy = self._call(b, feed, memo)
            return x * y, self._mix(dx, y, dy, x)
        return node

    def tanh(self, a):
        def node(feed, memo):
            x, dx = self._call(a, feed, memo)
            t = math.tanh(x)
            return t, {k: (1 - t ** 2) * d for k, d in dx.items()}
        return node

    def run(self, node, feed):
        value, _ = self._call(node, feed, {})
        return value

    def gradients(self, node, feed):
        _, d = self._call(node, feed, {})
        return {name: d.get(name, 0.0) for name in feed}
