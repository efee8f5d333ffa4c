"""What learners get wrong here, each as an edit of reference.py."""

from __future__ import annotations

from grader.checks import edit

# --- importance_weights

weights_sizes_inverted = edit("importance_weights", {"n_train / n_test": "n_test / n_train"}).says(
    "n_test/n_train stands for n_train/n_test: the more test data the classifier saw, the smaller this factor is to be"
)
weights_without_sizes = edit("importance_weights", {" * (n_train / n_test)": ""}).says(
    "these are the odds alone; if the classifier saw ten times as much test data, they are ten times too large"
)
weights_whole_ratio = edit("importance_weights", {"n_train / n_test": "n_train // n_test"}).says(
    "n_train/n_test is rounded down to a whole number, as // does"
)
weights_by_all = edit("importance_weights", {"n_train / n_test": "n_train / (n_train + n_test)"}).says(
    "the odds are multiplied by n_train/(n_train + n_test), the share of training data; the factor is n_train/n_test"
)
weights_by_all_test = edit("importance_weights", {"n_train / n_test": "n_test / (n_train + n_test)"}).says(
    "the odds are multiplied by the share of the test data; the factor is n_train/n_test"
)
weights_of_given = edit("importance_weights", {"n_train / n_test": "len(z) / n_test"}).says(
    "the number of logits stands for n_train; the classifier may have learned from more samples, or from fewer"
)
weights_of_probability = edit("importance_weights", {"torch.exp(z)": "torch.sigmoid(z)"}).says(
    "this is the probability of test data, times n_train/n_test; the weight has its odds P/(1 − P)"
)
weights_of_training = edit("importance_weights", {"torch.exp(z)": "torch.exp(-z)"}).says(
    "these are the odds of training data: samples that look like test data get the small weights"
)
weights_exchanged = edit(
    "importance_weights", {"torch.exp(z)": "torch.exp(-z)", "n_train / n_test": "n_test / n_train"}
).says("this is p_train/p_test, the weight upside down: samples that look like test data get the small weights")
weights_through_sigmoid = edit(
    "importance_weights", {"torch.exp(z)": "torch.sigmoid(z) / (1 - torch.sigmoid(z))"}
).says("for large logits the weights are infinite: 1 − P is 0 there. The odds have a formula without P")
weights_through_probability_of_training = edit(
    "importance_weights", {"torch.exp(z)": "1 / torch.sigmoid(-z) - 1"}
).says("for very negative logits the weights are 0, as 1/(1 − P) − 1 is there; they are small, but not 0")
weights_logarithm = edit(
    "importance_weights",
    {"odds = torch.exp(z)": "odds = z", "odds * (n_train / n_test)": "odds + math.log(n_train / n_test)"},
).says("these are the logarithms of the weights")
weights_mean_one = edit(
    "importance_weights", {"return odds * (n_train / n_test)": "return odds / odds.mean() if len(z) else odds"}
).says("the weights are divided by their mean, so that they are 1 on average; that does not replace n_train/n_test")
weights_sum_one = edit("importance_weights", {"odds * (n_train / n_test)": "torch.softmax(z, dim=0)"}).says(
    "the weights add up to 1, as those of a softmax; each is to be p_test/p_train of its own x"
)
weights_softmax = edit("importance_weights", {"torch.exp(z)": "torch.softmax(z, dim=0)"}).says(
    "the odds are divided by their sum, as in a softmax; each weight is to depend on its own logit only"
)
weights_less_largest = edit(
    "importance_weights", {"torch.exp(z)": "torch.exp(z - z.max()) if len(z) else torch.exp(z)"}
).says("the largest logit is subtracted from all, as in a softmax; each weight is to depend on its own logit only")
weights_logit_as_probability = edit("importance_weights", {"torch.exp(z)": "z / (1 - z)"}).says(
    "this is z/(1 − z), as if z were the probability P; z is its logit"
)
weights_clamped = edit("importance_weights", {"torch.exp(z)": "torch.exp(z.clamp(-50, 50))"}).says(
    "logits beyond a bound count as that bound; there is no bound here"
)
weights_clipped = edit(
    "importance_weights",
    {"odds = torch.exp(z)": ("chance = torch.sigmoid(z).clamp(1e-6, 1 - 1e-6)\nodds = chance / (1 - chance)")},
).says("P is kept away from 0 and 1, so that no weight is very large or small; the odds have a formula without P")
weights_capped = edit(
    "importance_weights", {"odds * (n_train / n_test)": "(odds * (n_train / n_test)).clamp(max=100)"}
).says("weights above a bound are cut down to it; they are to be as large as the formula gives them")
weights_sizes_in_exponent = edit(
    "importance_weights", {"torch.exp(z)": "torch.exp(z * (n_train / n_test))", "odds * (n_train / n_test)": "odds"}
).says("n_train/n_test is a factor of the logit; it belongs to the odds, outside the exponential")
weights_logit_changed = edit("importance_weights", {"torch.exp(z)": "z.exp_()"}).says(
    "the tensor z that was handed in is changed; the weights are to be a new one"
)

