"""What learners get wrong here, one function each; what they share with a right answer comes from the reference."""

from __future__ import annotations

import torch
from reference import fit, predict, update

from grader.checks import edit, mistake

# --- predict


predict_greater_or_equal = edit("predict", {"> 0": ">= 0"}, "this is ≥: a point exactly on the line gives 0")
predict_without_bias = edit(
    "predict", {"+ b >": ">"}, "the bias is missing: the line would always go through the origin"
)
predict_less = edit("predict", {"> 0": "< 0"}, "the comparison is the other way round: 1 is for Xw + b above 0")
predict_sign = edit(
    "predict",
    {"(X @ w + b > 0)": "torch.sign(X @ w + b)"},
    "these are −1, 0 and 1, as sign gives them; the classes are 0 and 1",
)
predict_threshold_half = edit(
    "predict", {"0": "0.5"}, "½ is a threshold for probabilities; Xw + b is none, and its threshold is 0"
)
predict_bool = edit(
    "predict", {"(X @ w + b > 0).long()": "X @ w + b > 0"}, "these are booleans; the classes are int64, 0 and 1"
)
predict_float = edit("predict", {"long()": "to(X.dtype)"}, "these are floats; the classes are int64, 0 and 1")
predict_columns = edit("predict", {"X @": "X.T @"}, "w meets the columns of X; samples are its rows")


@mistake("predict", "squeeze also drops the axis of a batch of one: the result is [N], also for N = 1")
def predict_squeezed(X, w, b):
    return predict(X, w, b).squeeze()


# --- update


def moved(w, b, x, by):
    """w and b after a step of this size along x."""
    return w + by * x, b + by


@mistake("update", "the sign is wrong: w moves away from a row of class 1 that was missed, and towards one of class 0")
def update_sign(w, b, x, y, lr):
    return moved(w, b, x, lr * (int(x @ w + b > 0) - y))


@mistake("update", "the error is taken from z = xw + b itself; the perceptron's is y − ŷ, with ŷ 0 or 1")
def update_by_z(w, b, x, y, lr):
    return moved(w, b, x, lr * (y - (x @ w + b)))


@mistake("update", "the learning rate is missing")
def update_without_lr(w, b, x, y, lr):
    return moved(w, b, x, y - int(x @ w + b > 0))


update_b_without_lr = edit(
    "update",
    {"predict(x[None], w, b).item()": "int(x @ w + b > 0)", "b + lr * error": "b + error"},
    "b moves without the learning rate",
)


@mistake(
    "update",
    "b stays as it was; it learns, too, by the ŷ of the old w (asked of the new w, the row may be right already)",
)
def update_without_b(w, b, x, y, lr):
    return update(w, b, x, y, lr)[0], b.clone()


@mistake("update", "w stays as it was")
def update_without_w(w, b, x, y, lr):
    return w.clone(), update(w, b, x, y, lr)[1]


update_without_x = edit(
    "update",
    {"predict(x[None], w, b).item()": "int(x @ w + b > 0)", " * x": ""},
    "w moves by lr·(y − ŷ) alone; its step is along x",
)


@mistake("update", "ŷ is worked out without the bias")
def update_decides_without_bias(w, b, x, y, lr):
    return moved(w, b, x, lr * (y - int(x @ w > 0)))


@mistake("update", "ŷ is 1 here for a row exactly on the line (≥); there it is 0")
def update_greater_or_equal(w, b, x, y, lr):
    return moved(w, b, x, lr * (y - int(x @ w + b >= 0)))


@mistake("update", "nothing is subtracted when a row of class 0 is taken for class 1")
def update_class_1_only(w, b, x, y, lr):
    return moved(w, b, x, lr * y * (1 - int(x @ w + b > 0)))


@mistake("update", "a row of class 1 is added even when it was recognised; only mistakes move anything")
def update_adds_recognised(w, b, x, y, lr):
    return moved(w, b, x, lr if y == 1 else -lr * int(x @ w + b > 0))


@mistake("update", "w and b themselves are changed (+= works in place); return new tensors")
def update_in_place(w, b, x, y, lr):
    error = y - int(x @ w + b > 0)
    w += lr * error * x
    b += lr * error
    return w, b


