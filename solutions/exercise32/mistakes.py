"""What learners get wrong here, each as an edit of reference.py."""

from __future__ import annotations

from grader.checks import edit

# --- predict

predict_biases_exchanged = edit("predict", {'p["bu"][:, None] + p["bi"]': 'p["bu"] + p["bi"][:, None]'}).says(
    "the biases are exchanged: users are rows, so that bu stands down a column and bi along a row"
)
predict_biases_exchanged_late = edit("predict", 'return p["P"] @ p["Q"].T + p["mu"] + p["bi"][:, None] + p["bu"]').says(
    "the biases are exchanged: users are rows, so that bu stands down a column and bi along a row"
)
predict_users_along_rows = edit("predict", {"[:, None]": ""}).says(
    "bu is added along the rows, to one item after another; each user's bias belongs to all of that user's row"
)
predict_items_down_columns = edit("predict", {'+ p["bi"]': '+ p["bi"][:, None]'}).says(
    "bi is added down the columns, to one user after another; each item's bias belongs to all of that item's column"
)
predict_without_level = edit("predict", {'p["mu"] + ': ""}).says("mu, the general level, is left out")
predict_level_twice = edit("predict", {'p["mu"] + ': '2 * p["mu"] + '}).says("mu is added twice; it is added once")
predict_without_users = edit("predict", {' + p["bu"][:, None]': ""}).says("the users' biases bu are left out")
predict_without_items = edit("predict", {' + p["bi"]': ""}).says("the items' biases bi are left out")
predict_without_biases = edit("predict", {' + p["bu"][:, None] + p["bi"]': ""}).says("both biases are left out")
predict_factors_only = edit("predict", {'p["mu"] + p["bu"][:, None] + p["bi"] + ': ""}).says(
    "only the product of the factors is there; mu and both biases are left out"
)
predict_without_factors = edit("predict", {' + p["P"] @ p["Q"].T': " + torch.zeros_like(p['P'] @ p['Q'].T)"}).says(
    "the product of the factors is left out"
)
predict_untransposed = edit("predict", {'p["Q"].T': 'p["Q"]'}).says(
    "Q is not transposed: the shapes fit only because there are as many items as factors; the sum goes over the factors"
)
predict_product_transposed = edit("predict", {'p["P"] @ p["Q"].T': 'p["Q"] @ p["P"].T'}).says(
    "the product of the factors has the items as rows; users are rows"
)
predict_transposed = edit("predict", {'p["Q"].T': 'p["Q"].T).T', 'return p["mu"]': 'return (p["mu"]'}).says(
    "rows and columns are exchanged: users are rows, items are columns"
)
predict_row_by_row = edit("predict", {'p["P"] @ p["Q"].T': '(p["P"] * p["Q"]).sum(dim=1)'}).says(
    "user number k meets item number k alone, as by P * Q; every user meets every item"
)
predict_row_by_row_upright = edit("predict", {'p["P"] @ p["Q"].T': '(p["P"] * p["Q"]).sum(dim=1, keepdim=True)'}).says(
    "user number k meets item number k alone, as by P * Q; every user meets every item"
)
predict_reshaped = edit("predict", {'p["Q"].T': 'p["Q"].reshape(p["P"].shape[1], -1)'}).says(
    "Q is reshaped, not transposed: a reshape leaves the numbers in their order, so that those of several items mix"
)
predict_first_factor = edit("predict", {'p["P"] @ p["Q"].T': 'p["P"][:, :1] @ p["Q"][:, :1].T'}).says(
    "only the first factor is there; the sum goes over all of them"
)
predict_mean_of_factors = edit("predict", {'p["Q"].T': 'p["Q"].T / p["P"].shape[1]'}).says(
    "the product of the factors is divided by their number; it is a sum"
)
predict_scaled_factors = edit("predict", {'p["Q"].T': 'p["Q"].T / p["P"].shape[1] ** 0.5'}).says(
    "the product of the factors is divided by the root of their number; it is a plain sum"
)
predict_without_negative = edit(
    "predict", {'return p["mu"]': 'return (p["mu"]', 'p["Q"].T': 'p["Q"].T).clamp(min=0)'}
).says("predictions below 0 have become 0; a prediction may be any number")
predict_clipped = edit("predict", {'return p["mu"]': 'return (p["mu"]', 'p["Q"].T': 'p["Q"].T).clamp(1, 5)'}).says(
    "predictions are clipped to 1 … 5; a prediction may be any number"
)

# --- masked_loss

