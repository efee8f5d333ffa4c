"""What learners get wrong here, each as an edit of reference.py."""

from __future__ import annotations

from grader.checks import edit

# --- dropout: what becomes of an entry

dropout_not_scaled = edit("dropout", {" / (1 - p)": ""}).says(
    "in training, kept entries stay as they are: without the factor 1/(1−p) the output is too small in the mean"
)
dropout_scaled_by_p = edit("dropout", {"/ (1 - p)": "/ p"}).says(
    "the entries that are kept are divided by p; kept is what is not dropped, which has the probability 1 − p"
)
dropout_multiplied = edit("dropout", {"/ (1 - p)": "* (1 - p)"}).says(
    "the entries that are kept are multiplied by 1 − p, which makes the output smaller still: divide by it"
)
dropout_by_its_count = edit("dropout", {"/ (1 - p)": "/ kept.to(x.dtype).mean().clamp(min=1 / 9)"}).says(
    "kept entries are divided by the share that happened to be kept, which varies from draw to draw; it is to be 1 − p"
)
dropout_never = edit("dropout", {"not training": "not training or p < 1"}).says(
    "nothing is ever dropped: the output is x, in training, too"
)
dropout_keeps_p = edit("dropout", {">= p": "< p", "1 - p": "p"}).says(
    "p is taken for the probability that an entry is kept; it is dropped with probability p"
)
dropout_the_other_way = edit("dropout", {">=": "<"}).says(
    "the share of entries that are dropped is 1 − p; dropped and kept have changed places"
)
dropout_detached = edit("dropout", {"x * kept": "x.detach() * kept"}).says(
    "the output is cut off from the graph of x: no gradient comes through"
)
dropout_double = edit("dropout", {"x * kept / (1 - p)": "x.double() * kept / (1 - p)"}).says(
    "float32 becomes float64: the dtype is to stay"
)

# --- dropout: which entries, and when

dropout_whole = edit("dropout", {"x.shape": "()"}).says(
    "a single number decides about all entries: all are dropped together, or all are kept"
)
dropout_rows = edit("dropout", {"torch.rand(x.shape,": "torch.rand(x.shape[:1] + (1,) * (x.ndim - 1),"}).says(
    "whole rows are dropped: all entries with the same place on the first axis share one decision"
)
dropout_columns = edit("dropout", {"x.shape": "x.shape[-1:]"}).says(
    "whole columns are dropped: all entries with the same place on the last axis share one decision"
)
dropout_last_axis = edit("dropout", {"x.shape": "(*x.shape[:-1], 1) if x.ndim else ()"}).says(
    "all entries along the last axis share one decision; each is to be decided by itself"
)
dropout_normal = edit("dropout", {"torch.rand(": "torch.randn("}).says(
    "the numbers that decide are normally distributed (torch.randn), so that their share below p is not p; draw them "
    "evenly from 0 to 1"
)
dropout_exact_count = edit(
    "dropout",
    {
        "torch.rand(x.shape, generator=gen) >= p": "torch.randperm(x.numel(), generator=gen).reshape(x.shape) "
        ">= round(p * x.numel())"
    },
).says("every draw drops the same number of entries; each entry is to be decided by itself, so that the number varies")
dropout_always = edit("dropout", {"if not training:\n    return x": ""}).says(
    "entries are dropped outside training as well: there the output is x"
)
dropout_flag = edit("dropout", {"not training": "training"}).says(
    "training is taken the wrong way round: entries are dropped outside training, and none in training"
)
dropout_scaled_outside = edit(
    "dropout", {"if not training:\n    return x": "if not training:\n    return x * (1 - p)"}
).says("outside training the output is multiplied by 1 − p; with the factor 1/(1−p) in training it is just x")
dropout_nan = edit("dropout", {"if p == 1:\n    return torch.zeros_like(x)": ""}).says(
    "with p = 1 the output is nan, from 0 divided by 1 − p = 0"
)
dropout_all_kept = edit("dropout", {"torch.zeros_like(x)": "x"}).says(
    "with p = 1 nothing is dropped; everything is to be"
)

# --- dropout: the generator

