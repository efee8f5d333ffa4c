# %% base
# Pairs of operand and derivative at each node, a depth-first order; the graph is a list of tuples.
import math


class Value:
    def __init__(self, data, operands=()):
        self.data = data
        self.grad = 0.0
        self.operands = operands

    def __add__(self, other):
        if not isinstance(other, Value):
            other = Value(other)
        return Value(self.data + other.data, ((self, 1.0), (other, 1.0)))

    def __sub__(self, other):
        if not isinstance(other, Value):
            other = Value(other)
        return Value(self.data - other.data, ((self, 1.0), (other, -1.0)))

    def __mul__(self, other):
        if not isinstance(other, Value):
            other = Value(other)
        return Value(self.data * other.data, ((self, other.data), (other, self.data)))

    def __truediv__(self, other):
        if not isinstance(other, Value):
            other = Value(other)
        a, b = self.data, other.data
        return Value(a / b, ((self, 1.0 / b), (other, -a / (b * b))))

    def __pow__(self, exponent):
        slope = 0.0 if exponent == 0 else exponent * self.data ** (exponent - 1)
        return Value(self.data ** exponent, ((self, slope),))

    def __neg__(self):
        return Value(-self.data, ((self, -1.0),))

    def __radd__(self, number):
        return Value(number) + self

    def __rsub__(self, number):
        return Value(number) - self

    def __rmul__(self, number):
        return Value(number) * self

    def __rtruediv__(self, number):
        return Value(number) / self

    def tanh(self):
        t = math.tanh(self.data)
        return Value(t, ((self, 1.0 - t * t),))

    def exp(self):
        e = math.exp(self.data)
        return Value(e, ((self, e),))

    def relu(self):
        if self.data > 0:
            return Value(self.data, ((self, 1.0),))
        return Value(0.0, ((self, 0.0),))

    def backward(self):
        order = []
        seen = set()

        def visit(node):
            if node in seen:
                return
            seen.add(node)
            for operand, _ in node.operands:
                visit(operand)
            order.append(node)

        visit(self)
        for node in order:
            if node.operands:
                node.grad = 0.0
        self.grad += 1.0
        for node in reversed(order):
            for operand, slope in node.operands:
                operand.grad += node.grad * slope


class Graph:
    def __init__(self):
        self.nodes = []

    def placeholder(self, name):
        return self._node("placeholder", name)

    def constant(self, value):
        return self._node("constant", value)

    def add(self, a, b):
        return self._node("add", a, b)

    def mul(self, a, b):
        return self._node("mul", a, b)

    def tanh(self, a):
        return self._node("tanh", a)

    def run(self, node, feed):
        return self._values(node, feed)[node]

    def gradients(self, node, feed):
        values = self._values(node, feed)
        grads = dict.fromkeys(values, 0.0)
        grads[node] = 1.0
        result = dict.fromkeys(feed, 0.0)
        for n in sorted(values, reverse=True):
            kind, *args = self.nodes[n]
            g = grads[n]
            if kind == "placeholder":
                result[args[0]] += g
            elif kind == "add":
                grads[args[0]] += g
                grads[args[1]] += g
            elif kind == "mul":
                grads[args[0]] += g * values[args[1]]
                grads[args[1]] += g * values[args[0]]
            elif kind == "tanh":
                grads[args[0]] += g * (1.0 - values[n] ** 2)
        return result

    def _node(self, *operation):
        self.nodes.append(operation)
        return len(self.nodes) - 1

    def _values(self, node, feed):
        needed = set()
        stack = [node]
        while stack:
            n = stack.pop()
            if n not in needed:
                needed.add(n)
                if self.nodes[n][0] in ("add", "mul", "tanh"):
                    stack.extend(self.nodes[n][1:])
        values = {}
        for n in sorted(needed):
            kind, *args = self.nodes[n]
            if kind == "placeholder":
                values[n] = feed[args[0]]
            elif kind == "constant":
                values[n] = args[0]
            elif kind == "add":
                values[n] = values[args[0]] + values[args[1]]
            elif kind == "mul":
                values[n] = values[args[0]] * values[args[1]]
            else:
                values[n] = math.tanh(values[args[0]])
        return values


