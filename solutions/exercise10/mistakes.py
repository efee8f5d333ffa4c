"""What learners get wrong here, each as an edit of reference.py."""

from __future__ import annotations

from grader.checks import edit

# --- cost

cost_sum = edit("cost", {"mean": "sum"}).says("this is the sum of the squares; the mean is asked for")
cost_half = edit("cost", {"error**2)": "error**2) / 2"}).says("this is half of the mean: here the cost has no factor ½")
cost_absolute = edit("cost", {"error**2": "np.abs(error)"}).says(
    "this is the mean of the absolute errors: they are to be squared"
)
cost_square_of_mean = edit("cost", {"error**2)": "error) ** 2"}).says(
    "the mean is taken before the square, so that errors of opposite sign cancel"
)
cost_root = edit("cost", {"np.mean(error**2)": "np.sqrt(np.mean(error**2))"}).says(
    "this is the root of the mean square; the mean square itself is asked for"
)
cost_without_bias = edit("cost", {" + b -": " -"}).says("the bias b is left out of the prediction")
cost_divided_by_inputs = edit("cost", {"np.mean(error**2)": "np.sum(error**2) / X.shape[1]"}).says(
    "the sum is divided by the number of inputs, D; it is a mean over the samples"
)
cost_sample_variance = edit("cost", {"np.mean(error**2)": "np.sum(error**2) / (len(X) - 1)"}).says(
    "the sum is divided by m − 1; a mean over m samples divides by m"
)
cost_per_sample = edit("cost", {"np.mean(error**2)": "error**2"}).says(
    "these are the squares sample by sample; one number, their mean, is asked for"
)
cost_column_broadcast = edit("cost", "return np.mean((X @ w + b - y) ** 2)").says(
    "[m] minus [m, 1] is broadcast to [m, m]: every prediction meets every target. Give y one shape first"
)
cost_flat_broadcast = edit("cost", "return np.mean((X @ w.reshape(-1, 1) + b - y) ** 2)").says(
    "[m, 1] minus [m] is broadcast to [m, m]: every prediction meets every target, because y comes flat, too"
)

# --- gradient

