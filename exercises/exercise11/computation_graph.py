# grade course: deep-learning-by-exercise
"""Two engines that compute with numbers and know the derivatives: one while it computes, one before it computes.

`Value` is imperative, as PyTorch is: an operation computes at once, and the graph grows along with it. `Graph` is
declarative: first the whole graph is written down, then numbers are fed to it, as often as one likes.

两个会做计算、也会求导的引擎：一个边算边建图，一个先建图再计算。

`Value` 是命令式的，和 PyTorch 一样：运算立即执行，图随之生成。`Graph` 是声明式的：先把整个图描述好，再给出数值，想算几次都行。
"""

from __future__ import annotations

import math


class Value:
    """A number that remembers what it was computed from.

    data: the number. grad: the derivative by this number of the Value on which `backward` was called; 0.0 at first.
    A Value made from a number is a leaf; every operation gives a new Value, an inner node. An operand may be a number.

    一个数，并且记得自己是由什么算出来的。

    data：这个数。grad：调用了 `backward` 的那个 Value 对这个数的导数；最初是 0.0。
    由普通的数建立的 Value 是叶子节点；每次运算都得到一个新的 Value，即内部节点。操作数也可以是普通的数。
    """

    def __init__(self, data: float, operands: tuple[tuple[Value, float], ...] = ()) -> None:
        """A leaf, Value(3.0), or a result: then operands holds pairs (Value, derivative of the result by it).

        The pairs are a proposal, and so is the name: only data and grad are looked at.

        叶子节点，如 Value(3.0)；或者运算结果，这时 operands 里是若干对 (Value, 结果对它的导数)。

        怎样记录、叫什么名字，都只是建议：评分只看 data 和 grad。
        """
        self.data = data
        self.grad = 0.0
        self.operands = operands

    def __add__(self, other: Value | float) -> Value:
        """self + other

        self + other
        """
        raise NotImplementedError("Value.__add__")

    def __mul__(self, other: Value | float) -> Value:
        """self * other

        self * other
        """
        raise NotImplementedError("Value.__mul__")

    def __pow__(self, exponent: float) -> Value:
        """self ** exponent, the exponent being a number

        self ** exponent，指数是一个普通的数
        """
        raise NotImplementedError("Value.__pow__")

    def __neg__(self) -> Value:
        """-self

        -self
        """
        raise NotImplementedError("Value.__neg__")

    def __sub__(self, other: Value | float) -> Value:
        """self - other

        self - other
        """
        raise NotImplementedError("Value.__sub__")

    def __truediv__(self, other: Value | float) -> Value:
        """self / other

        self / other
        """
        raise NotImplementedError("Value.__truediv__")

    def __radd__(self, number: float) -> Value:
        """number + self

        number + self，左边是一个普通的数
        """
        raise NotImplementedError("Value.__radd__")

    def __rmul__(self, number: float) -> Value:
        """number * self

        number * self，左边是一个普通的数
        """
        raise NotImplementedError("Value.__rmul__")

    def __rsub__(self, number: float) -> Value:
        """number - self

        number - self，左边是一个普通的数
        """
        raise NotImplementedError("Value.__rsub__")

    def __rtruediv__(self, number: float) -> Value:
        """number / self

        number / self，左边是一个普通的数
        """
        raise NotImplementedError("Value.__rtruediv__")

    def tanh(self) -> Value:
        """The hyperbolic tangent.

        双曲正切。
        """
        raise NotImplementedError("Value.tanh")

    def exp(self) -> Value:
        """e to the power of self.

        e 的 self 次幂。
        """
        raise NotImplementedError("Value.exp")

    def relu(self) -> Value:
        """self where it is positive, else 0; the slope at 0 counts as 0.

        self 为正时是它本身，否则是 0；在 0 处的斜率按 0 计。
        """
        raise NotImplementedError("Value.relu")

    def backward(self) -> None:
        """Work out .grad for this Value and all that it was computed from: the derivatives of this one by them.

        The .grad of a leaf adds up over all calls; that of an inner node starts at 0 in each.

        算出这个 Value 自己和计算它所用到的每个 Value 的 .grad，即这个 Value 对它们的导数。

        叶子节点的 .grad 在多次调用之间累加；内部节点的 .grad 每次调用都从 0 开始。
        """
        raise NotImplementedError("Value.backward")


class Graph:
    """A graph that is written down first and computed later. A node may be whatever you like: a number, an object.

    feed: the numbers for the placeholders, by name.

    先描述好、以后再计算的图。节点可以是任何东西：一个编号、一个对象，都行。

    feed：字典，按名字给出各个占位符的数。
    """

    def __init__(self) -> None:
        """An empty graph. The list is a proposal; nobody looks at it.

        一个空的图。用这个列表只是建议，评分时不看它。
        """
        self.nodes: list[tuple] = []  # a node is its place in this list, where its operation and operands are

    def placeholder(self, name: str) -> int:
        """A new node for the number that is fed under this name. The same name again means the same number.

        新建一个节点，代表 feed 里这个名字的数。名字相同，就是同一个数。
        """
        raise NotImplementedError("Graph.placeholder")

    def constant(self, value: float) -> int:
        """A new node for a number that is always the same.

        新建一个节点，代表一个固定不变的数。
        """
        raise NotImplementedError("Graph.constant")

    def add(self, a: int, b: int) -> int:
        """A new node for the sum of two nodes.

        新建一个节点，代表两个节点之和。
        """
        raise NotImplementedError("Graph.add")

    def mul(self, a: int, b: int) -> int:
        """A new node for the product of two nodes.

        新建一个节点，代表两个节点之积。
        """
        raise NotImplementedError("Graph.mul")

    def tanh(self, a: int) -> int:
        """A new node for the hyperbolic tangent of a node.

        新建一个节点，代表某个节点的双曲正切。
        """
        raise NotImplementedError("Graph.tanh")

    def run(self, node: int, feed: dict[str, float]) -> float:
        """The number at this node. Raises KeyError if it needs a name that is not fed; others need not be.

        求这个节点的数值。需要的名字没有给出时，抛出 KeyError；用不到的名字不必给出。
        """
        raise NotImplementedError("Graph.run")

    def gradients(self, node: int, feed: dict[str, float]) -> dict[str, float]:
        """The derivatives of the number at this node by every number fed, under its name; 0.0 where it is not used.

        Raises KeyError as `run` does.

        这个节点的数值对 feed 里每个数的导数，是以名字为键的字典；没有用到的，导数是 0.0。

        抛出 KeyError 的情形与 `run` 相同。
        """
        raise NotImplementedError("Graph.gradients")

    def _node(self, *operation: str | int | float) -> int:
        """A helper, yours to change or to remove: keeps an operation and its operands as a new node.

        辅助方法，可以改写，也可以删掉：把一个运算和它的操作数存为新节点。
        """
        raise NotImplementedError("Graph._node")

    def _values(self, node: int, feed: dict[str, float]) -> dict[int, float]:
        """Another: the numbers at a node and at all nodes that it needs, operands before what is made from them.

        另一个辅助方法：这个节点以及它需要的所有节点的数值，操作数排在由它们算出的节点之前。
        """
        raise NotImplementedError("Graph._values")
