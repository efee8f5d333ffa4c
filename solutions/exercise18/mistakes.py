"""What learners get wrong here, each as an edit of reference.py."""

from __future__ import annotations

from grader.checks import edit

#: What several of the edits below replace: in fit, the probabilities and the mean over the samples; in
#: hierarchical_log_prob, the two logarithms and their sum.
SOFTMAX = "torch.softmax(logits(X, W, b), dim=1)"
MEAN = "delta = delta / len(y)"
AMONG = "zf[:, siblings] - log_sum_exp(zf[:, siblings])[:, None]"
OF_GROUP = "zg - log_sum_exp(zg)[:, None]"
RESULT = "return of_group[:, parent] + within"

# --- logits

logits_without_bias = edit("logits", {" + b": ""}).says("b is left out")
logits_untransposed = edit("logits", {"W.T": "W"}).says(
    "W is not transposed: that fits only where D = C. W has a row of weights for each class"
)
logits_untransposed_if_it_fits = edit("logits", {"W.T": "(W if X.shape[1] == len(W) else W.T)"}).says(
    "W is not transposed where D = C, and is otherwise: W always has a row of weights for each class"
)
logits_bias_by_sample = edit("logits", {" + b": " + b[:, None]"}).says(
    "b is added along the wrong axis, one number of it to each sample: it has one number for each class"
)
logits_classes_first = edit("logits", {"return X @ W.T + b": "return (X @ W.T + b).T"}).says(
    "samples and classes are exchanged: a row belongs to a sample, a column to a class"
)
logits_softmax = edit("logits", {"return X @ W.T + b": "return torch.softmax(X @ W.T + b, dim=1)"}).says(
    "these are the probabilities; the logits are the numbers before the softmax"
)
logits_log_softmax = edit("logits", {"return X @ W.T + b": "return torch.log_softmax(X @ W.T + b, dim=1)"}).says(
    "these are logarithms of the probabilities; the logits are the numbers before the softmax"
)
logits_sigmoid = edit("logits", {"return X @ W.T + b": "return torch.sigmoid(X @ W.T + b)"}).says(
    "a sigmoid has been applied; the logits are the numbers before any such function"
)
logits_minus_bias = edit("logits", {" + b": " - b"}).says("b is subtracted; it is to be added")

# --- predict

predict_batch_axis = edit("predict", {"dim=1": "dim=0"}).says(
    "the largest is sought among the samples, for each class; it must be sought among the classes, for each sample"
)
predict_smallest = edit("predict", {"argmax": "argmin"}).says("this is the class with the smallest logit")
predict_largest_absolute = edit("predict", {".argmax": ".abs().argmax"}).says(
    "the logit farthest from 0 is taken: a very negative one stands for an unlikely class"
)
predict_without_bias = edit("predict", {"(X, W, b)": "(X, W, 0 * b)"}).says("b has no part in the prediction")
predict_last_of_equals = edit(
    "predict",
    "z = logits(X, W, b)\nif z.shape[1] == 0:\n    return z.argmax(dim=1)\n"
    "return z.shape[1] - 1 - z.flip(1).argmax(dim=1)",
).says("of several equal logits the last one is taken; the class with the lowest number is asked for")
predict_overflow = edit(
    "predict", "e = torch.exp(logits(X, W, b))\nreturn (e / e.sum(dim=1, keepdim=True)).argmax(dim=1)"
).says(
    "the exponential of large logits overflows, and the first class whose exponential does is taken; logits can be "
    "compared as they are"
)
predict_from_one = edit("predict", {"argmax(dim=1)": "argmax(dim=1) + 1"}).says(
    "the classes are numbered from 1; they are numbered from 0"
)
predict_threshold = edit("predict", "return (logits(X, W, b)[:, -1] > 0).long()").says(
    "only 0 and 1 come out, by the sign of the last logit: that is for two classes with one logit; "
    "here the largest counts"
)
predict_first_positive = edit("predict", "return (logits(X, W, b) > 0).long().argmax(dim=1)").says(
    "the first class with a positive logit is taken; the class with the largest logit is asked for"
)

# --- log_sum_exp

