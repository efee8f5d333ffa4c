# %% closures_no_order
# backward: no order and no set of visited nodes, so a node passes on all that it has at each visit; inner gradients never start at 0 again.
# __rsub__: self - other. relu: slope 1 at 0. Graph.gradients: leaves out the fed names that the node does not use.
# named: handed_on_again, visited_again, path_by_path, depth_first, nothing_reset, inner_nodes_kept, reversed_difference, relu_open_at_zero, relu_always_open, unused_left_out
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
            self.grad += (out.data >= 0) * out.grad
        out._backward = _backward
        return out

    def __neg__(self): return self * -1
    def __sub__(self, other): return self + (-other)
    def __truediv__(self, other): return self * other ** -1
    def __radd__(self, other): return self + other
    def __rmul__(self, other): return self * other
    def __rsub__(self, other): return self - other
    def __rtruediv__(self, other): return self ** -1 * other

    def backward(self):
        self.grad += 1.0
        self._walk()

    def _walk(self):
        self._backward()
        for child in self._prev:
            child._walk()


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
        result = {}
        for n in sorted(values, reverse=True):
            op = self.nodes[n]
            if op[0] == "placeholder":
                result[op[1]] = result.get(op[1], 0.0) + grads[n]
            elif op[0] == "add":
                grads[op[1]] += grads[n]
                grads[op[2]] += grads[n]
            elif op[0] == "mul":
                grads[op[1]] += grads[n] * values[op[2]]
                grads[op[2]] += grads[n] * values[op[1]]
            elif op[0] == "tanh":
                grads[op[1]] += grads[n] * (1 - values[n] ** 2)
        return result


# %% stub_filled_in_a_hurry
# __mul__: each operand gets its own number as the derivative. __truediv__: the derivative by b is -a / b, not squared.
# backward: sets the gradients of leaves to 0, too. Graph.run: a missing name counts as 0. Graph.gradients: = for += in add and mul.
# named: product_by_itself, quotient_without_square, leaves_reset, missing_is_zero, graph_overwritten, graph_same_operand, square_as_one_use
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
        return Value(self.data * other.data, ((self, self.data), (other, other.data)))

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
        return Value(self.data / other.data, ((self, 1 / other.data), (other, -self.data / other.data)))

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
                values[node] = feed.get(op[1], 0)
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
                grads[op[1]] = grads[n]
                grads[op[2]] = grads[n]
            elif op[0] == "mul":
                grads[op[1]] = grads[n] * values[op[2]]
                grads[op[2]] = grads[n] * values[op[1]]
            elif op[0] == "tanh":
                grads[op[1]] += grads[n] * (1 - values[n] ** 2)
        return result


# %% own_tape
# __pow__: the derivative is n * x ** n. tanh: from e^x and e^-x, overflows at 1000. backward: = for += in all shares.
# Graph.run: every node of the graph is computed, so unneeded names raise KeyError. Graph.gradients: state on the nodes is never reset.
# named: power_not_lowered, tanh_overflows, overwritten, operands_in_a_dict, all_computed, graph_slopes_kept
class Value:
    def __init__(self, data):
        self.data = data
        self.grad = 0.0
        self.history = []   # pairs [who, slope]

    def make(self, data, history):
        v = Value(data)
        v.history = history
        return v

    def __add__(self, other):
        if isinstance(other, Value):
            return self.make(self.data + other.data, [[self, 1], [other, 1]])
        else:
            return self.make(self.data + other, [[self, 1]])

    def __radd__(self, other):
        return self + other

    def __mul__(self, other):
        if isinstance(other, Value):
            return self.make(self.data * other.data, [[self, other.data], [other, self.data]])
        else:
            return self.make(self.data * other, [[self, other]])

    def __rmul__(self, other):
        return self * other

    def __neg__(self):
        return self * -1

    def __sub__(self, other):
        return self + (-other)

    def __rsub__(self, other):
        return -self + other

    def inverse(self):
        return self.make(1 / self.data, [[self, -1 / self.data ** 2]])

    def __truediv__(self, other):
        if isinstance(other, Value):
            return self * other.inverse()
        return self * (1 / other)

    def __rtruediv__(self, other):
        return self.inverse() * other

    def __pow__(self, n):
        return self.make(self.data ** n, [[self, n * self.data ** n]])

    def tanh(self):
        up, down = math.exp(self.data), math.exp(-self.data)
        t = (up - down) / (up + down)
        return self.make(t, [[self, 1 - t * t]])

    def exp(self):
        return self.make(math.exp(self.data), [[self, math.exp(self.data)]])

    def relu(self):
        if self.data > 0:
            return self.make(self.data, [[self, 1]])
        return self.make(0, [[self, 0]])

    def order(self, done):
        if self not in done:
            for who, slope in self.history:
                who.order(done)
            done.append(self)
        return done

    def backward(self):
        self.grad = 1.0 if self.history else self.grad + 1.0
        for v in reversed(self.order([])):
            for who, slope in v.history:
                who.grad = v.grad * slope


class Graph:
    def __init__(self):
        self.nodes = []

    def node(self, op, a=None, b=None):
        self.nodes.append({"op": op, "a": a, "b": b, "grad": 0.0})
        return len(self.nodes) - 1

    def placeholder(self, name): return self.node("placeholder", name)
    def constant(self, v): return self.node("constant", v)
    def add(self, a, b): return self.node("add", a, b)
    def mul(self, a, b): return self.node("mul", a, b)
    def tanh(self, a): return self.node("tanh", a)

    def values(self, feed):
        v = []
        for n in self.nodes:
            if n["op"] == "placeholder":
                v.append(feed[n["a"]])
            elif n["op"] == "constant":
                v.append(n["a"])
            elif n["op"] == "add":
                v.append(v[n["a"]] + v[n["b"]])
            elif n["op"] == "mul":
                v.append(v[n["a"]] * v[n["b"]])
            else:
                v.append(math.tanh(v[n["a"]]))
        return v

    def run(self, node, feed):
        return self.values(feed)[node]

    def gradients(self, node, feed):
        v = self.values(feed)
        result = {name: 0.0 for name in feed}
        self.nodes[node]["grad"] = 1.0
        for i in range(node, -1, -1):
            n = self.nodes[i]
            if n["op"] == "placeholder":
                result[n["a"]] += n["grad"]
            elif n["op"] == "add":
                self.nodes[n["a"]]["grad"] += n["grad"]
                self.nodes[n["b"]]["grad"] += n["grad"]
            elif n["op"] == "mul":
                self.nodes[n["a"]]["grad"] += n["grad"] * v[n["b"]]
                self.nodes[n["b"]]["grad"] += n["grad"] * v[n["a"]]
            elif n["op"] == "tanh":
                self.nodes[n["a"]]["grad"] += n["grad"] * (1 - v[i] ** 2)
        return result


# %% names_of_operations
# __rtruediv__: self / number. __sub__: the slope of the second operand is +1. exp: the power rule x * e ** (x - 1) in backward.
# backward: the root starts with grad = 1 even if it is a leaf. Graph.run: the memo is never emptied.
# named: reversed_quotient, difference_sign, exp_as_power, root_overwritten, memo_kept
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
        return self / number

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
            b.grad += g
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
            a.grad += g * a.data * math.exp(a.data - 1)
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
        self.grad = 1.0
        for v in list(nodes)[::-1]:
            v.push()


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
    def __init__(self): self.memo = {}
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
        if node not in self.memo:
            self.memo[node] = node.compute(feed, *[self.run(i, feed) for i in node.inputs])
        return self.memo[node]

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
