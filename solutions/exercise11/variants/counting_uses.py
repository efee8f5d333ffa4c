"""Kahn's way: count how often each node is used, let it hand on when as many shares are there. No recursion."""

import math


class Value:
    def __init__(self, data, kind="leaf", operands=(), extra=None):
        self.data, self.kind, self.operands, self.extra = data, kind, operands, extra
        self.grad = 0.0

    def backward(self):
        uses, stack = {self: 0}, [self]
        while stack:
            for operand in stack.pop().operands:
                if operand not in uses:
                    uses[operand] = 0
                    stack.append(operand)
                uses[operand] += 1
        for node in uses:
            if node.operands:
                node.grad = 0.0
        self.grad += 1.0
        ready = [self]
        while ready:
            node = ready.pop()
            for operand, slope in zip(node.operands, node.slopes(), strict=True):
                operand.grad += slope * node.grad
                uses[operand] -= 1
                if uses[operand] == 0:
                    ready.append(operand)

    def slopes(self):
        first, second = ([operand.data for operand in self.operands] + [None, None])[:2]
        match self.kind:
            case "leaf":
                return ()
            case "+":
                return 1.0, 1.0
            case "-":
                return 1.0, -1.0
            case "*":
                return second, first
            case "/":
                return 1 / second, -self.data / second
            case "**":
                return (self.extra * first ** (self.extra - 1),)
            case "tanh":
                return (1 - self.data * self.data,)
            case "exp":
                return (self.data,)
            case _:
                return (1.0 if first > 0 else 0.0,)

    def __pow__(self, n):
        return Value(self.data**n, "**", (self,), n)

    def __neg__(self):
        return 0 - self

    def tanh(self):
        return Value(math.tanh(self.data), "tanh", (self,))

    def exp(self):
        return Value(math.exp(self.data), "exp", (self,))

    def relu(self):
        return Value((self.data + abs(self.data)) / 2, "relu", (self,))


def binary(kind, function):
    def forward(a, b):
        b = b if isinstance(b, Value) else Value(b)
        return Value(function(a.data, b.data), kind, (a, b))

    def backward(b, a):
        return forward(Value(a), b)

    return forward, backward


Value.__add__, Value.__radd__ = binary("+", lambda a, b: a + b)
Value.__sub__, Value.__rsub__ = binary("-", lambda a, b: a - b)
Value.__mul__, Value.__rmul__ = binary("*", lambda a, b: a * b)
Value.__truediv__, Value.__rtruediv__ = binary("/", lambda a, b: a / b)


class Graph:
    """Nodes are lists, told apart by identity; an explicit stack in the place of recursion."""

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

    def value(self, root, inputs):
        done, stack = {}, [root]
        while stack:
            kind, *rest = node = stack[-1]
            if id(node) in done:
                stack.pop()
            elif kind == "placeholder":
                done[id(node)] = inputs[rest[0]]
            elif kind == "constant":
                done[id(node)] = Value(rest[0])
            elif waiting := [operand for operand in rest if id(operand) not in done]:
                stack.extend(waiting)
            else:
                operands = [done[id(operand)] for operand in rest]
                done[id(node)] = {"add": Value.__add__, "mul": Value.__mul__, "tanh": Value.tanh}[kind](*operands)
        return done[id(root)]

    def run(self, node, feed):
        return self.value(node, {name: Value(v) for name, v in feed.items()}).data

    def gradients(self, node, feed):
        inputs = {name: Value(v) for name, v in feed.items()}
        self.value(node, inputs).backward()
        return {name: v.grad for name, v in inputs.items()}
