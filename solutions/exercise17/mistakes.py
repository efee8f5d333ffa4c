"""What learners get wrong here, each as an edit of reference.py."""

from __future__ import annotations

from grader.checks import edit

# --- features

features_numbers_first = edit(
    "features",
    {
        "[row.get(name) == value for name, value in columns] + [row.get(name) or 0 for name in numeric]": (
            "[row.get(name) or 0 for name in numeric] + [row.get(name) == value for name, value in columns]"
        )
    },
).says("the numbers come first; the one-hot blocks do, then the numbers")
features_numbers_sorted = edit("features", {"for name in numeric": "for name in sorted(numeric)"}).says(
    "the numbers are in alphabetical order; their order is that of numeric"
)
features_values_sorted = edit("features", {"in values": "in sorted(values)"}).says(
    "the columns of a block are in alphabetical order; their order is that of the values in categories"
)
features_categories_sorted = edit("features", {"categories.items()": "sorted(categories.items())"}).says(
    "the blocks are in alphabetical order; their order is that of categories"
)
features_values_seen = edit("features", {"in values": "in dict.fromkeys(row.get(name) for row in rows)"}).says(
    "the columns are made from the values in the rows; categories says which there are, and in which order"
)
features_values_seen_sorted = edit(
    "features", {"in values": "in sorted({row[name] for row in rows if row.get(name) is not None})"}
).says("the columns are made from the values in the rows; categories says which there are, and in which order")
features_only_used = edit("features", {"in values": "in values if any(row.get(name) == value for row in rows)"}).says(
    "a value that occurs in no row has no column; every value in categories has one"
)
features_without_first = edit("features", {"in values": "in values[1:]"}).says(
    "the first value of each category has no column; every value has one"
)
features_codes = edit(
    "features",
    "table = []\nfor row in rows:\n"
    "    codes = [values.index(row[name]) if row.get(name) in values else -1 for name, values in categories.items()]\n"
    "    table.append(codes + [row.get(name) or 0 for name in numeric])\n"
    "return torch.tensor(table, dtype=torch.float32).reshape(len(rows), len(categories) + len(numeric))",
).says("each category is one column with the value's number: that claims an order; each value has a column of its own")
features_any_category = edit("features", {"row.get(name) == value": "value in row.values()"}).says(
    "a value that two categories have in common is marked in the blocks of both; each block looks at its own name only"
)
features_last_category = edit(
    "features",
    {"row.get(name) == value": "value in map(row.get, categories) and {v: n for n, v in columns}[value] == name"},
).says("a value that two categories have in common is marked in the block of one of them only, whichever has it")
features_unknown_first = edit(
    "features", {"== value": "== value or (value == categories[name][0] and row.get(name) not in categories[name])"}
).says("where the value is unknown, the block's first column is 1; such a block is all zeros")
features_none_first = edit(
    "features", {"row.get(name) == value": "(row.get(name) or categories[name][0]) == value"}
).says("where a row has no value, the block's first column is 1; such a block is all zeros")
features_unknown_last = edit(
    "features", {"== value": "== value or (value == categories[name][-1] and row.get(name) not in categories[name])"}
).says("where the value is unknown, the block's last column is 1 (as with the index −1); such a block is all zeros")
features_other_column = edit(
    "features",
    {
        "in values]": "in [*values, None]]",
        "row.get(name) == value": "(row.get(name) if row.get(name) in categories[name] else None) == value",
    },
).says("each block has one more column, for other values; these give a block of zeros")
features_no_rows_no_columns = edit("features", {".reshape(len(rows), len(columns) + len(numeric))": ""}).says(
    "without rows, the columns are lost, too; the table is [0, F]"
)
features_missing_nan = edit(
    "features", {"row.get(name) or 0": "float('nan') if row.get(name) is None else row[name]"}
).says("a missing number has become NaN; it counts as 0")
features_missing_mean = edit(
    "features",
    {
        "row.get(name) or 0": "sum(r.get(name) or 0 for r in rows) / sum(r.get(name) is not None for r in rows)"
        " if row.get(name) is None else row[name]"
    },
).says("a missing number is the mean of the others; it counts as 0")
features_rows_dropped = edit(
    "features",
    {
        "for row in rows": "for row in rows if all(row.get(name) is not None for name in numeric)",
        "reshape(len(rows), ": "reshape(-1, ",
    },
).says("a sample with a missing number is left out; every sample has a row")