# --- weighted_mean

mean_by_weights = edit("weighted_mean", {"total / len(w)": "total / w.sum()"}).says(
    "the sum of the weights is divided by although self_normalised is False; there it is N"
)
mean_by_number = edit("weighted_mean", {"total / w.sum()": "total / len(w)"}).says(
    "N is divided by although self_normalised is True; there it is the sum of the weights"
)
mean_sum = edit("weighted_mean", {"total / len(w)": "total"}).says(
    "without self-normalisation this is the sum of w·loss; it is still to be divided by N"
)
mean_sum_self = edit("weighted_mean", {"total / w.sum()": "total"}).says(
    "self-normalised, this is the sum of w·loss; it is still to be divided by the sum of the weights"
)
mean_divided_twice = edit("weighted_mean", {"total / w.sum()": "(w * loss).mean() / w.sum()"}).says(
    "self-normalised, this is divided by the sum of the weights and by N as well"
)
mean_weights_share = edit("weighted_mean", {"else total / len(w)": "else total / w.sum() / len(w)"}).says(
    "without self-normalisation this is divided by the sum of the weights and by N; N alone is asked for"
)
mean_softmax = edit("weighted_mean", {"total / w.sum()": "(torch.softmax(w, dim=0) * loss).sum()"}).says(
    "self-normalised, the weights count as after a softmax; each is to be divided by their sum as it is"
)
mean_unweighted = edit("weighted_mean", {"(w * loss).sum()": "loss.sum()", "w.sum()": "len(w)"}).says(
    "this is the plain mean of the losses: the weights have no effect"
)
mean_unweighted_by_number = edit("weighted_mean", {"else total / len(w)": "else loss.mean()"}).says(
    "without self-normalisation this is the plain mean of the losses: the weights have no effect"
)
mean_by_one_less = edit("weighted_mean", {"total / len(w)": "total / (len(w) - 1)"}).says(
    "without self-normalisation, N − 1 is divided by; it is to be N"
)
mean_of_means = edit("weighted_mean", {"total / len(w)": "loss.mean() * w.mean()"}).says(
    "this is the mean loss times the mean weight; each loss is to be multiplied by its own weight first"
)
mean_of_positive = edit("weighted_mean", {"total / len(w)": "total / (w > 0).sum()"}).says(
    "only samples with a weight above 0 are counted; N is the number of all"
)
mean_of_positive_if_any = edit("weighted_mean", {"total / len(w)": "total / (w > 0).sum().clamp(min=1)"}).says(
    "only samples with a weight above 0 are counted; N is the number of all"
)
mean_with_epsilon = edit("weighted_mean", {"total / w.sum()": "total / (w.sum() + 1e-8)"}).says(
    "self-normalised, the smaller the weights are, the nearer to 0 is the result, as if 1e-8 were added to their sum"
)
mean_cut = edit("weighted_mean", {"(w * loss).sum()": "(w * loss).sum().detach()", "w.sum()": "w.sum().detach()"}).says(
    "the result has no graph, as after .item(), .detach() or NumPy: autograd can't go through it"
)
mean_weights_cut = edit("weighted_mean", {"total = ": "w = w.detach()\ntotal = "}).says(
    "no gradient reaches the weights, as after w.detach(); autograd is to go through them, too"
)
mean_sum_cut = edit("weighted_mean", {"w.sum()": "w.sum().detach()"}).says(
    "self-normalised, the gradient takes the sum of the weights for a constant, as after .item() or .detach()"
)

