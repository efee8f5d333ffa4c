# %% order_of_a_stack_in_gradients
# gradients takes the nodes from a stack, each one once, as soon as its first share has come.
# Later shares are not passed on.
# named: depth_first
# like: a_class_for_each_operation
class Graph:
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
# like: a_class_for_each_operation
class Graph:
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
# like: nodes_as_tuples
class Graph:
    def run(self, node, feed):
        return self._values(len(self.nodes) - 1, feed, {})

# %% same_dict_returned_each_time
# The dict of gradients belongs to the graph; each call empties it, fills it and returns it.
# So a result changes when gradients is called again.
# named: -
# like: a_class_for_each_operation
class Graph:
    def __init__(self):
        self.result = {}

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
# like: nodes_as_tuples
class Graph:
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
# like: nodes_as_tuples
class Graph:
    by_name = {}

    def placeholder(self, name):
        if name not in Graph.by_name:
            Graph.by_name[name] = self._node("placeholder", name)
        return Graph.by_name[name]

# %% gradients_keyed_by_node
# The dict of gradients has the placeholder nodes as its keys, not their names.
# named: -
# like: nodes_as_tuples
class Graph:
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
# like: a_class_for_each_operation
class Graph:
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
# like: nodes_as_dicts
class Graph:
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
