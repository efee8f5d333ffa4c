"""What learners get wrong here, each as an edit of reference.py."""

from __future__ import annotations

from grader.checks import edit

# --- forward

forward_without_b1 = edit("forward", {' + params["b1"]': ""}).says(
    "b1 is never added: the hidden layer has a bias, too"
)
forward_without_b2 = edit("forward", {' + params["b2"]': ""}).says(
    "b2 is never added: the output layer has a bias, too"
)
forward_without_biases = edit("forward", {' + params["b1"]': "", ' + params["b2"]': ""}).says("neither bias is added")
forward_without_relu = edit(
    "forward", {'np.maximum(x @ params["W1"].T + params["b1"], 0)': 'x @ params["W1"].T + params["b1"]'}
).says("the ReLU between the layers is missing: without it two layers are no more than one")
forward_b1_after_relu = edit("forward", {' + params["b1"], 0)': ', 0) + params["b1"]'}).says(
    "b1 is added after the ReLU; it belongs to the pre-activation, inside"
)
forward_relu_on_output = edit(
    "forward", {'h @ params["W2"].T + params["b2"]': 'np.maximum(h @ params["W2"].T + params["b2"], 0)'}
).says("the output layer has a ReLU, too: logits may be negative, the ReLU stands between the layers only")
forward_sigmoid = edit(
    "forward",
    {'np.maximum(x @ params["W1"].T + params["b1"], 0)': '1 / (1 + np.exp(-(x @ params["W1"].T + params["b1"])))'},
).says("the hidden units are sigmoids; the ReLU is asked for, max(z, 0)")
forward_softmax = edit(
    "forward", {"return logits": "return np.exp(logits - np.logaddexp.reduce(logits, axis=1, keepdims=True))"}
).says("these are probabilities; `forward` returns the logits, and the softmax is the loss's affair")
forward_w1_untransposed = edit("forward", {'["W1"].T': '["W1"]'}).says(
    "W1 is [H, D], and x @ W1 fits only where H = D: the transpose is missing"
)
forward_w2_untransposed = edit("forward", {'["W2"].T': '["W2"]'}).says(
    "W2 is [C, H], and h @ W2 fits only where C = H: the transpose is missing"
)
forward_one_cache_for_all = edit(
    "forward",
    {
        "np.ndarray) ->": "np.ndarray, cache: list = [0, 0, 0]) ->",
        "return logits, (x, h, logits)": "cache[:] = x, h, logits\nreturn logits, cache",
    },
).says(
    "a later forward pass overwrites what an earlier one has kept: make a new cache in each call, and keep nothing "
    "anywhere else"
)

# --- loss

MEAN = "-np.mean(log_p[np.arange(len(y)), y])"
#: The logarithm of a probability, which may have underflowed.
LOG_OF_P = {
    "shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))": "np.log(np.exp(shifted) / "
    "np.exp(shifted).sum(axis=1, keepdims=True))"
}