loss_nan = edit("masked_loss", {"[seen]": " * seen", "(error**2).mean()": "(error**2).sum() / seen.sum()"}).says(
    "the NaN of unseen ratings gets into the loss; a factor 0 does not keep it out: NaN·0 is NaN"
)
loss_gradient_nan = edit(
    "masked_loss", {"[seen]": "", "(error**2).mean()": "torch.where(seen, error**2, 0).sum() / seen.sum()"}
).says(
    "the loss is right, but its gradient is NaN: where a NaN is squared before it is left out, the chain rule "
    "multiplies 0 by NaN"
)
loss_over_all = edit("masked_loss", {"(error**2).mean()": "(error**2).sum() / R.numel()"}).says(
    "the sum is divided by the number of all ratings, unseen ones included; it is a mean over the seen ones"
)
loss_over_users = edit("masked_loss", {"(error**2).mean()": "(error**2).sum() / len(R)"}).says(
    "the sum is divided by the number of users; it is a mean over the seen ratings"
)
loss_sum = edit("masked_loss", {"mean": "sum"}).says("this is the sum of the squares; their mean is asked for")
loss_half = edit("masked_loss", {"(error**2).mean()": "(error**2).mean() / 2"}).says(
    "the mean has a factor ½; here it has none"
)
loss_root = edit("masked_loss", {"(error**2).mean()": "(error**2).mean().sqrt()"}).says(
    "this is the root of the mean square (RMSE); the mean square itself is asked for"
)
loss_absolute = edit("masked_loss", {"(error**2)": "error.abs()"}).says(
    "this is the mean of the absolute errors: they are to be squared"
)
loss_square_of_mean = edit("masked_loss", {"(error**2).mean()": "error.mean() ** 2"}).says(
    "the mean is taken before the square, so that errors of opposite sign cancel"
)
loss_mean_of_means = edit(
    "masked_loss",
    {
        "return (error**2).mean()": (
            "squares = torch.where(seen, R - predict(p), 0) ** 2\n"
            "return (squares.sum(dim=1) / seen.sum(dim=1).clamp(min=1)).mean()"
        )
    },
).says("each user's mean counts the same here; it is one mean, in which every seen rating counts the same")
loss_unseen_are_zero = edit("masked_loss", {"(R - predict(p))[seen]": "R.nan_to_num(0) - predict(p)"}).says(
    "unseen ratings are learned as if they were 0, and counted in the mean; leave them out"
)
loss_unseen_are_zero_over_seen = edit(
    "masked_loss",
    {"(R - predict(p))[seen]": "R.nan_to_num(0) - predict(p)", "(error**2).mean()": "(error**2).sum() / seen.sum()"},
).says("unseen ratings are learned as if they were 0; leave them out")
loss_of_positive = edit("masked_loss", {"[seen]": "[R > 0]"}).says(
    "seen ratings of 0 and below are left out; a rating may be any number, and only NaN is unseen"
)
loss_of_nonzero = edit("masked_loss", {"[seen]": "[R.nan_to_num(0) != 0]"}).says(
    "seen ratings of 0 are left out; a rating may be any number, and only NaN is unseen"
)
loss_over_nonzero = edit(
    "masked_loss", {"(error**2).mean()": "(error**2).sum() / (error != 0).sum().clamp(min=1)"}
).says(
    "the sum is divided by the number of errors that are not 0; a seen rating that is predicted exactly counts as well"
)
loss_of_factors = edit("masked_loss", {"predict(p)": "p['P'] @ p['Q'].T"}).says(
    "the errors are taken from the product of the factors alone; a prediction also has mu, bu and bi"
)
penalty_missing = edit("masked_loss", {" + lam * penalty": ""}).says("the penalty is left out")
penalty_subtracted = edit("masked_loss", {"+ lam * penalty": "- lam * penalty"}).says(
    "the penalty is subtracted; it is added"
)
penalty_half = edit("masked_loss", {"lam * penalty": "lam / 2 * penalty"}).says(
    "the penalty is half of what it should be: here it has no factor ½"
)
penalty_of_factors = edit("masked_loss", {', "bu", "bi"': ""}).says(
    "the penalty has the factors only; the squares of bu and bi belong to it as well"
)
penalty_of_biases = edit("masked_loss", {'"P", "Q", ': ""}).says(
    "the penalty has the biases only; the squares of P and Q belong to it as well"
)
penalty_with_level = edit("masked_loss", {'"bu", "bi"': '"bu", "bi", "mu"'}).says(
    "mu is penalized, too; the penalty has P, Q, bu and bi only"
)
penalty_of_means = edit("masked_loss", {"** 2).sum()": "** 2).mean()"}).says(
    "the penalty has the means of the squares; it has their sums"
)
penalty_of_norms = edit("masked_loss", {"(p[name] ** 2).sum()": "p[name].norm()"}).says(
    "the penalty has the norms themselves; they are to be squared"
)
penalty_of_one_norm = edit("masked_loss", {"lam * penalty": "lam * penalty.sqrt()"}).says(
    "the penalty is the root of the sum of squares; the sum itself is asked for"
)
penalty_absolute = edit("masked_loss", {"(p[name] ** 2).sum()": "p[name].abs().sum()"}).says(
    "the penalty adds up absolute values; it adds up squares"
)
penalty_over_seen = edit("masked_loss", {"lam * penalty": "lam * penalty / seen.sum()"}).says(
    "the penalty is divided by the number of ratings as well; it stands beside the mean, not in it"
)
penalty_per_rating = edit(
    "masked_loss",
    {
        "lam * penalty": (
            'lam * ((p["P"] ** 2).sum(1, keepdim=True) + (p["Q"] ** 2).sum(1) '
            '+ p["bu"][:, None] ** 2 + p["bi"] ** 2)[seen].mean()'
        )
    },
).says("every seen rating brings the squares of its user and its item into the mean; the penalty has each square once")
penalty_per_rating_summed = edit(
    "masked_loss",
    {
        "lam * penalty": (
            'lam * ((p["P"] ** 2).sum(1, keepdim=True) + (p["Q"] ** 2).sum(1) '
            '+ p["bu"][:, None] ** 2 + p["bi"] ** 2)[seen].sum()'
        )
    },
).says("a user's and an item's squares are added once for each of their seen ratings; the penalty has each square once")
penalty_without_gradient = edit("masked_loss", {"lam * penalty": "lam * penalty.detach()"}).says(
    "the value is right, but the gradient has nothing of the penalty: it is cut off from the graph"
)
data_without_gradient = edit("masked_loss", {"(error**2).mean()": "(error**2).mean().detach()"}).says(
    "the value is right, but the gradient has nothing of the errors: they are cut off from the graph"
)