lse_overflow = edit("log_sum_exp", "return torch.log(torch.exp(z).sum(dim=-1))").says(
    "the exponential overflows for large logits, or all of a row underflow to 0"
)
lse_maximum_lost = edit("log_sum_exp", {"largest + torch": "torch"}).says(
    "the largest logit is subtracted inside the sum and not added again outside of it"
)
lse_without_log = edit("log_sum_exp", "return torch.exp(z).sum(dim=-1)").says(
    "this is the sum of the exponentials; its logarithm is missing"
)
lse_log_per_entry = edit("log_sum_exp", "return torch.log(torch.exp(z)).sum(dim=-1)").says(
    "the logarithm is taken of each exponential before they are added, which gives the sum of the logits"
)
lse_mean = edit("log_sum_exp", {".sum(dim=-1)": ".mean(dim=-1)"}).says(
    "this is the logarithm of the mean of the exponentials; their sum is asked for"
)
lse_largest_only = edit("log_sum_exp", "return z.amax(dim=-1)").says(
    "this is the largest logit alone; the others add to it, too"
)
lse_with_one = edit(
    "log_sum_exp", {"z.amax(dim=-1)": "z.amax(dim=-1).clamp(min=0)", "torch.log(": "torch.log(torch.exp(-largest) + "}
).says("1 is added to the sum of the exponentials, as in log(1 + eᶻ): there is no further class with the logit 0")
lse_global_maximum = edit("log_sum_exp", {"amax(dim=-1)": "max()", "[..., None]": ""}).says(
    "the largest logit of all rows is subtracted: a row far below it underflows to log 0 = −inf"
)
lse_absolute_maximum = edit("log_sum_exp", {"z.amax": "z.abs().amax"}).says(
    "the largest absolute value is subtracted: a row of very negative logits underflows to log 0 = −inf"
)
lse_whole_array = edit("log_sum_exp", {"amax(dim=-1)": "max()", "[..., None]": "", "sum(dim=-1)": "sum()"}).says(
    "the sum is over the whole array; each row has a sum of its own"
)
lse_batch_axis = edit(
    "log_sum_exp", {"amax(dim=-1)": "amax(dim=0)", "[..., None]": "", "sum(dim=-1)": "sum(dim=0)"}
).says("the sum runs over the first axis; it must run over the last one, the classes")
lse_axis_one = edit(
    "log_sum_exp", {"amax(dim=-1)": "amax(dim=1)", "[..., None]": ".unsqueeze(1)", "sum(dim=-1)": "sum(dim=1)"}
).says("axis 1 is the last one only if there are two; count from the end")
lse_keeps_the_axis = edit("log_sum_exp", {"return": "z, largest = z[..., None, :], largest[..., None]\nreturn"}).says(
    "the last axis is kept with the length 1; it is to disappear"
)
lse_sum_against_columns = edit("log_sum_exp", {"[..., None]": ""}).says(
    "the rows' maxima are lined up with the columns (keepdim=True?)"
)
lse_epsilon = edit("log_sum_exp", {".sum(dim=-1))": ".sum(dim=-1) + 1e-8)"}).says(
    "a small number is added before the logarithm: the sum is at least 1 already, and every value becomes larger"
)
lse_clamped = edit("log_sum_exp", "return torch.log(torch.exp(z.clamp(-500, 500)).sum(dim=-1))").says(
    "logits beyond a bound count as that bound; there is no bound here"
)
lse_clamped_early = edit("log_sum_exp", "return torch.log(torch.exp(z.clamp(-88, 88)).sum(dim=-1))").says(
    "logits beyond a bound count as that bound; there is no bound here"
)
lse_clamped_above = edit("log_sum_exp", "return torch.log(torch.exp(z.clamp(max=700)).sum(dim=-1))").says(
    "logits beyond a bound count as that bound; there is no bound here"
)
lse_clamped_late = edit("log_sum_exp", "return torch.log(torch.exp(z.clamp(-700, 700)).sum(dim=-1))").says(
    "logits beyond a bound count as that bound; there is no bound here"
)
lse_maximum_as_constant_inside = edit("log_sum_exp", {"z - largest[": "z - largest.detach()["}).says(
    "the values are right, the gradients are not: the maximum is detached inside the sum, but not outside of it; both "
    "or neither"
)
lse_maximum_as_constant_outside = edit("log_sum_exp", {"return largest +": "return largest.detach() +"}).says(
    "the values are right, the gradients are not: the maximum is detached outside the sum, but not inside of it; both "
    "or neither"
)
lse_one_maximum_as_constant_inside = edit(
    "log_sum_exp", {"z.amax(dim=-1)": "z.max(dim=-1).values", "z - largest[": "z - largest.detach()["}
).says(
    "the values are right, the gradients are not: the maximum is detached inside the sum, but not outside of it; both "
    "or neither"
)
lse_one_maximum_as_constant_outside = edit(
    "log_sum_exp", {"z.amax(dim=-1)": "z.max(dim=-1).values", "return largest +": "return largest.detach() +"}
).says(
    "the values are right, the gradients are not: the maximum is detached outside the sum, but not inside of it; both "
    "or neither"
)
lse_detached = edit("log_sum_exp", {"largest = z": "z = z.detach()\nlargest = z"}).says(
    "the values are right, but no gradient arrives: the history of z is lost on the way"
)
lse_changes_z = edit("log_sum_exp", {"return": "z -= largest[..., None]\nreturn", "z - largest[..., None]": "z"}).says(
    "z itself is changed (by −=, say); subtract into a new tensor"
)