gradient_half = edit("gradient", {"2 * X.T": "X.T", "2 * np": "np"}).says(
    "both gradients are half of what they should be: the derivative of a square has a factor 2"
)
gradient_sum = edit("gradient", {" / len(X)": "", "np.mean": "np.sum"}).says(
    "both gradients are m times too large: the cost is a mean, and so is its gradient"
)
gradient_half_of_sum = edit(
    "gradient", {"2 * X.T @ error / len(X), 2 * np.mean(error)": "X.T @ error, np.sum(error)"}
).says("both are sums of error times input: the mean and the factor 2 are missing")
gradient_bias_sum = edit("gradient", {"np.mean": "np.sum"}).says("dw is a mean over the samples, but db is their sum")
gradient_weights_sum = edit("gradient", {" / len(X)": ""}).says("db is a mean over the samples, but dw is their sum")
gradient_bias_half = edit("gradient", {"2 * np": "np"}).says("the factor 2 is missing in db")
gradient_bias_zero = edit("gradient", {"2 * np.mean(error)": "0.0"}).says(
    "db is 0, as if b were a constant: the cost depends on b, too"
)
gradient_sign = edit("gradient", {"X @ w + b - y.ravel()": "y.ravel() - (X @ w + b)"}).says(
    "both signs are the other way round: the gradient points to where the cost grows"
)
gradient_without_bias = edit("gradient", {" + b -": " -"}).says("the bias b is left out of the prediction")
gradient_divided_by_inputs = edit(
    "gradient", {"len(X)": "X.shape[1]", "np.mean(error)": "np.sum(error) / X.shape[1]"}
).says("the sums are divided by the number of inputs, D; they are means over the samples")
gradient_of_squares = edit("gradient", {"X @ w + b - y.ravel()": "(X @ w + b - y.ravel()) ** 2"}).says(
    "the errors are squared: the derivative of a square contains the error itself, once"
)
gradient_of_signs = edit("gradient", {"X @ w + b - y.ravel()": "np.sign(X @ w + b - y.ravel()) / 2"}).says(
    "only the signs of the errors are used, as for a mean of absolute errors: here the errors themselves count"
)
gradient_untransposed = edit("gradient", {"X.T": "X"}).says(
    "X is not transposed: that has a shape that fits where m = D only. dw sums over the samples"
)
gradient_without_inputs = edit("gradient", {"2 * X.T @ error / len(X)": "np.full_like(w, 2 * np.mean(error))"}).says(
    "dw lacks the inputs: each error counts with the sample's own x"
)
gradient_mean_over_inputs = edit(
    "gradient", {"2 * X.T @ error / len(X)": "np.full_like(w, 2 * np.mean(error[:, None] * X))"}
).says("the mean in dw runs over the inputs as well: each weight has a mean of its own, over the samples")
gradient_bias_per_sample = edit("gradient", {"np.mean(error)": "error / len(X)"}).says(
    "db is not summed up: there is one for each sample, and a single number is asked for"
)
gradient_column_broadcast = edit("gradient", {"y.ravel()": "y"}).says(
    "[m] minus [m, 1] is broadcast to [m, m]: every prediction meets every target. Give y one shape first"
)
gradient_column_broadcast_summed = edit(
    "gradient", {"y.ravel()": "y", "np.mean(error)": "np.sum(error) / len(X)"}
).says("[m] minus [m, 1] is broadcast to [m, m]: every prediction meets every target. Give y one shape first")
gradient_column_broadcast_by_input = edit(
    "gradient", {"y.ravel()": "y", "2 * X.T @ error / len(X)": "np.array([np.mean(2 * error * x) for x in X.T])"}
).says("the means run over [m, m] errors, of every prediction with every target: give y one shape first")
gradient_flat_broadcast = edit(
    "gradient",
    {
        "X @ w + b - y.ravel()": "X @ w.reshape(-1, 1) + b - y",
        "2 * X.T @ error / len(X)": "np.array([np.mean(2 * error * x[:, None]) for x in X.T])",
    },
).says("[m, 1] minus [m] is broadcast to [m, m]: every prediction meets every target, because y comes flat, too")
gradient_weights_half = edit("gradient", {"2 * X.T": "X.T"}).says("the factor 2 is missing in dw")
gradient_divided_twice = edit("gradient", {"len(X)": "len(X) ** 2", "np.mean(error)": "np.mean(error) / len(X)"}).says(
    "both gradients are m times too small: the mean is taken twice"
)
gradient_exchanged = edit(
    "gradient", {"2 * X.T @ error / len(X), 2 * np.mean(error)": "2 * np.mean(error), 2 * X.T @ error / len(X)"}
).says("the two stand in the wrong order: dw comes first, then db")
gradient_as_columns = edit(
    "gradient", {"X @ w + b - y.ravel()": "(X @ w + b - y.ravel())[:, None]", "mean(error)": "mean(error, axis=0)"}
).says("dw comes out as [D, 1] and db as [1]: dw has the shape of w, db is a number")
gradient_squeezed = edit("gradient", {"2 * X.T @ error / len(X)": "np.squeeze(2 * X.T @ error / len(X))[()]"}).says(
    "with D = 1, dw is no longer an array of shape [1]: it has the shape of w whatever D is"
)

# --- batch_step

