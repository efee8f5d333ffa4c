"""What learners get wrong here, one function each; what they share with a right answer comes from the reference."""

from __future__ import annotations

import torch
from reference import (
    binary_cross_entropy,
    binary_cross_entropy_grad,
    binary_cross_entropy_with_logits,
    binary_cross_entropy_with_logits_grad,
    cross_entropy,
    cross_entropy_grad,
    mse,
    mse_grad,
    softmax,
)

from grader.checks import edit, mistake


def sigmoid(z):
    return 1 / (1 + torch.exp(-z))


def row_sum(values):
    return values.sum(dim=-1, keepdim=True)


def right_class(values, y):
    """Of each row the entry at its label: [N]."""
    return values[torch.arange(len(y)), y]


def two_logarithms(p, y):
    return y * torch.log(p) + (1 - y) * torch.log(1 - p)


def refuse_other_shapes(pred, y):
    mse(pred, y)


# --- mse


@mistake("mse", "this is the sum; the loss is the mean")
def mse_sum(pred, y):
    return mse(pred, y) * pred.numel()


@mistake("mse", "this is the root of the mean; the mean squared error has none")
def mse_root(pred, y):
    return mse(pred, y).sqrt()


@mistake("mse", "the sum is divided by the length of the first axis; the mean is over all elements")
def mse_over_rows(pred, y):
    refuse_other_shapes(pred, y)
    return ((pred - y) ** 2).sum() / len(pred)


mse_broadcasts = edit("mse", "return ((pred - y) ** 2).mean()").says(
    "shapes that differ are broadcast: (N, 1) minus (N,) is N×N differences, most of them between strangers"
)
mse_reshapes = edit("mse", "return ((pred.reshape(-1) - y.reshape(-1)) ** 2).mean()").says(
    "shapes that differ are made equal in silence; here that is an error to be raised"
)


# --- mse_grad


@mistake("mse_grad", "the 2 from the square is missing")
def mse_grad_without_two(pred, y):
    return mse_grad(pred, y) / 2


@mistake("mse_grad", "the mean's 1/N is missing")
def mse_grad_of_sum(pred, y):
    return mse_grad(pred, y) * pred.numel()


@mistake("mse_grad", "the sign is wrong: where the prediction is too large, the loss grows with it")
def mse_grad_sign(pred, y):
    return -mse_grad(pred, y)


@mistake("mse_grad", "divided by the length of the first axis; the mean is over all elements")
def mse_grad_over_rows(pred, y):
    refuse_other_shapes(pred, y)
    return 2 * (pred - y) / len(pred)


@mistake("mse_grad", "all elements are averaged into one number; each prediction has a gradient of its own")
def mse_grad_one_number(pred, y):
    refuse_other_shapes(pred, y)
    return (2 * (pred - y)).mean()


mse_grad_broadcasts = edit("mse_grad", "return 2 * (pred - y) / pred.numel()").says(
    "shapes that differ are broadcast here; that is an error to be raised"
)


# --- binary_cross_entropy


@mistake("binary_cross_entropy", "this is the sum; the loss is the mean")
def binary_sum(p, y):
    return binary_cross_entropy(p, y) * len(p)


@mistake(
    "binary_cross_entropy", "the minus sign is missing: the logarithm of a probability is negative, the loss is not"
)
def binary_sign(p, y):
    return -binary_cross_entropy(p, y)


@mistake("binary_cross_entropy", "only the term with y is there: for the label 0 nothing is counted")
def binary_one_term(p, y):
    return binary_cross_entropy(p, y) + ((1 - y) * torch.log(1 - p).clamp(min=-100)).mean()


@mistake("binary_cross_entropy", "the labels are exchanged: y belongs to log p, 1 − y to log(1 − p)")
def binary_labels_exchanged(p, y):
    return binary_cross_entropy(p, 1 - y)


@mistake(
    "binary_cross_entropy",
    "the label only chooses between the two logarithms; a label in between takes its share of both",
)
def binary_hard_labels(p, y):
    return binary_cross_entropy(p, (y > 0.5).to(p.dtype))


