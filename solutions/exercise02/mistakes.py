"""What learners get wrong here, each as an edit of reference.py."""

from __future__ import annotations

from grader.checks import edit

# --- predict

predict_greater_or_equal = edit("predict", {"> 0": ">= 0"}).says(
    "a point exactly on the line gives 1, as with ≥; there the answer is 0"
)
predict_without_bias = edit("predict", {"+ b >": ">"}).says(
    "the bias is missing: the line would always go through the origin"
)
predict_bias_as_threshold = edit("predict", {"+ b > 0": "> b"}).says(
    "Xw is compared with b, as with a threshold; the bias is added, and the sum compared with 0"
)
predict_bias_in_every_term = edit("predict", {"+": "+ X.shape[1] *"}).says(
    "b is added to every product, so D times in all; a neuron has one bias, added once"
)
predict_less = edit("predict", {"> 0": "< 0"}).says("the comparison is the other way round: 1 is for Xw + b above 0")
predict_sign = edit("predict", {"(X @ w + b > 0).long()": "torch.where(X @ w + b > 0, 1, -1)"}).says(
    "off the line these are −1 and 1; the classes are 0 and 1"
)
predict_threshold_half = edit("predict", {"0": "0.5"}).says(
    "½ is a threshold for probabilities; Xw + b is none, and its threshold is 0"
)
predict_tolerance = edit("predict", {"> 0": "> 1e-6"}).says(
    "a point very close to the line counts as on it, as with a tolerance or in float32; every Xw + b above 0 gives 1"
)
predict_bool = edit("predict", {"(X @ w + b > 0).long()": "X @ w + b > 0"}).says(
    "these are booleans; the classes are int64, 0 and 1"
)
predict_float = edit("predict", {"long()": "float()"}).says("these are floats; the classes are int64, 0 and 1")
predict_columns = edit("predict", {"X @": "X.T @"}).says("w meets the columns of X; samples are its rows")
predict_squeezed = edit("predict", {"long()": "long().squeeze()"}).says(
    "a batch of one has lost its axis, as squeeze does it: the result is [N], also for N = 1"
)

# --- update

update_sign = edit("update", {"y - predict(x[None], w, b).item()": "int(x @ w + b > 0) - y"}).says(
    "the sign is wrong: w moves away from a row of class 1 that was missed, and towards one of class 0"
)
update_by_z = edit("update", {"predict(x[None], w, b).item()": "(x @ w + b)"}).says(
    "the error is taken from z = xw + b itself; the perceptron's is y − ŷ, with ŷ 0 or 1"
)
update_by_sigmoid = edit("update", {"predict(x[None], w, b).item()": "torch.sigmoid(x @ w + b)"}).says(
    "the error is taken from the sigmoid of z; the perceptron's is y − ŷ, with ŷ 0 or 1"
)
update_without_lr = edit("update", {"w + lr *": "w +", "b + lr *": "b +"}).says("the learning rate is missing")
update_b_without_lr = edit("update", {"b + lr *": "b +"}).says("b moves without the learning rate")
update_without_b = edit("update", {"b + lr * error": "b.clone()"}).says("b stays as it was; it learns, too")
update_b_by_moved_w = edit("update", {"b + lr * error": "b + lr * (y - int(x @ (w + lr * error * x) + b > 0))"}).says(
    "b learns by the ŷ of the moved w, by which the row may be right already; work out ŷ once, from the old w and b"
)
update_without_w = edit("update", {"w + lr * error * x": "w.clone()"}).says("w stays as it was")
update_without_x = edit("update", {" * x,": ","}).says("w moves by lr·(y − ŷ) alone; its step is along x")
update_decides_without_bias = edit("update", {"predict(x[None], w, b).item()": "int(x @ w > 0)"}).says(
    "ŷ is worked out without the bias"
)
update_greater_or_equal = edit("update", {"predict(x[None], w, b).item()": "int(x @ w + b >= 0)"}).says(
    "ŷ is 1 here for a row exactly on the line (≥); there it is 0"
)
update_always_moves_on_the_line = edit(
    "update", {"y - predict(x[None], w, b).item()": "(2 * y - 1) * int((2 * y - 1) * (x @ w + b) <= 0)"}
).says("a row of class 0 exactly on the line moves w and b, as with labels −1 and 1 and ≤ 0; its answer, 0, is right")
update_class_1_only = edit("update", {"y - predict(x[None], w, b).item()": "y * (1 - int(x @ w + b > 0))"}).says(
    "nothing is subtracted when a row of class 0 is taken for class 1"
)
update_adds_recognised = edit(
    "update", {"y - predict(x[None], w, b).item()": "1 if y == 1 else -int(x @ w + b > 0)"}
).says("a row of class 1 is added even when it was recognised, as by Hebb's rule; only mistakes move anything")
update_hebb_signed = edit("update", {"y - predict(x[None], w, b).item()": "1 if y == 1 else -1"}).says(
    "the answer plays no part: a row of class 1 is always added, one of class 0 always subtracted; only mistakes move "
    "anything"
)
update_doubled = edit(
    "update", {"y - predict(x[None], w, b).item()": "(1 if y == 1 else -1) - (1 if x @ w + b > 0 else -1)"}
).says("the step is twice as large as it should be, as it is with labels −1 and 1, whose difference is 2")
update_answer_minus_one = edit("update", {"predict(x[None], w, b).item()": "(1 if x @ w + b > 0 else -1)"}).says(
    "the answer counts as −1 or 1 here, and y is 0 or 1: their difference is not the error"
)
update_label_minus_one = edit("update", {"y - predict(x[None], w, b).item()": "2 * y - 1 - int(x @ w + b > 0)"}).says(
    "the label counts as −1 or 1 here, and the answer is 0 or 1: their difference is not the error"
)
update_double = edit(
    "update", {"w + lr * error * x, b + lr * error": "(w + lr * error * x).double(), (b + lr * error).double()"}
).says("the results are float64 whatever w and b are; they should keep their dtype")