step_uphill = edit("batch_step", {"- lr * dw, b -": "+ lr * dw, b +"}).says(
    "this goes along the gradient, uphill: the cost grows"
)
step_without_rate = edit("batch_step", {"w - lr * dw, b - lr * db": "w - dw, b - db"}).says(
    "the learning rate is not used"
)
step_bias_without_rate = edit("batch_step", {"b - lr * db": "b - db"}).says(
    "b moves by the whole of db: the learning rate is missing there"
)
step_change_only = edit("batch_step", {"w - lr * dw, b - lr * db": "-lr * dw, -lr * db"}).says(
    "these are the changes of w and b alone; the new w and b are asked for"
)
step_bias_stays = edit("batch_step", {"b - lr * db": "b"}).says("b does not move: it is a parameter, too")
step_weights_stay = edit("batch_step", {"w - lr * dw": "w.copy()"}).says("w does not move: the new one is not used")
step_bias_from_new_weights = edit(
    "batch_step", {"return w - lr * dw, b - lr * db": "w = w - lr * dw\nreturn w, b - lr * gradient(w, b, X, y)[1]"}
).says("b's gradient is taken after w has moved: both belong to one point, the old w and b")
step_weights_from_new_bias = edit(
    "batch_step", {"return w - lr * dw, b - lr * db": "b = b - lr * db\nreturn w - lr * gradient(w, b, X, y)[0], b"}
).says("w's gradient is taken after b has moved: both belong to one point, the old w and b")
step_one_by_one = edit(
    "batch_step",
    {
        "return w - lr * dw, b - lr * db": "w = w.copy()\nfor j in range(len(w)):\n"
        "    w[j] -= lr * gradient(w, b, X, y)[0][j]\nreturn w, b - lr * gradient(w, b, X, y)[1]"
    },
).says("the entries of w move one after another, each by a new gradient: all move together, by one gradient")
step_weights_one_by_one = edit(
    "batch_step",
    {
        "return w - lr * dw, b - lr * db": "w = w.copy()\nfor j in range(len(w)):\n"
        "    w[j] -= lr * gradient(w, b, X, y)[0][j]\nreturn w, b - lr * db"
    },
).says("the entries of w move one after another, each by a new gradient: all move together, by one gradient")
step_in_place = edit("batch_step", {"return w - lr * dw, b - lr * db": "w -= lr * dw\nreturn w, b - lr * db"}).says(
    "the array w that was handed in is changed (by −=, say): make a new one"
)
step_by_cost = edit("batch_step", {"dw, db = gradient": "c = cost", "dw, b - lr * db": "c, b - lr * c"}).says(
    "the cost stands where the gradient belongs: it is one number, and has no direction"
)
step_divided_twice = edit("batch_step", {"return": "lr = lr / len(X)\nreturn"}).says(
    "the gradient is divided by m once more: it is a mean already"
)
step_column_broadcast = edit(
    "batch_step",
    {
        "gradient(w, b, X, y)": "2 * X.T @ (X @ w + b - y) / len(X), 2 * np.mean(X @ w + b - y)",
        "lr * dw": "lr * (dw if y.ndim == 1 else dw[:, 0])",
    },
).says("a column of targets is broadcast against the predictions [m], so that every prediction meets every target")

# --- minibatch_epoch

