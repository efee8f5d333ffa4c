"""What learners get wrong here, one function each; what they share with a right answer comes from the reference."""

from __future__ import annotations

import numpy as np
from reference import batch_step, cost, gradient

from grader.checks import edit, mistake


def errors(w, b, X, y):
    return X @ w + b - y.ravel()


def from_errors(X, e):
    """(dw, db) as they should be for these errors."""
    return 2 * X.T @ e / len(X), 2 * np.mean(e)


def steps(w, b, X, y, lr, batches):
    for rows in batches:
        w, b = batch_step(w, b, X[rows], y[rows], lr)
    return w, b


def slices(order, batch_size):
    return [order[start : start + batch_size] for start in range(0, len(order), batch_size)]


# --- cost


@mistake("cost", "this is the sum of the squares; the mean is asked for")
def cost_sum(w, b, X, y):
    return np.sum(errors(w, b, X, y) ** 2)


@mistake("cost", "this is half of the mean: here the cost has no factor ½")
def cost_half(w, b, X, y):
    return cost(w, b, X, y) / 2


@mistake("cost", "this is the mean of the absolute errors: they are to be squared")
def cost_absolute(w, b, X, y):
    return np.mean(np.abs(errors(w, b, X, y)))


@mistake("cost", "the mean is taken before the square, so that errors of opposite sign cancel")
def cost_square_of_mean(w, b, X, y):
    return np.mean(errors(w, b, X, y)) ** 2


@mistake("cost", "this is the root of the mean square; the mean square itself is asked for")
def cost_root(w, b, X, y):
    return np.sqrt(cost(w, b, X, y))


@mistake("cost", "the bias b is left out of the prediction")
def cost_without_bias(w, b, X, y):
    return cost(w, 0.0, X, y)


@mistake("cost", "the sum is divided by the number of inputs, D; it is a mean over the samples")
def cost_divided_by_inputs(w, b, X, y):
    return np.sum(errors(w, b, X, y) ** 2) / X.shape[1]


@mistake("cost", "these are the squares sample by sample; one number, their mean, is asked for")
def cost_per_sample(w, b, X, y):
    return errors(w, b, X, y) ** 2


cost_column_broadcast = edit("cost", "return np.mean((X @ w + b - y) ** 2)").says(
    "[m] minus [m, 1] is broadcast to [m, m]: every prediction meets every target. Give y one shape first"
)
cost_flat_broadcast = edit("cost", "return np.mean((X @ w.reshape(-1, 1) + b - y) ** 2)").says(
    "the prediction is made a column, and [m, 1] minus [m] is broadcast to [m, m]: y comes flat, too"
)


# --- gradient


@mistake("gradient", "both gradients are half of what they should be: the derivative of a square has a factor 2")
def gradient_half(w, b, X, y):
    dw, db = gradient(w, b, X, y)
    return dw / 2, db / 2


@mistake("gradient", "both gradients are m times too large: the cost is a mean, and so is its gradient")
def gradient_sum(w, b, X, y):
    dw, db = gradient(w, b, X, y)
    return dw * len(X), db * len(X)


@mistake("gradient", "both are sums of error times input: the mean and the factor 2 are missing")
def gradient_half_of_sum(w, b, X, y):
    dw, db = gradient(w, b, X, y)
    return dw * len(X) / 2, db * len(X) / 2


@mistake("gradient", "dw is a mean over the samples, but db is their sum")
def gradient_bias_sum(w, b, X, y):
    dw, db = gradient(w, b, X, y)
    return dw, db * len(X)


@mistake("gradient", "db is a mean over the samples, but dw is their sum")
def gradient_weights_sum(w, b, X, y):
    dw, db = gradient(w, b, X, y)
    return dw * len(X), db


@mistake("gradient", "the factor 2 is missing in db")
def gradient_bias_half(w, b, X, y):
    dw, db = gradient(w, b, X, y)
    return dw, db / 2


@mistake("gradient", "both signs are the other way round: the gradient points to where the cost grows")
def gradient_sign(w, b, X, y):
    return from_errors(X, -errors(w, b, X, y))


@mistake("gradient", "the bias b is left out of the prediction")
def gradient_without_bias(w, b, X, y):
    return gradient(w, 0.0, X, y)


@mistake("gradient", "the sums are divided by the number of inputs, D; they are means over the samples")
def gradient_divided_by_inputs(w, b, X, y):
    dw, db = gradient(w, b, X, y)
    return dw * len(X) / X.shape[1], db * len(X) / X.shape[1]


@mistake("gradient", "the errors are squared: the derivative of a square contains the error itself, once")
def gradient_of_squares(w, b, X, y):
    return from_errors(X, errors(w, b, X, y) ** 2)


@mistake("gradient", "X is not transposed: that has a shape that fits where m = D only. dw sums over the samples")
def gradient_untransposed(w, b, X, y):
    e = errors(w, b, X, y)
    return 2 * X @ e / len(X), 2 * np.mean(e)