# --- fit

fit_sum = edit("fit", {"delta = delta / len(y)\n": ""}).says(
    "the gradient is N times too large: the loss is the mean over the samples, not their sum"
)
fit_over_everything = edit("fit", {"delta / len(y)": "delta / delta.numel()"}).says(
    "the gradient is divided by N·C; the loss is a mean over N samples"
)
fit_over_classes = edit("fit", {"delta / len(y)": "delta / C"}).says(
    "the gradient is divided by the number of classes; the loss is a mean over the samples"
)
fit_uphill = edit("fit", {"W - lr": "W + lr", "b - lr": "b + lr"}).says(
    "this goes with the gradient, uphill: the loss grows"
)
fit_bias_stays = edit("fit", {"b - lr * delta.sum(dim=0)": "b"}).says("b does not move: it is a parameter, too")
fit_weights_stay = edit("fit", {"W - lr * delta.T @ X": "W"}).says("W does not move")
fit_untransposed = edit("fit", {"delta.T @ X": "X.T @ delta"}).says(
    "W moves by a matrix that is not transposed: that fits only where D = C. Each class has a row of W"
)
fit_untransposed_if_it_fits = edit("fit", {"delta.T @ X": "(X.T @ delta if X.shape[1] == C else delta.T @ X)"}).says(
    "where D = C, W moves by a matrix that is not transposed; otherwise it is. Each class has a row of W"
)
fit_transposed_result = edit("fit", {"return W, b": "return W.T, b"}).says(
    "W comes back transposed: it has a row for each class"
)
fit_without_labels = edit("fit", {"delta[torch.arange(len(y)), y] -= 1\n": ""}).says(
    "the labels have no part in the gradient: 1 is to be subtracted at each sample's own class"
)
fit_right_class_only = edit(
    "fit", {"delta[torch.arange(len(y)), y] -= 1": "own = torch.nn.functional.one_hot(y, C)\ndelta = (delta - 1) * own"}
).says("only the right class moves; the others have a gradient, too, their probability")
fit_all_columns = edit("fit", {"torch.arange(len(y))": ":"}).says(
    "1 is subtracted in every row at the columns of all labels, as by [:, y]; one entry per row is meant"
)
fit_sigmoid = edit("fit", {SOFTMAX: "torch.sigmoid(logits(X, W, b))"}).says(
    "every class has a sigmoid of its own, as in logistic regression; a softmax makes them share a sum of 1"
)
fit_batch_axis = edit("fit", {"dim=1)": "dim=0)"}).says(
    "the softmax is over the samples; each sample's probabilities must add up to 1"
)
fit_softmax_twice = edit(
    "fit",
    {
        "delta = torch": "p = torch",
        "delta[": "delta = torch.softmax(p, dim=1)\ndelta[",
        MEAN: "delta = p * (delta - (p * delta).sum(dim=1, keepdim=True)) / len(y)",
    },
).says("the softmax is applied twice: once before the loss, and again in it")
fit_squared_error = edit(
    "fit",
    {
        MEAN: "p = torch.softmax(logits(X, W, b), dim=1)\n"
        "delta = 2 * p * (delta - (p * delta).sum(dim=1, keepdim=True)) / len(y)"
    },
).says("this is the descent on squared errors of the probabilities; the loss is the cross-entropy")
fit_squared_error_mean = edit(
    "fit",
    {
        MEAN: "p = torch.softmax(logits(X, W, b), dim=1)\n"
        "delta = 2 * p * (delta - (p * delta).sum(dim=1, keepdim=True)) / delta.numel()"
    },
).says("this is the descent on squared errors of the probabilities; the loss is the cross-entropy")
fit_slope_of_sigmoid = edit(
    "fit", {MEAN: "p = torch.softmax(logits(X, W, b), dim=1)\ndelta = delta * p * (1 - p) / len(y)"}
).says("one factor p(1 − p) too many: it cancels against the slope of the logarithm")
fit_linear = edit("fit", {SOFTMAX: "logits(X, W, b).clone()"}).says(
    "the labels are subtracted from the logits; the softmax is missing"
)
fit_accumulates = edit(
    "fit",
    {
        "for _ in range(steps)": "dW, db = 0, 0\nfor _ in range(steps)",
        "W, b = W - lr * delta.T @ X, b - lr * delta.sum(dim=0)": "dW, db = dW + delta.T @ X, db + delta.sum(dim=0)\n"
        "W, b = W - lr * dW, b - lr * db",
    },
).says("every step also makes the steps before it once more: old gradients are added up (is .grad reset?)")
fit_one_gradient = edit("fit", {"logits(X, W, b)": "logits(X, 0 * W, 0 * b)"}).says(
    "all steps use the gradient at the start; each is to be taken where the step before has led"
)
fit_one_step = edit("fit", {"return W, b": "    return W, b\nreturn W, b"}).says(
    "there is only one step, however many are asked for: does the return stand inside the loop?"
)
fit_step_too_many = edit("fit", {"range(steps)": "range(steps + 1)"}).says("there is one step too many")
fit_step_too_few = edit("fit", {"range(steps)": "range(steps - 1)"}).says("there is one step too few")
fit_single_samples = edit(
    "fit",
    {
        "delta = torch.softmax(logits(X, W, b), dim=1)": "for x, label in zip(X, y):\n"
        "    delta = torch.softmax(logits(x[None], W, b), dim=1)\n"
        "    delta[0, label] -= 1\n"
        "    W, b = W - lr * delta.T @ x[None], b - lr * delta[0]",
        "delta[torch.arange(len(y)), y] -= 1\n": "",
        "delta = delta / len(y)\n": "",
        "W, b = W - lr * delta.T @ X, b - lr * delta.sum(dim=0)": "",
    },
).says("there is a step after each sample; a step is to be made with all samples together")
fit_single_samples_in_part = edit(
    "fit",
    {
        "delta = torch.softmax(logits(X, W, b), dim=1)": "for x, label in zip(X, y):\n"
        "    delta = torch.softmax(logits(x[None], W, b), dim=1)\n"
        "    delta[0, label] -= 1\n"
        "    W, b = W - lr / len(y) * delta.T @ x[None], b - lr / len(y) * delta[0]",
        "delta[torch.arange(len(y)), y] -= 1\n": "",
        "delta = delta / len(y)\n": "",
        "W, b = W - lr * delta.T @ X, b - lr * delta.sum(dim=0)": "",
    },
).says("there is a step after each sample; a step is to be made with all samples together")
fit_bias_mean_twice = edit("fit", {"delta.sum(dim=0)": "delta.mean(dim=0)"}).says("b's gradient is divided by N twice")
fit_bias_sum = edit("fit", {"lr * delta.sum(dim=0)": "lr * len(y) * delta.sum(dim=0)"}).says(
    "b's gradient is a sum over the samples, W's a mean; both are means"
)
fit_bias_from_new_weights = edit(
    "fit",
    {
        "W, b = W - lr * delta.T @ X, b - lr * delta.sum(dim=0)": "W = W - lr * delta.T @ X\n"
        "delta = torch.softmax(logits(X, W, b), dim=1)\n"
        "delta[torch.arange(len(y)), y] -= 1\n"
        "b = b - lr * delta.mean(dim=0)"
    },
).says("b's gradient is taken after W has moved: both belong to one point, the old W and b")
fit_overflow = edit(
    "fit", {SOFTMAX: "torch.exp(logits(X, W, b))\ndelta = delta / delta.sum(dim=1, keepdim=True)"}
).says("the exponential overflows for large logits")
fit_classes_seen = edit("fit", {"W, b = X.new": "C = int(y.max()) + 1\nW, b = X.new"}).says(
    "classes after the largest label are left out; C says how many there are"
)
fit_from_ones = edit("fit", {"for _ in": "W, b = W + 1, b + 1\nfor _ in"}).says(
    "W and b begin as ones; they begin as zeros"
)