dropout_ignores_gen = edit("dropout", {", generator=gen": ""}).says(
    "gen is not used: the mask comes from the global generator"
)
dropout_starts_anew = edit("dropout", {"kept =": "gen.manual_seed(gen.initial_seed())\nkept ="}).says(
    "every call with the same generator gives the same mask; each is to go on where the last one stopped"
)
dropout_reseeds = edit("dropout", {"kept =": "gen.manual_seed(0)\nkept ="}).says(
    "the mask is the same at every call, whatever the seed, as if gen were set to a fixed one"
)
dropout_seeds_needlessly = edit("dropout", {"kept =": "torch.manual_seed(0)\nkept ="}).says(
    "torch.manual_seed is called, or the global generator seeded: that changes everyone else's numbers"
)

# --- split

split_in_order = edit("split", {"torch.randperm(n, generator=gen)": "torch.arange(n)"}).says(
    "the rows are not shuffled: the parts are blocks of rows in their old order"
)
split_sorted = edit(
    "split",
    {
        "return order[:n_train], order[n_train : n_train + n_val], order[n_train + n_val :]": "return ("
        "order[:n_train].sort()[0], order[n_train : n_train + n_val].sort()[0], order[n_train + n_val :].sort()[0])"
    },
).says("the parts are random, but the rows within each are in rising order; they are to be in random order, too")
split_shuffled_within = edit(
    "split",
    "n_train = n - n_val - n_test\nstarts = (0, n_train), (n_train, n_val), (n_train + n_val, n_test)\n"
    "return tuple(start + torch.randperm(size, generator=gen) for start, size in starts)",
).says("the rows are cut into blocks first and shuffled only within: which part a row is in is not random")
split_train_is_all = edit("split", {"order[:n_train]": "order"}).says(
    "all rows are in training, those for validation and test as well"
)
split_train_keeps_test = edit(
    "split", {"order[:n_train]": "torch.cat([order[:n_train], order[n_train + n_val :]])"}
).says("the rows of the test are in training, too")
split_train_keeps_val = edit("split", {"order[:n_train]": "order[: n_train + n_val]"}).says(
    "the rows of the validation part are in training, too"
)
split_overlap = edit("split", {"order[n_train + n_val :]": "order[n_train : n_train + n_test]"}).says(
    "validation and test begin at the same place of the order, so that they have rows in common"
)
split_repeats = edit("split", {"torch.randperm(n, generator=gen)": "torch.randint(n, (n,), generator=gen)"}).says(
    "rows are drawn with replacement: some occur more than once, others never"
)
split_three_orders = edit(
    "split",
    "sizes = n - n_val - n_test, n_val, n_test\n"
    "return tuple(torch.randperm(n, generator=gen)[:size] for size in sizes)",
).says("each part is drawn from all rows by itself, so that parts have rows in common")
split_test_last = edit(
    "split",
    {
        "torch.randperm(n, generator=gen)": "torch.cat([torch.randperm(n - n_test, generator=gen), "
        "torch.arange(n - n_test, n)])"
    },
).says("only the rows for training and validation are shuffled; the test always has the last rows")
split_sizes_swapped = edit(
    "split", {"n_train + n_val]": "n_train + n_test]", "n_train + n_val :": "n_train + n_test :"}
).says("validation and test have changed sizes, or places")
split_train_last = edit(
    "split",
    {
        "order[:n_train], order[n_train : n_train + n_val], order[n_train + n_val :]": (
            "order[n_train : n_train + n_val], order[n_train + n_val :], order[:n_train]"
        )
    },
).says("the training part does not come first: the order is train, val, test")
split_from_the_end = edit(
    "split",
    {
        "order[:n_train], order[n_train : n_train + n_val], order[n_train + n_val :]": "order[:n_train], "
        "order[n_train : n - n_test], order[-n_test:]"
    },
).says("with n_test = 0 the test part has all rows: a slice that begins at −0 begins at 0")
split_to_the_end = edit(
    "split",
    {
        "order[:n_train], order[n_train : n_train + n_val], order[n_train + n_val :]": "order[:n_train], "
        "order[n_train:-n_test], order[n - n_test :]"
    },
).says("with n_test = 0 the validation part is empty: a slice that ends at −0 ends at 0")
split_from_one = edit("split", {"gen)": "gen) + 1"}).says("the row numbers are 1 … n; they are to be 0 … n−1")
split_ignores_gen = edit("split", {", generator=gen": ""}).says(
    "gen is not used: the order comes from the global generator"
)
split_starts_anew = edit("split", {"order =": "gen.manual_seed(gen.initial_seed())\norder ="}).says(
    "every call with the same generator gives the same split; each is to go on where the last one stopped"
)
split_reseeds = edit("split", {"order =": "gen.manual_seed(0)\norder ="}).says(
    "the split is the same at every call, whatever the seed, as if gen were set to a fixed one"
)
split_seeds_needlessly = edit("split", {"order =": "torch.manual_seed(0)\norder ="}).says(
    "torch.manual_seed is called, or the global generator seeded: that changes everyone else's numbers"
)

