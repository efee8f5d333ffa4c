"""What learners get wrong here, one function each; what they share with a right answer comes from the reference."""

from __future__ import annotations

import numpy as np
from reference import backward, forward, loss

from grader.checks import edit, mistake


def hidden(params, x):
    return np.maximum(x @ params["W1"].T + params["b1"], 0)


def output(params, h):
    return h @ params["W2"].T + params["b2"]


def one_hot(logits, y):
    return np.eye(logits.shape[1])[y]


def softmax(logits):
    power = np.exp(logits - logits.max(axis=1, keepdims=True))
    return power / power.sum(axis=1, keepdims=True)


def logits_gradient(cache, y):
    """∂loss/∂logits, as it should be."""
    logits = cache[2]
    return (softmax(logits) - one_hot(logits, y)) / len(y)


def back_to_z(params, cache, dlogits):
    """∂loss/∂(pre-activations), as it should be."""
    return (dlogits @ params["W2"]) * (cache[1] > 0)


def parameter_gradients(cache, dlogits, dz):
    x, h, _ = cache
    return {"W1": dz.T @ x, "b1": dz.sum(axis=0), "W2": dlogits.T @ h, "b2": dlogits.sum(axis=0)}


def from_dlogits(params, cache, dlogits):
    return parameter_gradients(cache, dlogits, back_to_z(params, cache, dlogits))


# --- forward


@mistake("forward", "b1 is never added: the hidden layer has a bias, too")
def forward_without_b1(params, x):
    h = np.maximum(x @ params["W1"].T, 0)
    return output(params, h), (x, h, output(params, h))


@mistake("forward", "b2 is never added: the output layer has a bias, too")
def forward_without_b2(params, x):
    h = hidden(params, x)
    return h @ params["W2"].T, (x, h, h @ params["W2"].T)


@mistake("forward", "neither bias is added")
def forward_without_biases(params, x):
    h = np.maximum(x @ params["W1"].T, 0)
    return h @ params["W2"].T, (x, h, h @ params["W2"].T)


@mistake("forward", "the ReLU between the layers is missing: without it two layers are no more than one")
def forward_without_relu(params, x):
    z = x @ params["W1"].T + params["b1"]
    return output(params, z), (x, z, output(params, z))


@mistake("forward", "b1 is added after the ReLU; it belongs to the pre-activation, inside")
def forward_b1_after_relu(params, x):
    h = np.maximum(x @ params["W1"].T, 0) + params["b1"]
    return output(params, h), (x, h, output(params, h))


@mistake("forward", "the output layer has a ReLU, too: logits may be negative, the ReLU stands between the layers only")
def forward_relu_on_output(params, x):
    h = hidden(params, x)
    logits = np.maximum(output(params, h), 0)
    return logits, (x, h, logits)


@mistake("forward", "these are probabilities; `forward` returns the logits, and the softmax is the loss's affair")
def forward_softmax(params, x):
    h = hidden(params, x)
    return softmax(output(params, h)), (x, h, output(params, h))


@mistake("forward", "W1 is [H, D], and x @ W1 fits only where H = D: the transpose is missing")
def forward_w1_untransposed(params, x):
    h = np.maximum(x @ params["W1"] + params["b1"], 0)
    return output(params, h), (x, h, output(params, h))


@mistake("forward", "W2 is [C, H], and h @ W2 fits only where C = H: the transpose is missing")
def forward_w2_untransposed(params, x):
    h = hidden(params, x)
    logits = h @ params["W2"] + params["b2"]
    return logits, (x, h, logits)


@mistake(
    "forward",
    "every call hands out one and the same cache object, so a later forward pass overwrites an earlier one's "
    "values: make a new one in each call",
)
def forward_one_cache_for_all(params, x, cache=[None, None, None]):  # noqa: B006 - that is the mistake
    logits, cache[:] = forward(params, x)
    return logits, cache


# --- loss


@mistake("loss", "this is the sum over the batch; the mean is asked for")
def loss_sum(logits, y):
    return loss(logits, y) * len(y)