# --- predict_proba

proba_without_sigmoid = edit("predict_proba", {"torch.sigmoid(X @ w + b)": "X @ w + b"}).says(
    "these are the logits Xw + b; the sigmoid is missing"
)
proba_without_bias = edit("predict_proba", {" + b": ""}).says("the bias b is left out")
proba_of_zero = edit("predict_proba", {"X @ w + b": "-(X @ w + b)"}).says(
    "this is the probability of the label 0: the exponent has the wrong sign"
)
proba_minus_bias = edit("predict_proba", {" + b": " - b"}).says("b is subtracted; it is added")
proba_softmax = edit("predict_proba", {"sigmoid(X @ w + b)": "softmax(X @ w + b, dim=0)"}).says(
    "this is a softmax over the samples: they share one probability; each sample has a probability of its own"
)
proba_quotient = edit("predict_proba", "e = torch.exp(X @ w + b)\nreturn e / (1 + e)").says(
    "the exponential overflows for large logits, and inf/inf is NaN"
)
proba_squeezed = edit("predict_proba", {"torch.sigmoid(X @ w + b)": "torch.sigmoid(X @ w + b).squeeze()"}).says(
    "with one sample, the result is no longer of shape [1]: it is [N] whatever N is"
)

# --- predict

predict_above = edit("predict", {">=": ">"}).says("exactly at the threshold the label is 0; it is 1 there")
predict_half = edit("predict", {"threshold).": "0.5)."}).says("the threshold is taken to be ½, whatever is handed in")
predict_above_half = edit("predict", {">= threshold": "> 0.5"}).says(
    "the threshold is taken to be ½, whatever is handed in, and a probability of ½ gives the label 0"
)
predict_logits = edit("predict", {"predict_proba(X, w, b)": "(X @ w + b)"}).says(
    "the logit is compared with the threshold; the probability is to be"
)
predict_below = edit("predict", {">=": "<"}).says(
    "the labels are the wrong way round: 1 where p is below the threshold"
)
predict_other_threshold = edit("predict", {">= threshold": ">= 1 - threshold"}).says(
    "the probability is compared with 1 − threshold"
)

# --- fit