# --- effective_sample_size

size_inverted = edit("effective_sample_size", "return (w**2).sum() / w.sum() ** 2").says(
    "this is upside down: the square of the sum is above, the sum of the squares below"
)
size_share = edit("effective_sample_size", {"(w**2).sum()": "(w**2).sum() / len(w)"}).says(
    "this is the share of the N samples that counts, at most 1; their number is asked for"
)
size_not_squared = edit("effective_sample_size", {"w.sum() ** 2": "w.sum()"}).says(
    "the sum above is not squared: the result changes when all weights are doubled"
)
size_of_shares = edit("effective_sample_size", {"w.sum() ** 2": "1"}).says(
    "this is 1/Σw², which is right only for weights that add up to 1"
)
size_of_mean_one = edit("effective_sample_size", {"w.sum() ** 2": "len(w) ** 2"}).says(
    "this is N²/Σw², which is right only for weights that are 1 on average"
)
size_of_squares = edit("effective_sample_size", "return (w**2).sum() / (w**2).sum() * len(w)").says(
    "for weights above 0 this is N, however much they differ; it is to be N only if all are equal"
)
size_times_number = edit("effective_sample_size", {"(w**2).sum()": "(w**2).mean()"}).says(
    "this is N times as much as it should be, as if the squares below were averaged; they are to be added up"
)
size_with_epsilon = edit("effective_sample_size", {"(w**2).sum()": "((w**2).sum() + 1e-8)"}).says(
    "the smaller the weights are, the nearer to 0 is the result, as if 1e-8 were added to the sum of their squares"
)
size_sum = edit("effective_sample_size", "return w.sum()").says(
    "this is the sum of the weights; doubling all of them is not to change the result"
)
size_root = edit("effective_sample_size", {"return ": "return (", "(w**2).sum()": "(w**2).sum()) ** 0.5"}).says(
    "this is the square root of the effective sample size"
)
size_by_largest = edit("effective_sample_size", {"w.sum() ** 2 / (w**2).sum()": "w.sum() / w.max()"}).says(
    "this is the sum of the weights by the largest of them, another measure; squares are asked for"
)
size_of_entropy = edit(
    "effective_sample_size", "shares = w / w.sum()\nreturn torch.exp(-torch.special.xlogy(shares, shares).sum())"
).says("this is the exponential of the weights' entropy, another measure; squares are asked for")
size_bessel = edit(
    "effective_sample_size", "return len(w) / (1 + (w.var() / w.mean() ** 2 if len(w) > 1 else 0 * w.sum()))"
).says("this is N/(1 + variance/mean²) with a variance divided by N − 1; with N, it would be the same as (Σw)²/Σw²")
size_variance = edit("effective_sample_size", "return len(w) / (1 + w.var(correction=0))").says(
    "this is N/(1 + variance), which is right only for weights that are 1 on average"
)

# --- two_proportion_test: z

