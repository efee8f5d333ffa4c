"""What learners get wrong here. Each spoils one piece of an engine that is right otherwise.

`Engine` is that of Value: the reference's own methods would make Values of the reference, not of the mistake.
"""

from __future__ import annotations

import math

from reference import Graph

from grader.checks import mistake


class Engine:
    """A right Value, in pieces."""

    def __init__(self, data, operands=()):
        self.data, self.grad, self.operands = data, 0.0, operands

    def made(self, data, *operands):
        return type(self)(data, operands)

    def lifted(self, other):
        return other if isinstance(other, Engine) else self.made(other)

    def __add__(self, other):
        other = self.lifted(other)
        return self.made(self.data + other.data, (self, 1.0), (other, 1.0))

    def __mul__(self, other):
        other = self.lifted(other)
        return self.made(self.data * other.data, (self, other.data), (other, self.data))

    def __sub__(self, other):
        other = self.lifted(other)
        return self.made(self.data - other.data, (self, 1.0), (other, -1.0))

    def __truediv__(self, other):
        other = self.lifted(other)
        return self.made(self.data / other.data, (self, 1 / other.data), (other, -self.data / other.data**2))

    def __pow__(self, n):
        return self.made(self.data**n, (self, n * self.data ** (n - 1)))

    def __neg__(self):
        return self.made(-self.data, (self, -1.0))

    __radd__, __rmul__ = __add__, __mul__

    def __rsub__(self, number):
        return self.lifted(number) - self

    def __rtruediv__(self, number):
        return self.lifted(number) / self

    def tanh(self):
        t = math.tanh(self.data)
        return self.made(t, (self, 1 - t**2))

    def exp(self):
        e = math.exp(self.data)
        return self.made(e, (self, e))

    def relu(self):
        return self.made(max(self.data, 0.0), (self, 1.0 if self.data > 0 else 0.0))

    def order(self):
        """All that this one needs, operands first."""
        found, seen = [], set()

        def visit(node):
            if node not in seen:
                seen.add(node)
                for operand, _ in node.operands:
                    visit(operand)
                found.append(node)

        visit(self)
        return found

    def backward(self):
        order = self.order()
        for node in order:
            if node.operands:
                node.grad = 0.0
        self.grad += 1.0
        for node in reversed(order):
            node.hand_on()

    def hand_on(self):
        for operand, slope in self.operands:
            operand.grad += slope * self.grad


# --- Value: slopes and results


@mistake("Value", "the derivative of a product by one factor is the other factor, not the factor itself")
class product_by_itself(Engine):
    def __mul__(self, other):
        other = self.lifted(other)
        return self.made(self.data * other.data, (self, self.data), (other, other.data))

    __rmul__ = __mul__


@mistake("Value", "in x − y the derivative by y has the wrong sign")
class difference_sign(Engine):
    def __sub__(self, other):
        other = self.lifted(other)
        return self.made(self.data - other.data, (self, 1.0), (other, 1.0))


@mistake(
    "Value",
    "in x / y the derivative by y has the wrong sign: a larger y makes the quotient of positive numbers smaller",
)
class quotient_sign(Engine):
    def __truediv__(self, other):
        other = self.lifted(other)
        return self.made(self.data / other.data, (self, 1 / other.data), (other, self.data / other.data**2))


@mistake("Value", "in x / y the derivative by y lacks a square: it is that of y ** −1, times x")
class quotient_without_square(Engine):
    def __truediv__(self, other):
        other = self.lifted(other)
        return self.made(self.data / other.data, (self, 1 / other.data), (other, -self.data / other.data))


@mistake("Value", "in the derivative of x ** n the exponent is not lowered by 1")
class power_not_lowered(Engine):
    def __pow__(self, n):
        return self.made(self.data**n, (self, n * self.data**n))


@mistake("Value", "in the derivative of x ** n the factor n is missing")
class power_without_factor(Engine):
    def __pow__(self, n):
        return self.made(self.data**n, (self, self.data ** (n - 1)))