fit_uphill = edit("fit", {"w - lr": "w + lr", "b - lr": "b + lr"}).says(
    "every step goes along the gradient, uphill: the loss grows"
)
fit_sum = edit("fit", {" / len(y)": ""}).says(
    "the steps are N times too large: the loss is a mean over the samples, and so is its gradient"
)
fit_divided_by_inputs = edit("fit", {"len(y)": "X.shape[1]"}).says(
    "the gradient is divided by the number of inputs, D; it is a mean over the N samples"
)
fit_half = edit("fit", {"len(y)": "(2 * len(y))"}).says(
    "the loss's gradient is half of what it should be: there is no factor ½ here"
)
fit_double = edit("fit", {"/ len(y)": "* 2 / len(y)"}).says(
    "the loss's gradient is twice what it should be: there is no square whose derivative has a factor 2"
)
fit_extra_factor = edit("fit", {"/ len(y)": "* p * (1 - p) / len(y)"}).says(
    "a factor p(1 − p) too many: with this loss it cancels against the slope of the logarithm"
)
fit_squares = edit("fit", {"/ len(y)": "* 2 * p * (1 - p) / len(y)"}).says(
    "this descends on the mean of (p − y)²; the loss here is the cross-entropy"
)
fit_linear = edit("fit", {"predict_proba(X, w, b)": "X @ w + b"}).says(
    "Xw + b takes the place of the probability: the sigmoid is missing"
)
fit_hard = edit("fit", {"predict_proba(X, w, b)": "(X @ w + b >= 0).to(X.dtype)"}).says(
    "predicted labels take the place of the probabilities: that is a perceptron"
)
fit_without_bias = edit("fit", {"predict_proba(X, w, b)": "predict_proba(X, w, 0 * b)"}).says(
    "the bias is left out of the prediction in training"
)
fit_bias_stays = edit("fit", {"b - lr * dz.sum()": "b"}).says("b does not move: it is a parameter, too")
fit_bias_mean_of_mean = edit("fit", {"dz.sum()": "dz.mean()"}).says(
    "b's derivative is divided by N twice: the errors are to be summed once they are divided"
)
fit_bias_sum = edit("fit", {"dz.sum()": "dz.sum() * len(y)"}).says(
    "b's derivative is a sum over the samples; it is a mean, as that of w is"
)
fit_weights_sum = edit("fit", {"X.T @ dz": "X.T @ dz * len(y)"}).says(
    "w's derivative is a sum over the samples; it is a mean, as that of b is"
)
fit_bias_from_new_weights = edit(
    "fit",
    {
        "w, b = w - lr * (X.T @ dz + l2 * w), b - lr * dz.sum()": (
            "w = w - lr * (X.T @ dz + l2 * w)\n"
            "p = predict_proba(X, w, b)\n"
            "dz = ((1 - y) * p - pos_weight * y * (1 - p)) / len(y)\n"
            "b = b - lr * dz.sum()"
        )
    },
).says("b's derivative is taken after w has moved: both belong to one point, the old w and b")
fit_gradients_pile_up = edit(
    "fit",
    {
        "for _": "gw, gb = 0 * w, 0 * b\nfor _",
        "w, b = w - lr * (X.T @ dz + l2 * w), b - lr * dz.sum()": (
            "gw, gb = gw + X.T @ dz + l2 * w, gb + dz.sum()\nw, b = w - lr * gw, b - lr * gb"
        ),
    },
).says("each step adds the gradients of all steps before it: are they reset?")
fit_one_step_less = edit("fit", {"range(steps)": "range(steps - 1)"}).says("there is one step less than asked for")
fit_one_step_more = edit("fit", {"range(steps)": "range(steps + 1)"}).says("there is one step more than asked for")
fit_single_step = edit("fit", {"return w, b": "    return w, b"}).says(
    "there is one step only: does the return stand inside the loop?"
)
fit_by_rows = edit(
    "fit",
    "w, b = X.new_zeros(X.shape[1]), X.new_zeros(())\n"
    "for _ in range(steps):\n"
    "    for x, target in zip(X, y, strict=True):\n"
    "        p = torch.sigmoid(x @ w + b)\n"
    "        dz = (1 - target) * p - pos_weight * target * (1 - p)\n"
    "        w, b = w - lr * (dz * x + l2 * w), b - lr * dz\n"
    "return w, b",
).says("there is a step for each sample; every step is made with all of them, by their mean")
fit_small_number_added = edit(
    "fit",
    {
        "((1 - y) * p - pos_weight * y * (1 - p))": (
            "p * (1 - p) * ((1 - y) / (1 - p + 1e-8) - pos_weight * y / (p + 1e-8))"
        )
    },
).says("a small number is added inside the logarithms: that changes the gradient, too")
fit_saturates = edit("fit", {"/ len(y)": "* (p * (1 - p) / (p * (1 - p)).clamp(min=1e-12)) / len(y)"}).says(
    "with large inputs w stops changing after some step, though predictions are still wrong: is the loop left early, "
    "or the loss computed from a p that has been rounded to 0 or 1?"
)
fit_zero_times_infinity = edit(
    "fit", {"((1 - y) * p - pos_weight * y * (1 - p))": "p * (1 - p) * ((1 - y) / (1 - p) - pos_weight * y / p)"}
).says("NaN comes up once a probability has been rounded to 0 or 1: is its logarithm taken?")
fit_exponent_overflows = edit("fit", {"p = predict_proba(X, w, b)": "e = torch.exp(X @ w + b)\np = e / (1 + e)"}).says(
    "the exponential overflows for large logits, and inf/inf is NaN"
)
fit_as_column = edit("fit", {"return w, b": "return w[:, None], b"}).says("w comes out as [D, 1]; it is [D]")
fit_bias_as_vector = edit("fit", {"return w, b": "return w, b[None]"}).says("b comes out as [1]; it is 0-d, []")
fit_exchanged = edit("fit", {"return w, b": "return b, w"}).says("the two stand in the wrong order: w comes first")

