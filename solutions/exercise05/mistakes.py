"""What learners get wrong here, each as an edit of reference.py; what no edit can say is a function with @mistake."""

from __future__ import annotations

import math

from grader.checks import edit, mistake

# --- linear

linear_untransposed = edit("linear", {"W.T": "W"}).says(
    "W is [M, D], and x @ W fits only where M = D: the transpose is missing"
)
linear_columns = edit("linear", {"x @ W.T": "W @ x"}).says(
    "Wx + b is for one sample as a column; in a batch the samples are rows"
)
linear_elementwise = edit("linear", {"@ W.T": "* W"}).says(
    "* multiplies element by element and adds nothing up; the matrix product is @"
)
linear_without_pairs = edit("linear", {"x @ W.T": "(x * W).sum(-1)"}).says(
    "sample n meets neuron n alone; every sample is to meet every neuron"
)
linear_transposed_if_needed = edit("linear", {"W.T": "(W if W.shape[0] == x.shape[-1] else W.T)"}).says(
    "W is transposed only where it would not fit otherwise; a square W fits either way, and is to be transposed, too"
)
linear_reshaped_for_transposed = edit("linear", {"W.T": "W.reshape(W.shape[::-1])"}).says(
    "another shape is no transpose: reshape and view keep the numbers in their order"
)
linear_bias_subtracted = edit("linear", {"+ b": "- b"}).says("the biases are subtracted; they are added")
linear_relu = edit("linear", {"x @ W.T + b": "torch.relu(x @ W.T + b)"}).says(
    "negative outputs have become 0: the layer itself has no f"
)
linear_mm = edit("linear", {"x @ W.T": "torch.mm(x, W.T)"}).says(
    "this takes matrices only, and x may have one axis, or three; @ takes them all"
)
linear_without_bias = edit("linear", {"T + b": "T"}).says("the biases are missing")
linear_bias_per_input = edit("linear", {"+ b": "+ W.shape[1] * b"}).says(
    "the bias is added once for each input, D times in all; it is added once"
)
linear_bias_on_the_wrong_axis = edit("linear", {"+ b": "+ b.reshape(-1, 1)"}).says(
    "the bias goes down the columns, one per sample; there is one per neuron, along the last axis"
)
linear_transposed = edit(
    "linear",
    {"return x @ W.T + b": "result = x @ W.T + b\nreturn result.permute(*reversed(range(result.ndim))).clone()"},
).says("this is the transpose of the right answer: samples come before neurons")
linear_merges_axes = edit("linear", {"return x": "x = x.reshape(-1, W.shape[1]) if x.ndim > 1 else x\nreturn x"}).says(
    "the axes before the last one are merged into one, so that the result is a matrix; they stay as they are"
)
linear_batch_of_one = edit("linear", {"x @": "torch.atleast_2d(x) @"}).says(
    "one sample [D] comes back as a batch of one, [1, M]; it should be [M]"
)
linear_flattens = edit("linear", {"x @": "torch.flatten(x, start_dim=min(1, x.ndim - 1)) @"}).says(
    "everything behind the first axis is flattened into one; only the last axis holds the inputs"
)
linear_stacks_rows = edit(
    "linear",
    {"x @ W.T + b": "torch.stack([W @ row + b for row in x.reshape(-1, W.shape[1])]).reshape(*x.shape[:-1], len(b))"},
).says("a list of rows is stacked, and a batch may have none: an empty list can't be stacked")
linear_filled_float32 = edit(
    "linear", {"return": "out = torch.zeros(*x.shape[:-1], len(b))\nout[...] =", "+ b": "+ b\nreturn out"}
).says("the result is float32 whatever the inputs are; it should keep their dtype")
linear_double = edit("linear", {"x @ W.T + b": "(x @ W.T + b).double()"}).says(
    "the result is float64 whatever the inputs are; it should keep their dtype"
)

# --- mlp_forward