# %% closures
# Each result carries a closure that passes its gradient on.
class Value:
    def __init__(self, data, _children=(), _op=''):
        self.data = data
        self.grad = 0.0
        self._prev = _children
        self._op = _op
        self._backward = lambda: None

    def __repr__(self):
        return f"Value(data={self.data}, grad={self.grad})"

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data + other.data, (self, other), '+')

        def _backward():
            self.grad += out.grad
            other.grad += out.grad
        out._backward = _backward
        return out

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data * other.data, (self, other), '*')

        def _backward():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad
        out._backward = _backward
        return out

    def __pow__(self, n):
        out = Value(self.data**n, (self,), f'**{n}')

        def _backward():
            if n != 0:
                self.grad += n * self.data**(n - 1) * out.grad
        out._backward = _backward
        return out

    def relu(self):
        out = Value(self.data if self.data > 0 else 0.0, (self,), 'ReLU')

        def _backward():
            self.grad += (self.data > 0) * out.grad
        out._backward = _backward
        return out

    def tanh(self):
        t = math.tanh(self.data)
        out = Value(t, (self,), 'tanh')

        def _backward():
            self.grad += (1 - t**2) * out.grad
        out._backward = _backward
        return out

    def exp(self):
        out = Value(math.exp(self.data), (self,), 'exp')

        def _backward():
            self.grad += out.data * out.grad
        out._backward = _backward
        return out

    def __neg__(self):
        return self * -1

    def __radd__(self, other):
        return self + other

    def __sub__(self, other):
        return self + (-other)

    def __rsub__(self, other):
        return (-self) + other

    def __rmul__(self, other):
        return self * other

    def __truediv__(self, other):
        return self * other**-1

    def __rtruediv__(self, other):
        return self**-1 * other

    def backward(self):
        topo = []
        visited = set()

        def build_topo(v):
            if v not in visited:
                visited.add(v)
                for child in v._prev:
                    build_topo(child)
                topo.append(v)
        build_topo(self)
        for v in topo:
            if v._prev:
                v.grad = 0.0
        self.grad += 1.0
        for v in reversed(topo):
            v._backward()


# %% operation_names
# Nodes keep the name of their operation; the derivatives are worked out in backward; an explicit stack.
class Value:
    def __init__(self, data, op=None, args=()):
        self.data, self.op, self.args = data, op, args
        self.grad = 0.0

    @classmethod
    def wrap(cls, thing):
        return thing if isinstance(thing, cls) else cls(thing)

    def __add__(self, o):
        o = self.wrap(o)
        return Value(self.data + o.data, "+", (self, o))
    __radd__ = __add__

    def __mul__(self, o):
        o = self.wrap(o)
        return Value(self.data * o.data, "*", (self, o))
    __rmul__ = __mul__

    def __sub__(self, o):
        o = self.wrap(o)
        return Value(self.data - o.data, "-", (self, o))

    def __rsub__(self, o):
        return self.wrap(o).__sub__(self)

    def __truediv__(self, o):
        o = self.wrap(o)
        return Value(self.data / o.data, "/", (self, o))

    def __rtruediv__(self, o):
        return self.wrap(o).__truediv__(self)

    def __neg__(self):
        return Value(-self.data, "neg", (self,))

    def __pow__(self, n):
        out = Value(self.data ** n, "pow", (self,))
        out.n = n
        return out

    def tanh(self):
        return Value(math.tanh(self.data), "tanh", (self,))

    def exp(self):
        return Value(math.exp(self.data), "exp", (self,))

    def relu(self):
        return Value(max(self.data, 0.0), "relu", (self,))

    def _slopes(self):
        x = [a.data for a in self.args]
        if self.op == "+":
            return 1, 1
        if self.op == "-":
            return 1, -1
        if self.op == "*":
            return x[1], x[0]
        if self.op == "/":
            return 1 / x[1], -self.data / x[1]
        if self.op == "neg":
            return -1,
        if self.op == "pow":
            return (self.n * x[0] ** (self.n - 1) if self.n else 0),
        if self.op == "tanh":
            return 1 - self.data ** 2,
        if self.op == "exp":
            return self.data,
        if self.op == "relu":
            return (1 if x[0] > 0 else 0),
        return ()

    def backward(self):
        order, done, stack = [], set(), [(self, False)]
        while stack:
            node, ready = stack.pop()
            if ready:
                order.append(node)
            elif id(node) not in done:
                done.add(id(node))
                stack.append((node, True))
                stack += [(a, False) for a in node.args]
        total = {id(node): 0.0 for node in order}
        total[id(self)] = 1.0
        for node in order[::-1]:
            for a, slope in zip(node.args, node._slopes()):
                total[id(a)] += total[id(node)] * slope
        for node in order:
            if node.op is None:
                node.grad += total[id(node)]
            else:
                node.grad = total[id(node)]


