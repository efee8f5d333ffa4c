"""What learners get wrong here, each as an edit of reference.py."""

from __future__ import annotations

from grader.checks import edit

# --- neuron

neuron_without_bias = edit("neuron", {" + b": ""}).says(
    "the bias is missing: it belongs to the sum that f is applied to"
)
neuron_bias_as_threshold = edit("neuron", {"+": "-"}).says(
    "the bias is subtracted; that is right for a threshold, and a bias is minus the threshold"
)
neuron_bias_after_f = edit("neuron", {" + b)": ") + b"}).says("b is added after f; the bias belongs inside")
neuron_bias_in_every_term = edit("neuron", {").sum() + b": " + b).sum()"}).says(
    "b is added to every product, so D times in all; a neuron has one bias, added once"
)
neuron_f_on_products = edit("neuron", {"f((": "(f("}).says(
    "f is applied to each product before they are added; first the sum, then f"
)
neuron_f_on_inputs = edit("neuron", {"f((a": "((f(a)"}).says(
    "f is applied to the inputs before they are weighted; it belongs around the sum"
)
neuron_without_f = edit("neuron", {"f(": "("}).says("f is never applied: this is its argument, z")
neuron_f_twice = edit("neuron", {"f(": "(lambda z: f(f(z)))("}).says("f is applied twice, one upon the other")
neuron_always_sigmoid = edit("neuron", {"f(": "torch.sigmoid("}).says(
    "this is the sigmoid of z; it should be f(z), by the f that was handed in"
)
neuron_always_relu = edit("neuron", {"f(": "torch.relu("}).says(
    "this is relu of z; it should be f(z), by the f that was handed in"
)
neuron_minus_z = edit("neuron", {"f(": "(lambda z: f(-z))("}).says(
    "f gets −z in place of z; the minus sign in e^(−z) is part of the sigmoid, not of every f"
)
neuron_mean = edit("neuron", {"sum": "mean"}).says("the products are averaged; a neuron adds them up")
neuron_product_of_sums = edit("neuron", {"(a * w)": "a.sum() * w"}).says(
    "the sum of the inputs times the sum of the weights: every input is multiplied with every weight, and should be "
    "with its own only"
)
neuron_without_sum = edit("neuron", {".sum()": ""}).says(
    "the products are never added up, so that there are D results; a neuron has one"
)
neuron_only_last_product = edit("neuron", {".sum()": "[-1]"}).says(
    "only the last product counts, as when a loop overwrites the sum; each product is added to it"
)
neuron_last_input_left_out = edit("neuron", {"w)": "w)[:-1]"}).says(
    "the last input is left out, as when a loop ends one step early"
)
neuron_adds_into_b = edit(
    "neuron", {"return f((a * w).sum() + b)": "z = b\nfor i in range(len(a)):\n    z += a[i] * w[i]\nreturn f(z)"}
).says(
    "the result is right, but b was changed, too: what is added in place (+=) to b, or to another name for b, "
    "changes the caller's tensor"
)
neuron_one_axis = edit("neuron", {"sum()": "sum(dim=0, keepdim=True)"}).says(
    "the result has an axis of length 1; one number is a 0-d tensor, of shape []"
)
neuron_item = edit("neuron", {"b)": "b).item()"}).says("this is a Python number; the result is a 0-d tensor")
neuron_f_of_a_number = edit(
    "neuron",
    {"return f((a * w).sum() + b)": "z = (a * w).sum().item() + b.item()\nreturn torch.tensor(f(z), dtype=a.dtype)"},
).says("f is called with a Python number; f takes a tensor")
neuron_double = edit("neuron", {"b)": "b).double()"}).says(
    "the result is float64 whatever the inputs are; it should keep their dtype"
)
neuron_single = edit("neuron", {"b)": "b).float()"}).says(
    "the result is float32 whatever the inputs are (as torch.tensor makes it of Python numbers); it should keep "
    "their dtype"
)

# --- neuron_batch