@mistake("update", "the results are float64 whatever w and b are; they should keep their dtype")
def update_double(w, b, x, y, lr):
    return tuple(tensor.double() for tensor in update(w, b, x, y, lr))


# --- fit


def zeros(X):
    return X.new_zeros(X.shape[1]), X.new_zeros(())


def pass_over(X, y, w, b, lr):
    """One epoch: w, b, and each row's error y − ŷ."""
    errors = []
    for x, label in zip(X, y.tolist(), strict=True):
        errors.append(label - int(x @ w + b > 0))
        w, b = moved(w, b, x, lr * errors[-1])
    return w, b, errors


@mistake("fit", "every row of an epoch is judged by the weights from before the epoch; w and b change after each row")
def fit_all_rows_at_once(X, y, lr, max_epochs):
    w, b = zeros(X)
    for epoch in range(1, max_epochs + 1):
        errors = y - (X @ w + b > 0).long()
        if not errors.any():
            return w, b, epoch, True
        w, b = w + lr * (errors.to(X.dtype) @ X), b + lr * errors.sum().to(X.dtype)
    return w, b, max_epochs, False


@mistake("fit", "the epochs are counted from 0: the one without mistakes counts, too")
def fit_counts_from_0(X, y, lr, max_epochs):
    w, b, epochs, converged = fit(X, y, lr, max_epochs)
    return w, b, epochs - converged, converged


@mistake(
    "fit",
    "it stops when all rows are right after an epoch; asked for is an epoch without a mistake, which is one later",
)
def fit_tests_after_the_epoch(X, y, lr, max_epochs):
    w, b = zeros(X)
    for epoch in range(1, max_epochs + 1):
        w, b, _ = pass_over(X, y, w, b, lr)
        if torch.equal((X @ w + b > 0).long(), y):
            return w, b, epoch, True
    return w, b, max_epochs, False


@mistake("fit", "each row is judged after its own update, when it is often right already; ask for its answer before")
def fit_judges_after_the_update(X, y, lr, max_epochs):
    w, b = zeros(X)
    for epoch in range(1, max_epochs + 1):
        mistakes = 0
        for x, label in zip(X, y.tolist(), strict=True):
            w, b = update(w, b, x, label, lr)
            mistakes += int(x @ w + b > 0) != label
        if mistakes == 0:
            return w, b, epoch, True
    return w, b, max_epochs, False


@mistake(
    "fit", "b has the shape [1], because torch.zeros(1) makes an axis of length 1; torch.zeros(()) makes a 0-d tensor"
)
def fit_b_with_an_axis(X, y, lr, max_epochs):
    w, b, epochs, converged = fit(X, y, lr, max_epochs)
    return w, b.reshape(1), epochs, converged


@mistake("fit", "True comes back even when there was no epoch without mistakes")
def fit_always_converged(X, y, lr, max_epochs):
    return (*fit(X, y, lr, max_epochs)[:3], True)


@mistake("fit", "it goes on to max_epochs, though an epoch passed without mistakes before")
def fit_never_stops(X, y, lr, max_epochs):
    w, b, _, converged = fit(X, y, lr, max_epochs)
    return w, b, max_epochs, converged


@mistake("fit", "mistakes of both kinds cancel: +1 and −1 add up to 0. Count them, whatever their sign")
def fit_errors_cancel(X, y, lr, max_epochs):
    w, b = zeros(X)
    for epoch in range(1, max_epochs + 1):
        w, b, errors = pass_over(X, y, w, b, lr)
        if sum(errors) == 0:
            return w, b, epoch, True
    return w, b, max_epochs, False


@mistake("fit", "w and b may come back to where they were within an epoch, in spite of mistakes: count the mistakes")
def fit_weights_unchanged(X, y, lr, max_epochs):
    w, b = zeros(X)
    for epoch in range(1, max_epochs + 1):
        before = w, b
        w, b, _ = pass_over(X, y, w, b, lr)
        if torch.equal(w, before[0]) and torch.equal(b, before[1]):
            return w, b, epoch, True
    return w, b, max_epochs, False