@mistake("loss", "the sign is missing: log p is never positive, a loss never negative")
def loss_sign(logits, y):
    return -loss(logits, y)


@mistake("loss", "the sum is divided by N·C, the number of all logits; it is a mean over the samples that is asked for")
def loss_mean_over_classes(logits, y):
    return loss(logits, y) / logits.shape[1]


@mistake("loss", "the softmax runs over the batch: each row, not each column, must add up to 1")
def loss_softmax_over_batch(logits, y):
    return float(-np.log(softmax(logits.T).T[np.arange(len(y)), y]).mean())


@mistake("loss", "the softmax is divided by the sum over the whole batch; each row has a sum of its own")
def loss_softmax_over_everything(logits, y):
    power = np.exp(logits - logits.max())
    return float(-np.log((power / power.sum())[np.arange(len(y)), y]).mean())


@mistake("loss", "exp overflows for large logits, and inf/inf is NaN: subtract each row's largest logit first")
def loss_overflow(logits, y):
    power = np.exp(logits)
    return float(-np.log((power / power.sum(axis=1, keepdims=True))[np.arange(len(y)), y]).mean())


loss_log_sum_overflow = edit(
    "loss", "return float((np.log(np.exp(logits).sum(axis=1)) - logits[np.arange(len(y)), y]).mean())"
).says(
    "exp overflows for large logits, and so does the logarithm of their sum: subtract each row's largest logit "
    "before exp, and see by how much that changes the result"
)


@mistake(
    "loss",
    "the probability underflows to 0 and its logarithm is infinite: write log softmax as a difference, "
    "and never take the logarithm of a probability",
)
def loss_log_of_zero(logits, y):
    return float(-np.log(softmax(logits)[np.arange(len(y)), y]).mean())


@mistake(
    "loss",
    "a small number keeps the logarithm finite, and wrong: the loss of a confident error is cut off. "
    "Write log softmax as a difference",
)
def loss_epsilon(logits, y):
    return float(-np.log(softmax(logits)[np.arange(len(y)), y] + 1e-12).mean())


@mistake("loss", "one maximum for the whole batch: a row far below it underflows to 0/0. Each row needs its own")
def loss_one_maximum(logits, y):
    power = np.exp(logits - logits.max())
    return float(-np.log((power / power.sum(axis=1, keepdims=True))[np.arange(len(y)), y]).mean())


@mistake("loss", "one maximum for the whole batch: a row far below it underflows to log 0. Each row needs its own")
def loss_one_maximum_in_log_sum(logits, y):
    shifted = logits - logits.max()
    return float((np.log(np.exp(shifted).sum(axis=1)) - shifted[np.arange(len(y)), y]).mean())


@mistake("loss", "the maximum is subtracted in one of the two terms only: subtract it in both, or add it back")
def loss_shifted_once(logits, y):
    log_sum = np.log(np.exp(logits - logits.max(axis=1, keepdims=True)).sum(axis=1))
    return float((log_sum - logits[np.arange(len(y)), y]).mean())


@mistake("loss", "this is the mean probability of the right class; its negative logarithm is asked for")
def loss_without_log(logits, y):
    return float(softmax(logits)[np.arange(len(y)), y].mean())


@mistake("loss", "the mean is taken before the logarithm: average the losses of the samples, not their probabilities")
def loss_log_of_mean(logits, y):
    return float(-np.log(softmax(logits)[np.arange(len(y)), y].mean()))


# --- backward: the gradient of the logits


@mistake(
    "backward", "the gradients are N times too large: the loss is a mean over the batch, so 1/N belongs to its gradient"
)
def backward_not_divided(params, cache, y):
    return from_dlogits(params, cache, logits_gradient(cache, y) * len(y))


@mistake(
    "backward", "1/N comes in twice, in all four gradients: it belongs to the gradient of the logits, and nowhere else"
)
def backward_divided_twice(params, cache, y):
    return from_dlogits(params, cache, logits_gradient(cache, y) / len(y))