@mistake("Value", "the derivative of −x is −1; here the sign is lost on the way back")
class negative_slope_lost(Engine):
    def __neg__(self):
        return self.made(-self.data, (self, 1.0))


@mistake("Value", "the derivative of tanh is written with the input where its value belongs")
class tanh_slope_of_input(Engine):
    def tanh(self):
        return self.made(math.tanh(self.data), (self, 1 - self.data**2))


@mistake("Value", "this takes t·(1 − t) for the derivative of tanh: that is the sigmoid's formula")
class tanh_slope_of_sigmoid(Engine):
    def tanh(self):
        t = math.tanh(self.data)
        return self.made(t, (self, t * (1 - t)))


@mistake("Value", "exp is differentiated as if it were a power: its derivative is its own value")
class exp_as_power(Engine):
    def exp(self):
        return self.made(math.exp(self.data), (self, self.data * math.exp(self.data - 1)))


@mistake("Value", "exp hands the gradient on unchanged; its derivative is its own value")
class exp_without_slope(Engine):
    def exp(self):
        return self.made(math.exp(self.data), (self, 1.0))


@mistake("Value", "the slope of relu is 1 where the input is positive, not the input itself")
class relu_value_as_slope(Engine):
    def relu(self):
        return self.made(max(self.data, 0.0), (self, max(self.data, 0.0)))


@mistake("Value", "relu hands the gradient on although the input is negative")
class relu_always_open(Engine):
    def relu(self):
        return self.made(max(self.data, 0.0), (self, 1.0))


@mistake("Value", "at exactly 0 relu hands the gradient on; the slope there counts as 0")
class relu_open_at_zero(Engine):
    def relu(self):
        return self.made(max(self.data, 0.0), (self, 1.0 if self.data >= 0 else 0.0))


@mistake("Value", "with the number on the left, 2 − x becomes x − 2: `__rsub__` gets the operands swapped")
class reversed_difference(Engine):
    def __rsub__(self, number):
        return self - number


@mistake("Value", "with the number on the left, 2 / x becomes x / 2: `__rtruediv__` gets the operands swapped")
class reversed_quotient(Engine):
    def __rtruediv__(self, number):
        return self / number


# --- Value: the way back


@mistake(
    "Value",
    "a gradient overwrites what was there (=): a node that is used several times gets a share from each use, "
    "and they add up",
)
class overwritten(Engine):
    def hand_on(self):
        for operand, slope in self.operands:
            operand.grad = slope * self.grad


@mistake("Value", "operands are the keys of a dict (or members of a set): in x * x one of the two is lost")
class operands_in_a_dict(Engine):
    def hand_on(self):
        for operand, slope in dict(self.operands).items():
            operand.grad += slope * self.grad


@mistake(
    "Value", "every backward sets all gradients to 0 first, those of leaves, too: leaves are to add up over the calls"
)
class leaves_reset(Engine):
    def backward(self):
        for node in self.order():
            node.grad = 0.0
        self.grad = 1.0
        for node in reversed(self.order()):
            node.hand_on()


@mistake(
    "Value",
    "inner nodes still hold the gradients of an earlier backward, and hand them on once more: "
    "they must start at 0 in each call",
)
class inner_nodes_kept(Engine):
    def backward(self):
        self.grad = 1.0 if self.operands else self.grad + 1.0
        for node in reversed(self.order()):
            node.hand_on()


@mistake(
    "Value",
    "the root is set to 1 and nothing else is reset: inner nodes hand on once more what an earlier backward left "
    "in them; and a leaf that is the root loses what it has gathered",
)
class only_root_set(Engine):
    def backward(self):
        self.grad = 1.0
        for node in reversed(self.order()):
            node.hand_on()


@mistake(
    "Value",
    "nothing is reset: inner nodes, the root among them, still hold the gradients of an earlier backward; "
    "they must start at 0 in each call",
)
class nothing_reset(Engine):
    def backward(self):
        self.grad += 1.0
        for node in reversed(self.order()):
            node.hand_on()