# --- fit

fit_all_rows_at_once = edit(
    "fit",
    {
        "mistakes = 0": "old, mistakes = (w, b), 0",
        "mistakes += predict": "error = label - predict",
        "w, b).item() != label": "*old).item()\nmistakes += error != 0",
        "update(w, b, x, label, lr)": "w + lr * error * x, b + lr * error",
    },
).says("every row of an epoch is judged by the weights from before the epoch; w and b change after each row")
fit_judges_after_the_update = edit(
    "fit", {"predict(x[None], w, b)": "predict(x[None], *update(w, b, x, label, lr))"}
).says("each row is judged after its own update, when it is often right already; ask for its answer before")
fit_greater_or_equal = edit(
    "fit",
    {
        "mistakes += predict(x[None], w, b).item() != label": (
            "error = label - int(x @ w + b >= 0)\nmistakes += error != 0"
        ),
        "update(w, b, x, label, lr)": "w + lr * error * x, b + lr * error",
    },
).says("the answer to a row exactly on the line is 1 here (≥); it should be 0")
fit_last_row_skipped = edit("fit", {"zip(X, y.tolist()": "zip(X[:-1], y[:-1].tolist()"}).says(
    "the last row is left out, as when a loop ends one step early"
)
fit_breaks_at_mistake = edit("fit", {"label, lr)": "label, lr)\nif mistakes:\n    break"}).says(
    "an epoch ends with its first mistake, as a break ends it; it goes through all rows"
)
fit_counts_from_0 = edit("fit", {"epoch, True": "epoch - 1, True"}).says(
    "one epoch too few is told: they are counted from 0, or the one without mistakes is left out"
)
fit_counts_from_0_throughout = edit(
    "fit", {"epoch, True": "epoch - 1, True", "max_epochs, False": "max_epochs - 1, False"}
).says("the epochs are counted from 0, with and without a last one without mistakes: what is asked for is how many")
fit_one_epoch_less = edit("fit", {"max_epochs + 1": "max_epochs"}).says(
    "it gives up one epoch too early: there may be max_epochs of them"
)
fit_tests_after_the_epoch = edit("fit", {"mistakes == 0": "torch.equal(predict(X, w, b), y)"}).says(
    "it stops when all rows are right after an epoch; asked for is an epoch without a mistake, which is one later"
)
fit_b_with_an_axis = edit("fit", {"X.new_zeros(())": "X.new_zeros(1)"}).says(
    "b has the shape [1], as torch.zeros(1) has it; torch.zeros(()) is a 0-d tensor"
)
fit_converged_by_number = edit("fit", {"epoch, True": "epoch, epoch < max_epochs"}).says(
    "an epoch without mistakes that is the last one allowed gives False; it gives True, too"
)
fit_always_converged = edit("fit", {"False": "True"}).says(
    "True comes back even when there was no epoch without mistakes"
)
fit_never_stops = edit("fit", {"if mistakes == 0:\n    return w, b, epoch, True": "", "False": "mistakes == 0"}).says(
    "it goes on to max_epochs, though an epoch passed without mistakes before"
)
fit_errors_cancel = edit(
    "fit", {"predict(x[None], w, b).item() != label": "label - predict(x[None], w, b).item()"}
).says("mistakes of both kinds cancel: +1 and −1 add up to 0. Count them, whatever their sign")
fit_weights_unchanged = edit(
    "fit",
    {
        "mistakes = 0": "mistakes, before = 0, (w, b)",
        "mistakes == 0": "torch.equal(w, before[0]) and torch.equal(b, before[1])",
    },
).says("w and b may come back to where they were within an epoch, in spite of mistakes: count the mistakes")
fit_last_row_decides = edit("fit", {"mistakes +=": "mistakes ="}).says(
    "only the last row of the epoch decides: each row overwrites what was noted of the rows before"
)
fit_count_never_reset = edit("fit", {"w, b = X": "mistakes = 0\nw, b = X", "mistakes = 0": ""}).says(
    "no epoch counts as one without mistakes, as when the count goes on from epoch to epoch (begin each at 0), or when "
    "w and b are set back to 0 in each (let them go on)"
)
fit_one_epoch = edit("fit", {"return w, b, max_epochs, False": "    return w, b, epoch, False"}).says(
    "this comes of one epoch alone, as when a return stands inside the loop over the epochs, or when w and b are set "
    "back to 0 in each epoch"
)
fit_one_epoch_more = edit("fit", {"max_epochs + 1": "max_epochs + 2"}).says(
    "it goes on after max_epochs epochs; more are not allowed"
)
fit_skips_the_first_epoch = edit("fit", {"mistakes == 0": "epoch > 1 and mistakes == 0"}).says(
    "the first epoch is never looked at: it may be the one without mistakes already"
)
fit_without_lr = edit("fit", {"label, lr)": "label, 1.0)"}).says(
    "it learns with the learning rate 1, whichever was handed in"
)
fit_w_from_ones = edit("fit", {"X.new_zeros(X.shape[1])": "X.new_ones(X.shape[1])"}).says("w starts from 1, not from 0")
fit_b_from_one = edit("fit", {"X.new_zeros(())": "X.new_ones(())"}).says("b starts from 1, not from 0")
fit_without_b = edit("fit", {"w, b = update": "w, _ = update"}).says("b is never learned: it stays 0")
fit_from_float32_zeros = edit(
    "fit", {"X.new_zeros(X.shape[1]), X.new_zeros(())": "torch.zeros(X.shape[1]), torch.zeros(())"}
).says("w or b is float32, as torch.zeros makes it without a dtype; let both have that of X")
fit_float32_dot = edit(
    "fit",
    {
        "X.new_zeros(X.shape[1]), X.new_zeros(())": "torch.zeros(X.shape[1]), torch.zeros(())",
        "predict(x[None], w, b).item()": "int(x @ w + b > 0)",
    },
).says("w is float32, because torch.zeros was given no dtype, and X may be float64: let w and b have the dtype of X")
fit_double = edit("fit", {"w, b = X": "X = X.double()\nw, b = X"}).says(
    "w and b are float64 whatever X is; let them have the dtype of X"
)