# --- fit

fit_moves_level = edit("fit", {'"bu": slope': '"mu": slope.sum() - 2 * lam * p["mu"],\n            "bu": slope'}).says(
    "mu moves as well; it stays as it is given"
)
fit_level_is_mean = edit("fit", {"for _ in": 'p["mu"] = R[seen].mean()\nfor _ in'}).says(
    "mu has become the mean of the seen ratings; it stays as it is given"
)
fit_uphill = edit("fit", {"p[name] - lr": "p[name] + lr"}).says("this goes along the gradient, uphill: the loss grows")
fit_errors_half = edit("fit", {" * 2 / seen": " / seen"}).says(
    "the part of the gradient that comes from the errors lacks the factor 2 of a square's derivative"
)
fit_penalty_half = edit("fit", {"2 * lam": "lam"}).says(
    "the penalty pulls half as hard as it should: the derivative of a square has a factor 2"
)
fit_penalty_double = edit("fit", {"2 * lam": "4 * lam"}).says(
    "the penalty pulls twice as hard as it should: it counts only once"
)
fit_sum = edit("fit", {" / seen.sum()": ""}).says(
    "the gradient is that of the sum of the squared errors; the loss has their mean"
)
fit_half_of_sum = edit("fit", {" * 2 / seen.sum()": "", "2 * lam": "lam"}).says(
    "these are sums of error times factor: neither the mean nor the factor 2 of a square's derivative is there"
)
fit_over_all = edit("fit", {"seen.sum()": "R.numel()"}).says(
    "the errors are divided by the number of all ratings, unseen ones included; the loss is a mean over the seen ones"
)
fit_without_penalty = edit("fit", {" + 2 * lam * p[name]": ""}).says(
    "the penalty does not pull: lam makes no difference"
)
fit_penalty_without_rate = edit(
    "fit", {"lr * (gradient + 2 * lam * p[name])": "lr * gradient - 2 * lam * p[name]"}
).says("the penalty's part of the gradient is not multiplied by the learning rate")
fit_penalty_over_seen = edit("fit", {"2 * lam * p": "2 * lam / seen.sum() * p"}).says(
    "the penalty's pull is divided by the number of seen ratings; the penalty stands beside the mean, not in it"
)
fit_biases_unpenalized = edit("fit", {"2 * lam * p[name]": "2 * lam * p[name] * (name in ('P', 'Q'))"}).says(
    "the biases are not penalized; the loss has the squares of bu and bi as well"
)
fit_pushed_away = edit("fit", {"gradient + 2": "gradient - 2"}).says(
    "the penalty has the wrong sign: it drives biases and factors away from 0"
)
fit_items_after_users = edit(
    "fit", {'"Q": slope.T @ p["P"]': '"Q": slope.T @ (p["P"] - lr * (slope @ p["Q"] + 2 * lam * p["P"]))'}
).says("Q's gradient is taken after P has moved; all gradients of a step belong to the old values")
fit_users_after_items = edit(
    "fit", {'"P": slope @ p["Q"]': '"P": slope @ (p["Q"] - lr * (slope.T @ p["P"] + 2 * lam * p["Q"]))'}
).says("P's gradient is taken after Q has moved; all gradients of a step belong to the old values")
fit_one_after_the_other = edit(
    "fit",
    {
        "slope = torch.where": (
            "for name in ('bu', 'bi', 'P', 'Q'):\n"
            "    slope = torch.where(seen, predict(p) - R, 0) * 2 / seen.sum()\n"
            "    sums = {'bu': slope.sum(dim=1), 'bi': slope.sum(dim=0), 'P': slope @ p['Q'], 'Q': slope.T @ p['P']}\n"
            "    p[name] = p[name] - lr * (sums[name] + 2 * lam * p[name])\n"
            "continue\n"
            "slope = torch.where"
        )
    },
).says("the errors are taken anew after each tensor has moved; all gradients of a step belong to the old values")
fit_factors_exchanged = edit(
    "fit", {'"P": slope @ p["Q"]': '"P": slope @ p["P"]', '"Q": slope.T @ p["P"]': '"Q": slope.T @ p["Q"]'}
).says("each factor matrix is moved by itself; P's gradient has Q in it, and Q's has P")
fit_slope_untransposed = edit("fit", {"slope.T": "slope"}).says(
    "Q's gradient adds up over the items of a row; it goes over the users, down the column of its item"
)
fit_biases_exchanged = edit("fit", {"sum(dim=1)": "sum(dim=0)", "slope.sum(dim=0)": "slope.sum(dim=1)"}).says(
    "the biases' gradients are exchanged: bu gets the sums of the columns, bi those of the rows"
)
fit_biases_stay = edit(
    "fit",
    {'"bu": slope.sum(dim=1),': '"bu": -2 * lam * p["bu"],', '"bi": slope.sum(dim=0),': '"bi": -2 * lam * p["bi"],'},
).says("bu and bi do not move; they are learned as well")
fit_biases_by_means = edit(
    "fit",
    {
        "slope.sum(dim=1)": "slope.sum(dim=1) * seen.sum() / seen.sum(dim=1).clamp(min=1)",
        "slope.sum(dim=0)": "slope.sum(dim=0) * seen.sum() / seen.sum(dim=0).clamp(min=1)",
    },
).says("each bias moves by the mean over its own ratings; the loss is one mean over all seen ratings")
fit_biases_by_means_of_all = edit(
    "fit", {"slope.sum(dim=1)": "slope.mean(dim=1)", "slope.sum(dim=0)": "slope.mean(dim=0)"}
).says("the biases move by the means of G's rows and columns; they move by the sums")
fit_unseen_are_zero = edit("fit", {"torch.where(seen, predict(p) - R, 0)": "(predict(p) - R.nan_to_num(0))"}).says(
    "unseen ratings are learned as if they were 0; leave them out"
)
fit_nan = edit("fit", {"torch.where(seen, predict(p) - R, 0)": "(predict(p) - R) * seen"}).says(
    "the NaN of unseen ratings gets into the parameters: NaN·0 is NaN"
)
fit_rating_by_rating = edit(
    "fit",
    {
        "slope = torch.where": (
            "for u, i in seen.nonzero().tolist():\n"
            '    e, pu, qi = predict(p)[u, i] - R[u, i], p["P"][u].clone(), p["Q"][i].clone()\n'
            '    p["bu"][u] -= lr * (2 * e + 2 * lam * p["bu"][u])\n'
            '    p["bi"][i] -= lr * (2 * e + 2 * lam * p["bi"][i])\n'
            '    p["P"][u] -= lr * (2 * e * qi + 2 * lam * pu)\n'
            '    p["Q"][i] -= lr * (2 * e * pu + 2 * lam * qi)\n'
            "continue\n"
            "slope = torch.where"
        )
    },
).says("the parameters move after each rating; a step takes one gradient from all seen ratings, then moves")
fit_gradients_add_up = edit(
    "fit",
    {
        "for _ in": "kept = {name: 0.0 for name in p}\nfor _ in",
        "p[name] = p[name] - lr * (gradient + 2 * lam * p[name])": (
            "kept[name] = kept[name] + gradient + 2 * lam * p[name]\np[name] = p[name] - lr * kept[name]"
        ),
    },
).says("the gradients of earlier steps are still in the later ones: each step has its own gradient only")
fit_from_one_point = edit("fit", {"predict(p)": "predict(start)", "for _ in": "start = dict(p)\nfor _ in"}).says(
    "the errors of every step are those of the first one; each step goes on from where the last one led"
)
fit_first_gradient = edit(
    "fit",
    {
        "for _ in": "first = {}\nfor _ in",
        "p[name] = p[name] - lr * (gradient + 2 * lam * p[name])": (
            "p[name] = p[name] - lr * first.setdefault(name, gradient + 2 * lam * p[name])"
        ),
    },
).says("every step has the gradient of the first one; each step takes its own, at the point to which the last one led")
fit_one_step = edit("fit", {"range(steps)": "range(min(steps, 1))"}).says(
    "the result is that of one step, whatever steps says"
)
fit_step_less = edit("fit", {"range(steps)": "range(1, steps)"}).says("one step is missing")
fit_step_more = edit("fit", {"range(steps)": "range(steps + 1)"}).says("there is one step too many")