loss_sum = edit("loss", {"np.mean": "np.sum"}).says("this is the sum over the batch; the mean is asked for")
loss_sign = edit("loss", {"-np.mean": "np.mean"}).says(
    "the sign is missing: log p is never positive, a loss never negative"
)
loss_mean_over_classes = edit("loss", {MEAN: MEAN + " / logits.shape[1]"}).says(
    "the sum is divided by N·C, the number of all logits; it is a mean over the samples that is asked for"
)
loss_divided_by_classes = edit("loss", {MEAN: MEAN.replace("mean", "sum") + " / logits.shape[1]"}).says(
    "the sum is divided by the number of classes; it is a mean over the samples that is asked for"
)
loss_softmax_over_batch = edit("loss", {"max(axis=1": "max(axis=0", "sum(axis=1": "sum(axis=0"}).says(
    "the softmax runs over the batch: each row, not each column, must add up to 1"
)
loss_softmax_over_everything = edit(
    "loss", {"max(axis=1, keepdims=True)": "max()", "sum(axis=1, keepdims=True)": "sum()"}
).says("the softmax is divided by the sum over the whole batch; each row has a sum of its own")
loss_sum_without_keepdims = edit("loss", {"sum(axis=1, keepdims=True)": "sum(axis=1)"}).says(
    "the rows' sums are lined up with the columns (keepdims=True?)"
)
loss_unshifted_sum_without_keepdims = edit(
    "loss",
    "power = np.exp(logits)\np = power / power.sum(axis=1)\nreturn float(-np.log(p[np.arange(len(y)), y]).mean())",
).says("the rows' sums are lined up with the columns (keepdims=True?)")
loss_softmax_twice = edit(
    "loss",
    {
        "shifted = logits": "power = np.exp(logits - logits.max(axis=1, keepdims=True))\n"
        "logits = power / power.sum(axis=1, keepdims=True)\nshifted = logits"
    },
).says("the softmax is taken twice")
loss_quotient = edit(
    "loss", "return float(-np.mean(logits[np.arange(len(y)), y] / np.log(np.exp(logits).sum(axis=1))))"
).says("the logit is divided by the logarithm of the sum; log p is their difference")
loss_whole_rows = edit("loss", {"np.arange(len(y)), ": ""}).says(
    "the labels pick whole rows; of each row one entry is asked for, that of its right class"
)
loss_columns_for_labels = edit("loss", {"np.arange(len(y))": ":"}).says(
    "the columns of all labels are taken from every row, as by [:, y]; of each row one entry is asked for"
)
loss_index_swapped = edit("loss", {"np.arange(len(y)), y": "y, np.arange(len(y))"}).says(
    "row and column are swapped where the entries are picked: a row is a sample, the column its right class"
)
loss_labels_forgotten = edit("loss", {MEAN: "-np.mean(log_p.max(axis=1))"}).says(
    "the labels are not used: this takes the largest probability of each row, not that of its right class"
)
loss_softmax_forgotten = edit(
    "loss", {"shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))": "np.log(logits)"}
).says("the logits are taken for probabilities: the softmax is missing")
loss_overflow = edit(
    "loss",
    "power = np.exp(logits)\np = power / power.sum(axis=1, keepdims=True)\n"
    "return float(-np.log(p[np.arange(len(y)), y]).mean())",
).says("exp overflows for large logits, and inf/inf is NaN: subtract each row's largest logit first")
loss_log_sum_overflow = edit(
    "loss", "return float((np.log(np.exp(logits).sum(axis=1)) - logits[np.arange(len(y)), y]).mean())"
).says(
    "exp overflows for large logits, and so does the logarithm of their sum: subtract each row's largest logit "
    "before exp, and see by how much that changes the result"
)
loss_log_of_zero = edit("loss", LOG_OF_P).says(
    "the probability underflows to 0 and its logarithm is infinite: write log softmax as a difference, "
    "and never take the logarithm of a probability"
)
loss_epsilon = edit("loss", {key: value[:-1] + " + 1e-12)" for key, value in LOG_OF_P.items()}).says(
    "a small number keeps the logarithm finite, and wrong: the loss of a confident error is cut off. "
    "Write log softmax as a difference"
)
loss_one_maximum = edit("loss", LOG_OF_P | {"max(axis=1, keepdims=True)": "max()"}).says(
    "one maximum for the whole batch: a row far below it underflows to 0/0. Each row needs its own"
)
loss_one_maximum_in_log_sum = edit("loss", {"max(axis=1, keepdims=True)": "max()"}).says(
    "one maximum for the whole batch: a row far below it underflows to log 0. Each row needs its own"
)
loss_shifted_once = edit("loss", {"log_p = shifted": "log_p = logits"}).says(
    "the maximum is subtracted in one of the two terms only: subtract it in both, or add it back"
)
loss_without_log = edit("loss", {"-np.mean(log_p": "np.mean(np.exp(log_p)"}).says(
    "this is the mean probability of the right class; its negative logarithm is asked for"
)
loss_log_of_mean = edit("loss", {MEAN: "-np.log(np.mean(np.exp(log_p[np.arange(len(y)), y])))"}).says(
    "the mean is taken before the logarithm: average the losses of the samples, not their probabilities"
)

# --- backward: the gradient of the logits

