# %% rsub_operands_swapped
# __rsub__ returns self - number in place of number - self.
# named: reversed_difference
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
        return self - number

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


# %% rtruediv_operands_swapped
# __rtruediv__ returns self / number in place of number / self.
# named: reversed_quotient
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
        return Value(self.data / k, [self], [1 / k])

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


# %% no_right_hand_methods
# __radd__ and __rmul__ are missing, so that 2 + x and 2 * x raise TypeError.
# named: -
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


# %% sub_needs_a_value
# __sub__ doesn't take a plain number: x - 2 raises AttributeError.
# named: -
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


# %% sub_slope_plus_one
# The derivative of a - b with respect to b is taken to be +1.
# named: difference_sign
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
            return Value(self.data - other.data, [self, other], [1, 1])
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


# %% mul_slopes_swapped
# In a product each operand gets its own number as the derivative, in place of the other one.
# named: product_by_itself
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


# %% same_operand_counted_once
# The shares of a node are kept in a dict with one entry per operand.
# For x * x and x + x the second share replaces the first one.
# named: operands_in_a_dict
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
        shares = {v: dict(v.operands) for v in order}
        for v in order:
            if v.operands:
                v.grad = 0.0
        self.grad += 1.0
        for v in reversed(order):
            for operand, d in shares[v].items():
                operand.grad += v.grad * d

    def _sorted(self, order, seen):
        seen.add(id(self))
        for operand, _ in self.operands:
            if id(operand) not in seen:
                operand._sorted(order, seen)
        order.append(self)
        return order


# %% div_slope_sign
# The derivative of a / b with respect to b lacks its minus sign.
# named: quotient_sign
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
            b.grad += g * self.data / b.data
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


# %% div_slope_not_squared
# The derivative of a / b with respect to b is -a / b: the square of b is forgotten.
# named: quotient_without_square
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