@mistake("backward", "1/N comes in a second time in the first layer; it has come along with the gradient from above")
def backward_first_layer_divided_twice(params, cache, y):
    found = backward(params, cache, y)
    return {**found, "W1": found["W1"] / len(y), "b1": found["b1"] / len(y)}


@mistake("backward", "this divides by the number of classes; the loss is a mean over the samples")
def backward_divided_by_classes(params, cache, y):
    return from_dlogits(params, cache, logits_gradient(cache, y) * len(y) / cache[2].shape[1])


@mistake("backward", "the labels are missing: the probabilities alone are not the gradient of the logits")
def backward_labels_forgotten(params, cache, y):
    return from_dlogits(params, cache, softmax(cache[2]) / len(y))


@mistake(
    "backward",
    "delta[:, y] is whole columns: 1 is taken from every row there; of each row only the right class loses 1",
)
def backward_columns_for_labels(params, cache, y):
    delta = softmax(cache[2])
    delta[:, y] -= 1
    return from_dlogits(params, cache, delta / len(y))


@mistake("backward", "every sign is the other way round: raising the right class's logit lowers the loss")
def backward_sign(params, cache, y):
    return from_dlogits(params, cache, -logits_gradient(cache, y))


@mistake("backward", "the labels are subtracted from the logits; the softmax is missing")
def backward_softmax_forgotten(params, cache, y):
    return from_dlogits(params, cache, (cache[2] - one_hot(cache[2], y)) / len(y))


@mistake(
    "backward",
    "the factor p·(1−p) is too much: the softmax's own derivative is already in the difference to the labels",
)
def backward_softmax_twice(params, cache, y):
    p = softmax(cache[2])
    return from_dlogits(params, cache, logits_gradient(cache, y) * p * (1 - p))


@mistake("backward", "the softmax runs over the batch: each row, not each column, must add up to 1")
def backward_softmax_over_batch(params, cache, y):
    logits = cache[2]
    return from_dlogits(params, cache, (softmax(logits.T).T - one_hot(logits, y)) / len(y))


@mistake("backward", "exp overflows for large logits, and inf/inf is NaN: subtract each row's largest logit first")
def backward_overflow(params, cache, y):
    power = np.exp(cache[2])
    p = power / power.sum(axis=1, keepdims=True)
    return from_dlogits(params, cache, (p - one_hot(p, y)) / len(y))


@mistake("backward", "one maximum for the whole batch: a row far below it underflows to 0/0. Each row needs its own")
def backward_one_maximum(params, cache, y):
    power = np.exp(cache[2] - cache[2].max())
    p = power / power.sum(axis=1, keepdims=True)
    return from_dlogits(params, cache, (p - one_hot(p, y)) / len(y))


# --- backward: biases


@mistake(
    "backward",
    "the gradients of the biases are not summed over the batch: a bias serves every row, and collects from each",
)
def backward_bias_not_summed(params, cache, y):
    dlogits = logits_gradient(cache, y)
    return {**backward(params, cache, y), "b1": back_to_z(params, cache, dlogits), "b2": dlogits}


@mistake(
    "backward",
    "the gradients of the biases keep an axis of length 1 (keepdims): b −= lr·db would then change b's shape",
)
def backward_bias_keepdims(params, cache, y):
    found = backward(params, cache, y)
    return {**found, "b1": found["b1"][None], "b2": found["b2"][None]}


@mistake(
    "backward",
    "the gradients of the biases are means over the batch: 1/N is in the gradient of the logits already, so add up",
)
def backward_bias_mean(params, cache, y):
    found = backward(params, cache, y)
    return {**found, "b1": found["b1"] / len(y), "b2": found["b2"] / len(y)}


@mistake("backward", "the gradients of the biases are summed over the wrong axis: add up the rows of the batch")
def backward_bias_wrong_axis(params, cache, y):
    dlogits = logits_gradient(cache, y)
    db1 = back_to_z(params, cache, dlogits).sum(axis=1)
    return {**backward(params, cache, y), "b1": db1, "b2": dlogits.sum(axis=1)}