z_sign = edit("two_proportion_test", {"z = (b - a)": "z = (a - b)"}).says(
    "z has the wrong sign: it is to be positive where B has the larger proportion"
)
z_absolute = edit("two_proportion_test", {"z = (b - a)": "z = abs(b - a)"}).says(
    "z is never negative here; it is to be where B has the smaller proportion"
)
z_unpooled = edit(
    "two_proportion_test",
    {
        "pooled = math.sqrt(common * (1 - common) * (1 / n_a + 1 / n_b))": (
            "pooled = math.sqrt(a * (1 - a) / n_a + b * (1 - b) / n_b)"
        )
    },
).says("z has the unpooled standard error, that of the interval; z supposes that A and B share one proportion")
z_mean_of_proportions = edit("two_proportion_test", {"(k_a + k_b) / (n_a + n_b)": "(a + b) / 2"}).says(
    "the common proportion is the mean of the two; it is all successes by all trials, which differs if n_a ≠ n_b"
)
z_proportion_of_a = edit("two_proportion_test", {"(k_a + k_b) / (n_a + n_b)": "a"}).says(
    "the common proportion is that of A alone; it is all successes by all trials"
)
z_variance = edit(
    "two_proportion_test",
    {
        "pooled = math.sqrt(common * (1 - common) * (1 / n_a + 1 / n_b))": (
            "pooled = common * (1 - common) * (1 / n_a + 1 / n_b)"
        )
    },
).says("the difference is divided by its variance; the standard error is the root of it")
z_of_all_trials = edit("two_proportion_test", {"(1 / n_a + 1 / n_b)": "(1 / (n_a + n_b))"}).says(
    "the standard error has 1/(n_a + n_b), as of one group; here the errors of two groups add up: 1/n_a + 1/n_b"
)
z_twice_all_trials = edit("two_proportion_test", {"(1 / n_a + 1 / n_b)": "(2 / (n_a + n_b))"}).says(
    "the standard error has 2/(n_a + n_b) in it; 1/n_a + 1/n_b is larger"
)
z_twice_a = edit("two_proportion_test", {"(1 / n_a + 1 / n_b)": "(2 / n_a)"}).says(
    "the standard error has 2/n_a in it, which is right only if both groups are equally large"
)
z_with_epsilon = edit(
    "two_proportion_test", {"(b - a) / pooled if pooled > 0 else 0.0": "(b - a) / (pooled + 1e-8)"}
).says("z is a little too near to 0, as if 1e-8 were added to its standard error")
z_of_a_alone = edit("two_proportion_test", {"common * (1 - common) * (1 / n_a + 1 / n_b)": "a * (1 - a) / n_a"}).says(
    "the standard error is that of A alone, as if the proportion of B were known exactly"
)
z_continuity = edit(
    "two_proportion_test", {"z = (b - a)": "z = math.copysign(max(abs(b - a) - (1 / n_a + 1 / n_b) / 2, 0), b - a)"}
).says("the difference is smaller, as after a correction for continuity; none is asked for")
z_squared = edit("two_proportion_test", {"z = (b - a) / pooled": "z = (b - a) ** 2 / pooled**2"}).says(
    "this is z², the number that a chi-squared test has"
)
z_difference = edit("two_proportion_test", {"(b - a) / pooled if": "(b - a) if"}).says(
    "z is the difference of the proportions itself; it is to be divided by its standard error"
)
z_lift = edit("two_proportion_test", {"z = (b - a) / pooled": "z = (b - a) / a / pooled"}).says(
    "z has the relative difference (b − a)/a above; the plain one is asked for"
)

# --- two_proportion_test: p

p_one_sided = edit("two_proportion_test", {"p = math.erfc": "p = 0.5 * math.erfc"}).says(
    "p is half of what it should be: it has one tail, and both are asked for"
)
p_upper_tail = edit(
    "two_proportion_test", {"p = math.erfc(abs(z) / math.sqrt(2))": "p = 0.5 * math.erfc(z / math.sqrt(2))"}
).says("p is the probability above z, which is one tail; both beyond ±|z| are asked for")
p_lower_tail = edit(
    "two_proportion_test", {"p = math.erfc(abs(z) / math.sqrt(2))": "p = 0.5 * math.erfc(-z / math.sqrt(2))"}
).says("p is the probability below z, which is one tail at most; both beyond ±|z| are asked for")
p_without_absolute = edit("two_proportion_test", {"abs(z)": "z"}).says(
    "where z is negative, p is above 1: both tails lie beyond |z|"
)
p_lower_doubled = edit("two_proportion_test", {"abs(z)": "-z"}).says(
    "where z is positive, p is above 1: both tails lie beyond |z|"
)
p_without_root = edit("two_proportion_test", {" / math.sqrt(2)": ""}).says(
    "p is too small: erfc and erf are for z/√2, not for z"
)
p_of_middle = edit("two_proportion_test", {"p = math.erfc": "p = math.erf"}).says(
    "this is the probability between −|z| and |z|; p is the one outside"
)
p_cancelled = edit("two_proportion_test", {"p = math.erfc(": "p = 1 - math.erf("}).says(
    "p is 0 where it is very small, as 1 minus a number that rounds to 1 is. Some functions give the tail itself"
)
p_density = edit(
    "two_proportion_test", {"p = math.erfc(abs(z) / math.sqrt(2))": "p = math.exp(-z * z / 2) / math.sqrt(2 * math.pi)"}
).says("this is the height of the normal density at z; p is the area of both tails")