# %% div_rounds_down
# The division is // in place of /, so that the result is rounded down.
# named: -
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
        return Value(self.data // other.data, "div", self, other)

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
            b.grad -= g * a.data / b.data ** 2
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


# %% neg_slope_forgotten
# The derivative of -x is taken to be 1.
# named: negative_slope_lost
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
        return Value(-self.data, [self], [1])

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


# %% add_zero_returns_operand
# x + 0 returns x itself in place of a new Value.
# named: zero_added_is_operand
class Value:
    def __init__(self, data, parents=[], slopes=[]):
        self.data = data
        self.grad = 0.0
        self.parents = list(parents)
        self.slopes = list(slopes)

    def __add__(self, other):
        if not isinstance(other, Value) and other == 0:
            return self
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


# %% pow_one_returns_operand
# x ** 1 returns x itself in place of a new Value.
# named: first_power_is_operand
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
        if n == 1:
            return self
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


# %% add_changes_left_operand
# x + y adds y into the number of x: the operand is changed.
# named: changed_in_place
class Value:
    def __init__(self, data, _children=()):
        self.data = data
        self.grad = 0.0
        self._prev = _children
        self._backward = lambda: None

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        self.data += other.data
        out = Value(self.data, (self, other))
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


# %% pow_exponent_not_lowered
# The derivative of x ** n is n * x ** n: the exponent is not lowered by 1.
# named: power_not_lowered
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
            a.grad += g * self.n * a.data ** self.n
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


# %% pow_factor_forgotten
# The derivative of x ** n is x ** (n - 1): the factor n is forgotten.
# named: power_without_factor, quotient_sign
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
                self.grad += self.data ** (n - 1) * out.grad
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


# %% pow_by_logarithm
# x ** n is computed as exp(n * log(x)), which raises ValueError where x is 0 or negative.
# named: -
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
        p = math.exp(exponent * math.log(self.data))
        return Value(p, ((self, exponent * p / self.data),))

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


# %% pow_divides_by_x
# The derivative of x ** n is written as n * x ** n / x.
# At x = 0 it raises ZeroDivisionError.
# named: -
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
        slope = n * self.data ** n / self.data
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


# %% pow_by_repeated_product
# x ** n is a loop of n products.
# It is right for whole n from 1 on only: x ** -1 gives 1, and x ** 0.5 raises TypeError.
# named: -
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
        out = self * 0 + 1
        for _ in range(n):
            out = out * self
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
    def _inverse(self):
        out = Value(1 / self.data, (self,))
        def _backward():
            self.grad -= out.data ** 2 * out.grad
        out._backward = _backward
        return out

    def __truediv__(self, other): return self * (other._inverse() if isinstance(other, Value) else 1 / other)
    def __radd__(self, other): return self + other
    def __rmul__(self, other): return self * other
    def __rsub__(self, other): return (-self) + other
    def __rtruediv__(self, other): return self._inverse() * other

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


# %% tanh_slope_from_input
# The derivative of tanh is 1 - x ** 2, with the operand in place of the result.
# named: tanh_slope_of_input
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
        return Value(t, ((self, 1 - self.data * self.data),))

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


# %% tanh_from_two_exponentials
# tanh is (e^x - e^-x) / (e^x + e^-x), which raises OverflowError for numbers near 1000 and near -1000.
# named: -
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
        p, q = math.exp(self.data), math.exp(-self.data)
        t = (p - q) / (p + q)
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


# %% exp_slope_by_power_rule
# The derivative of exp follows the rule for powers: x * e ** (x - 1).
# named: exp_as_power
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
        self.grad += 1.0
        for v in list(nodes)[::-1]:
            v.push()


# %% exp_slope_one
# exp passes the gradient on unchanged: its derivative is taken to be 1.
# named: exp_without_slope
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
            self.grad += out.grad
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


# %% relu_slope_one_at_zero
# The slope of relu at exactly 0 is 1 in place of 0.
# named: relu_open_at_zero
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
        return Value(max(0.0, self.data), [self], [1.0 if self.data >= 0 else 0.0])

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


# %% relu_slope_one_everywhere
# relu passes the gradient on for negative numbers, too.
# named: relu_always_open
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
        elif self.op == "relu":
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


# %% relu_clips_its_operand
# relu sets the number of its operand to 0 if it is negative, so that x itself changes.
# named: relu_changes_operand
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
        self.data = 0.0
        return Value(self.data, ((self, 0.0),))

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


# %% relu_slope_is_the_number
# The slope of relu is taken to be relu(x) itself, in place of 1 where x is positive.
# named: relu_value_as_slope
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
            self.grad += out.data * out.grad
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


# %% upstream_gradient_forgotten_in_tanh
# tanh adds only its own derivative, without the factor of its result's gradient.
# named: tanh_gradient_not_passed_on
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
            self.grad += 1 - t ** 2
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


# %% share_replaces_share
# A share replaces the previous one in place of adding to it: = for +=.
# named: overwritten
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
                p.grad = v.grad * s
                waiting[p] -= 1
                if waiting[p] == 0:
                    stack.append(p)


# %% preorder_from_the_root
# backward goes through the nodes in the order of a depth-first walk from the root.
# So a node may pass its gradient on before all its shares have arrived.
# named: depth_first
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
        for v in order:
            for operand, d in v.operands:
                operand.grad += v.grad * d

    def _sorted(self, order, seen):
        seen.add(id(self))
        order.append(self)
        for operand, _ in self.operands:
            if id(operand) not in seen:
                operand._sorted(order, seen)
        return order


# %% breadth_first_order
# backward goes level by level, with a queue, and sees each node once.
# A node that is also used further down passes on its gradient too early.
# named: nearest_first
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
        queue = [self]
        for v in queue:
            for p, s in zip(v.parents, v.slopes):
                p.grad += v.grad * s
                if p not in queue:
                    queue.append(p)


# %% every_path_walked
# backward calls itself for each operand with its share of the gradient.
# The numbers are right, but each path is walked on its own: 2 ** 60 of them in 60 diamonds.
# named: path_by_path
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
        self._spread(1.0)

    def _spread(self, g):
        for operand, d in self.operands:
            operand.grad += g * d
            operand._spread(g * d)

    def _sorted(self, order, seen):
        seen.add(id(self))
        for operand, _ in self.operands:
            if id(operand) not in seen:
                operand._sorted(order, seen)
        order.append(self)
        return order


# %% no_visited_set
# The order is built without a set of the nodes that were seen.
# So shared nodes stand in it several times and pass their gradient on again and again.
# named: handed_on_again, visited_again
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
        def build_topo(v):
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


# %% inner_gradients_not_reset
# The gradients of inner nodes are not set to 0 at the start of backward, so a second call counts the first one again.
# named: nothing_reset, inner_nodes_kept
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
        self.grad += 1.0
        for v in reversed(topo):
            v._backward()


# %% only_the_root_reset
# backward sets the gradient of the root to 1, but the other inner nodes keep what an earlier call left.
# named: inner_nodes_kept
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
        if self.op != "":
            self.grad = 0.0
        self.grad += 1.0
        for v in list(nodes)[::-1]:
            v.push()


# %% leaves_reset_too
# backward sets the gradients of the leaves to 0, too: they do not add up over the calls.
# named: leaves_reset
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
            v.grad = 0.0
        self.grad += 1.0
        for v in list(nodes)[::-1]:
            v.push()


# %% inner_gradients_wiped_at_the_end
# backward sets the gradients of inner nodes to 0 after the pass, so afterwards they are not the derivatives.
# named: inner_nodes_wiped
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
        for v in waiting:
            if v.parents:
                v.grad = 0.0


# %% root_always_set_to_one
# backward sets the gradient of the root to 1 even if it is a leaf, where the calls should add up.
# named: root_overwritten
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
        self.grad = 1.0
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


# %% leaf_root_ignored
# backward returns at once if the root is a leaf: its gradient stays 0.
# named: -
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
        if not self.parents:
            return
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


# %% graph_freed_by_backward
# backward throws the operands away at the end, so a second call finds no graph any more.
# named: -
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
        for v in nodes:
            v.a = v.b = None
            v.op = ""


# %% backward_adjusts_the_numbers
# backward takes a step against the gradient: it changes the numbers of the leaves on the way.
# named: -
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
            if not v._prev:
                v.data -= 0.01 * v.grad


# %% equal_numbers_mixed_up
# Value has an __eq__ and a __hash__ that compare the numbers.
# So backward takes different nodes with equal numbers for the same node and leaves one out.
# named: -
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

    def __eq__(self, other):
        return isinstance(other, Value) and self.data == other.data

    def __hash__(self):
        return hash(self.data)

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


# %% root_gradient_is_its_number
# backward starts with the number of the root as its gradient, in place of 1.
# named: root_is_its_number
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
        self.grad += self.data
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


# %% run_without_memo
# run is a plain recursion: a node is computed anew for each use.
# In 60 diamonds that makes 2 ** 60 calls.
# named: computed_again
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
        return node.compute(feed, *[self.run(i, feed) for i in node.inputs])

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


# %% memo_kept_between_runs
# The memo of the values belongs to the graph and is never emptied, so a second feed gives the numbers of the first.
# named: memo_kept
class Graph:
    def __init__(self):
        self.nodes = []
        self.memo = {}

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
        return self._values(node, feed, self.memo)

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


# %% missing_name_is_zero
# A name that is needed and not fed counts as 0 in run and in gradients; no KeyError is raised.
# named: missing_is_zero
class Node:
    inputs = ()
    def compute(self, feed): raise NotImplementedError
    def pull(self, g, values): return ()

class Placeholder(Node):
    def __init__(self, name): self.name = name
    def compute(self, feed): return feed.get(self.name, 0.0)

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


# %% value_error_for_missing_name
# A missing name raises ValueError in place of KeyError.
# named: -
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
                if n["x"] not in feed:
                    raise ValueError("not fed: " + n["x"])
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


# %% zero_taken_for_missing
# A fed 0 is false, so it is taken for a missing name and raises KeyError.
# named: zero_is_missing
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
                if not feed.get(op[1]):
                    raise KeyError(op[1])
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


# %% every_node_computed
# All nodes up to the wanted one are computed, whether it needs them or not.
# So names that it does not need raise KeyError, too.
# named: all_computed
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
        return self.all[:node["id"] + 1]

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


# %% unused_names_left_out
# gradients leaves out the fed names that the node does not use, in place of giving 0.0 for them.
# named: unused_left_out
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


# %% placeholders_in_place_of_fed_names
# The dict of gradients has the names of all placeholders of the graph, not the names that are fed.
# named: -
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
        result = {n["x"]: 0.0 for n in self.all if n["kind"] == "ph"}
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


# %% key_error_for_unknown_name
# A fed name that the graph does not know raises KeyError in gradients.
# named: -
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
    def __init__(self):
        self.by_name = {}

    def placeholder(self, name):
        p = Placeholder(name)
        self.by_name.setdefault(name, []).append(p)
        return p

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
        return {name: sum(grad.get(n, 0.0) for n in self.by_name[name]) for name in feed}


# %% gradients_written_into_the_feed
# gradients puts the derivatives into feed and returns it: the feed is changed, and no new dict is made.
# named: -
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
        out = feed
        for name in feed:
            out[name] = sum(grad[n] for n in values if isinstance(n, Placeholder) and n.name == name)
        return out


# %% feed_used_as_memo
# run keeps the values of the nodes in feed itself, under a key of its own, so the dict of the caller grows.
# named: -
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
        feed["_values"] = {}
        return self._values(node, feed, feed["_values"])

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


# %% same_name_only_last_counts
# Of two placeholders with the same name only one is counted in the derivative: = for +=.
# named: same_name_once
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
                result[n["x"]] = g
            elif n["kind"] == "add":
                i[0]["grad"] += g
                i[1]["grad"] += g
            elif n["kind"] == "mul":
                i[0]["grad"] += g * i[1]["value"]
                i[1]["grad"] += g * i[0]["value"]
            elif n["kind"] == "tanh":
                i[0]["grad"] += g * (1 - n["value"] ** 2)
        return result


# %% graph_share_replaces_share
# In gradients a share replaces the one that was there: = for +=.
# named: graph_overwritten
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
                i[0]["grad"] = g
                i[1]["grad"] = g
            elif n["kind"] == "mul":
                i[0]["grad"] = g * i[1]["value"]
                i[1]["grad"] = g * i[0]["value"]
            elif n["kind"] == "tanh":
                i[0]["grad"] = g * (1 - n["value"] ** 2)
        return result


# %% square_counted_once
# mul(a, a) is treated as one use: its derivative is a in place of 2 * a.
# named: square_as_one_use, graph_same_operand
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
                if op[2] != op[1]:
                    grads[op[2]] += grads[n] * values[op[1]]
            elif op[0] == "tanh":
                grads[op[1]] += grads[n] * (1 - values[n] ** 2)
        return result


# %% node_gradients_kept
# The gradients live on the nodes and start at 0 only when a node is made.
# A second call of gradients adds to those of the first.
# named: graph_slopes_kept
class Graph:
    def __init__(self):
        self.all = []

    def new(self, kind, inputs=(), x=None):
        node = {"kind": kind, "in": inputs, "x": x, "id": len(self.all), "grad": 0.0}
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
        node["grad"] += 1.0
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


# %% graph_tanh_slope_twice
# The derivative of tanh applies tanh to the result once more: 1 - tanh(tanh(a)) ** 2.
# named: -
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
    def pull(self, g, out, x): return (g * (1 - math.tanh(out) ** 2),)

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


# %% graph_tanh_overflows_below
# tanh is (1 - e) / (1 + e) with e = exp(-2 * a): it raises OverflowError for numbers near -1000.
# named: -
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
                e = math.exp(-2 * self._values(op[1], feed, values))
                values[node] = (1 - e) / (1 + e)
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


# %% forward_order_in_gradients
# gradients goes through the nodes from the inputs to the root, so the gradient of the root gets one step far only.
# named: graph_from_the_leaves
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
        for n in sorted(values):
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


# %% order_of_a_stack_in_gradients
# gradients takes the nodes from a stack, each one once, as soon as its first share has come.
# Later shares are not passed on.
# named: depth_first
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
        stack, done = [node], set()
        while stack:
            n = stack.pop()
            if n not in done and n.inputs:
                done.add(n)
                stack.extend(n.inputs)
                shares = n.pull(grad[n], values[n], *[values[i] for i in n.inputs])
                for i, share in zip(n.inputs, shares):
                    grad[i] += share
        out = {}
        for name in feed:
            out[name] = sum(grad[n] for n in values if isinstance(n, Placeholder) and n.name == name)
        return out


# %% difference_quotients
# gradients are central difference quotients with h = 1e-5, not products of exact derivatives.
# named: -
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
        self.run(node, feed)
        h = 1e-5
        out = {}
        for name in feed:
            up = dict(feed)
            up[name] += h
            down = dict(feed)
            down[name] -= h
            out[name] = (self.run(node, up) - self.run(node, down)) / (2 * h)
        return out


# %% last_node_in_place_of_the_wanted
# run returns the value of the node that was added last, whichever node is asked for.
# named: last_node
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
        return self._values(len(self.nodes) - 1, feed, {})

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


# %% same_dict_returned_each_time
# The dict of gradients belongs to the graph; each call empties it, fills it and returns it.
# So a result changes when gradients is called again.
# named: -
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
    def __init__(self):
        self.result = {}

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
        out = self.result
        out.clear()
        for name in feed:
            out[name] = sum(grad[n] for n in values if isinstance(n, Placeholder) and n.name == name)
        return out


# %% grad_is_none_at_first
# grad is None until a backward reaches the Value, in place of 0.0.
# named: -
class Value:
    def __init__(self, data, operands=()):
        self.data = data
        self.grad = None
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
            if v.operands or v.grad is None:
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


# %% only_ints_become_values
# Only an int beside a Value is wrapped: x + 0.5 raises AttributeError.
# named: -
class Value:
    def __init__(self, data, op="", a=None, b=None):
        self.data = data
        self.grad = 0.0
        self.op = op
        self.a = a
        self.b = b

    def __add__(self, other):
        if isinstance(other, int): other = Value(other)
        return Value(self.data + other.data, "add", self, other)

    def __radd__(self, number):
        return self + number

    def __sub__(self, other):
        if isinstance(other, int): other = Value(other)
        return Value(self.data - other.data, "sub", self, other)

    def __rsub__(self, number):
        return Value(number) - self

    def __mul__(self, other):
        if isinstance(other, int): other = Value(other)
        return Value(self.data * other.data, "mul", self, other)

    def __rmul__(self, number):
        return self * number

    def __truediv__(self, other):
        if isinstance(other, int): other = Value(other)
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


# %% numbers_computed_while_building
# Every node computes its number when it is made, with 0.0 for the placeholders.
# run only puts the fed numbers into the placeholders and computes nothing anew.
# named: -
class Graph:
    def __init__(self):
        self.kind, self.args, self.value = [], [], []

    def _new(self, kind, args, value):
        self.kind.append(kind)
        self.args.append(args)
        self.value.append(value)
        return len(self.value) - 1

    def placeholder(self, name): return self._new("ph", name, 0.0)
    def constant(self, v): return self._new("const", v, v)
    def add(self, a, b): return self._new("add", (a, b), self.value[a] + self.value[b])
    def mul(self, a, b): return self._new("mul", (a, b), self.value[a] * self.value[b])
    def tanh(self, a): return self._new("tanh", (a,), math.tanh(self.value[a]))

    def _needed(self, node):
        needed, stack = set(), [node]
        while stack:
            n = stack.pop()
            if n not in needed:
                needed.add(n)
                if self.kind[n] in ("add", "mul", "tanh"):
                    stack += self.args[n]
        return sorted(needed)

    def run(self, node, feed):
        for n in self._needed(node):
            if self.kind[n] == "ph":
                self.value[n] = feed[self.args[n]]
        return self.value[node]

    def gradients(self, node, feed):
        self.run(node, feed)
        nodes = self._needed(node)
        g = {n: 0.0 for n in nodes}
        g[node] = 1.0
        result = {name: 0.0 for name in feed}
        for n in nodes[::-1]:
            if self.kind[n] == "ph":
                result[self.args[n]] += g[n]
            elif self.kind[n] == "add":
                for a in self.args[n]:
                    g[a] += g[n]
            elif self.kind[n] == "mul":
                a, b = self.args[n]
                g[a] += g[n] * self.value[b]
                g[b] += g[n] * self.value[a]
            elif self.kind[n] == "tanh":
                g[self.args[n][0]] += g[n] * (1 - self.value[n] ** 2)
        return result


# %% empty_feed_not_checked
# gradients goes forward once for each fed name, so with an empty feed it computes nothing.
# It returns {} where a needed name is missing, in place of raising KeyError.
# named: -
class Graph:
    def placeholder(self, name):
        return ("x", name)
    def constant(self, v):
        return ("c", v)
    def add(self, a, b):
        return ("+", a, b)
    def mul(self, a, b):
        return ("*", a, b)
    def tanh(self, a):
        return ("tanh", a)

    def dual(self, node, feed, name, memo):
        """number and derivative"""
        if id(node) in memo:
            return memo[id(node)]
        if node[0] == "x":
            r = (feed[node[1]], 1.0 if node[1] == name else 0.0)
        elif node[0] == "c":
            r = (node[1], 0.0)
        elif node[0] == "tanh":
            v, d = self.dual(node[1], feed, name, memo)
            t = math.tanh(v)
            r = (t, (1 - t * t) * d)
        else:
            v, d = self.dual(node[1], feed, name, memo)
            w, e = self.dual(node[2], feed, name, memo)
            r = (v + w, d + e) if node[0] == "+" else (v * w, d * w + v * e)
        memo[id(node)] = r
        return r

    def run(self, node, feed):
        return self.dual(node, feed, None, {})[0]

    def gradients(self, node, feed):
        return {name: self.dual(node, feed, name, {})[1] for name in feed}


# %% placeholder_alone_has_no_gradient
# If the node is a placeholder itself, its derivative with respect to its name is 0 in place of 1.
# named: -
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
        if self.nodes[node][0] in ("add", "mul", "tanh"):
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


# %% constant_zero_taken_for_a_placeholder
# A node with a false value counts as a placeholder, so a constant 0 raises KeyError.
# named: -
class Node:
    def __init__(self, value=None, name=None, op=None, inputs=()):
        self.value = value
        self.name = name
        self.op = op
        self.inputs = inputs

class Graph:
    def placeholder(self, name):
        return Node(name=name)
    def constant(self, v):
        return Node(value=v)
    def add(self, a, b):
        return Node(op="add", inputs=(a, b))
    def mul(self, a, b):
        return Node(op="mul", inputs=(a, b))
    def tanh(self, a):
        return Node(op="tanh", inputs=(a,))

    def calc(self, node, feed, vals):
        if node in vals:
            return vals[node]
        if node.op == "add":
            v = self.calc(node.inputs[0], feed, vals) + self.calc(node.inputs[1], feed, vals)
        elif node.op == "mul":
            v = self.calc(node.inputs[0], feed, vals) * self.calc(node.inputs[1], feed, vals)
        elif node.op == "tanh":
            v = math.tanh(self.calc(node.inputs[0], feed, vals))
        else:
            v = node.value or feed[node.name]
        vals[node] = v
        return v

    def run(self, node, feed):
        return self.calc(node, feed, {})

    def gradients(self, node, feed):
        vals = {}
        self.calc(node, feed, vals)
        grads = {n: 0.0 for n in vals}
        grads[node] = 1.0
        res = {name: 0.0 for name in feed}
        for n in reversed(list(vals)):
            if n.op == "add":
                for i in n.inputs:
                    grads[i] += grads[n]
            elif n.op == "mul":
                a, b = n.inputs
                grads[a] += grads[n] * vals[b]
                grads[b] += grads[n] * vals[a]
            elif n.op == "tanh":
                grads[n.inputs[0]] += grads[n] * (1 - vals[n] ** 2)
            elif n.name is not None:
                res[n.name] += grads[n]
        return res


# %% placeholders_shared_by_all_graphs
# The dict from name to placeholder belongs to the class, not to the graph.
# A second graph with the same name gets the index of a node of the first one.
# named: -
class Graph:
    by_name = {}

    def __init__(self):
        self.nodes = []

    def placeholder(self, name):
        if name not in Graph.by_name:
            Graph.by_name[name] = self._node("placeholder", name)
        return Graph.by_name[name]

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


# %% gradients_keyed_by_node
# The dict of gradients has the placeholder nodes as its keys, not their names.
# named: -
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
                result[n] = grads[n]
            elif op[0] == "add":
                grads[op[1]] += grads[n]
                grads[op[2]] += grads[n]
            elif op[0] == "mul":
                grads[op[1]] += grads[n] * values[op[2]]
                grads[op[2]] += grads[n] * values[op[1]]
            elif op[0] == "tanh":
                grads[op[1]] += grads[n] * (1 - values[n] ** 2)
        return result


# %% gradients_times_the_number
# Each derivative is multiplied by the number that was fed: x * dr/dx in place of dr/dx.
# named: -
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
        return {name: out[name] * feed[name] for name in out}


# %% missing_name_ignored_in_gradients
# gradients fills up the feed with zeros for the names that are missing.
# It does not raise KeyError; run does.
# named: missing_is_zero
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
        nodes = self.needed(node)
        full = {n["x"]: 0.0 for n in nodes if n["kind"] == "ph"}
        full.update(feed)
        self.run(node, full)
        for n in nodes:
            n["grad"] = 0.0
        node["grad"] = 1.0
        result = {name: 0.0 for name in feed}
        for n in nodes[::-1]:
            i, g = n["in"], n["grad"]
            if n["kind"] == "ph":
                if n["x"] in result:
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
