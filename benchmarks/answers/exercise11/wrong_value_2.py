# %% relu_slope_one_everywhere
# relu passes the gradient on for negative numbers, too.
# named: relu_always_open
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
            a.grad += g * self.data
        elif self.op == "relu":
            a.grad += g

# %% relu_clips_its_operand
# relu sets the number of its operand to 0 if it is negative, so that x itself changes.
# named: relu_changes_operand
# like: pairs_of_slopes
class Value:
    def relu(self):
        if self.data > 0:
            return Value(self.data, ((self, 1.0),))
        self.data = 0.0
        return Value(self.data, ((self, 0.0),))

# %% relu_slope_is_the_number
# The slope of relu is taken to be relu(x) itself, in place of 1 where x is positive.
# named: relu_value_as_slope
# like: closures_in_value
class Value:
    def relu(self):
        out = Value(self.data if self.data > 0 else 0.0, (self,))
        def _backward():
            self.grad += out.data * out.grad
        out._backward = _backward
        return out

# %% upstream_gradient_forgotten_in_tanh
# tanh adds only its own derivative, without the factor of its result's gradient.
# named: tanh_gradient_not_passed_on
# like: closures_in_value
class Value:
    def tanh(self):
        t = math.tanh(self.data)
        out = Value(t, (self,))
        def _backward():
            self.grad += 1 - t ** 2
        out._backward = _backward
        return out

# %% share_replaces_share
# A share replaces the previous one in place of adding to it: = for +=.
# named: overwritten
# like: two_lists
class Value:
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
# like: pairs_of_slopes
class Value:
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
# like: two_lists
class Value:
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
# like: pairs_of_slopes
class Value:
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

# %% no_visited_set
# The order is built without a set of the nodes that were seen.
# So shared nodes stand in it several times and pass their gradient on again and again.
# named: handed_on_again, visited_again
# like: closures_in_value
class Value:
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
# like: closures_in_value
class Value:
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
# like: operation_kept_by_name
class Value:
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
# like: operation_kept_by_name
class Value:
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
# like: two_lists
class Value:
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
# like: pairs_of_slopes
class Value:
    def backward(self):
        order = self._sorted([], set())
        for v in order:
            if v.operands:
                v.grad = 0.0
        self.grad = 1.0
        for v in reversed(order):
            for operand, d in v.operands:
                operand.grad += v.grad * d

# %% leaf_root_ignored
# backward returns at once if the root is a leaf: its gradient stays 0.
# named: -
# like: two_lists
class Value:
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
# like: operation_kept_by_name
class Value:
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
# like: closures_in_value
class Value:
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
# like: closures_in_value
class Value:
    def __eq__(self, other):
        return isinstance(other, Value) and self.data == other.data

    def __hash__(self):
        return hash(self.data)

# %% root_gradient_is_its_number
# backward starts with the number of the root as its gradient, in place of 1.
# named: root_is_its_number
# like: pairs_of_slopes
class Value:
    def backward(self):
        order = self._sorted([], set())
        for v in order:
            if v.operands:
                v.grad = 0.0
        self.grad += self.data
        for v in reversed(order):
            for operand, d in v.operands:
                operand.grad += v.grad * d

# %% grad_is_none_at_first
# grad is None until a backward reaches the Value, in place of 0.0.
# named: -
# like: pairs_of_slopes
class Value:
    def __init__(self, data, operands=()):
        self.data = data
        self.grad = None
        self.operands = operands

    def backward(self):
        order = self._sorted([], set())
        for v in order:
            if v.operands or v.grad is None:
                v.grad = 0.0
        self.grad += 1.0
        for v in reversed(order):
            for operand, d in v.operands:
                operand.grad += v.grad * d

# %% only_ints_become_values
# Only an int beside a Value is wrapped: x + 0.5 raises AttributeError.
# named: -
# like: operation_kept_by_name
class Value:
    def __add__(self, other):
        if isinstance(other, int): other = Value(other)
        return Value(self.data + other.data, "add", self, other)

    def __sub__(self, other):
        if isinstance(other, int): other = Value(other)
        return Value(self.data - other.data, "sub", self, other)

    def __mul__(self, other):
        if isinstance(other, int): other = Value(other)
        return Value(self.data * other.data, "mul", self, other)

    def __truediv__(self, other):
        if isinstance(other, int): other = Value(other)
        return Value(self.data / other.data, "div", self, other)