# --- recommend

recommend_seen_too = edit("recommend", {".masked_fill(seen, -torch.inf)": ""}).says(
    "seen items are recommended, too; only unseen ones are"
)
recommend_seen_only = edit("recommend", {"masked_fill(seen": "masked_fill(~seen"}).says(
    "the mask is the wrong way round: it is the seen items that are recommended"
)
recommend_seen_as_zero = edit("recommend", {"-torch.inf": "0"}).says(
    "seen items come before unseen ones: what stands for them is to be lower than every prediction, however low it is"
)
recommend_seen_as_minus_5000 = edit("recommend", {"-torch.inf": "-5000"}).says(
    "seen items come before unseen ones: what stands for them is to be lower than every prediction, however low it is"
)
recommend_unseen_are_nan = edit(
    "recommend", {"predict(p).masked_fill(seen, -torch.inf)": "(predict(p) - seen * torch.inf)"}
).says("the predictions of the unseen items have become NaN: 0 times infinity is NaN")
recommend_upwards = edit("recommend", {".topk(n).indices": ".argsort(dim=1)[:, :n]"}).says(
    "the items are sorted upwards, so that the seen ones, at minus infinity, come first; the best come first"
)
recommend_worst = edit("recommend", {"-torch.inf": "torch.inf", "topk(n)": "topk(n, largest=False)"}).says(
    "the items with the lowest predictions come first; the highest are asked for"
)
recommend_best_last = edit("recommend", {".indices": ".indices.flip(1)"}).says(
    "the right items, but in reverse: the best one comes first"
)
recommend_by_number = edit("recommend", {".indices": ".indices.sort(dim=1).values"}).says(
    "the right items, but in the order of their numbers; the best one comes first"
)
recommend_among_unseen = edit(
    "recommend", "scores = predict(p)\nreturn torch.stack([s[~t].topk(n).indices for s, t in zip(scores, seen)])"
).says("an item's number is counted among the user's unseen items; it is to be its number among all items")
recommend_users = edit("recommend", {"predict(p)": "predict(p).T", "(seen": "(seen.T"}).says(
    "users are chosen for each item; items are to be chosen for each user"
)
recommend_along_users = edit("recommend", {".topk(n).indices": ".argsort(dim=0, descending=True)[:, :n]"}).says(
    "users are ranked for each item, down the columns; items are to be ranked for each user"
)
recommend_along_users_topk = edit("recommend", {"topk(n)": "topk(n, dim=0)"}).says(
    "users are ranked for each item, down the columns; items are to be ranked for each user"
)
recommend_from_one = edit("recommend", {".indices": ".indices + 1"}).says(
    "the items are counted from 1; the first one is number 0"
)
recommend_by_factors = edit("recommend", {"predict(p)": "(p['P'] @ p['Q'].T)"}).says(
    "the items are ranked by the product of the factors alone; their biases count as well"
)
recommend_popular = edit("recommend", {"predict(p)": "p['bi'].expand(seen.shape)"}).says(
    "the items rank alike for all users, as by their biases alone; each user's own predictions count"
)
recommend_ranks = edit(
    "recommend", {".topk(n).indices": ".argsort(dim=1, descending=True).argsort(dim=1)[:, :n]"}
).says("these are the ranks of the first items; the items of the first ranks are asked for")