batch_w_untransposed = edit("neuron_batch", {"W.T": "W"}).says(
    "W is [M, D], and A @ W fits only where M = D: the transpose is missing"
)
batch_transposed_if_needed = edit("neuron_batch", {"W.T": "(W if A.shape[1] == len(W) else W.T)"}).says(
    "where W is not square this is right, where it is the transpose is missing: A @ W fits there too, but meets the "
    "columns of W"
)
batch_view_as_transpose = edit("neuron_batch", {"W.T": "W.reshape(W.shape[1], W.shape[0]).clone()"}).says(
    "W became [D, M], but its numbers kept their order, row by row, as with view and reshape; that is no transpose"
)
batch_bias_on_the_wrong_axis = edit("neuron_batch", {"+ b": "+ b.reshape(-1, 1)"}).says(
    "the bias goes down the columns, one per sample; there is one per neuron, and neurons stand side by side"
)
batch_without_bias = edit("neuron_batch", {" + b": ""}).says("the biases are missing")
batch_bias_after_f = edit("neuron_batch", {" + b)": ") + b"}).says("b is added after f; the bias belongs inside")
batch_bias_as_threshold = edit("neuron_batch", {"+": "-"}).says(
    "the biases are subtracted; that is right for thresholds, and a bias is minus the threshold"
)
batch_bias_in_every_term = edit("neuron_batch", {"+": "+ A.shape[1] *"}).says(
    "each bias is counted D times, once per product; a neuron adds its bias once"
)
batch_mean = edit("neuron_batch", {"A @ W.T": "A @ W.T / A.shape[1]"}).says(
    "the products are averaged; a neuron adds them up"
)
batch_f_on_products = edit("neuron_batch", {"f(A @ W.T + b)": "f(A[:, None] * W).sum(dim=-1) + b"}).says(
    "f is applied to each product before they are added; first the sums, then f"
)
batch_always_sigmoid = edit("neuron_batch", {"f(": "torch.sigmoid("}).says(
    "this is the sigmoid of the sums z; it should be f(z), by the f that was handed in"
)
batch_always_relu = edit("neuron_batch", {"f(": "torch.relu("}).says(
    "this is relu of the sums z; it should be f(z), by the f that was handed in"
)
batch_first_bias = edit("neuron_batch", {"+ b": "+ b[0]"}).says(
    "only one of the biases is added, to every neuron; each neuron has its own"
)
batch_without_f = edit("neuron_batch", {"f(": "("}).says("f is never applied")
batch_f_twice = edit("neuron_batch", {"f(": "(lambda z: f(f(z)))("}).says("f is applied twice, one upon the other")
batch_transposed = edit("neuron_batch", {"A @ W.T + b": "W @ A.T + b.reshape(-1, 1)"}).says(
    "this is the transpose of the right answer: samples go down, neurons across"
)
batch_reshapes_result = edit(
    "neuron_batch", {"A @ W.T + b": "(W @ A.T + b.reshape(-1, 1)).reshape(len(A), len(W))"}
).says(
    "an [M, N] became [N, M], but its numbers kept their order, row by row, as with view and reshape; that is no "
    "transpose"
)
batch_elementwise = edit("neuron_batch", {"A @ W.T": "(A * W).sum(dim=-1)"}).says(
    "A * W works element by element, so that each sample meets one neuron only; the matrix product is @"
)
batch_sums_over_neurons = edit("neuron_batch", {"A @ W.T": "(A[:, None] * W).sum(dim=1)"}).says(
    "the products are added up over the neurons, not over the inputs"
)
batch_sum_not_reset = edit("neuron_batch", {"A @ W.T": "(A @ W.T).reshape(-1).cumsum(0).reshape(len(A), len(W))"}).says(
    "each sum goes on from the one before; begin each at 0"
)
batch_loop_over_inputs = edit(
    "neuron_batch",
    {"f(A @ W.T + b)": "torch.stack([torch.stack([neuron(a, W[m], b[m], f) for m in range(A.shape[1])]) for a in A])"},
).says("the neurons are counted by the inputs, of which there are D; there are M neurons")
batch_squeezes_samples = edit("neuron_batch", {"b)": "b).squeeze(0)"}).says(
    "a batch of one has lost its axis, as squeeze does it: the result is [N, M], also for N = 1"
)
batch_squeezes_neurons = edit("neuron_batch", {"b)": "b).squeeze(-1)"}).says(
    "a single neuron has lost its axis, as squeeze does it: the result is [N, M], also for M = 1"
)
batch_filled_float32 = edit(
    "neuron_batch", {"return": "out = torch.zeros(len(A), len(W))\nout[:] =", "b)": "b)\nreturn out"}
).says(
    "the result is float32 whatever the inputs are (as torch.zeros and torch.tensor make it without a dtype); "
    "it should keep their dtype"
)
batch_double = edit("neuron_batch", {"b)": "b).double()"}).says(
    "the result is float64 whatever the inputs are; it should keep their dtype"
)