# --- fit: pos_weight

fit_pos_weight_ignored = edit("fit", {"pos_weight * ": ""}).says("pos_weight has no effect")
fit_pos_weight_of_zeros = edit(
    "fit", {"(1 - y) * p - pos_weight * y * (1 - p)": "pos_weight * (1 - y) * p - y * (1 - p)"}
).says("pos_weight multiplies the samples with y = 0; it belongs to those with y = 1")
fit_pos_weight_of_all = edit(
    "fit", {"(1 - y) * p - pos_weight * y * (1 - p)": "pos_weight * ((1 - y) * p - y * (1 - p))"}
).says("pos_weight multiplies all samples; it belongs to those with y = 1 alone")
fit_weighted_mean = edit("fit", {"len(y)": "(1 - y + pos_weight * y).sum()"}).says(
    "the sum is divided by the sum of the weights; it is divided by the number of samples"
)
fit_pos_weight_of_target = edit("fit", {"(1 - y) * p - pos_weight * y * (1 - p)": "p - pos_weight * y"}).says(
    "this is p − pos_weight·y: the derivative of pos_weight·log p has the factor pos_weight(1 − p)"
)
fit_pos_weight_one_more = edit("fit", {"pos_weight *": "(1 + pos_weight) *"}).says(
    "the samples with y = 1 count 1 + pos_weight times; they count pos_weight times"
)
fit_pos_weight_inverse = edit("fit", {"pos_weight *": "1 / pos_weight *"}).says(
    "the samples with y = 1 count 1/pos_weight times"
)

# --- fit: l2

fit_l2_ignored = edit("fit", {" + l2 * w": ""}).says("l2 has no effect")
fit_l2_double = edit("fit", {"+ l2": "+ 2 * l2"}).says(
    "the penalty's derivative is twice what it should be: that of l2/2·‖w‖² is l2·w"
)
fit_l2_half = edit("fit", {"+ l2": "+ 0.5 * l2"}).says(
    "the penalty's derivative is half of what it should be: that of l2/2·‖w‖² is l2·w"
)
fit_l2_of_bias = edit("fit", {"dz.sum()": "(dz.sum() + l2 * b)"}).says("the bias is penalised, too; only w is")
fit_l2_by_samples = edit("fit", {"l2 * w": "l2 / len(y) * w"}).says(
    "the penalty is divided by N; it stands beside the mean, not in it"
)
fit_l2_times_samples = edit("fit", {"l2 * w": "l2 * len(y) * w"}).says(
    "the penalty is added once for each sample; it is added once"
)
fit_l2_mean = edit("fit", {"l2 * w": "l2 / len(w) * w"}).says(
    "the penalty is the mean of the squared weights; it is their sum"
)
fit_l2_sign = edit("fit", {"+ l2 * w": "- l2 * w"}).says("the penalty is subtracted: so the weights grow")
fit_l2_absolute = edit("fit", {"l2 * w": "l2 * torch.sign(w)"}).says(
    "this is the derivative of the absolute weights; the penalty has their squares"
)
fit_l2_without_rate = edit("fit", {"lr * (X.T @ dz + l2 * w)": "lr * (X.T @ dz) - l2 * w"}).says(
    "the penalty's part of the step lacks the learning rate"
)
fit_l2_norm = edit("fit", {"l2 * w": "l2 * w / torch.linalg.norm(w).clamp(min=1e-30)"}).says(
    "the penalty is the length of w; it has the square of that"
)
fit_l2_of_new_weights = edit(
    "fit", {"w, b = w - lr * (X.T @ dz + l2 * w)": "w = w - lr * (X.T @ dz)\nw, b = w - lr * l2 * w"}
).says("the penalty's derivative is taken after w has moved: both parts of the step belong to one point")

# --- fit_multilabel