mlp_f_after_the_last = edit("mlp_forward", {"linear(x, *params[-1])": "f(linear(x, *params[-1]))"}).says(
    "f comes after the last layer, too; its output stays as it is"
)
mlp_without_f = edit("mlp_forward", {"f(linear(x, W, b))": "linear(x, W, b)"}).says(
    "f is never applied: without it the stack is no more than a single layer"
)
mlp_f_after_the_first_only = edit(
    "mlp_forward",
    {
        "for W, b in params[:-1]": "for i, (W, b) in enumerate(params[:-1])",
        "f(linear(x, W, b))": "linear(x, W, b) if i else f(linear(x, W, b))",
    },
).says("f is applied once only, after the first layer; it comes after each one but the last")
mlp_f_one_short = edit(
    "mlp_forward",
    {
        "for W, b in params[:-1]": "for i, (W, b) in enumerate(params[:-1])",
        "f(linear(x, W, b))": "f(linear(x, W, b)) if i < len(params) - 2 else linear(x, W, b)",
    },
).says("f is missing after the last layer but one; only the last layer has none")
mlp_f_after_a_single_layer = edit(
    "mlp_forward", {"return": "if len(params) == 1:\n    return f(linear(x, *params[0]))\nreturn"}
).says("a single layer is followed by f; it is the last layer, and its output stays as it is")
mlp_softmax = edit("mlp_forward", {"linear(x, *params[-1])": "torch.softmax(linear(x, *params[-1]), dim=-1)"}).says(
    "a softmax comes after the last layer; its output stays as it is"
)
mlp_f_on_the_input = edit("mlp_forward", {"for W": "x = f(x)\nfor W"}).says(
    "f is applied to each layer's input, also to x itself; it comes between the layers"
)
mlp_bias_after_f = edit("mlp_forward", {"f(linear(x, W, b))": "f(x @ W.T) + b"}).says(
    "the biases are added after f; they are part of the layer, and come before it"
)
mlp_untransposed = edit(
    "mlp_forward",
    {"f(linear(x, W, b))": "f(x @ W + b)", "return linear(x, *params[-1])": "W, b = params[-1]\nreturn x @ W + b"},
).says("the layers' weights are not transposed")
mlp_first_and_last_only = edit("mlp_forward", {"params[:-1]": "params[: min(1, len(params) - 1)]"}).says(
    "only the first and the last layer are applied; those between them are left out"
)
mlp_two = edit("mlp_forward", "(W1, b1), (W2, b2) = params\nreturn linear(f(linear(x, W1, b1)), W2, b2)").says(
    "it is written for two layers, and there may be any number"
)
mlp_needs_two = edit(
    "mlp_forward", {"for W, b in params[:-1]": "first, *middle, last = params\nfor W, b in [first, *middle]"}
).says("the first and the last layer are taken apart, and there may be only one layer, which is both")
mlp_always_relu = edit("mlp_forward", {"f(linear": "torch.relu(linear"}).says(
    "this is always the ReLU, whichever f was handed in"
)
mlp_f_twice = edit("mlp_forward", {"f(linear(x, W, b))": "f(f(linear(x, W, b)))"}).says(
    "f is applied twice, one upon the other"
)
mlp_each_layer_on_x = edit(
    "mlp_forward", {"for W": "h = x\nfor W", "x = f": "h = f", "linear(x, *": "linear(h, *"}
).says(
    "the network's input x is handed to later layers, too; from the second on each should get what the one before gave"
)
mlp_backwards = edit("mlp_forward", {"for W": "params = params[::-1]\nfor W"}).says(
    "the layers are applied from the last to the first"
)
mlp_without_the_last = edit("mlp_forward", {"linear(x, *params[-1])": "x.clone()"}).says(
    "the last layer is left out: this is what would go into it"
)
mlp_without_biases = edit(
    "mlp_forward", {"f(linear(x, W, b))": "f(x @ W.T)", "linear(x, *params[-1])": "x @ params[-1][0].T"}
).says("the layers' biases are missing")
mlp_pops = edit(
    "mlp_forward", {"for W": "last = params.pop()\nfor W", "params[:-1]": "params", "*params[-1]": "*last"}
).says("the list params is changed: leave it as it was")
mlp_always_a_matrix = edit("mlp_forward", {"for W": "x = x.reshape(-1, x.shape[-1])\nfor W"}).says(
    "the result is always a matrix; the axes of x before the last one stay as they are"
)
mlp_double = edit("mlp_forward", {"*params[-1])": "*params[-1]).double()"}).says(
    "the result is float64 whatever the inputs are; it should keep their dtype"
)

# --- count_parameters

count_first_layer_only = edit("count_parameters", {"pairwise(sizes)": "pairwise(sizes[:2])"}).says(
    "only the first layer is counted"
)
count_last_biases_only = edit(
    "count_parameters",
    {"(inputs + 1) *": "inputs *", "pairwise(sizes))": "pairwise(sizes)) + (sizes[-1] if len(sizes) > 1 else 0)"},
).says("only the last layer's biases are counted; every layer has some")
count_by_index = edit(
    "count_parameters", {"pairwise(sizes)": "((n, sizes[sizes.index(n) + 1]) for n in sizes[:-1])"}
).says("where a size occurs twice, the one behind its first place is taken each time")
count_weights = edit("count_parameters", {"(inputs + 1) *": "inputs *"}).says(
    "these are the weights alone; the biases count, too"
)
count_bias_per_input = edit(
    "count_parameters", {"(inputs + 1) * outputs for inputs, outputs": "d * m + d for d, m"}
).says("a bias for each input of a layer; there is one for each of its outputs")
count_biases_of_inputs = edit(
    "count_parameters", {"pairwise(sizes))": "pairwise(sizes)) + (sizes[0] if len(sizes) > 1 else 0)"}
).says("the network's inputs are given biases, too; only layers have some")
count_bias_per_layer = edit(
    "count_parameters", {"(inputs + 1) * outputs for inputs, outputs": "d * m + 1 for d, m"}
).says("one bias per layer; there is one per neuron")
count_without_the_last = edit("count_parameters", {"pairwise(sizes)": "pairwise(sizes[:-1])"}).says(
    "the last layer is left out"
)
count_first_to_last = edit("count_parameters", {"pairwise(sizes)": "pairwise([sizes[0], *sizes[1:][-1:]])"}).says(
    "only the step from the first size to the last is counted; each size is connected with the next"
)