@mistake(
    "binary_cross_entropy", "the logarithm of 0 is −inf, and 0·inf is NaN: nothing keeps the logarithms above −100"
)
def binary_without_bound(p, y):
    return -two_logarithms(p, y).mean()


binary_epsilon = edit(
    "binary_cross_entropy", "return -(y * torch.log(p + 1e-12) + (1 - y) * torch.log(1 - p + 1e-12)).mean()"
).says("a small number is added inside the logarithm: that bounds it, but not by −100")
binary_bounds_the_loss = edit(
    "binary_cross_entropy", "return -(torch.xlogy(y, p) + torch.xlogy(1 - y, 1 - p)).clamp(min=-100).mean()"
).says("each sample's loss is bounded by 100; the bound is on each logarithm, before the label multiplies it")


# --- binary_cross_entropy_grad


@mistake("binary_cross_entropy_grad", "the mean's 1/N is missing")
def binary_grad_of_sum(p, y):
    return binary_cross_entropy_grad(p, y) * len(p)


@mistake("binary_cross_entropy_grad", "the sign is wrong: for the label 1 the loss falls as p grows")
def binary_grad_sign(p, y):
    return -binary_cross_entropy_grad(p, y)


binary_grad_by_logits = edit("binary_cross_entropy_grad", {"(1 - y) / (1 - p) - y / p": "p - y"}).says(
    "this is the gradient with respect to the logits; with respect to p it is steeper"
)
binary_grad_inner_derivative = edit(
    "binary_cross_entropy_grad", {"((1 - y) / (1 - p) - y / p)": "-(y / p + (1 - y) / (1 - p))"}
).says("the inner derivative of 1 − p, which is −1, is missing")


# --- binary_cross_entropy_with_logits


@mistake("binary_cross_entropy_with_logits", "this is the sum; the loss is the mean")
def logits_sum(z, y):
    return binary_cross_entropy_with_logits(z, y) * len(z)


logits_taken_for_probabilities = edit("binary_cross_entropy_with_logits", "return binary_cross_entropy(z, y)").says(
    "z is taken for a probability; it is a logit, any number"
)


@mistake(
    "binary_cross_entropy_with_logits", "the label has the wrong sign: for the label 1 the loss must fall as z grows"
)
def logits_sign_of_the_label(z, y):
    return binary_cross_entropy_with_logits(-z, y)


logits_overflow = edit("binary_cross_entropy_with_logits", "return (torch.log(1 + torch.exp(z)) - y * z).mean()").says(
    "the exponential overflows for large logits"
)


@mistake(
    "binary_cross_entropy_with_logits",
    "the sigmoid has rounded to 0 or 1 before the logarithm is taken, and the bound of −100 hides it: "
    "there is none here",
)
def logits_through_the_sigmoid(z, y):
    return binary_cross_entropy(sigmoid(z), y)


@mistake(
    "binary_cross_entropy_with_logits", "the sigmoid has rounded to 0 or 1 before the logarithm is taken: log 0 is −inf"
)
def logits_log_of_the_sigmoid(z, y):
    return -two_logarithms(sigmoid(z), y).mean()


# --- binary_cross_entropy_with_logits_grad


@mistake("binary_cross_entropy_with_logits_grad", "the mean's 1/N is missing")
def logits_grad_of_sum(z, y):
    return binary_cross_entropy_with_logits_grad(z, y) * len(z)


@mistake("binary_cross_entropy_with_logits_grad", "the sign is wrong: for the label 1 the loss falls as z grows")
def logits_grad_sign(z, y):
    return -binary_cross_entropy_with_logits_grad(z, y)


@mistake(
    "binary_cross_entropy_with_logits_grad",
    "one factor σ(1 − σ) too many: it cancels against the slope of the logarithms",
)
def logits_grad_extra_factor(z, y):
    return binary_cross_entropy_with_logits_grad(z, y) * sigmoid(z) * (1 - sigmoid(z))


logits_grad_without_sigmoid = edit("binary_cross_entropy_with_logits_grad", {"1 / (1 + torch.exp(-z))": "z"}).says(
    "the label is compared with the logit itself; take the probability"
)
logits_grad_overflow = edit(
    "binary_cross_entropy_with_logits_grad", {"1 / (1 + torch.exp(-z))": "torch.exp(z) / (1 + torch.exp(z))"}
).says("inf/inf is NaN: eᶻ stands above and below the fraction bar and overflows for large z")


