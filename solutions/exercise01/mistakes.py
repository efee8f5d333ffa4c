"""What learners get wrong here, one function each; what they share with a right answer comes from the reference."""

from __future__ import annotations

import torch
from reference import neuron, neuron_batch

from grader.checks import edit, mistake

# --- neuron


neuron_without_bias = edit(
    "neuron", {"() + b": "()"}, "the bias is missing: it belongs to the sum that f is applied to"
)
neuron_bias_as_threshold = edit(
    "neuron", {"+ b": "- b"}, "the bias is subtracted; that is right for a threshold, and a bias is minus the threshold"
)
neuron_bias_after_f = edit("neuron", {" + b)": ") + b"}, "b is added after f; the bias belongs inside")
neuron_bias_in_every_term = edit(
    "neuron",
    {").sum() + b": " + b).sum()"},
    "b is added to every product, so D times in all; a neuron has one bias, added once",
)
neuron_f_on_products = edit(
    "neuron",
    {"((a * w).sum() + b)": "(a * w).sum() + b"},
    "f is applied to each product before they are added; first the sum, then f",
)
neuron_without_f = edit(
    "neuron", {"f((a * w).sum() + b)": "(a * w).sum() + b"}, "f is never applied: this is its argument, z"
)
neuron_f_twice = edit("neuron", {"(a * w).sum() + b": "f((a * w).sum() + b)"}, "f is applied twice, one upon the other")
neuron_always_sigmoid = edit(
    "neuron", {"f(": "torch.sigmoid("}, "this is always the sigmoid, whichever f was handed in"
)
neuron_minus_z = edit(
    "neuron",
    {"(a * w).sum() + b": "-((a * w).sum() + b)"},
    "f gets −z: the minus sign of e^(−z) belongs into the sigmoid, not before every f",
)
neuron_mean = edit("neuron", {"sum": "mean"}, "the products are averaged; a neuron adds them up")
neuron_product_of_sums = edit(
    "neuron",
    {"(a * w)": "a.sum() * w"},
    "the inputs are added up first, and so are the weights: each input must meet its own weight",
)
neuron_without_sum = edit(
    "neuron",
    {"(a * w).sum()": "a * w"},
    "the products are never added up, so that there are D results; a neuron has one",
)
neuron_adds_into_b = edit(
    "neuron",
    {"return f((a * w).sum() + b)": "z = b\nfor i in range(len(a)):\n    z += a[i] * w[i]\nreturn f(z)"},
    "z = b is no copy: adding to z in place changes b itself, too",
)
neuron_one_axis = edit(
    "neuron",
    {"sum()": "sum(dim=0, keepdim=True)"},
    "the result has an axis of length 1; one number is a 0-d tensor, of shape []",
)
neuron_item = edit("neuron", {"b)": "b).item()"}, "this is a Python number, taken out with item(); keep the tensor")
neuron_f_of_a_number = edit(
    "neuron",
    {"return f((a * w).sum() + b)": "z = (a * w).sum().item() + b.item()\nreturn torch.tensor(f(z), dtype=a.dtype)"},
    "f is called with a Python number, taken out with item(); f takes a tensor",
)


@mistake("neuron", "the result is float64 whatever the inputs are; it should keep their dtype")
def neuron_double(a, w, b, f):
    return neuron(a, w, b, f).double()


# --- neuron_batch


batch_w_untransposed = edit(
    "neuron_batch", {"W.T": "W"}, "W is [M, D], and A @ W fits only where M = D: the transpose is missing"
)
batch_view_as_transpose = edit(
    "neuron_batch",
    {"T +": "reshape(W.shape[1], W.shape[0]).clone() +"},
    "view to [D, M] reads the same numbers in the same order, row by row; that is no transpose",
)
batch_bias_on_the_wrong_axis = edit(
    "neuron_batch",
    {"+ b": "+ b.reshape(-1, 1)"},
    "the bias goes down the columns, one per sample; there is one per neuron, and neurons stand side by side",
)
batch_without_bias = edit("neuron_batch", {"T + b": "T"}, "the biases are missing")
batch_bias_after_f = edit("neuron_batch", {" + b)": ") + b"}, "b is added after f; the bias belongs inside")
batch_first_bias = edit(
    "neuron_batch", {"+ b": "+ b[0]"}, "only one of the biases is added, to every neuron; each neuron has its own"
)
batch_without_f = edit("neuron_batch", {"f(A @ W.T + b)": "A @ W.T + b"}, "f is never applied")


@mistake("neuron_batch", "f is applied twice: neuron does it already, and so once more is too often")
def batch_f_twice(A, W, b, f):
    return f(neuron_batch(A, W, b, f))


batch_transposed = edit(
    "neuron_batch",
    {"A @ W.T + b": "W @ A.T + b.reshape(-1, 1)"},
    "this is the transpose of the right answer: samples go down, neurons across",
)
batch_elementwise = edit(
    "neuron_batch", {"@ W": "* W"}, "* multiplies element by element and adds nothing up; the matrix product is @"
)
batch_loop_over_inputs = edit(
    "neuron_batch",
    {"f(A @ W.T + b)": "torch.stack([torch.stack([neuron(a, W[m], b[m], f) for m in range(A.shape[1])]) for a in A])"},
    "the loop over the neurons runs to the number of inputs, D, and there are M neurons",
)


@mistake("neuron_batch", "squeeze also drops the axis of a batch of one: the result is [N, M], also for N = 1")
def batch_squeezes_samples(A, W, b, f):
    return neuron_batch(A, W, b, f).squeeze(0)


@mistake("neuron_batch", "squeeze also drops the axis of a single neuron: the result is [N, M], also for M = 1")
def batch_squeezes_neurons(A, W, b, f):
    return neuron_batch(A, W, b, f).squeeze(-1)


@mistake(
    "neuron_batch", "without a dtype torch.zeros makes float32, whatever is written into it; let it have that of A"
)
def batch_filled_float32(A, W, b, f):
    out = torch.zeros(A.shape[0], W.shape[0])
    out[:] = neuron_batch(A, W, b, f)
    return out


@mistake("neuron_batch", "the result is float64 whatever the inputs are; it should keep their dtype")
def batch_double(A, W, b, f):
    return neuron_batch(A, W, b, f).double()