# --- two_proportion_test: the interval

interval_pooled = edit(
    "two_proportion_test", {"1.96 * math.sqrt(a * (1 - a) / n_a + b * (1 - b) / n_b)": ("1.96 * pooled")}
).says("the interval has the pooled standard error; it does not suppose that A and B share one proportion")
interval_of_a_minus_b = edit(
    "two_proportion_test",
    {"return z, p, b - a - margin, b - a + margin": ("return z, p, a - b - margin, a - b + margin")},
).says("this is the interval of A − B; B − A is asked for")
interval_upside_down = edit(
    "two_proportion_test",
    {"return z, p, b - a - margin, b - a + margin": ("return z, p, b - a + margin, b - a - margin")},
).says("the ends are exchanged: the lower one comes first")
interval_around_zero = edit("two_proportion_test", {"b - a - margin, b - a + margin": "-margin, margin"}).says(
    "the interval lies around 0; it is to lie around the difference b − a"
)
interval_of_z = edit("two_proportion_test", {"b - a - margin, b - a + margin": "z - 1.96, z + 1.96"}).says(
    "this is an interval around z; one around the difference b − a is asked for"
)
interval_of_b = edit(
    "two_proportion_test",
    {
        "b - a - margin, b - a + margin": (
            "b - 1.96 * math.sqrt(b * (1 - b) / n_b), b + 1.96 * math.sqrt(b * (1 - b) / n_b)"
        )
    },
).says("this is the interval of B's own proportion; that of the difference B − A is asked for")
interval_narrow = edit("two_proportion_test", {"1.96": "1"}).says(
    "the interval reaches one standard error to each side, which is 68%; for 95% it is 1.96 of them"
)
interval_of_90 = edit("two_proportion_test", {"1.96": "1.645"}).says(
    "the interval reaches 1.645 standard errors to each side, which is 90%; for 95% it is 1.96 of them"
)
interval_of_99 = edit("two_proportion_test", {"1.96": "2.576"}).says(
    "the interval reaches 2.576 standard errors to each side, which is 99%; for 95% it is 1.96 of them"
)
interval_two = edit("two_proportion_test", {"1.96": "2"}).says(
    "the interval reaches 2 standard errors to each side, a little too far; it is 1.96 of them"
)
interval_half = edit("two_proportion_test", {"1.96 * ": "1.96 / 2 * "}).says(
    "the interval is half as wide as it should be: it reaches 1.96 standard errors to each side"
)
interval_added_errors = edit(
    "two_proportion_test",
    {
        "math.sqrt(a * (1 - a) / n_a + b * (1 - b) / n_b)": (
            "(math.sqrt(a * (1 - a) / n_a) + math.sqrt(b * (1 - b) / n_b))"
        )
    },
).says("the standard errors of A and B are added up; their squares are, and then the root is taken")
interval_variance = edit(
    "two_proportion_test",
    {"math.sqrt(a * (1 - a) / n_a + b * (1 - b) / n_b)": ("(a * (1 - a) / n_a + b * (1 - b) / n_b)")},
).says("the interval reaches 1.96 variances to each side: the root is missing")
interval_of_spread = edit(
    "two_proportion_test", {"a * (1 - a) / n_a + b * (1 - b) / n_b": "a * (1 - a) + b * (1 - b)"}
).says("the variances are those of a single user, not divided by n_a and n_b")
interval_of_all_trials = edit(
    "two_proportion_test", {"a * (1 - a) / n_a + b * (1 - b) / n_b": "(a * (1 - a) + b * (1 - b)) / (n_a + n_b)"}
).says("both variances are divided by n_a + n_b; each is to be divided by the number of trials of its own group")
interval_bessel = edit(
    "two_proportion_test",
    {"a * (1 - a) / n_a + b * (1 - b) / n_b": ("a * (1 - a) / max(n_a - 1, 1) + b * (1 - b) / max(n_b - 1, 1)")},
).says("the variances are divided by n − 1, so that the interval is a little too wide; divide them by n")
interval_clipped = edit(
    "two_proportion_test", {"b - a - margin, b - a + margin": ("max(b - a - margin, -1.0), min(b - a + margin, 1.0)")}
).says("ends beyond −1 or 1 are moved to −1 or 1; they are to be left as the formula gives them")
interval_lift = edit(
    "two_proportion_test",
    {"b - a - margin, b - a + margin": ("(b - a - margin) / (a or 1), (b - a + margin) / (a or 1)")},
).says("both ends are divided by the proportion of A, as for a relative difference; the plain one is asked for")
interval_continuity = edit("two_proportion_test", {"margin = ": "margin = (1 / n_a + 1 / n_b) / 2 + "}).says(
    "the interval is wider, as after a correction for continuity; none is asked for"
)