# %% counted_uses
# backward counts the uses of each node and lets it pass on when the last share is there.
from collections import deque


class Value:
    def __init__(self, data):
        self.data = data
        self.grad = 0.0
        self.inputs = []
        self.slopes = []

    def _result(self, data, *pairs):
        r = Value(data)
        for v, d in pairs:
            r.inputs.append(v)
            r.slopes.append(d)
        return r

    def __add__(self, y):
        if isinstance(y, Value):
            return self._result(self.data + y.data, (self, 1), (y, 1))
        return self._result(self.data + y, (self, 1))

    def __radd__(self, y):
        return self._result(y + self.data, (self, 1))

    def __sub__(self, y):
        if isinstance(y, Value):
            return self._result(self.data - y.data, (self, 1), (y, -1))
        return self._result(self.data - y, (self, 1))

    def __rsub__(self, y):
        return self._result(y - self.data, (self, -1))

    def __mul__(self, y):
        if isinstance(y, Value):
            return self._result(self.data * y.data, (self, y.data), (y, self.data))
        return self._result(self.data * y, (self, y))

    def __rmul__(self, y):
        return self._result(y * self.data, (self, y))

    def __truediv__(self, y):
        if isinstance(y, Value):
            return self._result(self.data / y.data, (self, 1 / y.data), (y, -self.data / y.data ** 2))
        return self._result(self.data / y, (self, 1 / y))

    def __rtruediv__(self, y):
        return self._result(y / self.data, (self, -y / self.data ** 2))

    def __pow__(self, n):
        if n == 0:
            return self._result(1.0, (self, 0.0))
        return self._result(self.data ** n, (self, n * self.data ** (n - 1)))

    def __neg__(self):
        return self._result(-self.data, (self, -1))

    def tanh(self):
        t = math.tanh(self.data)
        return self._result(t, (self, 1 - t * t))

    def exp(self):
        e = math.exp(self.data)
        return self._result(e, (self, e))

    def relu(self):
        on = self.data > 0
        return self._result(self.data if on else 0.0, (self, float(on)))

    def backward(self):
        uses = {self: 0}
        todo = [self]
        while todo:
            for v in todo.pop().inputs:
                if v not in uses:
                    uses[v] = 0
                    todo.append(v)
                uses[v] += 1
        for v in uses:
            if v.inputs:
                v.grad = 0.0
        self.grad += 1.0
        ready = deque([self])
        while ready:
            node = ready.popleft()
            for v, d in zip(node.inputs, node.slopes):
                v.grad += d * node.grad
                uses[v] -= 1
                if uses[v] == 0 and v.inputs:
                    ready.append(v)


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


# %% graph_on_values
# The graph runs on the first engine: its gradients come from Value.backward.
import operator


class Graph:
    def __init__(self):
        self.ops = []

    def _add_op(self, function, *inputs):
        self.ops.append((function, inputs))
        return self.ops[-1]

    def placeholder(self, name):
        return self._add_op("placeholder", name)

    def constant(self, v):
        return self._add_op("constant", v)

    def add(self, a, b):
        return self._add_op(operator.add, a, b)

    def mul(self, a, b):
        return self._add_op(operator.mul, a, b)

    def tanh(self, a):
        return self._add_op(Value.tanh, a)

    def _compute(self, node, leaves, cache):
        key = id(node)
        if key not in cache:
            function, inputs = node
            if function == "placeholder":
                cache[key] = leaves[inputs[0]]
            elif function == "constant":
                cache[key] = Value(inputs[0])
            else:
                cache[key] = function(*(self._compute(i, leaves, cache) for i in inputs))
        return cache[key]

    def run(self, node, feed):
        leaves = {name: Value(number) for name, number in feed.items()}
        return self._compute(node, leaves, {}).data

    def gradients(self, node, feed):
        leaves = {name: Value(number) for name, number in feed.items()}
        self._compute(node, leaves, {}).backward()
        return {name: leaf.grad for name, leaf in leaves.items()}


