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

# %% pairs_of_slopes
# Each result keeps pairs of operand and derivative; the order is recursive.
class Value:
    def __init__(self, data, operands=()):
        self.data = data
        self.grad = 0.0
        self.operands = operands

    def _to_value(self, x):
        if isinstance(x, Value):
            return x
        return Value(x)

    def __add__(self, other):
        other = self._to_value(other)
        return Value(self.data + other.data, ((self, 1.0), (other, 1.0)))

    def __mul__(self, other):
        other = self._to_value(other)
        return Value(self.data * other.data, ((self, other.data), (other, self.data)))

    def __pow__(self, exponent):
        if exponent == 0:
            return Value(1.0, ((self, 0.0),))
        return Value(self.data ** exponent, ((self, exponent * self.data ** (exponent - 1)),))

    def __neg__(self):
        return Value(-self.data, ((self, -1.0),))

    def __sub__(self, other):
        other = self._to_value(other)
        return Value(self.data - other.data, ((self, 1.0), (other, -1.0)))

    def __truediv__(self, other):
        other = self._to_value(other)
        return Value(self.data / other.data, ((self, 1 / other.data), (other, -self.data / other.data ** 2)))

    def __radd__(self, number):
        return self._to_value(number) + self

    def __rmul__(self, number):
        return self._to_value(number) * self

    def __rsub__(self, number):
        return self._to_value(number) - self

    def __rtruediv__(self, number):
        return self._to_value(number) / self

    def tanh(self):
        t = math.tanh(self.data)
        return Value(t, ((self, 1 - t * t),))

    def exp(self):
        e = math.exp(self.data)
        return Value(e, ((self, e),))

    def relu(self):
        if self.data > 0:
            return Value(self.data, ((self, 1.0),))
        return Value(0.0, ((self, 0.0),))

    def backward(self):
        order = self._sorted([], set())
        for v in order:
            if v.operands:
                v.grad = 0.0
        self.grad += 1.0
        for v in reversed(order):
            for operand, d in v.operands:
                operand.grad += v.grad * d

    def _sorted(self, order, seen):
        seen.add(id(self))
        for operand, _ in self.operands:
            if id(operand) not in seen:
                operand._sorted(order, seen)
        order.append(self)
        return order

# %% closures_in_value
# Each operation writes a closure.
class Value:
    def __init__(self, data, _children=()):
        self.data = data
        self.grad = 0.0
        self._prev = _children
        self._backward = lambda: None

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data + other.data, (self, other))
        def _backward():
            self.grad += out.grad
            other.grad += out.grad
        out._backward = _backward
        return out

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data * other.data, (self, other))
        def _backward():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad
        out._backward = _backward
        return out

    def __pow__(self, n):
        out = Value(self.data ** n, (self,))
        def _backward():
            if n != 0:
                self.grad += n * self.data ** (n - 1) * out.grad
        out._backward = _backward
        return out

    def tanh(self):
        t = math.tanh(self.data)
        out = Value(t, (self,))
        def _backward():
            self.grad += (1 - t ** 2) * out.grad
        out._backward = _backward
        return out

    def exp(self):
        out = Value(math.exp(self.data), (self,))
        def _backward():
            self.grad += out.data * out.grad
        out._backward = _backward
        return out

    def relu(self):
        out = Value(self.data if self.data > 0 else 0.0, (self,))
        def _backward():
            self.grad += (out.data > 0) * out.grad
        out._backward = _backward
        return out

    def __neg__(self): return self * -1
    def __sub__(self, other): return self + (-other)
    def __truediv__(self, other): return self * other ** -1
    def __radd__(self, other): return self + other
    def __rmul__(self, other): return self * other
    def __rsub__(self, other): return (-self) + other
    def __rtruediv__(self, other): return self ** -1 * other

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

# %% operation_kept_by_name
# A result keeps its operation's name and two operands.
class Value:
    def __init__(self, data, op="", a=None, b=None):
        self.data = data
        self.grad = 0.0
        self.op = op
        self.a = a
        self.b = b

    def __add__(self, other):
        if not isinstance(other, Value): other = Value(other)
        return Value(self.data + other.data, "add", self, other)

    def __radd__(self, number):
        return self + number

    def __sub__(self, other):
        if not isinstance(other, Value): other = Value(other)
        return Value(self.data - other.data, "sub", self, other)

    def __rsub__(self, number):
        return Value(number) - self

    def __mul__(self, other):
        if not isinstance(other, Value): other = Value(other)
        return Value(self.data * other.data, "mul", self, other)

    def __rmul__(self, number):
        return self * number

    def __truediv__(self, other):
        if not isinstance(other, Value): other = Value(other)
        return Value(self.data / other.data, "div", self, other)

    def __rtruediv__(self, number):
        return Value(number) / self

    def __neg__(self):
        return Value(-self.data, "neg", self)

    def __pow__(self, n):
        r = Value(self.data ** n, "pow", self)
        r.n = n
        return r

    def tanh(self):
        return Value(math.tanh(self.data), "tanh", self)

    def exp(self):
        return Value(math.exp(self.data), "exp", self)

    def relu(self):
        return Value(max(self.data, 0.0), "relu", self)

    def push(self):
        g, a, b = self.grad, self.a, self.b
        if self.op == "add":
            a.grad += g
            b.grad += g
        elif self.op == "sub":
            a.grad += g
            b.grad -= g
        elif self.op == "mul":
            x, y = a.data, b.data
            a.grad += g * y
            b.grad += g * x
        elif self.op == "div":
            a.grad += g / b.data
            b.grad -= g * self.data / b.data
        elif self.op == "neg":
            a.grad -= g
        elif self.op == "pow" and self.n != 0:
            a.grad += g * self.n * a.data ** (self.n - 1)
        elif self.op == "tanh":
            a.grad += g * (1 - self.data ** 2)
        elif self.op == "exp":
            a.grad += g * self.data
        elif self.op == "relu" and a.data > 0:
            a.grad += g

    def collect(self, nodes):
        if self in nodes:
            return
        if self.a is not None: self.a.collect(nodes)
        if self.b is not None: self.b.collect(nodes)
        nodes[self] = True

    def backward(self):
        nodes = {}
        self.collect(nodes)
        for v in nodes:
            if v.op != "":
                v.grad = 0.0
        self.grad += 1.0
        for v in list(nodes)[::-1]:
            v.push()