# --- backward: matrices


@mistake("backward", "the gradient of W2 is transposed: its shape is that of W2, [C, H]")
def backward_dw2_transposed(params, cache, y):
    found = backward(params, cache, y)
    return {**found, "W2": found["W2"].T}


@mistake("backward", "the gradient of W1 is transposed: its shape is that of W1, [H, D]")
def backward_dw1_transposed(params, cache, y):
    found = backward(params, cache, y)
    return {**found, "W1": found["W1"].T}


@mistake("backward", "the gradients of both matrices are transposed: their shapes are those of W1 and W2")
def backward_both_transposed(params, cache, y):
    found = backward(params, cache, y)
    return {**found, "W1": found["W1"].T, "W2": found["W2"].T}


@mistake(
    "backward",
    "on the way back W2 stands the wrong way round: ∂logits/∂h is W2 itself, and sizes that differ would show it",
)
def backward_w2_transposed_in_dh(params, cache, y):
    dlogits = logits_gradient(cache, y)
    dz = (dlogits @ params["W2"].T) * (cache[1] > 0)
    return parameter_gradients(cache, dlogits, dz)


@mistake(
    "backward",
    "W2 is updated before the gradient passes back through it: all gradients belong to one point. "
    "And params are not for `backward` to change",
)
def backward_updates_w2_first(params, cache, y):
    dlogits = logits_gradient(cache, y)
    params["W2"] -= 0.1 * (dlogits.T @ cache[1])
    return from_dlogits(params, cache, dlogits)


@mistake(
    "backward", "W2 moves by its gradient before the gradient passes back through it: all gradients belong to one point"
)
def backward_through_updated_w2(params, cache, y):
    dlogits = logits_gradient(cache, y)
    moved = {**params, "W2": params["W2"] - dlogits.T @ cache[1]}
    return from_dlogits(moved, cache, dlogits)


# --- backward: the ReLU


@mistake("backward", "the ReLU is missing on the way back: where a unit was off, no gradient passes")
def backward_mask_forgotten(params, cache, y):
    dlogits = logits_gradient(cache, y)
    return parameter_gradients(cache, dlogits, dlogits @ params["W2"])


@mistake("backward", "at a pre-activation of exactly 0 the gradient passes (>=); the slope there counts as 0")
def backward_mask_at_zero(params, cache, y):
    x, dlogits = cache[0], logits_gradient(cache, y)
    z = x @ params["W1"].T + params["b1"]
    return parameter_gradients(cache, dlogits, (dlogits @ params["W2"]) * (z >= 0))


@mistake("backward", "the mask is taken from the sign of the gradient; it is the pre-activation's sign that decides")
def backward_mask_from_gradient(params, cache, y):
    dlogits = logits_gradient(cache, y)
    return parameter_gradients(cache, dlogits, np.maximum(dlogits @ params["W2"], 0))


@mistake("backward", "the gradient is multiplied by the ReLU's value; its slope is asked for, which is 0 or 1")
def backward_relu_value_as_slope(params, cache, y):
    dlogits = logits_gradient(cache, y)
    return parameter_gradients(cache, dlogits, (dlogits @ params["W2"]) * cache[1])


@mistake(
    "backward",
    "the mask reaches the gradient of W1 but not that of b1: both come from the gradient of the pre-activation",
)
def backward_b1_unmasked(params, cache, y):
    unmasked = logits_gradient(cache, y) @ params["W2"]
    return {**backward(params, cache, y), "b1": unmasked.sum(axis=0)}


@mistake("backward", "the gradient of W2 is made from the pre-activations; what W2 multiplies is their ReLU")
def backward_dw2_before_relu(params, cache, y):
    z = cache[0] @ params["W1"].T + params["b1"]
    return {**backward(params, cache, y), "W2": logits_gradient(cache, y).T @ z}