@mistake("Value", "the root's gradient is set to 1: where the root is a leaf, the 1 is to be added")
class root_overwritten(Engine):
    def backward(self):
        order = self.order()
        for node in order:
            if node.operands:
                node.grad = 0.0
        self.grad = 1.0
        for node in reversed(order):
            node.hand_on()


@mistake("Value", "the derivative of the root by itself is 1; without it nothing but zeros flows back")
class root_without_one(Engine):
    def backward(self):
        for node in reversed(self.order()):
            node.hand_on()


@mistake("Value", "only the root hands its gradient on: its operands must do so, too, and theirs")
class one_step_back(Engine):
    def backward(self):
        self.grad = 1.0
        self.hand_on()


@mistake(
    "Value",
    "the nodes take their turns from the leaves to the root: no gradient has arrived yet when they hand theirs on",
)
class from_the_leaves(Engine):
    def backward(self):
        order = self.order()
        for node in order:
            if node.operands:
                node.grad = 0.0
        self.grad += 1.0
        for node in order:
            node.hand_on()


@mistake(
    "Value",
    "nodes take their turns by their distance from the root: one that a short and a long path lead to hands its "
    "gradient on before all of it has arrived",
)
class nearest_first(Engine):
    def order(self):
        found, seen = [self], {self}
        for node in found:
            for operand, _ in node.operands:
                if operand not in seen:
                    seen.add(operand)
                    found.append(operand)
        return found[::-1]


@mistake(
    "Value", "a node hands on all of its gradient each time that a share arrives: what came before goes down once more"
)
class handed_on_again(Engine):
    def backward(self):
        for node in self.order():
            if node.operands:
                node.grad = 0.0
        self.grad += 1.0
        self.push()

    def push(self):
        for operand, slope in self.operands:
            operand.grad += slope * self.grad
            operand.push()


@mistake(
    "Value",
    "every path from the root is walked by itself, and there may be 2⁶⁰ of them: let a node wait until all shares "
    "have arrived, then hand on their sum, once",
)
class path_by_path(Engine):
    def backward(self):
        for node in self.order():
            if node.operands:
                node.grad = 0.0
        self.receive(1.0)

    def receive(self, share):
        self.grad += share
        for operand, slope in self.operands:
            operand.receive(slope * share)


# --- Graph: run


@mistake("Graph", "values of an earlier run are kept and used again, although other numbers are fed")
class values_kept(Graph):
    def _values(self, node, feed):
        kept = self.__dict__.setdefault("kept", {})
        return {place: kept.setdefault(place, value) for place, value in super()._values(node, feed).items()}


@mistake(
    "Graph",
    "a node that is used twice is computed twice, and so is all below it: with 60 diamonds that is 2⁶⁰ times. "
    "Keep each value for the rest of the run",
)
class computed_again(Graph):
    def run(self, node, feed):
        match self.nodes[node]:
            case "placeholder", name:
                return feed[name]
            case "constant", number:
                return number
            case "add", a, b:
                return self.run(a, feed) + self.run(b, feed)
            case "mul", a, b:
                return self.run(a, feed) * self.run(b, feed)
            case _, a:
                return math.tanh(self.run(a, feed))


@mistake(
    "Graph", "all nodes of the graph are computed, needed or not: names that this node does not need must not be missed"
)
class all_computed(Graph):
    def _values(self, node, feed):
        for place in range(len(self.nodes)):
            super()._values(place, feed)
        return super()._values(node, feed)


@mistake("Graph", "a name that is not fed counts as 0; it must raise KeyError")
class missing_is_zero(Graph):
    def _values(self, node, feed):
        names = {operation[1]: 0.0 for operation in self.nodes if operation[0] == "placeholder"}
        return super()._values(node, names | feed)

    def gradients(self, node, feed):
        names = {operation[1]: 0.0 for operation in self.nodes if operation[0] == "placeholder"}
        found = super().gradients(node, names | feed)
        return {name: found[name] for name in feed}


@mistake("Graph", "a name that is fed the number 0 is taken for missing: 0 is false, so ask `name in feed`")
class zero_is_missing(Graph):
    def _values(self, node, feed):
        return super()._values(node, {name: number for name, number in feed.items() if number})