# --- softmax


softmax_whole_array = edit(
    "softmax", {"amax(dim=-1, keepdim=True)": "max()", "sum(dim=-1, keepdim=True)": "sum()"}
).says("the sum is over the whole array; each row adds up to 1 by itself")
softmax_batch_axis = edit("softmax", {"-1, keepdim=True))": "0))", "sum(dim=-1, keepdim=True)": "sum(dim=0)"}).says(
    "the sum runs over the samples, so that columns add up to 1; it must run over the classes"
)
softmax_axis_one = edit("softmax", {"amax(dim=-": "amax(dim=", "sum(dim=-": "sum(dim="}).says(
    "axis 1 is the last one only if there are two; count from the end"
)


@mistake("softmax", "the exponential overflows for large logits")
def softmax_overflow(z):
    return torch.exp(z) / row_sum(torch.exp(z))


@mistake("softmax", "the largest logit of the whole array is subtracted: a row far below it underflows to 0/0")
def softmax_global_maximum(z):
    power = torch.exp(z - z.max())
    return power / row_sum(power)


@mistake("softmax", "without keepdim the rows' maxima are lined up with the columns")
def softmax_maximum_without_keepdim(z):
    power = torch.exp(z - z.amax(dim=-1))
    return power / row_sum(power)


@mistake("softmax", "divided by the length of the row as a vector; the numbers must add up to 1, not their squares")
def softmax_euclidean(z):
    power = torch.exp(z - z.amax(dim=-1, keepdim=True))
    return power / row_sum(power**2).sqrt()


@mistake("softmax", "z itself is changed by −=; subtract into a new tensor")
def softmax_changes_z(z):
    z -= z.amax(dim=-1, keepdim=True)
    return torch.exp(z) / row_sum(torch.exp(z))


# --- log_softmax


log_softmax_batch_axis = edit(
    "log_softmax", {"amax(dim=-1, keepdim=True)": "amax(dim=0)", "-1, keepdim=True))": "0))"}
).says("the sum runs over the samples; it must run over the classes")
log_softmax_of_probabilities = edit("log_softmax", "return torch.log(softmax(z))").says(
    "a probability that has underflowed to 0 has the logarithm −inf; take the logarithm of the sum alone"
)
log_softmax_epsilon = edit("log_softmax", "return torch.log(softmax(z) + 1e-8)").says(
    "the logarithm of the softmax with a small number added: small probabilities become larger"
)


@mistake("log_softmax", "the exponential overflows for large logits")
def log_softmax_overflow(z):
    return z - torch.log(row_sum(torch.exp(z)))


@mistake("log_softmax", "the sum is subtracted, not its logarithm")
def log_softmax_without_log(z):
    shifted = z - z.amax(dim=-1, keepdim=True)
    return shifted - row_sum(torch.exp(shifted))


# --- softmax_vjp


softmax_vjp_diagonal = edit("softmax_vjp", "return v * softmax(z) * (1 - softmax(z))").says(
    "this is the diagonal of the Jacobian alone; raising one logit also lowers the other probabilities"
)
softmax_vjp_one_term = edit("softmax_vjp", "return v * softmax(z)").says(
    "the term that couples the classes is missing: v·p is not all"
)


@mistake("softmax_vjp", "the sign between the two terms is wrong: off its diagonal the Jacobian is negative")
def softmax_vjp_sign(z, v):
    return softmax(z) * (v + row_sum(softmax(z) * v))


softmax_vjp_batch_axis = edit("softmax_vjp", {"-1, keepdim=True": "0"}).says(
    "the sum runs over the samples; each row is a function of its own"
)


@mistake("softmax_vjp", "the sum is over v alone; in the Jacobian each vᵢ meets its own pᵢ")
def softmax_vjp_sum_without_p(z, v):
    return softmax(z) * (v - row_sum(v))


# --- log_softmax_vjp