backward_not_divided = edit("backward", {"dlogits /= len(y)": ""}).says(
    "the gradients are N times too large: the loss is a mean over the batch, so 1/N belongs to its gradient"
)
backward_divided_twice = edit("backward", {"/= len(y)": "/= len(y) ** 2"}).says(
    "1/N comes in twice, in all four gradients: it belongs to the gradient of the logits, and nowhere else"
)
backward_first_layer_divided_twice = edit("backward", {"(h > 0)": "(h > 0) / len(y)"}).says(
    "1/N comes in a second time in the first layer; it has come along with the gradient from above"
)
backward_first_layer_not_divided = edit("backward", {"dz = (dlogits @": "dz = (dlogits * len(y) @"}).says(
    "in the first layer the gradients are N times too large: 1/N has to come along through W2"
)
backward_divided_by_classes = edit("backward", {"/= len(y)": "/= logits.shape[1]"}).says(
    "this divides by the number of classes; the loss is a mean over the samples"
)
backward_labels_forgotten = edit("backward", {"dlogits[np.arange(len(y)), y] -= 1": ""}).says(
    "the labels are missing: the probabilities alone are not the gradient of the logits"
)
backward_labels_not_divided = edit(
    "backward", {"dlogits[np.arange(len(y)), y] -= 1": "", "/= len(y)": "/= len(y)\ndlogits[np.arange(len(y)), y] -= 1"}
).says("only the probabilities are divided by N, and the 1 of the right class is not: divide their difference")
backward_right_class_only = edit("backward", {"/= len(y)": "*= np.eye(logits.shape[1])[y] / len(y)"}).says(
    "only the right class's logit gets a gradient; the other logits change the loss, too"
)
backward_labels_as_numbers = edit("backward", {"dlogits[np.arange(len(y)), y] -= 1": "dlogits = dlogits - y"}).says(
    "the numbers of the classes are subtracted; subtract 1 from each row, at its right class"
)
backward_labels_as_a_column = edit(
    "backward", {"dlogits[np.arange(len(y)), y] -= 1": "dlogits = dlogits - y[:, None]"}
).says(
    "the numbers of the classes are subtracted from every class of a row; subtract 1 from each row, at its right class"
)
backward_columns_for_labels = edit("backward", {"[np.arange(len(y)), y]": "[:, y]"}).says(
    "1 is taken from every row in the columns of all labels, as by [:, y]; of each row only its right class loses 1"
)
backward_sign = edit("backward", {"/= len(y)": "/= -len(y)"}).says(
    "every sign is the other way round: raising the right class's logit lowers the loss"
)
backward_softmax_forgotten = edit("backward", {"power / power.sum(axis=1, keepdims=True)": "logits.copy()"}).says(
    "the labels are subtracted from the logits; the softmax is missing"
)
backward_softmax_twice = edit(
    "backward", {"dlogits[np": "p = dlogits.copy()\ndlogits[np", "/= len(y)": "*= p * (1 - p) / len(y)"}
).says("the factor p·(1−p) is too much: the softmax's own derivative is already in the difference to the labels")
backward_softmax_jacobian = edit(
    "backward",
    {
        "dlogits[np": "p = dlogits.copy()\ndlogits[np",
        "/= len(y)": "/= len(y)\ndlogits = p * (dlogits - (dlogits * p).sum(axis=1, keepdims=True))",
    },
).says("the softmax's derivative comes in a second time: it is already in the difference to the labels")
backward_softmax_over_batch = edit("backward", {"max(axis=1": "max(axis=0", "sum(axis=1": "sum(axis=0"}).says(
    "the softmax runs over the batch: each row, not each column, must add up to 1"
)
backward_softmax_over_everything = edit(
    "backward", {"max(axis=1, keepdims=True)": "max()", "power.sum(axis=1, keepdims=True)": "power.sum()"}
).says("the softmax is divided by the sum over the whole batch; each row has a sum of its own")
backward_sum_without_keepdims = edit("backward", {"power.sum(axis=1, keepdims=True)": "power.sum(axis=1)"}).says(
    "the rows' sums in the softmax are lined up with the columns (keepdims=True?)"
)
backward_unshifted_sum_without_keepdims = edit(
    "backward", {" - logits.max(axis=1, keepdims=True)": "", "power.sum(axis=1, keepdims=True)": "power.sum(axis=1)"}
).says("the rows' sums in the softmax are lined up with the columns (keepdims=True?)")
backward_overflow = edit("backward", {" - logits.max(axis=1, keepdims=True)": ""}).says(
    "exp overflows for large logits, and inf/inf is NaN: subtract each row's largest logit first"
)
backward_one_maximum = edit("backward", {"max(axis=1, keepdims=True)": "max()"}).says(
    "one maximum for the whole batch: a row far below it underflows to 0/0. Each row needs its own"
)