@mistake("Graph", "this is the value of the node that was built last, not of the one asked for")
class last_node(Graph):
    def run(self, node, feed):
        return super().run(len(self.nodes) - 1, feed)


@mistake("Graph", "sum or product of two constants is computed while the graph is built: building only writes down")
class constants_folded(Graph):
    def folded(self, function, a, b):
        (kind, *left), (other, *right) = self.nodes[a], self.nodes[b]
        return self.constant(function(left[0], right[0])) if kind == other == "constant" else None

    def add(self, a, b):
        folded = self.folded(lambda p, q: p + q, a, b)
        return super().add(a, b) if folded is None else folded

    def mul(self, a, b):
        folded = self.folded(lambda p, q: p * q, a, b)
        return super().mul(a, b) if folded is None else folded


@mistake("Graph", "`add` multiplies")
class add_multiplies(Graph):
    def add(self, a, b):
        return super().mul(a, b)


# --- Graph: gradients


def differentiated(
    graph, node, feed, *, share=float.__add__, by_input=False, own_factor=False, one_per_name=False, at_once=False
):
    """The gradients, spoiled in one way: how shares of a slope come together, or what a slope is."""
    values = graph._values(node, feed)
    slopes = dict.fromkeys(values, 0.0) | {node: 1.0}
    found = dict.fromkeys(feed, 0.0)
    for place in reversed(values):
        match graph.nodes[place]:
            case "placeholder", name:
                found[name] = slopes[place] if one_per_name else found[name] + slopes[place]
            case "add" | "mul" as kind, a, b:
                left, right = (1.0, 1.0) if kind == "add" else (values[b], values[a])
                if own_factor:
                    left, right = right, left
                before = slopes[b]
                slopes[a] = share(slopes[a], slopes[place] * left)
                slopes[b] = share(before if at_once else slopes[b], slopes[place] * right)
            case "tanh", a:
                slopes[a] = share(slopes[a], slopes[place] * (1 - values[a if by_input else place] ** 2))
    return found


@mistake(
    "Graph",
    "a slope overwrites what was there (=): a node that is used several times gets a share from each use, "
    "and they add up",
)
class graph_overwritten(Graph):
    def gradients(self, node, feed):
        return differentiated(self, node, feed, share=lambda old, new: new)


@mistake(
    "Graph",
    "where both operands are the same node, as in mul(a, a), one of the two shares is lost: both sums are formed "
    "from the old slope, and the second takes the place of the first",
)
class graph_same_operand(Graph):
    def gradients(self, node, feed):
        return differentiated(self, node, feed, at_once=True)


@mistake("Graph", "the derivative of a product by one factor is the other factor, not the factor itself")
class graph_product_by_itself(Graph):
    def gradients(self, node, feed):
        return differentiated(self, node, feed, own_factor=True)


@mistake("Graph", "the derivative of tanh is written with the input where its value belongs")
class graph_tanh_slope_of_input(Graph):
    def gradients(self, node, feed):
        return differentiated(self, node, feed, by_input=True)


@mistake("Graph", "names that are fed but not used are left out: their derivative is 0.0")
class unused_left_out(Graph):
    def gradients(self, node, feed):
        used = {self.nodes[place][1] for place in self._values(node, feed) if self.nodes[place][0] == "placeholder"}
        return {name: slope for name, slope in super().gradients(node, feed).items() if name in used}


@mistake("Graph", "names that are fed but not used get None: their derivative is 0.0")
class unused_is_none(Graph):
    def gradients(self, node, feed):
        used = {self.nodes[place][1] for place in self._values(node, feed) if self.nodes[place][0] == "placeholder"}
        found = super().gradients(node, feed)
        return {name: slope if name in used else None for name, slope in found.items()}


@mistake(
    "Graph", "of two placeholders with one name only one counts: both stand for the same input, and their shares add up"
)
class one_placeholder_per_name(Graph):
    def gradients(self, node, feed):
        return differentiated(self, node, feed, one_per_name=True)