# --- standardize

standardize_sample_std = edit("standardize", {"correction=0": "correction=1"}).says(
    "the squares are divided by N − 1, which is PyTorch's default; here it is N"
)
standardize_own = edit(
    "standardize",
    "def scaled(x):\n    std = x.std(dim=0, correction=0)\n"
    "    return (x - x.mean(dim=0)) / torch.where(std == 0, 1, std)\n"
    "return scaled(train), scaled(other)",
).says("other is standardized with its own mean and deviation; it is to be treated like train, with train's numbers")
standardize_together = edit(
    "standardize",
    {"mean =": "both = torch.cat([train, other])\nmean =", "train.mean": "both.mean", "train.std": "both.std"},
).says("mean and deviation are taken from train and other together: so other's numbers leak into training")
standardize_by_other = edit("standardize", {"train.mean": "other.mean", "train.std": "other.std"}).says(
    "mean and deviation are those of other, for both; they are to be those of train"
)
standardize_variance = edit("standardize", {"train.std": "train.var"}).says(
    "the columns are divided by their variance; its root is missing"
)
standardize_centered = edit(
    "standardize", {"(train - mean) / std": "train - mean", "(other - mean) / std": "other - mean"}
).says("the mean is subtracted, but nothing is divided by the standard deviation")
standardize_scaled = edit(
    "standardize", {"(train - mean) / std": "train / std", "(other - mean) / std": "other / std"}
).says("both are divided by the standard deviation, but the mean is not subtracted")
standardize_other_as_it_is = edit("standardize", {"(other - mean) / std": "other.clone()"}).says(
    "other comes back as it was; it is to be standardized like train"
)
standardize_all = edit("standardize", {"mean(dim=0)": "mean()", "dim=0, ": ""}).says(
    "one mean and one deviation are taken of all entries of train; each column has its own"
)
standardize_rows = edit(
    "standardize",
    "def scaled(x):\n    std = x.std(dim=1, correction=0, keepdim=True)\n"
    "    return (x - x.mean(dim=1, keepdim=True)) / torch.where(std == 0, 1, std)\n"
    "return scaled(train), scaled(other)",
).says("each row is standardized by itself; the means and deviations are those of the columns of train")
standardize_swapped = edit(
    "standardize", {"(train - mean) / std, (other - mean) / std": "(other - mean) / std, (train - mean) / std"}
).says("the two results have changed places: first train, then other")
standardize_constant = edit("standardize", {"std = torch.where(std == 0, 1, std)": ""}).says(
    "a constant column is divided by its deviation 0, which gives nan or inf; 1 is to be used there"
)
standardize_epsilon = edit("standardize", {"std = torch.where(std == 0, 1, std)": "std = std + 1e-8"}).says(
    "a small number is added to every deviation: digits are lost, and where a column of train is constant, other is "
    "divided by next to nothing"
)
standardize_bounded = edit("standardize", {"torch.where(std == 0, 1, std)": "std.clamp(min=1e-8)"}).says(
    "where a column of train is constant, other is divided by a tiny number instead of 1"
)
standardize_threshold = edit("standardize", {"std == 0": "std < 1e-6"}).says(
    "a deviation that is small, but not 0, is replaced; only where it is 0, 1 is used"
)
standardize_squares = edit(
    "standardize",
    {
        "train.std(dim=0, correction=0)": "(train.square().mean(dim=0) - mean.square()).clamp(min=0).sqrt()",
        "std == 0": "(train == train[0]).all(dim=0)",
    },
).says(
    "the variance is the mean of the squares minus the square of the mean: where the mean is large, this difference "
    "loses most of its digits; subtract the mean before squaring"
)
standardize_constant_stays = edit(
    "standardize", {"std = torch.where": "mean = torch.where(std == 0, 0, mean)\nstd = torch.where"}
).says("a constant column of train is left as it is, in both; the mean is subtracted there, too")
standardize_range = edit(
    "standardize",
    {"train.mean(dim=0)": "train.amin(dim=0)", "train.std(dim=0, correction=0)": "train.amax(dim=0) - mean"},
).says("the columns are scaled by their lowest and highest value; mean and standard deviation are asked for")
standardize_erased = edit(
    "standardize", {"(other - mean) / std": "(other - mean) / std * (train.std(dim=0, correction=0) != 0)"}
).says("where a column of train is constant, other becomes 0; it is to be its distance from the mean")

