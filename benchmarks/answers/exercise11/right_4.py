# %% two_lists
# A result keeps a list of operands and one of derivatives.
class Value:
    def __init__(self, data, parents=[], slopes=[]):
        self.data = data
        self.grad = 0.0
        self.parents = list(parents)
        self.slopes = list(slopes)

    def __add__(self, other):
        if isinstance(other, Value):
            return Value(self.data + other.data, [self, other], [1, 1])
        return Value(self.data + other, [self], [1])

    def __mul__(self, other):
        if isinstance(other, Value):
            return Value(self.data * other.data, [self, other], [other.data, self.data])
        return Value(self.data * other, [self], [other])

    def __sub__(self, other):
        if isinstance(other, Value):
            return Value(self.data - other.data, [self, other], [1, -1])
        return Value(self.data - other, [self], [1])

    def __truediv__(self, other):
        if isinstance(other, Value):
            return Value(self.data / other.data, [self, other], [1 / other.data, -self.data / other.data ** 2])
        return Value(self.data / other, [self], [1 / other])

    def __radd__(self, k):
        return Value(k + self.data, [self], [1])

    def __rmul__(self, k):
        return Value(k * self.data, [self], [k])

    def __rsub__(self, k):
        return Value(k - self.data, [self], [-1])

    def __rtruediv__(self, k):
        return Value(k / self.data, [self], [-k / self.data ** 2])

    def __neg__(self):
        return Value(-self.data, [self], [-1])

    def __pow__(self, n):
        slope = n * self.data ** (n - 1) if n != 0 else 0.0
        return Value(self.data ** n, [self], [slope])

    def tanh(self):
        t = math.tanh(self.data)
        return Value(t, [self], [1 - t ** 2])

    def exp(self):
        e = math.exp(self.data)
        return Value(e, [self], [e])

    def relu(self):
        return Value(max(0.0, self.data), [self], [1.0 if self.data > 0 else 0.0])

    def backward(self):
        waiting = {self: 0}
        stack = [self]
        while stack:
            v = stack.pop()
            if v.parents:
                v.grad = 0.0
            for p in v.parents:
                if p not in waiting:
                    waiting[p] = 0
                    stack.append(p)
                waiting[p] += 1
        self.grad += 1.0
        stack = [self]
        while stack:
            v = stack.pop()
            for p, s in zip(v.parents, v.slopes):
                p.grad += v.grad * s
                waiting[p] -= 1
                if waiting[p] == 0:
                    stack.append(p)

# %% nodes_as_tuples
# Nodes are numbers; what they do is a tuple in a list.
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

    def _node(self, *operation):
        self.nodes.append(operation)
        return len(self.nodes) - 1

    def _values(self, node, feed, values):
        if node not in values:
            op = self.nodes[node]
            if op[0] == "placeholder":
                values[node] = feed[op[1]]
            elif op[0] == "constant":
                values[node] = op[1]
            elif op[0] == "add":
                values[node] = self._values(op[1], feed, values) + self._values(op[2], feed, values)
            elif op[0] == "mul":
                values[node] = self._values(op[1], feed, values) * self._values(op[2], feed, values)
            else:
                values[node] = math.tanh(self._values(op[1], feed, values))
        return values[node]

    def run(self, node, feed):
        return self._values(node, feed, {})

    def gradients(self, node, feed):
        values = {}
        self._values(node, feed, values)
        grads = {n: 0.0 for n in values}
        grads[node] = 1.0
        result = {name: 0.0 for name in feed}
        for n in sorted(values, reverse=True):
            op = self.nodes[n]
            if op[0] == "placeholder":
                result[op[1]] += grads[n]
            elif op[0] == "add":
                grads[op[1]] += grads[n]
                grads[op[2]] += grads[n]
            elif op[0] == "mul":
                grads[op[1]] += grads[n] * values[op[2]]
                grads[op[2]] += grads[n] * values[op[1]]
            elif op[0] == "tanh":
                grads[op[1]] += grads[n] * (1 - values[n] ** 2)
        return result