# %% dataclasses_and_match
# Dataclasses for both engines and match statements; placeholders of one name are one node.
from dataclasses import dataclass, field


@dataclass(eq=False, repr=False)
class Value:
    data: float
    grad: float = field(default=0.0, init=False)
    edges: list = field(default_factory=list)

    def __add__(self, other):
        match other:
            case Value():
                return Value(self.data + other.data, [(self, 1.0), (other, 1.0)])
            case _:
                return Value(self.data + other, [(self, 1.0)])

    def __mul__(self, other):
        match other:
            case Value():
                return Value(self.data * other.data, [(self, other.data), (other, self.data)])
            case _:
                return Value(self.data * other, [(self, other)])

    def __pow__(self, n):
        return Value(self.data ** n, [(self, n * self.data ** (n - 1) if n else 0.0)])

    def __neg__(self): return self * -1
    def __sub__(self, other): return self + other * -1
    def __truediv__(self, other): return self * other ** -1
    def __radd__(self, k): return self + k
    def __rmul__(self, k): return self * k
    def __rsub__(self, k): return -self + k
    def __rtruediv__(self, k): return k * self ** -1

    def tanh(self):
        y = math.tanh(self.data)
        return Value(y, [(self, 1.0 - y ** 2)])

    def exp(self):
        y = math.exp(self.data)
        return Value(y, [(self, y)])

    def relu(self):
        return Value(max(self.data, 0), [(self, int(self.data > 0))])

    def walk(self, found):
        if self not in found:
            for child, _ in self.edges:
                child.walk(found)
            found[self] = True
        return found

    def backward(self):
        *others, root = self.walk({})
        for v in others:
            v.grad = 0.0 if v.edges else v.grad
        root.grad = 1.0 if root.edges else root.grad + 1.0
        for v in [root, *others[::-1]]:
            for child, slope in v.edges:
                child.grad += v.grad * slope


@dataclass(eq=False, repr=False)
class Node:
    kind: str
    what: object = None
    args: tuple = ()


class Graph:
    def __init__(self):
        self.by_name = {}

    def placeholder(self, name):
        if name not in self.by_name:
            self.by_name[name] = Node("placeholder", name)
        return self.by_name[name]

    def constant(self, v): return Node("constant", v)
    def add(self, a, b): return Node("add", None, (a, b))
    def mul(self, a, b): return Node("mul", None, (a, b))
    def tanh(self, a): return Node("tanh", None, (a,))

    def forward(self, node, feed):
        numbers, stack = {}, [node]
        while stack:
            n = stack[-1]
            missing = [a for a in n.args if a not in numbers]
            if missing:
                stack += missing
                continue
            stack.pop()
            if n in numbers:
                continue
            inputs = [numbers[a] for a in n.args]
            match n.kind:
                case "placeholder": numbers[n] = feed[n.what]
                case "constant": numbers[n] = n.what
                case "add": numbers[n] = inputs[0] + inputs[1]
                case "mul": numbers[n] = inputs[0] * inputs[1]
                case "tanh": numbers[n] = math.tanh(inputs[0])
        return numbers

    def run(self, node, feed):
        return self.forward(node, feed)[node]

    def gradients(self, node, feed):
        numbers = self.forward(node, feed)
        slope = {n: 0.0 for n in numbers}
        slope[node] = 1.0
        for n in reversed(numbers):
            match n.kind, n.args:
                case "add", (a, b):
                    slope[a] += slope[n]
                    slope[b] += slope[n]
                case "mul", (a, b):
                    slope[a] += slope[n] * numbers[b]
                    slope[b] += slope[n] * numbers[a]
                case "tanh", (a,):
                    slope[a] += slope[n] * (1 - numbers[n] * numbers[n])
        return {name: slope.get(self.by_name.get(name), 0.0) for name in feed}
