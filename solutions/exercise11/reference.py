"""Two engines that compute with numbers and know the derivatives: one while it computes, one before it computes.

`Value` is imperative, as PyTorch is: an operation computes at once, and the graph grows along with it. `Graph` is
declarative: first the whole graph is written down, then numbers are fed to it, as often as one likes.
"""

from __future__ import annotations

import math


class Value:
    """A number that remembers what it was computed from.

    data: the number. grad: the derivative by this number of the Value on which `backward` was called; 0.0 at first.
    A Value made from a number is a leaf; every operation gives a new Value, an inner node. An operand may be a number.
    """

    def __init__(self, data: float, operands: tuple[tuple[Value, float], ...] = ()) -> None:
        """A leaf, Value(3.0), or a result: then operands holds pairs (Value, derivative of the result by it).

        The pairs are a proposal, and so is the name: only data and grad are looked at.
        """
        self.data = data
        self.grad = 0.0
        self.operands = operands

    def __add__(self, other: Value | float) -> Value:
        """self + other"""
        ### BEGIN SOLUTION
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.data + other.data, ((self, 1.0), (other, 1.0)))
        ### END SOLUTION

    def __mul__(self, other: Value | float) -> Value:
        """self * other"""
        ### BEGIN SOLUTION
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.data * other.data, ((self, other.data), (other, self.data)))
        ### END SOLUTION

    def __pow__(self, exponent: float) -> Value:
        """self ** exponent, the exponent being a number"""
        ### BEGIN SOLUTION
        return Value(self.data**exponent, ((self, exponent * self.data ** (exponent - 1)),))
        ### END SOLUTION

    def __neg__(self) -> Value:
        """-self"""
        ### BEGIN SOLUTION
        return self * -1
        ### END SOLUTION

    def __sub__(self, other: Value | float) -> Value:
        """self - other"""
        ### BEGIN SOLUTION
        return self + -other
        ### END SOLUTION

    def __truediv__(self, other: Value | float) -> Value:
        """self / other"""
        ### BEGIN SOLUTION
        return self * other**-1
        ### END SOLUTION

    def __radd__(self, number: float) -> Value:
        """number + self"""
        ### BEGIN SOLUTION
        return self + number
        ### END SOLUTION

    def __rmul__(self, number: float) -> Value:
        """number * self"""
        ### BEGIN SOLUTION
        return self * number
        ### END SOLUTION

    def __rsub__(self, number: float) -> Value:
        """number - self"""
        ### BEGIN SOLUTION
        return -self + number
        ### END SOLUTION

    def __rtruediv__(self, number: float) -> Value:
        """number / self"""
        ### BEGIN SOLUTION
        return self**-1 * number
        ### END SOLUTION

    def tanh(self) -> Value:
        """The hyperbolic tangent."""
        ### BEGIN SOLUTION
        t = math.tanh(self.data)
        return Value(t, ((self, 1 - t * t),))
        ### END SOLUTION

    def exp(self) -> Value:
        """e to the power of self."""
        ### BEGIN SOLUTION
        e = math.exp(self.data)
        return Value(e, ((self, e),))
        ### END SOLUTION

    def relu(self) -> Value:
        """self where it is positive, else 0; the slope at 0 counts as 0."""
        ### BEGIN SOLUTION
        return Value(max(self.data, 0.0), ((self, float(self.data > 0)),))
        ### END SOLUTION

    def backward(self) -> None:
        """Work out .grad for this Value and all that it was computed from: the derivatives of this one by them.

        The .grad of a leaf adds up over all calls; that of an inner node starts at 0 in each.
        """
        ### BEGIN SOLUTION
        order, seen = [], set()

        def visit(node: Value) -> None:
            if node not in seen:
                seen.add(node)
                for operand, _ in node.operands:
                    visit(operand)
                order.append(node)  # after all that it was computed from

        visit(self)
        for node in order:
            if node.operands:
                node.grad = 0.0
        self.grad += 1.0
        for node in reversed(order):  # when a node's turn comes, its own .grad is complete
            for operand, slope in node.operands:
                operand.grad += slope * node.grad
        ### END SOLUTION


class Graph:
    """A graph that is written down first and computed later. A node may be whatever you like: a number, an object.

    feed: the numbers for the placeholders, by name.
    """

    def __init__(self) -> None:
        """An empty graph. The list is a proposal; nobody looks at it."""
        self.nodes: list[tuple] = []  # a node is its place in this list, where its operation and operands are

    def placeholder(self, name: str) -> int:
        """A new node for the number that is fed under this name. The same name again means the same number."""
        ### BEGIN SOLUTION
        return self._node("placeholder", name)
        ### END SOLUTION

    def constant(self, value: float) -> int:
        """A new node for a number that is always the same."""
        ### BEGIN SOLUTION
        return self._node("constant", value)
        ### END SOLUTION

    def add(self, a: int, b: int) -> int:
        """A new node for the sum of two nodes."""
        ### BEGIN SOLUTION
        return self._node("add", a, b)
        ### END SOLUTION

    def mul(self, a: int, b: int) -> int:
        """A new node for the product of two nodes."""
        ### BEGIN SOLUTION
        return self._node("mul", a, b)
        ### END SOLUTION

    def tanh(self, a: int) -> int:
        """A new node for the hyperbolic tangent of a node."""
        ### BEGIN SOLUTION
        return self._node("tanh", a)
        ### END SOLUTION

    def run(self, node: int, feed: dict[str, float]) -> float:
        """The number at this node. Raises KeyError if it needs a name that is not fed; others need not be."""
        ### BEGIN SOLUTION
        return self._values(node, feed)[node]
        ### END SOLUTION

    def gradients(self, node: int, feed: dict[str, float]) -> dict[str, float]:
        """The derivatives of the number at this node by every number fed, under its name; 0.0 where it is not used.

        Raises KeyError as `run` does.
        """
        ### BEGIN SOLUTION
        values = self._values(node, feed)
        slopes = dict.fromkeys(values, 0.0)
        slopes[node] = 1.0
        found = dict.fromkeys(feed, 0.0)
        for place in reversed(values):
            match self.nodes[place]:
                case "placeholder", name:
                    found[name] += slopes[place]
                case "add", a, b:
                    slopes[a] += slopes[place]
                    slopes[b] += slopes[place]
                case "mul", a, b:
                    slopes[a] += slopes[place] * values[b]
                    slopes[b] += slopes[place] * values[a]
                case "tanh", a:
                    slopes[a] += slopes[place] * (1 - values[place] ** 2)
        return found
        ### END SOLUTION

    def _node(self, *operation: str | int | float) -> int:
        """A helper, yours to change or to remove: keeps an operation and its operands as a new node."""
        ### BEGIN SOLUTION
        self.nodes.append(operation)
        return len(self.nodes) - 1
        ### END SOLUTION

    def _values(self, node: int, feed: dict[str, float]) -> dict[int, float]:
        """Another: the numbers at a node and at all nodes that it needs, operands before what is made from them."""
        ### BEGIN SOLUTION
        values: dict[int, float] = {}

        def value(place: int) -> float:
            if place not in values:
                match self.nodes[place]:
                    case "placeholder", name:
                        values[place] = feed[name]
                    case "constant", number:
                        values[place] = number
                    case "add", a, b:
                        values[place] = value(a) + value(b)
                    case "mul", a, b:
                        values[place] = value(a) * value(b)
                    case "tanh", a:
                        values[place] = math.tanh(value(a))
            return values[place]

        value(node)
        return values
        ### END SOLUTION