# --- early_stopping

stopping_by_the_last = edit("early_stopping", {"waited += 1": "waited += 1\nlowest = loss"}).says(
    "each loss is compared with the one before it; it is to be compared with that of the best epoch"
)
stopping_total = edit("early_stopping", {"best, lowest, waited = epoch, loss, 0": "best, lowest = epoch, loss"}).says(
    "the count of epochs that are not better goes on after a better one; only those in a row count"
)
stopping_equal = edit("early_stopping", {"loss < lowest": "loss <= lowest"}).says(
    "a loss that is exactly min_delta below the best one counts as better (for min_delta 0, an equal one); it is not"
)
stopping_without_delta = edit("early_stopping", {" - min_delta": ""}).says("min_delta plays no part")
stopping_plus_delta = edit("early_stopping", {"- min_delta": "+ min_delta"}).says(
    "min_delta is added to the best loss, so that a loss above it counts as better; subtract it"
)
stopping_lowest_moves = edit("early_stopping", {"waited += 1": "waited += 1\nlowest = min(lowest, loss)"}).says(
    "a gain that is too small still lowers the loss to beat: many small gains never add up to one that counts"
)
stopping_late = edit("early_stopping", {"waited == patience": "waited > patience"}).says(
    "training ends one epoch too late: patience epochs in a row are enough"
)
stopping_early = edit("early_stopping", {"if waited == patience": "if waited >= max(patience - 1, 1)"}).says(
    "training ends one epoch too early: patience epochs in a row are allowed to be no better"
)
stopping_never = edit("early_stopping", {"if waited == patience:\n    return best, epoch": ""}).says(
    "patience plays no part: all losses are looked at, also those after the end of training"
)
stopping_lowest_of_all = edit(
    "early_stopping",
    {"return best, epoch": "return min(range(len(val)), key=lambda k: (val[k] != val[k], val[k])), epoch"},
).says("best is the epoch with the lowest loss of all, also after the end of training")
stopping_from_the_lowest = edit(
    "early_stopping",
    "best = min(range(len(val)), key=lambda k: (val[k] != val[k], val[k]))\n"
    "return best, min(best + patience, len(val) - 1)",
).says("best is the epoch with the lowest loss of all, and stop is counted from it: losses after the end play a part")
stopping_lowest_so_far = edit(
    "early_stopping",
    {"return best, epoch": "return min(range(epoch + 1), key=lambda k: (val[k] != val[k], val[k])), epoch"}
    | {"return best, len": "return min(range(len(val)), key=lambda k: (val[k] != val[k], val[k])), len"},
).says("best is the epoch with the lowest loss up to stop, even where its gain is not more than min_delta")
stopping_highest = edit("early_stopping", {"math.inf": "-math.inf", "loss < lowest -": "loss > lowest +"}).says(
    "a higher loss counts as better, as if losses were scores; lower is better"
)
stopping_relative = edit(
    "early_stopping",
    {"loss < lowest - min_delta": "loss < lowest * (1 - min_delta) or lowest == math.inf and loss < lowest"},
).says("min_delta is taken as a share of the best loss; it is an amount to be subtracted")
stopping_bounded = edit("early_stopping", {"math.inf": "1000.0"}).says(
    "the loss to beat begins with a number that is large, but finite: a first loss above it is never better"
)
stopping_keeps_the_last = edit("early_stopping", {"return best, epoch": "return epoch, epoch"}).says(
    "best is the epoch at which training ends; the best one came before"
)
stopping_at_the_best = edit("early_stopping", {"return best, epoch": "return best, best"}).says(
    "stop is the best epoch; training ends patience epochs later"
)
stopping_swapped = edit(
    "early_stopping", {"return best, epoch": "return epoch, best", "best, len(val) - 1": "len(val) - 1, best"}
).says("the two results have changed places: first best, then stop")
stopping_from_one = edit("early_stopping", {"enumerate(val)": "enumerate(val, 1)", "len(val) - 1": "len(val)"}).says(
    "epochs are counted from 1; they count from 0"
)
stopping_next = edit(
    "early_stopping", {"return best, epoch": "return best, epoch + 1", "len(val) - 1": "len(val)"}
).says("stop is the number of epochs made; the last one of them is asked for, and epochs count from 0")
stopping_one_before = edit("early_stopping", {"return best, epoch": "return best, epoch - 1"}).says(
    "stop is the epoch before the one with which patience ends"
)
stopping_number_at_the_end = edit("early_stopping", {"len(val) - 1": "len(val)"}).says(
    "where patience never ends, stop is the number of epochs; the last one is one less, since epochs count from 0"
)
stopping_past_the_end = edit("early_stopping", {"len(val) - 1": "best + patience"}).says(
    "stop lies behind the last epoch where the losses end before patience does"
)
stopping_nan_is_better = edit(
    "early_stopping", {"if loss < lowest - min_delta": "if not loss >= lowest - min_delta"}
).says("nan counts as better: every comparison with nan is False, so the condition must be one that is True for better")
stopping_first_is_best = edit("early_stopping", {"math.inf, 0": "val[0], -1"}).says(
    "the first loss is taken as the best one before anything is compared: if it is nan, no later one is better"
)
stopping_first_is_best_and_counted = edit("early_stopping", {"math.inf, 0": "val[0], -int(val[0] == val[0])"}).says(
    "the first loss is taken as the best one before anything is compared: if it is nan, no later one is better"
)
stopping_at_nan = edit(
    "early_stopping", {"if loss < lowest": "if loss != loss:\n    return best, epoch\nif loss < lowest"}
).says("the first nan ends training at once; it counts as an epoch that is not better, like any other")
stopping_nan_skipped = edit("early_stopping", {"else:": "elif loss == loss:"}).says(
    "an epoch whose loss is nan is skipped; it counts as not better"
)