# --- hierarchical_log_prob

hierarchy_flat_softmax = edit("hierarchical_log_prob", {AMONG: "zf[:, siblings] - log_sum_exp(zf)[:, None]"}).says(
    "the softmax of zf is over all classes; a class competes with its siblings alone"
)
hierarchy_joint_softmax = edit("hierarchical_log_prob", "return torch.log_softmax(zg[:, parent] + zf, dim=1)").says(
    "the logits of group and class are added, with one softmax over all classes; there are two softmaxes, "
    "one over the groups and one among siblings"
)
hierarchy_without_group = edit("hierarchical_log_prob", {RESULT: "return within"}).says(
    "the group's probability is missing: this is the class, given its group"
)
hierarchy_without_class = edit("hierarchical_log_prob", {" + within": " + 0 * within"}).says(
    "this is the group's probability alone; the class shares it with its siblings"
)
hierarchy_equal_shares = edit("hierarchical_log_prob", {AMONG: "-torch.log(siblings.sum().to(zf.dtype))"}).says(
    "siblings share their group's probability equally; zf says how they share it"
)
hierarchy_without_groups = edit("hierarchical_log_prob", "return torch.log_softmax(zf, dim=1)").says(
    "this is one softmax over all classes; zg and the groups have no part in it"
)
hierarchy_group_logit = edit("hierarchical_log_prob", {OF_GROUP: "zg"}).says(
    "the group's logit is added as it is; the logarithm of its probability is asked for"
)
hierarchy_class_logit = edit("hierarchical_log_prob", {AMONG: "zf[:, siblings]"}).says(
    "the class's logit is added as it is; the logarithm of its probability is asked for"
)
hierarchy_probability = edit("hierarchical_log_prob", {RESULT: "return torch.exp(of_group[:, parent] + within)"}).says(
    "this is the probability; its logarithm is asked for"
)
hierarchy_product_of_logs = edit("hierarchical_log_prob", {"] + within": "] * within"}).says(
    "the two logarithms are multiplied: probabilities are multiplied, their logarithms added"
)
hierarchy_difference = edit("hierarchical_log_prob", {"] + within": "] - within"}).says(
    "one logarithm is subtracted from the other; they are to be added"
)
hierarchy_log_of_product = edit(
    "hierarchical_log_prob",
    {
        AMONG: "torch.softmax(zf[:, siblings], dim=1)",
        OF_GROUP: "torch.softmax(zg, dim=1)",
        RESULT: "return torch.log(of_group[:, parent] * within)",
    },
).says(
    "a probability that has underflowed to 0 has the logarithm −inf; add logarithms instead of taking that of a product"
)
hierarchy_log_of_each = edit(
    "hierarchical_log_prob",
    {AMONG: "torch.log(torch.softmax(zf[:, siblings], dim=1))", OF_GROUP: "torch.log(torch.softmax(zg, dim=1))"},
).says("a probability that has underflowed to 0 has the logarithm −inf; compute the logarithm without the probability")
hierarchy_overflow = edit(
    "hierarchical_log_prob",
    {AMONG: "zf[:, siblings]\nwithin[:, siblings] -= torch.log(torch.exp(zf[:, siblings]).sum(dim=1, keepdim=True))"},
).says("among siblings, the exponential overflows for large logits, or all of them underflow to 0")
hierarchy_maximum_of_row = edit(
    "hierarchical_log_prob",
    {
        AMONG: "zf[:, siblings] - zf.amax(dim=1, keepdim=True)\n"
        "within[:, siblings] -= torch.log(torch.exp(within[:, siblings]).sum(dim=1, keepdim=True))"
    },
).says(
    "what is subtracted is not the largest logit of this group in this row: far below it, all siblings underflow to "
    "log 0 = −inf"
)
hierarchy_batch_axis = edit(
    "hierarchical_log_prob",
    {AMONG: "torch.log_softmax(zf[:, siblings], dim=0)", OF_GROUP: "torch.log_softmax(zg, dim=0)"},
).says("both softmaxes are over the samples; they must be over groups and over siblings")
hierarchy_groups_by_batch_axis = edit("hierarchical_log_prob", {OF_GROUP: "torch.log_softmax(zg, dim=0)"}).says(
    "the softmax of zg is over the samples; it must be over the groups"
)
hierarchy_classes_by_batch_axis = edit(
    "hierarchical_log_prob", {AMONG: "torch.log_softmax(zf[:, siblings], dim=0)"}
).says("the softmax of zf is over the samples; it must be among siblings")
hierarchy_whole_block = edit(
    "hierarchical_log_prob", {AMONG: "zf[:, siblings] - log_sum_exp(zf[:, siblings].reshape(-1))"}
).says("among siblings the sum is over all samples at once; each sample has a sum of its own")
hierarchy_by_group = edit(
    "hierarchical_log_prob", {RESULT: "return (of_group[:, parent] + within)[:, parent.argsort(stable=True)]"}
).says("the columns stand in the order of the groups; they must stand in that of the classes")
hierarchy_adjacent = edit(
    "hierarchical_log_prob", {"siblings = parent == group": "siblings = parent.sort().values == group"}
).says("siblings are taken to stand side by side, the first group's first; parent says where they are")
hierarchy_without_itself = edit(
    "hierarchical_log_prob",
    {
        RESULT: "others = (parent[:, None] == parent) & ~torch.eye(len(parent)).to(zf).bool()\n"
        "among = log_sum_exp(zf[:, None, :].masked_fill(~others, -1e300))\n"
        "return of_group[:, parent] + torch.where(others.any(dim=1), zf - among, 0 * zf)"
    },
).says("the sum over the siblings leaves out the class itself; it is one of them")
hierarchy_group_per_sibling = edit(
    "hierarchical_log_prob",
    {"of_group = zg - log_sum_exp(zg)[:, None]": "of_group = zg - log_sum_exp(zg[:, parent])[:, None]"},
).says("in the softmax over the groups, each group is counted once for each of its classes; it counts once")
hierarchy_masked_by_zeros = edit(
    "hierarchical_log_prob",
    {RESULT: "same = parent[:, None] == parent\nreturn of_group[:, parent] + zf - log_sum_exp(zf[:, None, :] * same)"},
).says("classes of other groups come into the sum with the logit 0, so with e⁰ = 1; they must not come into it")
hierarchy_negated = edit("hierarchical_log_prob", {RESULT: "return -(of_group[:, parent] + within)"}).says(
    "this is −log P; log P is asked for, which is never above 0"
)
hierarchy_changes_zf = edit("hierarchical_log_prob", {"torch.empty_like(zf)": "zf"}).says(
    "zf itself is changed; write into a new tensor"
)