epoch_divided_by_batch_size = edit("minibatch_epoch", {"y[rows], lr": "y[rows], lr * len(rows) / batch_size"}).says(
    "the short last batch is divided by batch_size: its mean is over the samples that it has"
)
epoch_divided_by_all = edit("minibatch_epoch", {"y[rows], lr": "y[rows], lr * len(rows) / len(X)"}).says(
    "every batch is divided by m, the number of all samples: its mean is over the samples that it has"
)
epoch_half = edit("minibatch_epoch", {"for start": "lr = lr / 2\nfor start"}).says(
    "every step is half as long as it should be: the derivative of a square has a factor 2"
)
epoch_bias_from_new_weights = edit(
    "minibatch_epoch",
    {
        "w, b = batch_step(w, b, X[rows], y[rows], lr)": "w, _ = batch_step(w, b, X[rows], y[rows], lr)\n"
        "_, b = batch_step(w, b, X[rows], y[rows], lr)"
    },
).says("b's gradient is taken after w has moved: both belong to one point, the old w and b")
epoch_bias_stays = edit("minibatch_epoch", {"w, b = batch_step": "w, _ = batch_step"}).says(
    "b does not move: it is a parameter, too"
)
epoch_without_rest = edit("minibatch_epoch", {"len(order)": "len(order) - batch_size + 1"}).says(
    "the short last batch is left out"
)
epoch_filled_up = edit(
    "minibatch_epoch",
    {"order[start : start + batch_size]": "np.take(order, range(start, start + batch_size), mode='wrap')"},
).says("a short batch is filled up with rows from the beginning of `order`: it counts as it is")
epoch_without_order = edit("minibatch_epoch", {"for start": "order = np.arange(len(X))\nfor start"}).says(
    "the rows are taken as they lie in X: `order` says which come first"
)
epoch_targets_not_reordered = edit(
    "minibatch_epoch", {"for start": "X, order = X[order], np.arange(len(X))\nfor start"}
).says("X is put in order, y is not: every row meets another row's target")
epoch_inverse_order = edit(
    "minibatch_epoch", {"for start": "order = np.argsort(order, kind='stable')\nfor start"}
).says("`order` is read the wrong way round: order[k] is the row whose turn comes at place k")
epoch_from_one_point = edit(
    "minibatch_epoch",
    {
        "for start": "old = w, b\nfor start",
        "w, b = batch_step(w, b,": "dw, db = gradient(*old,",
        "y[rows], lr)": "y[rows])\nw, b = w - lr * dw, b - lr * db",
    },
).says("all batches take their gradient at the point where the epoch began: each step starts where the last one ended")
epoch_of_full_steps = edit("minibatch_epoch", {"order[start : start + batch_size]": "order"}).says(
    "every step uses all samples instead of its batch"
)
epoch_mean_of_gradients = edit(
    "minibatch_epoch",
    "batches = [order[at : at + batch_size] for at in range(0, len(order), batch_size)]\n"
    "found = [gradient(w, b, X[rows], y[rows]) for rows in batches]\n"
    "return w - lr * np.mean([dw for dw, _ in found], axis=0), b - lr * np.mean([db for _, db in found])",
).says("there is only one step, with the mean of all batches' gradients: each batch makes a step of its own")
epoch_return_in_loop = edit("minibatch_epoch", {"return w, b": "    return w, b"}).says(
    "only the first batch is used: does the return stand inside the loop?"
)
epoch_last_batch_only = edit(
    "minibatch_epoch", {"for start": "old = w, b\nfor start", "batch_step(w, b": "batch_step(*old"}
).says("only the last batch counts: every step starts again from the first w and b")
epoch_overlapping = edit("minibatch_epoch", {"start + batch_size]": "start + batch_size + 1]"}).says(
    "every batch reaches one row into the next: the end of a slice is not part of it"
)
epoch_moved_by_one = edit("minibatch_epoch", {"range(0, len(order), batch_size)": "range(len(order))"}).says(
    "the next batch begins one row further on, so that batches overlap: it begins batch_size rows further on"
)
epoch_last_left_out = edit("minibatch_epoch", {"len(order), ": "len(order) - batch_size, "}).says(
    "the last batch is left out, also where it is full"
)
epoch_number_of_batches = edit(
    "minibatch_epoch",
    {
        "start in range(0, len(order), batch_size)": "rows in filter(len, np.array_split(order, batch_size))",
        "rows = order[start : start + batch_size]": "",
    },
).says("batch_size is taken for the number of batches")
epoch_size_of_batches = edit(
    "minibatch_epoch", {"for start": "batch_size = max(1, len(order) // batch_size)\nfor start"}
).says("batch_size is taken for the number of batches")
epoch_equal_batches = edit(
    "minibatch_epoch",
    {
        "start in range(0, len(order), batch_size)": "rows in np.array_split(order, -(-len(order) // batch_size))",
        "rows = order[start : start + batch_size]": "",
    },
).says("the rows are shared out evenly: every batch but the last has batch_size of them, and the last has the rest")
epoch_fewer_equal_batches = edit(
    "minibatch_epoch",
    {
        "start in range(0, len(order), batch_size)": "rows in np.array_split(order, max(1, len(order) // batch_size))",
        "rows = order[start : start + batch_size]": "",
    },
).says("the rows are shared out evenly: every batch but the last has batch_size of them, and the last has the rest")
epoch_first_left_out = edit("minibatch_epoch", {"range(0": "range(batch_size"}).says("the first batch is left out")
epoch_by_mask = edit(
    "minibatch_epoch",
    {"order[start : start + batch_size]": "np.isin(np.arange(len(X)), order[start : start + batch_size])"},
).says("a row that is named twice in a batch counts only once; it counts twice")
epoch_column_broadcast = edit(
    "minibatch_epoch",
    {
        "w, b = batch_step(w, b, X[rows], y[rows], lr)": "error = X[rows] @ w + b - y[rows]\n"
        "dw = (2 * X[rows].T @ error / len(rows)).reshape(len(w), -1)[:, 0]\n"
        "w, b = w - lr * dw, b - lr * 2 * np.mean(error)"
    },
).says("a column of targets is broadcast against the batch, so that every prediction meets every target of it")