# %% a_class_for_each_operation
# Each operation of the graph is a class.
class Node:
    inputs = ()
    def compute(self, feed): raise NotImplementedError
    def pull(self, g, values): return ()

class Placeholder(Node):
    def __init__(self, name): self.name = name
    def compute(self, feed): return feed[self.name]

class Constant(Node):
    def __init__(self, v): self.v = v
    def compute(self, feed): return self.v

class Add(Node):
    def __init__(self, a, b): self.inputs = (a, b)
    def compute(self, feed, x, y): return x + y
    def pull(self, g, out, x, y): return g, g

class Mul(Node):
    def __init__(self, a, b): self.inputs = (a, b)
    def compute(self, feed, x, y): return x * y
    def pull(self, g, out, x, y): return g * y, g * x

class Tanh(Node):
    def __init__(self, a): self.inputs = (a,)
    def compute(self, feed, x): return math.tanh(x)
    def pull(self, g, out, x): return (g * (1 - out ** 2),)

class Graph:
    def placeholder(self, name): return Placeholder(name)
    def constant(self, v): return Constant(v)
    def add(self, a, b): return Add(a, b)
    def mul(self, a, b): return Mul(a, b)
    def tanh(self, a): return Tanh(a)

    def forward(self, node, feed):
        values = {}
        def visit(n):
            if n not in values:
                for i in n.inputs:
                    visit(i)
                values[n] = n.compute(feed, *[values[i] for i in n.inputs])
        visit(node)
        return values

    def run(self, node, feed):
        return self.forward(node, feed)[node]

    def gradients(self, node, feed):
        values = self.forward(node, feed)
        grad = {n: 0.0 for n in values}
        grad[node] = 1.0
        for n in list(values)[::-1]:
            if n.inputs:
                shares = n.pull(grad[n], values[n], *[values[i] for i in n.inputs])
                for i, share in zip(n.inputs, shares):
                    grad[i] += share
        out = {}
        for name in feed:
            out[name] = sum(grad[n] for n in values if isinstance(n, Placeholder) and n.name == name)
        return out

# %% nodes_as_dicts
# Nodes are dicts.
class Graph:
    def __init__(self):
        self.all = []

    def new(self, kind, inputs=(), x=None):
        node = {"kind": kind, "in": inputs, "x": x, "id": len(self.all)}
        self.all.append(node)
        return node

    def placeholder(self, name): return self.new("ph", x=name)
    def constant(self, v): return self.new("const", x=v)
    def add(self, a, b): return self.new("add", (a, b))
    def mul(self, a, b): return self.new("mul", (a, b))
    def tanh(self, a): return self.new("tanh", (a,))

    def needed(self, node):
        marks = [False] * len(self.all)
        marks[node["id"]] = True
        for n in self.all[::-1]:
            if marks[n["id"]]:
                for i in n["in"]:
                    marks[i["id"]] = True
        return [n for n in self.all if marks[n["id"]]]

    def run(self, node, feed):
        for n in self.needed(node):
            i = n["in"]
            if n["kind"] == "ph":
                n["value"] = feed[n["x"]]
            elif n["kind"] == "const":
                n["value"] = n["x"]
            elif n["kind"] == "add":
                n["value"] = i[0]["value"] + i[1]["value"]
            elif n["kind"] == "mul":
                n["value"] = i[0]["value"] * i[1]["value"]
            elif n["kind"] == "tanh":
                n["value"] = math.tanh(i[0]["value"])
        return node["value"]

    def gradients(self, node, feed):
        self.run(node, feed)
        nodes = self.needed(node)
        for n in nodes:
            n["grad"] = 0.0
        node["grad"] = 1.0
        result = {name: 0.0 for name in feed}
        for n in nodes[::-1]:
            i, g = n["in"], n["grad"]
            if n["kind"] == "ph":
                result[n["x"]] += g
            elif n["kind"] == "add":
                i[0]["grad"] += g
                i[1]["grad"] += g
            elif n["kind"] == "mul":
                i[0]["grad"] += g * i[1]["value"]
                i[1]["grad"] += g * i[0]["value"]
            elif n["kind"] == "tanh":
                i[0]["grad"] += g * (1 - n["value"] ** 2)
        return result