@mistake("count_parameters", "all sizes are multiplied; the layers' numbers add up")
def count_product(sizes):
    return math.prod(sizes) + sum(sizes[1:]) if len(sizes) > 1 else 0


count_neurons = edit("count_parameters", "return sum(sizes[1:])").says(
    "these are the neurons; each has as many weights as it has inputs, and a bias"
)
count_last_without_bias = edit(
    "count_parameters", {"pairwise(sizes))": "pairwise(sizes)) - (sizes[-1] if len(sizes) > 1 else 0)"}
).says("the last layer's biases are left out; it has no f after it, but it has biases")
count_as_float = edit("count_parameters", {"sum(": "float(sum(", "pairwise(sizes))": "pairwise(sizes)))"}).says(
    "this is a float; a number of things is an int"
)
count_inputs_alone = edit("count_parameters", {"return": "return sizes[0] if len(sizes) == 1 else"}).says(
    "inputs alone are no layer: one size has 0 parameters"
)

# --- collapse

collapse_order = edit("collapse", {"V @ W": "W @ V"}).says(
    "the matrices are multiplied in the wrong order: the layer that comes later stands on the left"
)
collapse_backwards = edit("collapse", {"W, b = params[0]": "W, b = params[-1]", "params[1:]": "params[-2::-1]"}).says(
    "the layers are put together from the last to the first"
)
collapse_first_bias_only = edit("collapse", {"V @ b + c": "V @ b"}).says(
    "this is the first layer's bias alone; those of the later layers are added"
)
collapse_adds_biases = edit("collapse", {"V @ b + c": "b + c"}).says(
    "the biases are added up; each passes through the weights of the layers after it first"
)
collapse_last_bias = edit("collapse", {"V @ b + c": "c.clone()"}).says(
    "this is the last layer's bias; those before it reach the output, too"
)
collapse_without_the_last_bias = edit("collapse", {"return W, b": "return W, b - params[-1][1]"}).says(
    "the last layer's bias is missing"
)
collapse_bias_through_own_weights = edit("collapse", {"b + c": "(b + c)"}).says(
    "a layer's bias passes through its own weights; only what comes from the layers before does"
)
collapse_bias_by_the_new_weights = edit("collapse", {"W, b = V @ W, V @ b + c": "W = V @ W\nb = W @ b + c"}).says(
    "the bias is made with the new W; it needs the weights of this layer alone"
)
collapse_bias_from_the_left = edit("collapse", {"V @ b": "b @ V"}).says(
    "b @ V is the product with V transposed; the bias goes through the layer as V @ b"
)
collapse_transposed = edit("collapse", {"return W, b": "return W.T.clone(), b"}).says(
    "W is transposed: its shape is [C, D]"
)
collapse_elementwise = edit("collapse", {"@ W": "* W"}).says(
    "* multiplies element by element; one layer upon another is the matrix product, @"
)
collapse_bias_as_row = edit("collapse", {"return W, b": "return W, b[None]"}).says(
    "b has an axis too many: its shape is [C]"
)
collapse_two = edit("collapse", {"params[1:]": "params[1:2]"}).says(
    "only two layers become one; there may be any number"
)
collapse_first_and_last = edit("collapse", {"params[1:]": "params[1:][-1:]"}).says(
    "only the first and the last layer become one; those between them are left out"
)
collapse_needs_two = edit(
    "collapse",
    {"W, b = params[0]": "(W, b), (V, c) = params[0], params[1]\nW, b = V @ W, V @ b + c", "params[1:]": "params[2:]"},
).says("it takes two layers at least, and there may be only one")
collapse_three = edit(
    "collapse", "(W1, b1), (W2, b2), (W3, b3) = params\nreturn W3 @ W2 @ W1, W3 @ (W2 @ b1 + b2) + b3"
).says("it is written for three layers, and there may be any number")
collapse_in_place = edit("collapse", {"W, b = V @ W, V @ b + c": "c += V @ b\nW, b = V @ W, c"}).says(
    "params is changed; leave the list and its tensors as they were"
)
collapse_from_a_float32_eye = edit(
    "collapse",
    {
        "W, b = params[0]": "inputs = params[0][0].shape[1]\nW, b = torch.eye(inputs), torch.zeros(inputs)",
        "params[1:]": "params",
    },
).says("without a dtype torch.eye makes float32; let it have that of the weights")
collapse_double = edit("collapse", {"return W, b": "return W.double(), b.double()"}).says(
    "W and b are float64 whatever the layers are; they should keep their dtype"
)
