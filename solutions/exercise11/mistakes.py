"""What learners get wrong here, each as an edit of reference.py; what no edit can say is a function with @mistake."""

from __future__ import annotations

from reference import Graph

from grader.checks import edit, mistake

LIFTED = "other = other if isinstance(other, Value) else Value(other)\n"
MINUS, OVER = "return self + -other", "return self * other**-1"
#: Value with operators of which none is made of others, so that an error in one stays there.
DIRECT = {
    "return self * -1": "return Value(-self.data, ((self, -1.0),))",
    MINUS: LIFTED + "return Value(self.data - other.data, ((self, 1.0), (other, -1.0)))",
    OVER: f"{LIFTED}x, y = self.data, other.data\nreturn Value(x / y, ((self, 1 / y), (other, -x / y**2)))",
    "return -self + number": "return Value(number) - self",
    "return self**-1 * number": "return Value(number) / self",
}

# --- Value: slopes and results

product_by_itself = edit(
    "Value", DIRECT | {"(self, other.data), (other, self.data)": "(self, self.data), (other, other.data)"}
).says("the derivative of a product by one factor is the other factor, not the factor itself")
difference_sign = edit("Value", DIRECT | {MINUS: DIRECT[MINUS].replace("-1.0", "1.0")}).says(
    "in x − y the derivative by y has the wrong sign"
)
quotient_sign = edit("Value", DIRECT | {OVER: DIRECT[OVER].replace("-x", "x")}).says(
    "in x / y the derivative by y has the wrong sign: a larger y makes the quotient of positive numbers smaller"
)
quotient_without_square = edit("Value", DIRECT | {OVER: DIRECT[OVER].replace("y**2", "y")}).says(
    "in x / y the derivative by y lacks a square: it is that of y ** −1, times x"
)
quotient_multiplied_back = edit("Value", DIRECT | {OVER: DIRECT[OVER].replace("-x / y**2", "-x / y * y")}).says(
    "in x / y the derivative by y comes out as −x: −x / y * y divides by y and multiplies by it again"
)
power_less_one = edit("Value", DIRECT | {"** (exponent - 1)": "** exponent - 1"}).says(
    "the derivative of x ** n comes out as n·xⁿ − 1: the exponent is to be lowered by 1, not the power"
)
power_not_lowered = edit("Value", DIRECT | {"** (exponent - 1)": "**exponent"}).says(
    "in the derivative of x ** n the exponent is not lowered by 1"
)
power_without_factor = edit("Value", DIRECT | {"exponent * self": "self"}).says(
    "in the derivative of x ** n the factor n is missing"
)
changed_in_place = edit(
    "Value.__add__",
    {"other = other": "if not isinstance(other, Value):\n    self.data += other\n    return self\nother = other"},
).says("to add a number to x changes x itself: every operation gives a new Value, and x stays what it is")
relu_is_input = edit("Value.relu", "return self if self.data > 0 else Value(0.0)").says(
    "relu of a positive x is x itself: every operation gives a new Value, with a gradient of its own"
)
zero_added_is_operand = edit(
    "Value",
    DIRECT
    | {
        LIFTED + "return Value(self.data + other": "if not isinstance(other, Value) and other == 0:\n    return self\n"
        + LIFTED
        + "return Value(self.data + other"
    },
).says("x + 0 is x itself: every operation gives a new Value, with a gradient of its own")
first_power_is_operand = edit(
    "Value.__pow__", {"return Value": "if exponent == 1:\n    return self\nreturn Value"}
).says("x ** 1 is x itself: every operation gives a new Value, with a gradient of its own")
relu_changes_operand = edit("Value.relu", {"return Value": "self.data = max(self.data, 0.0)\nreturn Value"}).says(
    "relu changes x itself: every operation gives a new Value, and x stays what it is"
)
negative_slope_lost = edit("Value", DIRECT | {"return self * -1": "return Value(-self.data, ((self, 1.0),))"}).says(
    "the derivative of −x is −1; here the sign is lost on the way back"
)
tanh_slope_of_input = edit("Value.tanh", {"t * t": "self.data**2"}).says(
    "the derivative of tanh is written with the input where its value belongs"
)
tanh_slope_of_sigmoid = edit("Value.tanh", {"1 - t * t": "t * (1 - t)"}).says(
    "this takes t·(1 − t) for the derivative of tanh: that is the sigmoid's formula"
)
tanh_slope_without_square = edit("Value.tanh", {"t * t": "t"}).says(
    "the derivative of tanh comes out as 1 − t: the square is missing"
)
tanh_overflows = edit(
    "Value.tanh", {"math.tanh(self.data)": "(math.exp(2 * self.data) - 1) / (math.exp(2 * self.data) + 1)"}
).says("exp overflows in the tanh of a number in the thousands; the result is 1 or −1")
tanh_gradient_not_passed_on = edit(
    "Value",
    {
        "return Value(t, ((self, 1 - t * t),))": "t = Value(t, ((self, 1 - t * t),))\nt.alone = True\nreturn t",
        "slope * node.grad": "slope * (1.0 if hasattr(node, 'alone') else node.grad)",
    },
).says("tanh hands on its own slope alone: multiply it by the gradient that has arrived at the result")
exp_as_power = edit("Value.exp", {"(self, e)": "(self, self.data * math.exp(self.data - 1))"}).says(
    "exp is differentiated as if it were a power: its derivative is its own value"
)
exp_without_slope = edit("Value.exp", {"(self, e)": "(self, 1.0)"}).says(
    "exp hands the gradient on unchanged; its derivative is its own value"
)
relu_value_as_slope = edit("Value.relu", {"float(self.data > 0)": "max(self.data, 0.0)"}).says(
    "the slope of relu is 1 where the input is positive, not the input itself"
)
relu_always_open = edit("Value.relu", {"float(self.data > 0)": "1.0"}).says(
    "relu hands the gradient on although the input is negative"
)
relu_open_at_zero = edit("Value.relu", {"data > 0": "data >= 0"}).says(
    "at exactly 0 relu hands the gradient on; the slope there counts as 0"
)
reversed_difference = edit("Value.__rsub__", {"-self + number": "self - number"}).says(
    "with the number on the left, 2 − x becomes x − 2: `__rsub__` gets the operands swapped"
)
reversed_quotient = edit("Value.__rtruediv__", {"self**-1 * number": "self / number"}).says(
    "with the number on the left, 2 / x becomes x / 2: `__rtruediv__` gets the operands swapped"
)