# --- l2_penalty

l2_biases = edit("l2_penalty", {" if w.ndim >= 2": ""}).says("the biases are penalized, too; only weights are to be")
l2_only_biases = edit("l2_penalty", {">= 2": "< 2"}).says("the biases are penalized, and not the weights")
l2_matrices = edit("l2_penalty", {">= 2": "== 2"}).says(
    "weights with more than two axes, such as kernels, are left out"
)
l2_without_half = edit("l2_penalty", {"lam / 2": "lam"}).says(
    "this is lam times the sum of squares; the half is missing"
)
l2_norm = edit("l2_penalty", {"w.square().sum()": "w.square().sum().sqrt()"}).says(
    "the norms are not squared: this is the sum of roots"
)
l2_root = edit(
    "l2_penalty",
    {"lam / 2 * sum(squares, params[0].new_zeros(()))": "lam / 2 * sum(squares, params[0].new_zeros(())).sqrt()"},
).says("this is the root of the sum of squares; the sum itself is asked for")
l2_mean = edit("l2_penalty", {"square().sum()": "square().mean()"}).says(
    "the squares of each weight are averaged; they are to be summed"
)
l2_absolute = edit("l2_penalty", {"square()": "abs()"}).says(
    "the absolute values are summed, an L1 penalty; the squares are asked for"
)
l2_sum_first = edit("l2_penalty", {"w.square().sum()": "w.sum().square()"}).says(
    "the entries are summed before they are squared, so that those of opposite sign cancel"
)
l2_detached = edit("l2_penalty", {"w.square()": "w.detach().square()"}).says(
    "the penalty is cut off from the graph of the weights: it has no effect on their gradients"
)
l2_last = edit("l2_penalty", {"sum(squares,": "sum(squares[-1:],"}).says("only the last weight counts")
l2_first = edit("l2_penalty", {"sum(squares,": "sum(squares[:1],"}).says("only the first weight counts")
