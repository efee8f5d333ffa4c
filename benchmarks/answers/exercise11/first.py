# %% closures_no_order
# backward: no order and no set of visited nodes, so a node passes on all that it has at each visit; inner gradients never start at 0 again.
# __rsub__: self - other. relu: slope 1 at 0. Graph.gradients: leaves out the fed names that the node does not use.
# named: handed_on_again, visited_again, path_by_path, depth_first, nothing_reset, inner_nodes_kept, reversed_difference, relu_open_at_zero, relu_always_open, unused_left_out
# like: closures_in_value
class Value:
    def relu(self):
        out = Value(self.data if self.data > 0 else 0.0, (self,))
        def _backward():
            self.grad += (out.data >= 0) * out.grad
        out._backward = _backward
        return out

    def __rsub__(self, other): return self - other

    def backward(self):
        self.grad += 1.0
        self._walk()

    def _walk(self):
        self._backward()
        for child in self._prev:
            child._walk()

class Graph:
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
# like: pairs_of_slopes
class Value:
    def __mul__(self, other):
        other = self._to_value(other)
        return Value(self.data * other.data, ((self, self.data), (other, other.data)))

    def __truediv__(self, other):
        other = self._to_value(other)
        return Value(self.data / other.data, ((self, 1 / other.data), (other, -self.data / other.data)))

    def backward(self):
        order = self._sorted([], set())
        for v in order:
            v.grad = 0.0
        self.grad += 1.0
        for v in reversed(order):
            for operand, d in v.operands:
                operand.grad += v.grad * d

class Graph:
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
# like: a_class_for_each_operation
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

class Graph:
    def __init__(self): self.memo = {}

    def run(self, node, feed):
        if node not in self.memo:
            self.memo[node] = node.compute(feed, *[self.run(i, feed) for i in node.inputs])
        return self.memo[node]