# --- Value: the way back

overwritten = edit("Value.backward", {"operand.grad +=": "operand.grad ="}).says(
    "a gradient replaces what was there: a node that is used several times gets a share from each use, and they add up"
)
operands_in_a_dict = edit("Value.backward", {"slope in node.operands": "slope in dict(node.operands).items()"}).says(
    "where both operands are the same node, as in x * x, one of the two shares is lost (operands as a dict or a set?)"
)
leaves_reset = edit("Value.backward", {"if node.operands:": "if True:"}).says(
    "every backward sets all gradients to 0 first, those of leaves, too: leaves are to add up over the calls"
)
inner_nodes_kept = edit("Value.backward", {"if node.operands": "if node is self and node.operands"}).says(
    "inner nodes still hold the gradients of an earlier backward, and hand them on once more: "
    "they must start at 0 in each call"
)
only_root_set = edit("Value.backward", {"if node.operands": "if node is self"}).says(
    "the root is set to 1 and nothing else is reset: inner nodes hand on once more what an earlier backward left "
    "in them; and a leaf that is the root loses what it has gathered"
)
nothing_reset = edit("Value.backward", {"node.grad = 0.0": "pass"}).says(
    "nothing is reset: inner nodes, the root among them, still hold the gradients of an earlier backward; "
    "they must start at 0 in each call"
)
root_overwritten = edit("Value.backward", {"self.grad += 1.0": "self.grad = 1.0"}).says(
    "the root's gradient is set to 1: where the root is a leaf, the 1 is to be added"
)
root_without_one = edit("Value.backward", {"self.grad += 1.0": ""}).says(
    "the derivative of the root by itself is 1; without it nothing but zeros flows back"
)
root_is_its_number = edit("Value.backward", {"self.grad += 1.0": "self.grad += self.data"}).says(
    "the root's gradient starts at its own number; its derivative by itself is 1"
)
inner_nodes_wiped = edit(
    "Value.backward",
    {
        "for operand, slope": "arrived, node.grad = node.grad, 0.0 if node.operands else node.grad\nfor operand, slope",
        "slope * node.grad": "slope * arrived",
    },
).says("inner nodes have lost their gradients afterwards: set them to 0 before the pass, not after it")
from_the_leaves = edit("Value", DIRECT | {"reversed(order)": "order"}).says(
    "only the root's own operands get a gradient: every node must hand on what has arrived, in turn from the root to "
    "the leaves"
)
nearest_first = edit(
    "Value.backward",
    {
        "visit(self)": "order = [self]\nfor node in order:\n"
        "    order += {operand: 0 for operand, _ in node.operands if operand not in order}",
        "reversed(order)": "order",
    },
).says(
    "nodes take their turns by their distance from the root: one that a short and a long path lead to hands its "
    "gradient on before all of it has arrived"
)
depth_first = edit(
    "Value.backward",
    {
        "seen.add(node)": "seen.add(node)\norder.append(node)",
        "order.append(node)  # after all that it was computed from": "pass",
        "reversed(order)": "order",
    },
).says("a node hands its gradient on before all of it has arrived: its turn comes only after all nodes made from it")
visited_again = edit("Value.backward", {"if node not in seen": "if True"}).says(
    "a node that several paths lead to has several turns, and hands on all of its gradient in each: one turn is right"
)
handed_on_again = edit(
    "Value",
    DIRECT
    | {
        "self.grad += 1.0": "def push(node):\n    for operand, slope in node.operands:\n"
        "        operand.grad += slope * node.grad\n        push(operand)\n\nself.grad += 1.0\npush(self)",
        "reversed(order)": "[]",
    },
).says("a node hands on all of its gradient each time that a share arrives: what came before goes down once more")
path_by_path = edit(
    "Value.backward",
    {
        "self.grad += 1.0": "def receive(node, share):\n    node.grad += share\n"
        "    for operand, slope in node.operands:\n        receive(operand, slope * share)\n\nreceive(self, 1.0)",
        "reversed(order)": "[]",
    },
).says(
    "every path from the root is walked by itself, and there may be 2⁶⁰ of them: let a node wait until all shares "
    "have arrived, then hand on their sum, once"
)

