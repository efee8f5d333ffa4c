# %% levels_and_stack
# __radd__, __rmul__: missing. relu: sets a negative operand to 0 itself. backward: level by level, passes on too early.
# Graph.gradients: the slope of tanh is 1 - a ** 2, from the operand; the result is written into feed, which is returned.
# named: relu_changes_operand, nearest_first, depth_first, graph_tanh_slope_of_input
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
        if self.data < 0:
            self.data = 0.0
        return Value(self.data, [self], [1.0 if self.data > 0 else 0.0])

    def backward(self):
        levels = [self]
        for v in levels:
            for p in v.parents:
                if p not in levels:
                    levels.append(p)
        for v in levels:
            if v.parents:
                v.grad = 0.0
        self.grad += 1.0
        for v in levels:
            for i in range(len(v.parents)):
                v.parents[i].grad += v.grad * v.slopes[i]


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
        result = feed
        for name in result:
            result[name] = 0.0
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
                i[0]["grad"] += g * (1 - i[0]["value"] ** 2)
        return result

# %% two_passes
# __neg__: slope 1. __add__: x + 0 and 0 + x return x itself. Value.backward: the root's gradient starts at its own number.
# Graph.run: no memo, exponential. Graph.gradients: difference quotients.
# named: negative_slope_lost, zero_added_is_operand, root_is_its_number, computed_again
class Value:
    def __init__(self, data, a=None, da=0.0, b=None, db=0.0):
        self.data = data
        self.grad = 0.0
        self.a, self.da, self.b, self.db = a, da, b, db

    def __add__(self, other):
        if not isinstance(other, Value):
            if other == 0:
                return self
            other = Value(other)
        return Value(self.data + other.data, self, 1.0, other, 1.0)

    def __radd__(self, other):
        return self.__add__(other)

    def __sub__(self, other):
        if not isinstance(other, Value):
            other = Value(other)
        return Value(self.data - other.data, self, 1.0, other, -1.0)

    def __rsub__(self, other):
        return Value(other).__sub__(self)

    def __mul__(self, other):
        if not isinstance(other, Value):
            other = Value(other)
        return Value(self.data * other.data, self, other.data, other, self.data)

    def __rmul__(self, other):
        return self.__mul__(other)

    def __truediv__(self, other):
        if not isinstance(other, Value):
            other = Value(other)
        return Value(self.data / other.data, self, 1 / other.data, other, -self.data / other.data ** 2)

    def __rtruediv__(self, other):
        return Value(other).__truediv__(self)

    def __neg__(self):
        return Value(-self.data, self, 1.0)

    def __pow__(self, n):
        if n == 0:
            return Value(1.0, self, 0.0)
        return Value(self.data ** n, self, n * self.data ** (n - 1))

    def tanh(self):
        t = math.tanh(self.data)
        return Value(t, self, 1 - t ** 2)

    def exp(self):
        return Value(math.exp(self.data), self, math.exp(self.data))

    def relu(self):
        return Value(self.data * (self.data > 0), self, 1.0 if self.data > 0 else 0.0)

    def backward(self):
        nodes = []
        seen = set()
        def go(v):
            if v is None or v in seen:
                return
            seen.add(v)
            go(v.a)
            go(v.b)
            nodes.append(v)
        go(self)
        for v in nodes:
            if v.a is not None:
                v.grad = 0.0
        self.grad += self.data
        while nodes:
            v = nodes.pop()
            if v.a is not None:
                v.a.grad += v.grad * v.da
            if v.b is not None:
                v.b.grad += v.grad * v.db


class Graph:
    def placeholder(self, name):
        return ["placeholder", name]

    def constant(self, v):
        return ["constant", v]

    def add(self, a, b):
        return ["add", a, b]

    def mul(self, a, b):
        return ["mul", a, b]

    def tanh(self, a):
        return ["tanh", a]

    def run(self, node, feed):
        if node[0] == "placeholder":
            return feed[node[1]]
        if node[0] == "constant":
            return node[1]
        if node[0] == "add":
            return self.run(node[1], feed) + self.run(node[2], feed)
        if node[0] == "mul":
            return self.run(node[1], feed) * self.run(node[2], feed)
        return math.tanh(self.run(node[1], feed))

    def gradients(self, node, feed):
        y = self.run(node, feed)
        h = 1e-7
        result = {}
        for name in feed:
            moved = dict(feed)
            moved[name] = moved[name] + h
            result[name] = (self.run(node, moved) - y) / h
        return result
