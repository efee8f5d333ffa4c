# %% rsub_operands_swapped
# __rsub__ returns self - number in place of number - self.
# named: reversed_difference
# like: operation_kept_by_name
class Value:
    def __rsub__(self, number):
        return self - number

# %% rtruediv_operands_swapped
# __rtruediv__ returns self / number in place of number / self.
# named: reversed_quotient
# like: two_lists
class Value:
    def __rtruediv__(self, k):
        return Value(self.data / k, [self], [1 / k])

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
# like: pairs_of_slopes
class Value:
    def __sub__(self, other):
        return Value(self.data - other.data, ((self, 1.0), (other, -1.0)))

# %% sub_slope_plus_one
# The derivative of a - b with respect to b is taken to be +1.
# named: difference_sign
# like: two_lists
class Value:
    def __sub__(self, other):
        if isinstance(other, Value):
            return Value(self.data - other.data, [self, other], [1, 1])
        return Value(self.data - other, [self], [1])

# %% mul_slopes_swapped
# In a product each operand gets its own number as the derivative, in place of the other one.
# named: product_by_itself
# like: pairs_of_slopes
class Value:
    def __mul__(self, other):
        other = self._to_value(other)
        return Value(self.data * other.data, ((self, self.data), (other, other.data)))

# %% same_operand_counted_once
# The shares of a node are kept in a dict with one entry per operand.
# For x * x and x + x the second share replaces the first one.
# named: operands_in_a_dict
# like: pairs_of_slopes
class Value:
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

# %% div_slope_sign
# The derivative of a / b with respect to b lacks its minus sign.
# named: quotient_sign
# like: operation_kept_by_name
class Value:
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

# %% div_slope_not_squared
# The derivative of a / b with respect to b is -a / b: the square of b is forgotten.
# named: quotient_without_square
# like: pairs_of_slopes
class Value:
    def __truediv__(self, other):
        other = self._to_value(other)
        return Value(self.data / other.data, ((self, 1 / other.data), (other, -self.data / other.data)))

# %% div_rounds_down
# The division is // in place of /, so that the result is rounded down.
# named: -
# like: operation_kept_by_name
class Value:
    def __truediv__(self, other):
        if not isinstance(other, Value): other = Value(other)
        return Value(self.data // other.data, "div", self, other)

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

# %% neg_slope_forgotten
# The derivative of -x is taken to be 1.
# named: negative_slope_lost
# like: two_lists
class Value:
    def __neg__(self):
        return Value(-self.data, [self], [1])

# %% add_zero_returns_operand
# x + 0 returns x itself in place of a new Value.
# named: zero_added_is_operand
# like: two_lists
class Value:
    def __add__(self, other):
        if not isinstance(other, Value) and other == 0:
            return self
        if isinstance(other, Value):
            return Value(self.data + other.data, [self, other], [1, 1])
        return Value(self.data + other, [self], [1])

# %% pow_one_returns_operand
# x ** 1 returns x itself in place of a new Value.
# named: first_power_is_operand
# like: closures_in_value
class Value:
    def __pow__(self, n):
        if n == 1:
            return self
        out = Value(self.data ** n, (self,))
        def _backward():
            if n != 0:
                self.grad += n * self.data ** (n - 1) * out.grad
        out._backward = _backward
        return out

# %% add_changes_left_operand
# x + y adds y into the number of x: the operand is changed.
# named: changed_in_place
# like: closures_in_value
class Value:
    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        self.data += other.data
        out = Value(self.data, (self, other))
        def _backward():
            self.grad += out.grad
            other.grad += out.grad
        out._backward = _backward
        return out

# %% pow_exponent_not_lowered
# The derivative of x ** n is n * x ** n: the exponent is not lowered by 1.
# named: power_not_lowered
# like: operation_kept_by_name
class Value:
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

# %% pow_factor_forgotten
# The derivative of x ** n is x ** (n - 1): the factor n is forgotten.
# named: power_without_factor, quotient_sign
# like: closures_in_value
class Value:
    def __pow__(self, n):
        out = Value(self.data ** n, (self,))
        def _backward():
            if n != 0:
                self.grad += self.data ** (n - 1) * out.grad
        out._backward = _backward
        return out

# %% pow_by_logarithm
# x ** n is computed as exp(n * log(x)), which raises ValueError where x is 0 or negative.
# named: -
# like: pairs_of_slopes
class Value:
    def __pow__(self, exponent):
        p = math.exp(exponent * math.log(self.data))
        return Value(p, ((self, exponent * p / self.data),))

# %% pow_divides_by_x
# The derivative of x ** n is written as n * x ** n / x.
# At x = 0 it raises ZeroDivisionError.
# named: -
# like: two_lists
class Value:
    def __pow__(self, n):
        slope = n * self.data ** n / self.data
        return Value(self.data ** n, [self], [slope])

# %% pow_by_repeated_product
# x ** n is a loop of n products.
# It is right for whole n from 1 on only: x ** -1 gives 1, and x ** 0.5 raises TypeError.
# named: -
# like: closures_in_value
class Value:
    def __pow__(self, n):
        out = self * 0 + 1
        for _ in range(n):
            out = out * self
        return out

    def _inverse(self):
        out = Value(1 / self.data, (self,))
        def _backward():
            self.grad -= out.data ** 2 * out.grad
        out._backward = _backward
        return out

    def __truediv__(self, other): return self * (other._inverse() if isinstance(other, Value) else 1 / other)

    def __rtruediv__(self, other): return self._inverse() * other

# %% tanh_slope_from_input
# The derivative of tanh is 1 - x ** 2, with the operand in place of the result.
# named: tanh_slope_of_input
# like: pairs_of_slopes
class Value:
    def tanh(self):
        t = math.tanh(self.data)
        return Value(t, ((self, 1 - self.data * self.data),))

# %% tanh_from_two_exponentials
# tanh is (e^x - e^-x) / (e^x + e^-x), which raises OverflowError for numbers near 1000 and near -1000.
# named: -
# like: two_lists
class Value:
    def tanh(self):
        p, q = math.exp(self.data), math.exp(-self.data)
        t = (p - q) / (p + q)
        return Value(t, [self], [1 - t ** 2])

# %% exp_slope_by_power_rule
# The derivative of exp follows the rule for powers: x * e ** (x - 1).
# named: exp_as_power
# like: operation_kept_by_name
class Value:
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

# %% exp_slope_one
# exp passes the gradient on unchanged: its derivative is taken to be 1.
# named: exp_without_slope
# like: closures_in_value
class Value:
    def exp(self):
        out = Value(math.exp(self.data), (self,))
        def _backward():
            self.grad += out.grad
        out._backward = _backward
        return out

# %% relu_slope_one_at_zero
# The slope of relu at exactly 0 is 1 in place of 0.
# named: relu_open_at_zero
# like: two_lists
class Value:
    def relu(self):
        return Value(max(0.0, self.data), [self], [1.0 if self.data >= 0 else 0.0])