# --- Graph: run


computed_again = edit("Graph._values", {"place not in values": "True"}).says(
    "a node that is used twice is computed twice, and so is all below it: with 60 diamonds that is 2⁶⁰ times. "
    "Keep each value for the rest of the run"
)


@mistake("Graph", "nodes are computed that this node does not need: the names that only those need must not be missed")
class all_computed(Graph):
    def _values(self, node, feed):
        for place in range(len(self.nodes)):
            super()._values(place, feed)
        return super()._values(node, feed)


missing_is_zero = edit(
    "Graph",
    {
        "values[place] = feed[name]": "values[place] = feed.get(name, 0.0)",
        "found[name] += slopes[place]": "if name in found:\n    found[name] += slopes[place]",
    },
).says("a name that is not fed counts as 0; it must raise KeyError")
zero_is_missing = edit(
    "Graph._values", {"feed[name]": "{key: number for key, number in feed.items() if number}[name]"}
).says("a name that is fed the number 0 is taken for missing: 0 is false, so ask `name in feed`")
graph_tanh_overflows = edit(
    "Graph._values", {"math.tanh(value(a))": "(math.exp(2 * value(a)) - 1) / (math.exp(2 * value(a)) + 1)"}
).says("exp overflows in the tanh of a number in the thousands; the result is 1 or −1")
memo_kept = edit(
    "Graph",
    {
        "self.nodes: list[tuple] = []": "self.kept = {}\nself.nodes: list[tuple] = []",
        "self._values(node, feed)[node]": "self._values(node, feed, self.kept)[node]",
        "def _values(self, node: int, feed: dict[str, float])": "def _values(self, node, feed, kept=None)",
        "values: dict[int, float] = {}": "values = {} if kept is None else kept",
    },
).says("the numbers of an earlier run are used again: every run computes anew, from its own feed")
last_node = edit("Graph.run", {"return": "node = len(self.nodes) - 1\nreturn"}).says(
    "this is the value of the node that was built last, not of the one asked for"
)


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


