"""What learners get wrong here, one function each; what they share with a right answer comes from the reference."""

from __future__ import annotations

import math
from itertools import pairwise

import torch
from reference import collapse, count_parameters, linear, mlp_forward

from grader.checks import edit, mistake

# --- linear


linear_untransposed = edit(
    "linear", {"W.T": "W"}, "W is [M, D], and x @ W fits only where M = D: the transpose is missing"
)
linear_columns = edit(
    "linear", {"x @ W.T": "W @ x"}, "Wx + b is for one sample as a column; in a batch the samples are rows"
)
linear_elementwise = edit(
    "linear", {"@ W.T": "* W"}, "* multiplies element by element and adds nothing up; the matrix product is @"
)
linear_mm = edit(
    "linear",
    {"x @ W.T": "torch.mm(x, W.T)"},
    "torch.mm takes matrices only, and x may have one axis, or three; @ takes them all",
)
linear_without_bias = edit("linear", {"T + b": "T"}, "the biases are missing")
linear_bias_on_the_wrong_axis = edit(
    "linear",
    {"+ b": "+ b.reshape(-1, 1)"},
    "the bias goes down the columns, one per sample; there is one per neuron, along the last axis",
)
linear_transposed = edit(
    "linear",
    {"return x @ W.T + b": "result = x @ W.T + b\nreturn result.permute(*reversed(range(result.ndim))).clone()"},
    "this is the transpose of the right answer: samples come before neurons",
)


@mistake(
    "linear", "the axes before the last one are merged into one, so that the result is a matrix; they stay as they are"
)
def linear_merges_axes(x, W, b):
    return linear(x.reshape(-1, W.shape[1]) if x.ndim > 1 else x, W, b)


linear_batch_of_one = edit(
    "linear", {"x @": "torch.atleast_2d(x) @"}, "one sample [D] comes back as a batch of one, [1, M]; it should be [M]"
)
linear_flattens = edit(
    "linear",
    {"x @": "torch.flatten(x, start_dim=min(1, x.ndim - 1)) @"},
    "everything behind the first axis is flattened into one; only the last axis holds the inputs",
)


@mistake("linear", "a list of rows is stacked, and a batch may have none: an empty list can't be stacked")
def linear_stacks_rows(x, W, b):
    rows = [W @ row + b for row in x.reshape(-1, W.shape[1])]
    return torch.stack(rows).reshape(*x.shape[:-1], len(b))


@mistake("linear", "without a dtype torch.zeros makes float32, whatever is written into it; let it have that of x")
def linear_filled_float32(x, W, b):
    out = torch.zeros(*x.shape[:-1], len(b))
    out[...] = linear(x, W, b)
    return out


@mistake("linear", "the result is float64 whatever the inputs are; it should keep their dtype")
def linear_double(x, W, b):
    return linear(x, W, b).double()


# --- mlp_forward


@mistake("mlp_forward", "f comes after the last layer, too; its output stays as it is")
def mlp_f_after_the_last(x, params, f):
    return f(mlp_forward(x, params, f))


@mistake("mlp_forward", "f is never applied: without it the stack is no more than a single layer")
def mlp_without_f(x, params, f):
    return mlp_forward(x, params, lambda z: z)


@mistake("mlp_forward", "f is applied once only, after the first layer; it comes after each one but the last")
def mlp_f_after_the_first_only(x, params, f):
    for i, (W, b) in enumerate(params):
        x = linear(x, W, b)
        x = f(x) if i == 0 and len(params) > 1 else x
    return x


@mistake("mlp_forward", "f is applied to each layer's input, also to x itself; it comes between the layers")
def mlp_f_on_the_input(x, params, f):
    return mlp_forward(f(x), params, f)


@mistake("mlp_forward", "the first and the last layer are taken apart, and there may be only one layer, which is both")
def mlp_needs_two(x, params, f):
    first, *_, last = params
    return mlp_forward(x, [first, *params[1:-1], last], f)


@mistake("mlp_forward", "this is always the ReLU, whichever f was handed in")
def mlp_always_relu(x, params, f):
    return mlp_forward(x, params, torch.relu)


@mistake("mlp_forward", "f is applied twice, one upon the other")
def mlp_f_twice(x, params, f):
    return mlp_forward(x, params, lambda z: f(f(z)))


mlp_each_layer_on_x = edit(
    "mlp_forward",
    {"x = f": "f"},
    "every layer is given the network's input x; from the second on it should get what the one before gave",
)


@mistake("mlp_forward", "the layers are applied from the last to the first")
def mlp_backwards(x, params, f):
    return mlp_forward(x, params[::-1], f)


mlp_without_the_last = edit(
    "mlp_forward", {"linear(x, *params[-1])": "x.clone()"}, "the last layer is left out: this is what would go into it"
)


@mistake("mlp_forward", "the layers' biases are missing")
def mlp_without_biases(x, params, f):
    return mlp_forward(x, [(W, torch.zeros_like(b)) for W, b in params], f)


@mistake("mlp_forward", "params.pop() takes the last layer out of the caller's list, too: leave params as it was")
def mlp_pops(x, params, f):
    W, b = params.pop()
    for V, c in params:
        x = f(linear(x, V, c))
    return linear(x, W, b)