log_softmax_vjp_sum_of_one = edit("log_softmax_vjp", {" * v.sum(dim=-1, keepdim=True)": ""}).says(
    "p is subtracted as it is, as if the upstream gradients of each row added up to 1"
)
log_softmax_vjp_elementwise = edit("log_softmax_vjp", {".sum(dim=-1, keepdim=True)": ""}).says(
    "each entry subtracts its own v·p alone; every upstream gradient of the row reaches every logit"
)


@mistake(
    "log_softmax_vjp",
    "this is J·v; the product asked for is vᵀ·J, with the sum over the Jacobian's rows, and this J is not symmetric",
)
def log_softmax_vjp_transposed(z, v):
    return v - row_sum(softmax(z) * v)


log_softmax_vjp_is_softmax_vjp = edit("log_softmax_vjp", "return softmax_vjp(z, v)").says(
    "this is the product for softmax; the logarithm's slope, 1/p, is missing"
)
log_softmax_vjp_batch_axis = edit("log_softmax_vjp", {"-1, keepdim=True": "0"}).says(
    "the sum runs over the samples; each row is a function of its own"
)
log_softmax_vjp_divides = edit("log_softmax_vjp", "return softmax_vjp(z, v / softmax(z))").says(
    "v is divided by probabilities that may have underflowed to 0; simplify before you compute"
)


# --- cross_entropy


@mistake("cross_entropy", "this is the sum over the samples; the loss is the mean")
def cross_entropy_sum(z, y):
    return cross_entropy(z, y) * len(y)


@mistake("cross_entropy", "the sum is divided by N·C; one term per sample has been added, so divide by N")
def cross_entropy_over_everything(z, y):
    return cross_entropy(z, y) / z.shape[1]


@mistake("cross_entropy", "the minus sign is missing: the logarithm of a probability is negative, the loss is not")
def cross_entropy_sign(z, y):
    return -cross_entropy(z, y)


@mistake("cross_entropy", "the probability is there, but its logarithm is missing")
def cross_entropy_without_log(z, y):
    return -right_class(softmax(z), y).mean()


@mistake("cross_entropy", "the logit is taken for the log-probability; the softmax is missing")
def cross_entropy_of_logits(z, y):
    return -right_class(z, y).mean()


@mistake("cross_entropy", "the softmax is taken twice")
def cross_entropy_twice(z, y):
    return cross_entropy(softmax(z), y)


cross_entropy_all_columns = edit("cross_entropy", {"torch.arange(len(y))": ":"}).says(
    "[:, y] takes all columns in y from every row; one entry per row is wanted"
)


@mistake("cross_entropy", "a probability that has underflowed to 0 has the logarithm −inf; pick from log_softmax")
def cross_entropy_of_probabilities(z, y):
    return -torch.log(right_class(softmax(z), y)).mean()


# --- cross_entropy_grad


@mistake("cross_entropy_grad", "the mean's 1/N is missing")
def cross_entropy_grad_of_sum(z, y):
    return cross_entropy_grad(z, y) * len(y)


@mistake("cross_entropy_grad", "divided by N·C; the loss is a mean over N samples")
def cross_entropy_grad_over_everything(z, y):
    return cross_entropy_grad(z, y) / z.shape[1]


@mistake("cross_entropy_grad", "the sign is wrong: raising the right class's logit lowers the loss")
def cross_entropy_grad_sign(z, y):
    return -cross_entropy_grad(z, y)


cross_entropy_grad_without_labels = edit("cross_entropy_grad", "return softmax(z) / len(y)").says(
    "the labels do not take part: nothing is subtracted at the right class"
)
cross_entropy_grad_all_columns = edit("cross_entropy_grad", {"torch.arange(len(y))": ":"}).says(
    "[:, y] −= 1 subtracts in every row at all columns in y; one entry per row is meant"
)
cross_entropy_grad_label_divided_twice = edit("cross_entropy_grad", {"1": "1 / len(y)"}).says(
    "at the right class 1/N comes in twice; subtract 1 there, then divide everything by N"
)


@mistake("cross_entropy_grad", "one factor p(1 − p) too many: it cancels against the slope of the logarithm")
def cross_entropy_grad_extra_factor(z, y):
    p = softmax(z)
    return cross_entropy_grad(z, y) * p * (1 - p)
