# %% run_without_memo
# run is a plain recursion: a node is computed anew for each use.
# In 60 diamonds that makes 2 ** 60 calls.
# named: computed_again
# like: a_class_for_each_operation
class Graph:
    def run(self, node, feed):
        return node.compute(feed, *[self.run(i, feed) for i in node.inputs])

# %% memo_kept_between_runs
# The memo of the values belongs to the graph and is never emptied, so a second feed gives the numbers of the first.
# named: memo_kept
# like: nodes_as_tuples
class Graph:
    def __init__(self):
        self.nodes = []
        self.memo = {}

    def run(self, node, feed):
        return self._values(node, feed, self.memo)

# %% missing_name_is_zero
# A name that is needed and not fed counts as 0 in run and in gradients; no KeyError is raised.
# named: missing_is_zero
# like: a_class_for_each_operation
class Placeholder(Node):
    def compute(self, feed): return feed.get(self.name, 0.0)

# %% value_error_for_missing_name
# A missing name raises ValueError in place of KeyError.
# named: -
# like: nodes_as_dicts
class Graph:
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

# %% zero_taken_for_missing
# A fed 0 is false, so it is taken for a missing name and raises KeyError.
# named: zero_is_missing
# like: nodes_as_tuples
class Graph:
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

# %% every_node_computed
# All nodes up to the wanted one are computed, whether it needs them or not.
# So names that it does not need raise KeyError, too.
# named: all_computed
# like: nodes_as_dicts
class Graph:
    def needed(self, node):
        marks = [False] * len(self.all)
        marks[node["id"]] = True
        for n in self.all[::-1]:
            if marks[n["id"]]:
                for i in n["in"]:
                    marks[i["id"]] = True
        return self.all[:node["id"] + 1]

# %% unused_names_left_out
# gradients leaves out the fed names that the node does not use, in place of giving 0.0 for them.
# named: unused_left_out
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
# like: nodes_as_dicts
class Graph:
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
# like: a_class_for_each_operation
class Graph:
    def __init__(self):
        self.by_name = {}

    def placeholder(self, name):
        p = Placeholder(name)
        self.by_name.setdefault(name, []).append(p)
        return p

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
        out = feed
        for name in feed:
            out[name] = sum(grad[n] for n in values if isinstance(n, Placeholder) and n.name == name)
        return out

# %% feed_used_as_memo
# run keeps the values of the nodes in feed itself, under a key of its own, so the dict of the caller grows.
# named: -
# like: nodes_as_tuples
class Graph:
    def run(self, node, feed):
        feed["_values"] = {}
        return self._values(node, feed, feed["_values"])

# %% same_name_only_last_counts
# Of two placeholders with the same name only one is counted in the derivative: = for +=.
# named: same_name_once
# like: nodes_as_dicts
class Graph:
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
# like: nodes_as_dicts
class Graph:
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
# like: nodes_as_tuples
class Graph:
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
# like: nodes_as_dicts
class Graph:
    def new(self, kind, inputs=(), x=None):
        node = {"kind": kind, "in": inputs, "x": x, "id": len(self.all), "grad": 0.0}
        self.all.append(node)
        return node

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
# like: a_class_for_each_operation
class Tanh(Node):
    def pull(self, g, out, x): return (g * (1 - math.tanh(out) ** 2),)

# %% graph_tanh_overflows_below
# tanh is (1 - e) / (1 + e) with e = exp(-2 * a): it raises OverflowError for numbers near -1000.
# named: -
# like: nodes_as_tuples
class Graph:
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

# %% forward_order_in_gradients
# gradients goes through the nodes from the inputs to the root, so the gradient of the root gets one step far only.
# named: graph_from_the_leaves
# like: nodes_as_tuples
class Graph:
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