add_multiplies = edit("Graph.add", {'"add"': '"mul"'}).says("`add` multiplies")

# --- Graph: gradients

graph_same_operand = edit(
    "Graph.gradients",
    {
        "slopes[a] += slopes[place]\nslopes[b] += slopes[place]": "old = slopes[b]\nslopes[a] += slopes[place]\n"
        "slopes[b] = old + slopes[place]",
        "slopes[a] += slopes[place] * values[b]": "old = slopes[b]\nslopes[a] += slopes[place] * values[b]",
        "slopes[b] += slopes[place] *": "slopes[b] = old + slopes[place] *",
    },
).says("where both operands are the same node, as in mul(a, a), one of the two shares is lost")
square_as_one_use = edit(
    "Graph.gradients", {"slopes[b] += slopes[place] *": "slopes[b] += (a != b) * slopes[place] *"}
).says("mul(a, a) counts as one use of a: there are two operands, and each brings a share")
graph_overwritten = edit(
    "Graph.gradients",
    {
        "slopes[a] += slopes[place]\nslopes[b] += slopes[place]": "slopes[a] = slopes[b] = slopes[place]",
        "slopes[a] += slopes[place] * values[b]": "slopes[a] = slopes[place] * values[b]",
        "slopes[b] += slopes[place] *": "slopes[b] = slopes[place] *",
        "slopes[a] += slopes[place] * (": "slopes[a] = slopes[place] * (",
    },
).says("a share replaces what was there: a node that is used several times gets a share from each use, and they add up")
graph_slopes_kept = edit(
    "Graph",
    {
        "self.nodes: list[tuple] = []": "self.slopes = {}\nself.nodes: list[tuple] = []",
        "slopes = dict.fromkeys(values, 0.0)": "slopes = self.slopes\n"
        "slopes |= dict.fromkeys(values.keys() - slopes.keys(), 0.0)",
        "slopes[node] = 1.0": "slopes[node] += 1.0",
    },
).says("the slopes of an earlier call are still there, and the new ones are added to them: each call starts at 0")
graph_from_the_leaves = edit("Graph.gradients", {"reversed(values)": "values"}).says(
    "only the node's own operands get a slope: go from the node back to the placeholders"
)
same_name_once = edit("Graph.gradients", {"found[name] +=": "found[name] ="}).says(
    "of two placeholders with the same name only one counts: their derivatives add up"
)
graph_tanh_slope_of_input = edit("Graph.gradients", {"values[place] ** 2": "values[a] ** 2"}).says(
    "the derivative of tanh is written with the input where its value belongs"
)
unused_left_out = edit(
    "Graph.gradients",
    {
        "found = dict.fromkeys(feed, 0.0)": "used = [self.nodes[place] for place in values]\n"
        "found = {name: 0.0 for name in feed if ('placeholder', name) in used}"
    },
).says("names that are fed but not used are left out: their derivative is 0.0")
unused_is_none = edit(
    "Graph.gradients",
    {
        "return found": "used = [self.nodes[place] for place in values]\n"
        "return {name: found[name] if ('placeholder', name) in used else None for name in feed}"
    },
).says("names that are fed but not used get None: their derivative is 0.0")