multilabel_by_samples = edit("fit_multilabel", {"Y.numel()": "len(Y)"}).says(
    "the sum is divided by N; the mean is over all N·L entries"
)
multilabel_by_labels = edit("fit_multilabel", {"Y.numel()": "Y.shape[1]"}).says(
    "the sum is divided by L; the mean is over all N·L entries"
)
multilabel_sum = edit("fit_multilabel", {" / Y.numel()": ""}).says(
    "this descends on the sum; the loss is the mean over all N·L entries"
)
multilabel_uphill = edit("fit_multilabel", {"W - lr": "W + lr", "b - lr": "b + lr"}).says(
    "every step goes along the gradient, uphill: the loss grows"
)
multilabel_softmax = edit(
    "fit_multilabel", {"predict_proba_multilabel(X, W, b)": "torch.softmax(X @ W.T + b, dim=1)"}
).says("a softmax makes the labels rivals of each other; each has a probability of its own, a sigmoid")
multilabel_cross_entropy = edit(
    "fit_multilabel",
    {
        "(predict_proba_multilabel(X, W, b) - Y) / Y.numel()": (
            "(Y.sum(dim=1, keepdim=True) * torch.softmax(X @ W.T + b, dim=1) - Y) / len(Y)"
        )
    },
).says("this is the cross-entropy of a softmax; each label has a probability of its own, a sigmoid")
multilabel_rows_shared = edit("fit_multilabel", {" - Y)": " - Y / Y.sum(dim=1, keepdim=True).clamp(min=1))"}).says(
    "the labels of a sample are made to add up to 1; each is 0 or 1 by itself"
)
multilabel_skips_unlabelled = edit(
    "fit_multilabel", {"W, b = X.new_zeros(Y": "X, Y = X[Y.any(dim=1)], Y[Y.any(dim=1)]\nW, b = X.new_zeros(Y"}
).says("samples without a label are left out; they teach what has none of the labels")
multilabel_first_label_only = edit(
    "fit_multilabel", {" - Y)": " - torch.nn.functional.one_hot(Y.argmax(dim=1), Y.shape[1]))"}
).says("each sample is given exactly one label; it may have none, one or several")
multilabel_extra_factor = edit(
    "fit_multilabel",
    {
        "dZ = (predict_proba_multilabel(X, W, b) - Y)": (
            "P = predict_proba_multilabel(X, W, b)\ndZ = (P - Y) * P * (1 - P)"
        )
    },
).says("a factor p(1 − p) too many: with this loss it cancels against the slope of the logarithm")
multilabel_bias_stays = edit("fit_multilabel", {"b - lr * dZ.sum(dim=0)": "b"}).says(
    "b does not move: it is a parameter, too"
)
multilabel_bias_shared = edit("fit_multilabel", {"dZ.sum(dim=0)": "dZ.sum()"}).says(
    "all labels' biases move by one and the same sum; each label has a bias of its own"
)
multilabel_bias_over_labels = edit("fit_multilabel", {"dZ.sum(dim=0)": "dZ.sum(dim=1)"}).says(
    "b's derivative is summed over the labels; it is summed over the samples"
)
multilabel_one_step_less = edit("fit_multilabel", {"range(steps)": "range(steps - 1)"}).says(
    "there is one step less than asked for"
)
multilabel_single_step = edit("fit_multilabel", {"return W, b": "    return W, b"}).says(
    "there is one step only: does the return stand inside the loop?"
)
multilabel_transposed = edit("fit_multilabel", {"return W, b": "return W.T.clone(), b"}).says(
    "W comes out as [D, L]; it is [L, D]"
)
multilabel_saturates = edit(
    "fit_multilabel",
    {
        "dZ = (predict_proba_multilabel(X, W, b) - Y)": (
            "P = predict_proba_multilabel(X, W, b)\ndZ = (P - Y) * (P * (1 - P) / (P * (1 - P)).clamp(min=1e-12))"
        )
    },
).says(
    "with large inputs W stops changing after some step, though predictions are still wrong: is the loop left early, "
    "or the loss computed from a p that has been rounded to 0 or 1?"
)
multilabel_zero_times_infinity = edit(
    "fit_multilabel",
    {
        "dZ = (predict_proba_multilabel(X, W, b) - Y)": (
            "P = predict_proba_multilabel(X, W, b)\ndZ = P * (1 - P) * ((1 - Y) / (1 - P) - Y / P)"
        )
    },
).says("NaN comes up once a probability has been rounded to 0 or 1: is its logarithm taken?")

# --- predict_proba_multilabel