@mistake("mlp_forward", "the result is always a matrix; the axes of x before the last one stay as they are")
def mlp_always_a_matrix(x, params, f):
    return mlp_forward(x.reshape(-1, x.shape[-1]), params, f)


@mistake("mlp_forward", "the result is float64 whatever the inputs are; it should keep their dtype")
def mlp_double(x, params, f):
    return mlp_forward(x, params, f).double()


# --- count_parameters


@mistake("count_parameters", "these are the weights alone; the biases count, too")
def count_weights(sizes):
    return sum(d * m for d, m in pairwise(sizes))


count_bias_per_input = edit(
    "count_parameters",
    {"(inputs + 1) * outputs for inputs, outputs": "d * m + d for d, m"},
    "a bias for each input of a layer; there is one for each of its outputs",
)


@mistake("count_parameters", "the network's inputs are given biases, too; only layers have some")
def count_biases_of_inputs(sizes):
    return count_weights(sizes) + sum(sizes) if len(sizes) > 1 else 0


count_bias_per_layer = edit(
    "count_parameters",
    {"(inputs + 1) * outputs for inputs, outputs": "d * m + 1 for d, m"},
    "one bias per layer; there is one per neuron",
)


@mistake("count_parameters", "the last layer is left out")
def count_without_the_last(sizes):
    return count_parameters(sizes[:-1])


@mistake(
    "count_parameters", "only the step from the first size to the last is counted; each size is connected with the next"
)
def count_first_to_last(sizes):
    return count_parameters([sizes[0], *sizes[1:][-1:]])


@mistake("count_parameters", "all sizes are multiplied; the layers' numbers add up")
def count_product(sizes):
    return math.prod(sizes) + sum(sizes[1:]) if len(sizes) > 1 else 0


count_neurons = edit(
    "count_parameters",
    "return sum(sizes[1:])",
    "these are the neurons; each has as many weights as it has inputs, and a bias",
)


@mistake("count_parameters", "the last layer's biases are left out; it has no f after it, but it has biases")
def count_last_without_bias(sizes):
    return count_parameters(sizes) - sum(sizes[1:][-1:])


@mistake("count_parameters", "this is a float; a number of things is an int")
def count_as_float(sizes):
    return float(count_parameters(sizes))


@mistake("count_parameters", "inputs alone are no layer: one size has 0 parameters")
def count_inputs_alone(sizes):
    return count_parameters(sizes) if len(sizes) > 1 else sizes[0]


# --- collapse


collapse_order = edit(
    "collapse",
    {"V @ W": "W @ V"},
    "the matrices are multiplied in the wrong order: the layer that comes later stands on the left",
)


@mistake("collapse", "the biases are added up; each passes through the weights of the layers after it first")
def collapse_adds_biases(params):
    return collapse(params)[0], sum(b for _, b in params)


@mistake("collapse", "this is the last layer's bias; those before it reach the output, too")
def collapse_last_bias(params):
    return collapse(params)[0], params[-1][1].clone()


@mistake("collapse", "the last layer's bias is missing")
def collapse_without_the_last_bias(params):
    return collapse([*params[:-1], (params[-1][0], torch.zeros_like(params[-1][1]))])


collapse_bias_through_own_weights = edit(
    "collapse",
    {"b + c": "(b + c)"},
    "a layer's bias passes through its own weights; only what comes from the layers before does",
)
collapse_bias_by_the_new_weights = edit(
    "collapse",
    {"W, b = V @ W, V @ b + c": "W = V @ W\nb = W @ b + c"},
    "the bias is made with the new W; it needs the weights of this layer alone",
)


@mistake("collapse", "W is transposed: its shape is [C, D]")
def collapse_transposed(params):
    W, b = collapse(params)
    return W.T.clone(), b


collapse_elementwise = edit(
    "collapse", {"@ W": "* W"}, "* multiplies element by element; one layer upon another is the matrix product, @"
)


@mistake("collapse", "b has an axis too many: its shape is [C], not [1, C]")
def collapse_bias_as_row(params):
    W, b = collapse(params)
    return W, b[None]


@mistake("collapse", "only two layers become one; there may be any number")
def collapse_two(params):
    return collapse(params[:2])


@mistake("collapse", "it begins with two layers, and there may be only one")
def collapse_needs_two(params):
    (W, b), (V, c) = params[0], params[1]
    return collapse([(V @ W, V @ b + c), *params[2:]])


@mistake("collapse", "it is written for three layers, and there may be any number")
def collapse_three(params):
    (W1, b1), (W2, b2), (W3, b3) = params
    return W3 @ W2 @ W1, W3 @ (W2 @ b1 + b2) + b3


collapse_in_place = edit(
    "collapse",
    {"W, b = V @ W, V @ b + c": "c += V @ b\nW, b = V @ W, c"},
    "a bias in params is changed (+= works in place); leave params as it was",
)


@mistake("collapse", "without a dtype torch.eye makes float32; let it have that of the weights")
def collapse_from_a_float32_eye(params):
    inputs = params[0][0].shape[1]
    W, b = torch.eye(inputs), torch.zeros(inputs)
    for V, c in params:
        W, b = V @ W, V @ b + c
    return W, b


@mistake("collapse", "W and b are float64 whatever the layers are; they should keep their dtype")
def collapse_double(params):
    W, b = collapse(params)
    return W.double(), b.double()