# --- hierarchical_loss

loss_sum = edit("hierarchical_loss", {"mean()": "sum()"}).says("this is the sum over the samples; the loss is the mean")
loss_sign = edit("hierarchical_loss", {"return -": "return "}).says(
    "the sign is wrong: the loss is the mean of −log P, which is never negative"
)
loss_log_of_mean = edit(
    "hierarchical_loss",
    "P = hierarchical_log_prob(zg, zf, parent).exp()\nreturn -torch.log(P[torch.arange(len(y)), y].mean())",
).says("the probabilities are averaged before the logarithm is taken; the mean is of the logarithms")
loss_epsilon = edit(
    "hierarchical_loss",
    "P = hierarchical_log_prob(zg, zf, parent).exp()\nreturn -torch.log(P[torch.arange(len(y)), y] + 1e-12).mean()",
).says("a small number is added to the probability before the logarithm: it bounds the loss of each sample from above")
loss_over_everything = edit("hierarchical_loss", {"mean()": "mean() / zf.shape[1]"}).says(
    "the sum is divided by N·C; one term per sample has been added, so divide by N"
)
loss_all_columns = edit("hierarchical_loss", {"torch.arange(len(y))": ":"}).says(
    "the columns of all labels are taken from every row, as by [:, y]; one entry per row is wanted"
)
loss_all_classes = edit("hierarchical_loss", {"[torch.arange(len(y)), y]": ""}).says(
    "this is the mean over all classes; of each sample the right class alone counts"
)
loss_indices_exchanged = edit("hierarchical_loss", {"[torch.arange(len(y)), y]": "[y, torch.arange(len(y))]"}).says(
    "the two indices are exchanged: the sample comes first, then its class"
)
loss_without_log = edit("hierarchical_loss", {"(zg, zf, parent)": "(zg, zf, parent).exp()"}).says(
    "the probability is there, but its logarithm is missing"
)
loss_log_twice = edit("hierarchical_loss", {"(zg, zf, parent)": "(zg, zf, parent).exp().log_softmax(dim=1)"}).says(
    "the probabilities are taken for logits: a softmax is applied to them once more"
)
loss_of_group = edit(
    "hierarchical_loss", "rows = torch.arange(len(y))\nreturn -torch.log_softmax(zg, dim=1)[rows, parent[y]].mean()"
).says("this is the group's part of the loss alone; the class among its siblings has one, too")
loss_of_class = edit(
    "hierarchical_loss",
    "others = parent[None, :] != parent[y][:, None]\n"
    "within = torch.log_softmax(zf.masked_fill(others, -torch.inf), dim=1)\n"
    "return -within[torch.arange(len(y)), y].mean()",
).says("this is the part of the class among its siblings alone; its group has one, too")
loss_flat = edit("hierarchical_loss", "return -torch.log_softmax(zf, dim=1)[torch.arange(len(y)), y].mean()").says(
    "this is the loss of one softmax over all classes; zg and the groups have no part in it"
)
loss_two_softmaxes = edit(
    "hierarchical_loss",
    "rows = torch.arange(len(y))\n"
    "of_group = torch.log_softmax(zg, dim=1)[rows, parent[y]]\n"
    "return -(of_group + torch.log_softmax(zf, dim=1)[rows, y]).mean()",
).says("the class's softmax is over all classes; a class competes with its siblings alone")
loss_joint = edit(
    "hierarchical_loss",
    "log_p = torch.log_softmax(zg[:, parent] + zf, dim=1)\nreturn -log_p[torch.arange(len(y)), y].mean()",
).says(
    "the logits of group and class are added, with one softmax over all classes; there are two softmaxes, "
    "one over the groups and one among siblings"
)
loss_half = edit("hierarchical_loss", {"mean()": "mean() / 2"}).says(
    "this is half of the loss: the parts of group and class are to be added, not averaged"
)
loss_by_group = edit("hierarchical_loss", {"), y]": "), parent[y]]"}).says(
    "the group's number is taken for the class's: the label is the column"
)
loss_detached = edit("hierarchical_loss", {"(zg, zf, parent)": "(zg.detach(), zf.detach(), parent)"}).says(
    "the values are right, but no gradient arrives: the history of zg and zf is lost on the way"
)
loss_group_detached = edit("hierarchical_loss", {"(zg, zf, parent)": "(zg.detach(), zf, parent)"}).says(
    "the values are right, but no gradient arrives at zg: the group's part of the loss has lost its history"
)
loss_class_detached = edit("hierarchical_loss", {"(zg, zf, parent)": "(zg, zf.detach(), parent)"}).says(
    "the values are right, but no gradient arrives at zf: the class's part of the loss has lost its history"
)
