"""What learners get wrong here, each as an edit of reference.py."""

from __future__ import annotations

from grader.checks import edit

# --- neuron

neuron_without_bias = edit("neuron", {"() + b": "()"}).says(
    "the bias is missing: it belongs to the sum that f is applied to"
)
neuron_bias_as_threshold = edit("neuron", {"+ b": "- b"}).says(
    "the bias is subtracted; that is right for a threshold, and a bias is minus the threshold"
)
neuron_bias_after_f = edit("neuron", {" + b)": ") + b"}).says("b is added after f; the bias belongs inside")
neuron_bias_in_every_term = edit("neuron", {").sum() + b": " + b).sum()"}).says(
    "b is added to every product, so D times in all; a neuron has one bias, added once"
)
neuron_f_on_products = edit("neuron", {"((a * w).sum() + b)": "(a * w).sum() + b"}).says(
    "f is applied to each product before they are added; first the sum, then f"
)
neuron_without_f = edit("neuron", {"f((a * w).sum() + b)": "(a * w).sum() + b"}).says(
    "f is never applied: this is its argument, z"
)
neuron_f_twice = edit("neuron", {"(a * w).sum() + b": "f((a * w).sum() + b)"}).says(
    "f is applied twice, one upon the other"
)
neuron_always_sigmoid = edit("neuron", {"f(": "torch.sigmoid("}).says(
    "this is always the sigmoid, whichever f was handed in"
)
neuron_minus_z = edit("neuron", {"(a * w).sum() + b": "-((a * w).sum() + b)"}).says(
    "f gets −z: the minus sign of e^(−z) belongs into the sigmoid, not before every f"
)
neuron_mean = edit("neuron", {"sum": "mean"}).says("the products are averaged; a neuron adds them up")
neuron_product_of_sums = edit("neuron", {"(a * w)": "a.sum() * w"}).says(
    "the inputs are added up first, and so are the weights: each input must meet its own weight"
)
neuron_without_sum = edit("neuron", {"(a * w).sum()": "a * w"}).says(
    "the products are never added up, so that there are D results; a neuron has one"
)
neuron_adds_into_b = edit(
    "neuron", {"return f((a * w).sum() + b)": "z = b\nfor i in range(len(a)):\n    z += a[i] * w[i]\nreturn f(z)"}
).says("z = b is no copy: adding to z in place changes b itself, too")
neuron_one_axis = edit("neuron", {"sum()": "sum(dim=0, keepdim=True)"}).says(
    "the result has an axis of length 1; one number is a 0-d tensor, of shape []"
)
neuron_item = edit("neuron", {"b)": "b).item()"}).says(
    "this is a Python number, taken out with item(); keep the tensor"
)
neuron_f_of_a_number = edit(
    "neuron",
    {"return f((a * w).sum() + b)": "z = (a * w).sum().item() + b.item()\nreturn torch.tensor(f(z), dtype=a.dtype)"},
).says("f is called with a Python number, taken out with item(); f takes a tensor")
neuron_double = edit("neuron", {"b)": "b).double()"}).says(
    "the result is float64 whatever the inputs are; it should keep their dtype"
)

# --- neuron_batch

batch_w_untransposed = edit("neuron_batch", {"W.T": "W"}).says(
    "W is [M, D], and A @ W fits only where M = D: the transpose is missing"
)
batch_view_as_transpose = edit("neuron_batch", {"T +": "reshape(W.shape[1], W.shape[0]).clone() +"}).says(
    "view to [D, M] reads the same numbers in the same order, row by row; that is no transpose"
)
batch_bias_on_the_wrong_axis = edit("neuron_batch", {"+ b": "+ b.reshape(-1, 1)"}).says(
    "the bias goes down the columns, one per sample; there is one per neuron, and neurons stand side by side"
)
batch_without_bias = edit("neuron_batch", {"T + b": "T"}).says("the biases are missing")
batch_bias_after_f = edit("neuron_batch", {" + b)": ") + b"}).says("b is added after f; the bias belongs inside")
batch_first_bias = edit("neuron_batch", {"+ b": "+ b[0]"}).says(
    "only one of the biases is added, to every neuron; each neuron has its own"
)
batch_without_f = edit("neuron_batch", {"f(A @ W.T + b)": "A @ W.T + b"}).says("f is never applied")
batch_f_twice = edit("neuron_batch", {"f(A @ W.T + b)": "f(f(A @ W.T + b))"}).says(
    "f is applied twice: neuron does it already, and so once more is too often"
)
batch_transposed = edit("neuron_batch", {"A @ W.T + b": "W @ A.T + b.reshape(-1, 1)"}).says(
    "this is the transpose of the right answer: samples go down, neurons across"
)
batch_elementwise = edit("neuron_batch", {"@ W": "* W"}).says(
    "* multiplies element by element and adds nothing up; the matrix product is @"
)
batch_loop_over_inputs = edit(
    "neuron_batch",
    {"f(A @ W.T + b)": "torch.stack([torch.stack([neuron(a, W[m], b[m], f) for m in range(A.shape[1])]) for a in A])"},
).says("the loop over the neurons runs to the number of inputs, D, and there are M neurons")
batch_squeezes_samples = edit("neuron_batch", {"b)": "b).squeeze(0)"}).says(
    "squeeze also drops the axis of a batch of one: the result is [N, M], also for N = 1"
)
batch_squeezes_neurons = edit("neuron_batch", {"b)": "b).squeeze(-1)"}).says(
    "squeeze also drops the axis of a single neuron: the result is [N, M], also for M = 1"
)
batch_filled_float32 = edit(
    "neuron_batch", {"return": "out = torch.zeros(len(A), len(W))\nout[:] =", "b)": "b)\nreturn out"}
).says("without a dtype torch.zeros makes float32, whatever is written into it; let it have that of A")
batch_double = edit("neuron_batch", {"b)": "b).double()"}).says(
    "the result is float64 whatever the inputs are; it should keep their dtype"
)
