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