# --- two_proportion_test: errors of 0

zero_divides = edit("two_proportion_test", {" if pooled > 0 else 0.0": ""}).says(
    "where nobody or everybody succeeds in both groups, the standard error is 0 and this divides by it"
)
zero_p = edit("two_proportion_test", {"margin = ": "p = p if pooled > 0 else 0.0\nmargin = "}).says(
    "where the pooled standard error is 0, p is 0; nothing differs there, so that p is 1"
)
zero_for_any_zero = edit(
    "two_proportion_test", {"margin = ": "if k_a == 0 or k_b == 0:\n    z, p = 0.0, 1.0\nmargin = "}
).says("z = 0 and p = 1 come where only one of the groups has no success; A and B differ there")
zero_for_any_extreme = edit(
    "two_proportion_test", {"margin = ": "if a in (0, 1) or b in (0, 1):\n    z, p = 0.0, 1.0\nmargin = "}
).says("z = 0 and p = 1 come where only one of the groups has no success, or no failure; A and B differ there")
zero_for_any_zero_interval = edit(
    "two_proportion_test", {"return z, p,": "if k_a == 0 or k_b == 0:\n    return z, p, 0.0, 0.0\nreturn z, p,"}
).says("the interval is (0, 0) where only one of the groups has no success; A and B differ there")
zero_for_any_extreme_interval = edit(
    "two_proportion_test", {"return z, p,": "if a in (0, 1) or b in (0, 1):\n    return z, p, 0.0, 0.0\nreturn z, p,"}
).says("the interval is (0, 0) where only one of the groups has no success, or no failure; A and B differ there")
zero_by_unpooled = edit(
    "two_proportion_test",
    {"margin = ": "if a * (1 - a) == 0 == b * (1 - b):\n    return 0.0, 1.0, b - a, b - a\nmargin = "},
).says(
    "where everybody succeeds in one group and nobody in the other, z = 0 and p = 1 come out; the pooled error is not 0"
)
zero_infinite = edit("two_proportion_test", {"else 0.0": "else math.inf"}).says(
    "where the pooled standard error is 0, z is infinite; nothing differs there, so that z = 0 and p = 1"
)
equal_no_interval = edit(
    "two_proportion_test", {"a, b = ": "if k_a * n_b == k_b * n_a:\n    return 0.0, 1.0, 0.0, 0.0\na, b = "}
).says("where both proportions are the same, the interval is (0, 0); it is as wide as elsewhere")