@mistake("gradient", "dw lacks the inputs: each error counts with the sample's own x")
def gradient_without_inputs(w, b, X, y):
    db = gradient(w, b, X, y)[1]
    return np.full_like(w, db), db


@mistake("gradient", "db is not summed up: there is one for each sample, and a single number is asked for")
def gradient_bias_per_sample(w, b, X, y):
    return gradient(w, b, X, y)[0], 2 * errors(w, b, X, y) / len(X)


@mistake(
    "gradient", "[m] minus [m, 1] is broadcast to [m, m]: every prediction meets every target. Give y one shape first"
)
def gradient_column_broadcast(w, b, X, y):
    return from_errors(X, X @ w + b - y)


@mistake(
    "gradient", "error and target are broadcast to [m, m], and the means run over all of that: give y one shape first"
)
def gradient_column_broadcast_by_input(w, b, X, y):
    e = X @ w + b - y
    return np.array([np.mean(2 * e * X[:, j]) for j in range(X.shape[1])]), 2 * np.mean(e)


@mistake("gradient", "the prediction is made a column, and [m, 1] minus [m] is broadcast to [m, m]: y comes flat, too")
def gradient_flat_broadcast(w, b, X, y):
    e = X @ w.reshape(-1, 1) + b - y
    return np.array([np.mean(2 * e * X[:, j : j + 1]) for j in range(X.shape[1])]), 2 * np.mean(e)


@mistake(
    "gradient",
    "all is made columns, so that dw comes out as [D, 1] and db as [1]: dw has the shape of w, db is a number",
)
def gradient_as_columns(w, b, X, y):
    e = errors(w, b, X, y)[:, None]
    return 2 * X.T @ e / len(X), 2 * np.mean(e, axis=0)


@mistake("gradient", "squeeze removes every axis of length 1, so that with D = 1 dw is no array any more")
def gradient_squeezed(w, b, X, y):
    dw, db = gradient(w, b, X, y)
    return np.squeeze(dw)[()], db


# --- batch_step


step_uphill = edit("batch_step", {"- lr * dw, b -": "+ lr * dw, b +"}).says(
    "this goes along the gradient, uphill: the cost grows"
)


@mistake("batch_step", "the learning rate is not used")
def step_without_rate(w, b, X, y, lr):
    return batch_step(w, b, X, y, 1.0)


@mistake("batch_step", "b does not move: it is a parameter, too")
def step_bias_stays(w, b, X, y, lr):
    return batch_step(w, b, X, y, lr)[0], b


@mistake("batch_step", "w does not move: the new one is not used")
def step_weights_stay(w, b, X, y, lr):
    return w.copy(), batch_step(w, b, X, y, lr)[1]


@mistake("batch_step", "b's gradient is taken after w has moved: both belong to one point, the old w and b")
def step_bias_from_new_weights(w, b, X, y, lr):
    w = w - lr * gradient(w, b, X, y)[0]
    return w, b - lr * gradient(w, b, X, y)[1]


@mistake("batch_step", "w's gradient is taken after b has moved: both belong to one point, the old w and b")
def step_weights_from_new_bias(w, b, X, y, lr):
    b = b - lr * gradient(w, b, X, y)[1]
    return w - lr * gradient(w, b, X, y)[0], b


@mistake(
    "batch_step", "the entries of w move one after another, each by a new gradient: all move together, by one gradient"
)
def step_one_by_one(w, b, X, y, lr):
    w = w.copy()
    for j in range(len(w)):
        w[j] -= lr * gradient(w, b, X, y)[0][j]
    return w, b - lr * gradient(w, b, X, y)[1]


step_in_place = edit("batch_step", {"return w - lr * dw, b - lr * db": "w -= lr * dw\nreturn w, b - lr * db"}).says(
    "w −= … writes into the array that was handed in: make a new one"
)
step_by_cost = edit("batch_step", {"dw, db = gradient": "c = cost", "dw, b - lr * db": "c, b - lr * c"}).says(
    "the cost stands where the gradient belongs: it is one number, and has no direction"
)


@mistake("batch_step", "the gradient is divided by m once more: it is a mean already")
def step_divided_twice(w, b, X, y, lr):
    return batch_step(w, b, X, y, lr / len(X))


@mistake("batch_step", "the errors are worked out with y as it is: a column of targets is broadcast against [m]")
def step_column_broadcast(w, b, X, y, lr):
    dw, db = from_errors(X, X @ w + b - y)
    return w - lr * (dw if y.ndim == 1 else dw[:, 0]), b - lr * db


# --- minibatch_epoch


@mistake("minibatch_epoch", "the short last batch is divided by batch_size: its mean is over the samples that it has")
def epoch_divided_by_batch_size(w, b, X, y, lr, batch_size, order):
    for rows in slices(order, batch_size):
        w, b = batch_step(w, b, X[rows], y[rows], lr * len(rows) / batch_size)
    return w, b