proba_multilabel_softmax = edit(
    "predict_proba_multilabel", {"sigmoid(X @ W.T + b)": "softmax(X @ W.T + b, dim=1)"}
).says(
    "each row adds up to 1, as if a sample had exactly one label; each label has a probability of its own, a sigmoid"
)
proba_multilabel_without_sigmoid = edit("predict_proba_multilabel", {"torch.sigmoid(X @ W.T + b)": "X @ W.T + b"}).says(
    "these are the logits; the sigmoid is missing"
)
proba_multilabel_without_bias = edit("predict_proba_multilabel", {" + b": ""}).says("the biases are left out")
proba_multilabel_bias_by_sample = edit("predict_proba_multilabel", {" + b": " + b[:, None]"}).says(
    "the biases are added along the samples, which fits where N = L only; each belongs to a label, a column"
)
proba_multilabel_untransposed = edit("predict_proba_multilabel", {"W.T": "W"}).says(
    "W is not transposed, which fits where L = D only: it is [L, D], a row for each label"
)
proba_multilabel_reshaped = edit("predict_proba_multilabel", {"W.T": "W.reshape(W.shape[1], len(W))"}).says(
    "W is reshaped to [D, L], which mixes the labels' weights; it is transposed"
)
proba_multilabel_of_zero = edit("predict_proba_multilabel", {"X @ W.T + b": "-(X @ W.T + b)"}).says(
    "these are the probabilities of the label 0: the exponent has the wrong sign"
)
proba_multilabel_quotient = edit("predict_proba_multilabel", "e = torch.exp(X @ W.T + b)\nreturn e / (1 + e)").says(
    "the exponential overflows for large logits, and inf/inf is NaN"
)
proba_multilabel_squeezed = edit(
    "predict_proba_multilabel", {"torch.sigmoid(X @ W.T + b)": "torch.sigmoid(X @ W.T + b).squeeze()"}
).says("an axis of length 1 is lost: the result is [N, L] whatever N and L are")

# --- rank

rank_by_probability = edit("rank", {"p * bid": "p"}).says(
    "the adverts are ranked by the probability alone; what a click pays counts, too"
)
rank_by_bid = edit("rank", {"p * bid": "bid"}).says(
    "the adverts are ranked by the bid alone; a bid is only paid if there is a click"
)
rank_by_sum = edit("rank", {"p * bid": "p + bid"}).says("the adverts are ranked by p + bid; it is p·bid")
rank_by_quotient = edit("rank", {"p * bid": "p / bid"}).says("the adverts are ranked by p/bid; it is p·bid")
rank_likely_first = edit(
    "rank",
    "best = torch.argsort(p, descending=True)[:k]\nreturn best[torch.argsort(p[best] * bid[best], descending=True)]",
).says("the k adverts are chosen by p, and only then put in the order of p·bid; p·bid also chooses them")
rank_rising = edit("rank", {", descending=True": ""}).says(
    "the smallest products come first; the largest are asked for"
)
rank_best_last = edit("rank", {"descending=True)[:k]": "descending=True)[:k].flip(0)"}).says(
    "the right adverts, but the largest product stands last; it comes first"
)
rank_by_number = edit("rank", {"descending=True)[:k]": "descending=True)[:k].sort().values"}).says(
    "the right adverts, but in the order of their numbers; the largest product comes first"
)
rank_places = edit(
    "rank", {"torch.argsort(p * bid, descending=True)": "torch.argsort(p * bid, descending=True).argsort()"}
).says("these are the places of adverts 0, 1, 2, … in the ranking; the numbers of the best adverts are asked for")
rank_from_one = edit("rank", {"[:k]": "[:k] + 1"}).says("the adverts are counted from 1; they are counted from 0")
rank_all = edit("rank", {"[:k]": ""}).says("all adverts are ranked; only the first k are asked for")
rank_zero_is_all = edit(
    "rank", {"torch.argsort(p * bid, descending=True)[:k]": "torch.argsort(p * bid)[-k:].flip(0)"}
).says("with k = 0 all adverts come out, as they do of [-0:]; there are to be none")
rank_values = edit("rank", "return (p * bid).sort(descending=True).values[:k]").says(
    "these are the products; the numbers of the adverts are asked for"
)