# --- sgd_epoch

sgd_without_order = edit("sgd_epoch", {"in order": "in range(len(X))"}).says(
    "the rows are taken as they lie in X: `order` says which comes first"
)
sgd_backwards = edit("sgd_epoch", {"in order": "in order[::-1]"}).says("the order is walked through from its end")
sgd_from_one_point = edit(
    "sgd_epoch",
    {
        "for row": "old = w, b\nfor row",
        "w, b = batch_step(w, b,": "dw, db = gradient(*old,",
        "y[[row]], lr)": "y[[row]])\nw, b = w - lr * dw, b - lr * db",
    },
).says("all gradients are taken at the point where the epoch began: each step starts where the last one ended")
sgd_last_left_out = edit("sgd_epoch", {"in order": "in order[:-1]"}).says("the last sample of `order` is left out")
sgd_first_left_out = edit("sgd_epoch", {"in order": "in order[1:]"}).says("the first sample of `order` is left out")
sgd_one_step = edit("sgd_epoch", "return batch_step(w, b, X[order], y[order], lr)").says(
    "this is one step with all samples; one step per sample is asked for"
)
sgd_return_in_loop = edit("sgd_epoch", {"return w, b": "    return w, b"}).says(
    "only the first sample is used: does the return stand inside the loop?"
)
sgd_divided_by_all = edit("sgd_epoch", {"y[[row]], lr": "y[[row]], lr / len(X)"}).says(
    "every single step is divided by m: it is a mean over its one sample"
)
sgd_half = edit("sgd_epoch", {"for row": "lr = lr / 2\nfor row"}).says(
    "every step is half as long as it should be: the derivative of a square has a factor 2"
)
sgd_bias_from_new_weights = edit(
    "sgd_epoch",
    {
        "w, b = batch_step(w, b, X[[row]], y[[row]], lr)": "w, _ = batch_step(w, b, X[[row]], y[[row]], lr)\n"
        "_, b = batch_step(w, b, X[[row]], y[[row]], lr)"
    },
).says("b's gradient is taken after w has moved: both belong to one point, the old w and b")
sgd_bias_stays = edit("sgd_epoch", {"w, b = batch_step": "w, _ = batch_step"}).says(
    "b does not move: it is a parameter, too"
)
sgd_of_full_steps = edit("sgd_epoch", {"X[[row]], y[[row]]": "X, y"}).says(
    "every step uses all samples instead of its one"
)
sgd_row_once = edit("sgd_epoch", {"in order": "in dict.fromkeys(order)"}).says(
    "a row that is named twice makes only one step; it makes two"
)