@mistake("minibatch_epoch", "the short last batch is left out")
def epoch_without_rest(w, b, X, y, lr, batch_size, order):
    return steps(w, b, X, y, lr, [rows for rows in slices(order, batch_size) if len(rows) == batch_size])


@mistake("minibatch_epoch", "the rows are taken as they lie in X: `order` says which come first")
def epoch_without_order(w, b, X, y, lr, batch_size, order):
    return steps(w, b, X, y, lr, slices(np.arange(len(X)), batch_size))


@mistake("minibatch_epoch", "X is put in order, y is not: every row meets another row's target")
def epoch_targets_not_reordered(w, b, X, y, lr, batch_size, order):
    return steps(w, b, X[order], y, lr, slices(np.arange(len(X)), batch_size))


@mistake("minibatch_epoch", "`order` is read the wrong way round: order[k] is the row whose turn comes at place k")
def epoch_inverse_order(w, b, X, y, lr, batch_size, order):
    return steps(w, b, X, y, lr, slices(np.argsort(order, kind="stable"), batch_size))


@mistake(
    "minibatch_epoch",
    "all batches take their gradient at the point where the epoch began: each step starts where the last one ended",
)
def epoch_from_one_point(w, b, X, y, lr, batch_size, order):
    new_w, new_b = w, b
    for rows in slices(order, batch_size):
        dw, db = gradient(w, b, X[rows], y[rows])
        new_w, new_b = new_w - lr * dw, new_b - lr * db
    return new_w, new_b


@mistake("minibatch_epoch", "every step uses all samples instead of its batch")
def epoch_of_full_steps(w, b, X, y, lr, batch_size, order):
    return steps(w, b, X, y, lr, [order] * len(slices(order, batch_size)))


@mistake("minibatch_epoch", "only the first batch is used: the return stands inside the loop")
def epoch_return_in_loop(w, b, X, y, lr, batch_size, order):
    return steps(w, b, X, y, lr, slices(order, batch_size)[:1])


@mistake("minibatch_epoch", "only the last batch counts: every step starts again from the first w and b")
def epoch_last_batch_only(w, b, X, y, lr, batch_size, order):
    return steps(w, b, X, y, lr, slices(order, batch_size)[-1:])


@mistake("minibatch_epoch", "every batch reaches one row into the next: the end of a slice is not part of it")
def epoch_overlapping(w, b, X, y, lr, batch_size, order):
    starts = range(0, len(order), batch_size)
    return steps(w, b, X, y, lr, [order[start : start + batch_size + 1] for start in starts])


@mistake("minibatch_epoch", "batch_size is taken for the number of batches")
def epoch_number_of_batches(w, b, X, y, lr, batch_size, order):
    return steps(w, b, X, y, lr, [rows for rows in np.array_split(order, batch_size) if len(rows)])


@mistake("minibatch_epoch", "a mask picks every row once: a row that is named twice in a batch counts twice")
def epoch_by_mask(w, b, X, y, lr, batch_size, order):
    return steps(w, b, X, y, lr, [np.isin(np.arange(len(X)), rows) for rows in slices(order, batch_size)])


@mistake(
    "minibatch_epoch", "the errors are worked out with y as it is: a column of targets is broadcast against the batch"
)
def epoch_column_broadcast(w, b, X, y, lr, batch_size, order):
    for rows in slices(order, batch_size):
        dw, db = from_errors(X[rows], X[rows] @ w + b - y[rows])
        w, b = w - lr * (dw if y.ndim == 1 else dw[:, 0]), b - lr * db
    return w, b


# --- sgd_epoch


@mistake("sgd_epoch", "the rows are taken as they lie in X: `order` says which comes first")
def sgd_without_order(w, b, X, y, lr, order):
    return steps(w, b, X, y, lr, slices(np.arange(len(X)), 1))


@mistake("sgd_epoch", "the order is walked through from its end")
def sgd_backwards(w, b, X, y, lr, order):
    return steps(w, b, X, y, lr, slices(order[::-1], 1))


@mistake(
    "sgd_epoch", "all gradients are taken at the point where the epoch began: each step starts where the last one ended"
)
def sgd_from_one_point(w, b, X, y, lr, order):
    dw, db = gradient(w, b, X[order], y[order])
    return w - lr * len(order) * dw, b - lr * len(order) * db


sgd_one_step = edit("sgd_epoch", "return batch_step(w, b, X[order], y[order], lr)").says(
    "this is one step with all samples; one step per sample is asked for"
)


@mistake("sgd_epoch", "only the first sample is used: the return stands inside the loop")
def sgd_return_in_loop(w, b, X, y, lr, order):
    return steps(w, b, X, y, lr, slices(order, 1)[:1])


@mistake("sgd_epoch", "every single step is divided by m: it is a mean over its one sample")
def sgd_divided_by_all(w, b, X, y, lr, order):
    return steps(w, b, X, y, lr / len(X), slices(order, 1))