@mistake("fit", "only the last row of the epoch decides: each row overwrites what was noted of the rows before")
def fit_last_row_decides(X, y, lr, max_epochs):
    w, b = zeros(X)
    for epoch in range(1, max_epochs + 1):
        w, b, errors = pass_over(X, y, w, b, lr)
        if errors[-1] == 0:
            return w, b, epoch, True
    return w, b, max_epochs, False


@mistake("fit", "the mistakes of earlier epochs are still counted: begin every epoch at 0")
def fit_count_never_reset(X, y, lr, max_epochs):
    w, b = zeros(X)
    mistakes = 0
    for epoch in range(1, max_epochs + 1):
        w, b, errors = pass_over(X, y, w, b, lr)
        mistakes += sum(map(abs, errors))
        if mistakes == 0:
            return w, b, epoch, True
    return w, b, max_epochs, False


@mistake("fit", "the first epoch is the only one: the return stands inside the loop over the epochs")
def fit_one_epoch(X, y, lr, max_epochs):
    return fit(X, y, lr, 1)


@mistake("fit", "there is one epoch more than max_epochs")
def fit_one_epoch_more(X, y, lr, max_epochs):
    w, b, epochs, converged = fit(X, y, lr, max_epochs + 1)
    return w, b, epochs if converged else max_epochs, converged


@mistake("fit", "the first epoch is never looked at: it may be the one without mistakes already")
def fit_skips_the_first_epoch(X, y, lr, max_epochs):
    w, b = zeros(X)
    for epoch in range(1, max_epochs + 1):
        w, b, errors = pass_over(X, y, w, b, lr)
        if epoch > 1 and not any(errors):
            return w, b, epoch, True
    return w, b, max_epochs, False


@mistake("fit", "it learns with the learning rate 1, whichever was handed in")
def fit_without_lr(X, y, lr, max_epochs):
    return fit(X, y, 1.0, max_epochs)


@mistake("fit", "w and b start from 1, not from 0")
def fit_from_ones(X, y, lr, max_epochs):
    w, b = (start + 1 for start in zeros(X))
    for epoch in range(1, max_epochs + 1):
        w, b, errors = pass_over(X, y, w, b, lr)
        if not any(errors):
            return w, b, epoch, True
    return w, b, max_epochs, False


@mistake("fit", "b is never learned: it stays 0")
def fit_without_b(X, y, lr, max_epochs):
    w, b = zeros(X)
    for epoch in range(1, max_epochs + 1):
        mistakes = 0
        for x, label in zip(X, y.tolist(), strict=True):
            mistakes += int(x @ w + b > 0) != label
            w, _ = moved(w, b, x, lr * (label - int(x @ w + b > 0)))
        if mistakes == 0:
            return w, b, epoch, True
    return w, b, max_epochs, False


def fit_from_float32(X, y, lr, max_epochs, answer):
    w, b = torch.zeros(X.shape[1]), torch.zeros(())
    for epoch in range(1, max_epochs + 1):
        mistakes = 0
        for x, label in zip(X, y.tolist(), strict=True):
            mistakes += int(answer(x, w, b)) != label
            w, b = update(w, b, x, label, lr)
        if mistakes == 0:
            return w, b, epoch, True
    return w, b, max_epochs, False


@mistake("fit", "without a dtype torch.zeros makes float32; let w and b have that of X")
def fit_from_float32_zeros(X, y, lr, max_epochs):
    return fit_from_float32(X, y, lr, max_epochs, lambda x, w, b: predict(x[None], w, b))


@mistake(
    "fit", "w is float32, because torch.zeros was given no dtype, and X may be float64: let w and b have the dtype of X"
)
def fit_float32_dot(X, y, lr, max_epochs):
    return fit_from_float32(X, y, lr, max_epochs, lambda x, w, b: x @ w + b > 0)


@mistake("fit", "w and b are float64 whatever X is; let them have the dtype of X")
def fit_double(X, y, lr, max_epochs):
    w, b, epochs, converged = fit(X.double(), y, lr, max_epochs)
    return w, b, epochs, converged