# --- backward: biases

backward_bias_not_summed = edit("backward", {"dz.sum(axis=0)": "dz", "dlogits.sum(axis=0)": "dlogits"}).says(
    "the gradient of a bias is not summed over the batch: a bias serves every row, and collects from each"
)
backward_bias_keepdims = edit(
    "backward",
    {"dz.sum(axis=0)": "dz.sum(axis=0, keepdims=True)", "dlogits.sum(axis=0)": "dlogits.sum(axis=0, keepdims=True)"},
).says("the gradient of a bias keeps an axis of length 1 (keepdims): b −= lr·db would then change b's shape")
backward_bias_mean = edit("backward", {"dz.sum": "dz.mean", "dlogits.sum": "dlogits.mean"}).says(
    "the gradient of a bias is a mean over the batch: 1/N is in the gradient of the logits already, so add up"
)
backward_bias_wrong_axis = edit(
    "backward", {"dz.sum(axis=0)": "dz.sum(axis=1)", "dlogits.sum(axis=0)": "dlogits.sum(axis=1)"}
).says("the gradient of a bias is summed over the wrong axis: add up the rows of the batch")

# --- backward: matrices

backward_dw2_transposed = edit("backward", {"dlogits.T @ h": "h.T @ dlogits"}).says(
    "the gradient of W2 is transposed: its shape is that of W2, [C, H]"
)
backward_dw1_transposed = edit("backward", {"dz.T @ x": "x.T @ dz"}).says(
    "the gradient of W1 is transposed: its shape is that of W1, [H, D]"
)
backward_dw1_last_sample = edit("backward", {"dz.T @ x": "np.outer(dz[-1], x[-1])"}).says(
    "the gradient of W1 is that of the last sample alone: the samples' shares add up (= for += in a loop?)"
)
backward_both_transposed = edit("backward", {"dz.T @ x": "x.T @ dz", "dlogits.T @ h": "h.T @ dlogits"}).says(
    "the gradients of both matrices are transposed: their shapes are those of W1 and W2"
)
backward_w2_transposed_in_dh = edit("backward", {'params["W2"]': 'params["W2"].T'}).says(
    "on the way back W2 stands the wrong way round: ∂logits/∂h is W2 itself, and sizes that differ would show it"
)
backward_updates_w2_first = edit("backward", {"dz = ": 'params["W2"] -= 0.1 * (dlogits.T @ h)\ndz = '}).says(
    "W2 is updated before the gradient passes back through it: all gradients belong to one point. "
    "And params are not for `backward` to change"
)
backward_through_updated_w2 = edit("backward", {'params["W2"]': '(params["W2"] - dlogits.T @ h)'}).says(
    "W2 moves by its gradient before the gradient passes back through it: all gradients belong to one point"
)

# --- backward: the ReLU

backward_mask_forgotten = edit("backward", {" * (h > 0)": ""}).says(
    "the mask on the way back is missing, or lets everything pass, as h >= 0 does: where a unit was off, no gradient "
    "passes"
)
backward_mask_at_zero = edit("backward", {"(h > 0)": '(x @ params["W1"].T + params["b1"] >= 0)'}).says(
    "at a pre-activation of exactly 0 the gradient passes (>=); the slope there counts as 0"
)
backward_mask_from_gradient = edit(
    "backward", {'(dlogits @ params["W2"]) * (h > 0)': 'np.maximum(dlogits @ params["W2"], 0)'}
).says("the mask is taken from the sign of the gradient; it is the pre-activation's sign that decides")
backward_relu_value_as_slope = edit("backward", {"(h > 0)": "h"}).says(
    "the gradient is multiplied by the ReLU's value; its slope is asked for, which is 0 or 1"
)
backward_dw2_before_relu = edit("backward", {"dlogits.T @ h": 'dlogits.T @ (x @ params["W1"].T + params["b1"])'}).says(
    "the gradient of W2 is made from the pre-activations; what W2 multiplies is their ReLU"
)
