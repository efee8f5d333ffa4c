"""Each result carries a function that hands its gradient on; in Graph each node is a function of the feed."""

import math


class Value:
    def __init__(self, data, children=()):
        self.data = data
        self.grad = 0
        self._backward = None
        self._prev = set(children)

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

    def _unary(self, data, slope):
        out = Value(data, (self,))

        def _backward():
            self.grad += slope * out.grad

        out._backward = _backward
        return out

    def __pow__(self, other):
        return self._unary(self.data**other, other * self.data ** (other - 1))

    def tanh(self):
        e = math.exp(-2 * abs(self.data))
        t = math.copysign((1 - e) / (1 + e), self.data)
        return self._unary(t, 1 - t**2)

    def exp(self):
        return self._unary(math.exp(self.data), math.exp(self.data))

    def relu(self):
        return self._unary(0 if self.data < 0 else self.data, 1 if self.data > 0 else 0)

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
            if v._backward:
                v.grad = 0
        self.grad = self.grad + 1
        for v in reversed(topo):
            if v._backward:
                v._backward()

    def __neg__(self):
        return self * -1

    def __radd__(self, other):
        return self + other

    def __sub__(self, other):
        return self + (-other)

    def __rsub__(self, other):
        return other + (-self)

    def __rmul__(self, other):
        return self * other

    def __truediv__(self, other):
        return self * other**-1

    def __rtruediv__(self, other):
        return other * self**-1


class Node:
    def __init__(self, forward, *inputs):
        self.forward = forward
        self.inputs = inputs


class Graph:
    def placeholder(self, name):
        return Node(lambda feed: feed[name])

    def constant(self, v):
        return Node(lambda feed: Value(v))

    def add(self, a, b):
        return Node(lambda feed, p, q: p + q, a, b)

    def mul(self, a, b):
        return Node(lambda feed, p, q: p * q, a, b)

    def tanh(self, a):
        return Node(lambda feed, p: p.tanh(), a)

    def _evaluate(self, node, feed, cache):
        if node not in cache:
            cache[node] = node.forward(feed, *[self._evaluate(i, feed, cache) for i in node.inputs])
        return cache[node]

    def run(self, node, feed):
        return self._evaluate(node, {name: Value(number) for name, number in feed.items()}, {}).data

    def gradients(self, node, feed):
        leaves = {name: Value(number) for name, number in feed.items()}
        self._evaluate(node, leaves, {}).backward()
        return {name: leaf.grad for name, leaf in leaves.items()}
