"""What learners get wrong here, each as an edit of reference.py."""

from __future__ import annotations

from grader.checks import edit

# --- mse

mse_sum = edit("mse", {"mean()": "sum()"}).says("this is the sum; the loss is the mean")
mse_root = edit("mse", {"mean()": "mean().sqrt()"}).says(
    "this is the root of the mean; the mean squared error has none"
)
mse_half = edit("mse", {"mean()": "mean() / 2"}).says("this is half of the mean: here the loss has no factor ½")
mse_absolute = edit("mse", {"((pred - y) ** 2)": "(pred - y).abs()"}).says(
    "this is the mean of the absolute differences: they are to be squared"
)
mse_square_of_mean = edit("mse", {"((pred - y) ** 2).mean()": "(pred - y).mean() ** 2"}).says(
    "the mean is taken before the square, so that differences of opposite sign cancel"
)
mse_over_rows = edit("mse", {"mean()": "sum() / len(pred)"}).says(
    "the sum is divided by the length of the first axis; the mean is over all elements"
)
mse_broadcasts = edit("mse", "return ((pred - y) ** 2).mean()").says(
    "shapes that differ are broadcast: (N, 1) minus (N,) is N×N differences, most of them between different samples"
)
mse_compares_lengths = edit("mse", {"pred.shape != y.shape": "len(pred) != len(y)"}).says(
    "only the lengths of the first axes are compared; all of the two shapes must be equal"
)
mse_compares_sizes = edit("mse", {"pred.shape != y.shape": "pred.numel() != y.numel()"}).says(
    "only the numbers of elements are compared; (N, 1) and (N,) have the same"
)
mse_compares_sizes_alone = edit(
    "mse",
    {"pred.shape != y.shape": "pred.numel() != y.numel()", "return ((pred - y)": "return ((pred.ravel() - y.ravel())"},
).says("only the numbers of elements are compared; (N, 1) and (N,) have the same")
mse_reshapes = edit("mse", "return ((pred.reshape(-1) - y.reshape(-1)) ** 2).mean()").says(
    "shapes that differ are made equal in silence; here that is an error to be raised"
)

# --- mse_grad

mse_grad_without_two = edit("mse_grad", {"2 * (pred": "(pred"}).says("the 2 from the square is missing")
mse_grad_of_sum = edit("mse_grad", {" / pred.numel()": ""}).says("the mean's 1/N is missing")
mse_grad_sign = edit("mse_grad", {"(pred - y)": "(y - pred)"}).says(
    "the sign is wrong: where the prediction is too large, the loss grows with it"
)
mse_grad_over_rows = edit("mse_grad", {"pred.numel()": "len(pred)"}).says(
    "divided by the length of the first axis; the mean is over all elements"
)
mse_grad_one_number = edit("mse_grad", {"(pred - y) / pred.numel()": "(pred - y).mean()"}).says(
    "all elements are averaged into one number; each prediction has a gradient of its own"
)
mse_grad_broadcasts = edit("mse_grad", "return 2 * (pred - y) / pred.numel()").says(
    "shapes that differ are broadcast here; that is an error to be raised"
)
mse_grad_compares_lengths = edit("mse_grad", {"pred.shape != y.shape": "len(pred) != len(y)"}).says(
    "only the lengths of the first axes are compared; all of the two shapes must be equal"
)
mse_grad_compares_sizes = edit("mse_grad", {"pred.shape != y.shape": "pred.numel() != y.numel()"}).says(
    "only the numbers of elements are compared; (N, 1) and (N,) have the same"
)

# --- binary_cross_entropy

binary_sum = edit("binary_cross_entropy", {"mean()": "sum()"}).says("this is the sum; the loss is the mean")
binary_sign = edit("binary_cross_entropy", {"return -": "return "}).says(
    "the minus sign is missing: the logarithm of a probability is negative, the loss is not"
)
binary_one_term = edit("binary_cross_entropy", {" + (1 - y) * log_q": ""}).says(
    "only the term with y is there: for the label 0 nothing is counted"
)
binary_labels_exchanged = edit(
    "binary_cross_entropy", {"y * log_p + (1 - y) * log_q": "(1 - y) * log_p + y * log_q"}
).says("the labels are exchanged: y belongs to log p, 1 − y to log(1 − p)")
binary_hard_labels = edit("binary_cross_entropy", {"log_p = torch": "y = (y > 0.5).to(p.dtype)\nlog_p = torch"}).says(
    "the label only chooses between the two logarithms; a label in between takes its share of both"
)
binary_without_bound = edit(
    "binary_cross_entropy",
    {
        "torch.clamp(torch.log(p), min=-100)": "torch.log(p)",
        "torch.clamp(torch.log(1 - p), min=-100)": "torch.log(1 - p)",
    },
).says("nothing keeps the two logarithms at −100 or above: that of 0 is −inf, and 0·inf is NaN")
binary_bounds_log_p_only = edit(
    "binary_cross_entropy", {"torch.clamp(torch.log(1 - p), min=-100)": "torch.log(1 - p)"}
).says("only log p is kept at −100 or above; log(1 − p) needs the bound, too")
binary_bounds_log_q_only = edit("binary_cross_entropy", {"torch.clamp(torch.log(p), min=-100)": "torch.log(p)"}).says(
    "only log(1 − p) is kept at −100 or above; log p needs the bound, too"
)
binary_epsilon = edit(
    "binary_cross_entropy", "return -(y * torch.log(p + 1e-12) + (1 - y) * torch.log(1 - p + 1e-12)).mean()"
).says("a small number is added inside the logarithms: that bounds them, but not by −100")
binary_epsilon_larger = edit(
    "binary_cross_entropy", "return -(y * torch.log(p + 1e-8) + (1 - y) * torch.log(1 - p + 1e-8)).mean()"
).says("a small number is added inside the logarithms: that bounds them, but not by −100")
binary_clamped = edit("binary_cross_entropy", {"log_p =": "p = p.clamp(1e-7, 1 - 1e-7)\nlog_p ="}).says(
    "the probabilities are kept 10⁻⁷ away from 0 and 1: that bounds the logarithms, but not by −100"
)
binary_clamped_closer = edit("binary_cross_entropy", {"log_p =": "p = p.clamp(1e-12, 1 - 1e-12)\nlog_p ="}).says(
    "the probabilities are kept 10⁻¹² away from 0 and 1: that bounds the logarithms, but not by −100"
)
binary_of_logits = edit("binary_cross_entropy", {"log_p =": "p = torch.sigmoid(p)\nlog_p ="}).says(
    "a sigmoid is applied to p; it is a probability already"
)
binary_bounds_the_loss = edit(
    "binary_cross_entropy", "return -(torch.xlogy(y, p) + torch.xlogy(1 - y, 1 - p)).clamp(min=-100).mean()"
).says("the bound is set after the label has multiplied the logarithm; it is on each logarithm, before that")
binary_bounds_the_products = edit(
    "binary_cross_entropy",
    "return -((y * torch.log(p)).clamp(min=-100) + ((1 - y) * torch.log(1 - p)).clamp(min=-100)).mean()",
).says("the bound is set after the label has multiplied the logarithm; it is on each logarithm, before that")

# --- binary_cross_entropy_grad

binary_grad_of_sum = edit("binary_cross_entropy_grad", {" / len(p)": ""}).says("the mean's 1/N is missing")
binary_grad_sign = edit("binary_cross_entropy_grad", {"return (": "return -("}).says(
    "the sign is wrong: for the label 1 the loss falls as p grows"
)
binary_grad_one_term = edit("binary_cross_entropy_grad", {"(1 - y) / (1 - p) - y / p": "-y / p"}).says(
    "only the term with y is there: for the label 0 the gradient is 0"
)
binary_grad_by_logits = edit("binary_cross_entropy_grad", {"(1 - y) / (1 - p) - y / p": "p - y"}).says(
    "this is the gradient with respect to the logits; with respect to p it is steeper"
)
binary_grad_inner_derivative = edit(
    "binary_cross_entropy_grad", {"((1 - y) / (1 - p) - y / p)": "-(y / p + (1 - y) / (1 - p))"}
).says("the inner derivative of 1 − p, which is −1, is missing")

# --- binary_cross_entropy_with_logits

logits_sum = edit("binary_cross_entropy_with_logits", {"mean()": "sum()"}).says("this is the sum; the loss is the mean")
logits_taken_for_probabilities = edit("binary_cross_entropy_with_logits", "return binary_cross_entropy(z, y)").says(
    "z is taken for a probability; it is a logit, any number"
)
logits_sign_of_the_label = edit("binary_cross_entropy_with_logits", {"clamp(z": "clamp(-z", "- y * z": "+ y * z"}).says(
    "the label has the wrong sign: for the label 1 the loss must fall as z grows"
)
logits_sign_of_the_product = edit("binary_cross_entropy_with_logits", {"- y * z": "+ y * z"}).says(
    "the label has the wrong sign: for the label 1 the loss must fall as z grows"
)
logits_without_max = edit("binary_cross_entropy_with_logits", {"torch.clamp(z, min=0) - y * z": "-y * z"}).says(
    "a term is missing: for a positive logit log(1 + eᶻ) is z more than log(1 + e⁻ᶻ)"
)
logits_hard_labels = edit(
    "binary_cross_entropy_with_logits",
    "m = (2 * y - 1) * z\nreturn (torch.clamp(-m, min=0) + torch.log1p(torch.exp(-m.abs()))).mean()",
).says("this holds for the labels 0 and 1 alone; a label in between takes its share of both logarithms")
logits_sigmoid_twice = edit("binary_cross_entropy_with_logits", {"return": "z = torch.sigmoid(z)\nreturn"}).says(
    "the sigmoid is applied twice"
)
logits_clamped_early = edit("binary_cross_entropy_with_logits", {"return": "z = z.clamp(-30, 30)\nreturn"}).says(
    "logits beyond a bound count as that bound; the loss of a confident error goes on growing with its logit"
)
logits_clamped = edit("binary_cross_entropy_with_logits", {"return": "z = z.clamp(-88, 88)\nreturn"}).says(
    "logits beyond a bound count as that bound; the loss of a confident error goes on growing with its logit"
)
logits_clamped_later = edit("binary_cross_entropy_with_logits", {"return": "z = z.clamp(-500, 500)\nreturn"}).says(
    "logits beyond a bound count as that bound; the loss of a confident error goes on growing with its logit"
)
logits_through_the_sigmoid = edit(
    "binary_cross_entropy_with_logits", "return binary_cross_entropy(1 / (1 + torch.exp(-z)), y)"
).says(
    "the sigmoid has rounded to 0 or 1 before the logarithm is taken, and the bound of −100 hides it: "
    "there is none here"
)
logits_log_of_the_sigmoid = edit(
    "binary_cross_entropy_with_logits",
    "p = 1 / (1 + torch.exp(-z))\nreturn -(y * torch.log(p) + (1 - y) * torch.log(1 - p)).mean()",
).says("the sigmoid has rounded to 0 or 1 before the logarithm is taken: log 0 is −inf")

logits_overflow = edit(
    "binary_cross_entropy_with_logits",
    "return (y * torch.log(1 + torch.exp(-z)) + (1 - y) * torch.log(1 + torch.exp(z))).mean()",
).says(
    "for large |z| one of the two logarithms is infinite, as an exponential overflows or a sigmoid rounds to 0: with "
    "e^(−|z|) in place of it neither happens"
)
logits_overflow_below = edit(
    "binary_cross_entropy_with_logits", "return (torch.log(1 + torch.exp(-z)) + (1 - y) * z).mean()"
).says(
    "for very negative z the logarithm is infinite, as e⁻ᶻ overflows or σ(z) rounds to 0: with e^(−|z|) in place of it "
    "neither happens"
)
logits_overflow_above = edit(
    "binary_cross_entropy_with_logits", "return (torch.log(1 + torch.exp(z)) - y * z).mean()"
).says(
    "for large z the logarithm is infinite, as eᶻ overflows or σ(−z) rounds to 0: with e^(−|z|) in place of it "
    "neither happens"
)

# --- binary_cross_entropy_with_logits_grad

logits_grad_of_sum = edit("binary_cross_entropy_with_logits_grad", {" / len(z)": ""}).says("the mean's 1/N is missing")
logits_grad_sign = edit("binary_cross_entropy_with_logits_grad", {"return (": "return -("}).says(
    "the sign is wrong: for the label 1 the loss falls as z grows"
)
logits_grad_extra_factor = edit(
    "binary_cross_entropy_with_logits_grad",
    {"return (1 / (1 + torch.exp(-z)) - y)": "p = 1 / (1 + torch.exp(-z))\nreturn (p - y) * p * (1 - p)"},
).says("one factor σ(1 − σ) too many: it cancels against the slope of the logarithms")
logits_grad_by_p = edit(
    "binary_cross_entropy_with_logits_grad",
    {"return (1 / (1 + torch.exp(-z)) - y)": "p = 1 / (1 + torch.exp(-z))\nreturn (p - y) / (p * (1 - p))"},
).says("this is the gradient with respect to p; for the one with respect to z the slope of the sigmoid is missing")
logits_grad_by_chain_rule = edit(
    "binary_cross_entropy_with_logits_grad",
    "p = 1 / (1 + torch.exp(-z))\nreturn binary_cross_entropy_grad(p, y) * p * (1 - p)",
).says("the slopes are computed one by one: where the sigmoid has rounded to 0 or 1 that is ∞·0; simplify first")
logits_grad_without_sigmoid = edit("binary_cross_entropy_with_logits_grad", {"1 / (1 + torch.exp(-z))": "z"}).says(
    "the label is compared with the logit itself; take the probability"
)
logits_grad_sigmoid_twice = edit(
    "binary_cross_entropy_with_logits_grad", {"return": "z = torch.sigmoid(z)\nreturn"}
).says("the sigmoid is applied twice")
logits_grad_overflow = edit(
    "binary_cross_entropy_with_logits_grad", {"1 / (1 + torch.exp(-z))": "torch.exp(z) / (1 + torch.exp(z))"}
).says("eᶻ overflows for large z, and inf/inf is NaN")

# --- softmax

softmax_whole_array = edit(
    "softmax", {"amax(dim=-1, keepdim=True)": "max()", "sum(dim=-1, keepdim=True)": "sum()"}
).says("the sum is over the whole array; each row adds up to 1 by itself")
softmax_whole_sum = edit("softmax", {"sum(dim=-1, keepdim=True)": "sum()"}).says(
    "the sum is over the whole array; each row adds up to 1 by itself"
)
softmax_batch_axis = edit("softmax", {"-1, keepdim=True))": "0))", "sum(dim=-1, keepdim=True)": "sum(dim=0)"}).says(
    "the sum runs over the samples, so that columns add up to 1; it must run over the classes"
)
softmax_axis_one = edit("softmax", {"amax(dim=-": "amax(dim=", "sum(dim=-": "sum(dim="}).says(
    "axis 1 is the last one only if there are two; count from the end"
)
softmax_matrices_only = edit(
    "softmax",
    "p = torch.zeros_like(z)\nfor i in range(len(z)):\n"
    "    power = torch.exp(z[i] - z[i].max())\n    p[i] = power / power.sum()\nreturn p",
).says("every z[i] is taken for one row: that holds for a matrix only")
softmax_overflow = edit("softmax", {" - z.amax(dim=-1, keepdim=True)": ""}).says(
    "the exponential overflows for large logits"
)
softmax_global_maximum = edit("softmax", {"z.amax(dim=-1, keepdim=True)": "z.max()"}).says(
    "the largest logit of the whole array is subtracted: a row far below it underflows to 0/0"
)
softmax_absolute_maximum = edit("softmax", {"z.amax": "z.abs().amax"}).says(
    "the largest absolute value is subtracted: a row of very negative logits underflows to 0/0"
)
softmax_maximum_without_keepdim = edit("softmax", {"amax(dim=-1, keepdim=True)": "amax(dim=-1)"}).says(
    "the rows' maxima are lined up with the columns (keepdim=True?)"
)
softmax_sum_without_keepdim = edit("softmax", {"sum(dim=-1, keepdim=True)": "sum(dim=-1)"}).says(
    "the rows' sums are lined up with the columns (keepdim=True?)"
)
softmax_clamped = edit("softmax", {"z - z.amax(dim=-1, keepdim=True)": "z.clamp(-88, 88)"}).says(
    "large logits are cut off at a bound: of two beyond it, one may still be far above the other"
)
softmax_epsilon = edit("softmax", {"power.sum(dim=-1, keepdim=True)": "(power.sum(dim=-1, keepdim=True) + 1e-8)"}).says(
    "a small number is added to the sum, so that rows don't add up to 1; once the maximum is subtracted, no sum is 0"
)
softmax_epsilon_larger = edit(
    "softmax", {"power.sum(dim=-1, keepdim=True)": "(power.sum(dim=-1, keepdim=True) + 1e-6)"}
).says(
    "a small number is added to the sum, so that rows don't add up to 1; once the maximum is subtracted, no sum is 0"
)
softmax_euclidean = edit(
    "softmax", {"power.sum(dim=-1, keepdim=True)": "(power**2).sum(dim=-1, keepdim=True).sqrt()"}
).says("divided by the length of the row as a vector; the numbers must add up to 1, not their squares")
softmax_changes_z = edit(
    "softmax", {"power = torch.exp(z - z": "z -= z", "keepdim=True))": "keepdim=True)\npower = torch.exp(z)"}
).says("z itself is changed (by −=, say); subtract into a new tensor")

# --- log_softmax

log_softmax_batch_axis = edit(
    "log_softmax", {"amax(dim=-1, keepdim=True)": "amax(dim=0)", "-1, keepdim=True))": "0))"}
).says("the sum runs over the samples; it must run over the classes")
log_softmax_whole_array = edit(
    "log_softmax", {"amax(dim=-1, keepdim=True)": "max()", "sum(dim=-1, keepdim=True)": "sum()"}
).says("the sum is over the whole array; each row has a sum of its own")
log_softmax_whole_sum = edit("log_softmax", {"sum(dim=-1, keepdim=True)": "sum()"}).says(
    "the sum is over the whole array; each row has a sum of its own"
)
log_softmax_sum_without_keepdim = edit("log_softmax", {"sum(dim=-1, keepdim=True)": "sum(dim=-1)"}).says(
    "the rows' sums are lined up with the columns (keepdim=True?)"
)
log_softmax_maximum_without_keepdim = edit("log_softmax", {"amax(dim=-1, keepdim=True)": "amax(dim=-1)"}).says(
    "the rows' maxima are lined up with the columns (keepdim=True?)"
)
log_softmax_of_probabilities = edit("log_softmax", "return torch.log(softmax(z))").says(
    "a probability that has underflowed to 0 has the logarithm −inf; take the logarithm of the sum alone"
)
log_softmax_epsilon = edit("log_softmax", "return torch.log(softmax(z) + 1e-8)").says(
    "the logarithm of the softmax with a small number added: small probabilities become larger"
)
log_softmax_clamped = edit("log_softmax", "return torch.log(softmax(z).clamp(min=1e-12))").says(
    "the softmax is kept above a bound before the logarithm: there is no bound here"
)
log_softmax_overflow = edit("log_softmax", {" - z.amax(dim=-1, keepdim=True)": ""}).says(
    "the exponential overflows for large logits"
)
log_softmax_without_log = edit("log_softmax", {"torch.log(": "("}).says("the sum is subtracted, not its logarithm")
log_softmax_quotient = edit("log_softmax", {"shifted - torch": "shifted / torch"}).says(
    "the logit is divided by the logarithm of the sum; log p is their difference"
)
log_softmax_maximum_lost = edit("log_softmax", {"return shifted -": "return z -"}).says(
    "the largest logit is subtracted inside the sum, but not from z outside of it"
)

# --- softmax_vjp

softmax_vjp_diagonal = edit("softmax_vjp", "return v * softmax(z) * (1 - softmax(z))").says(
    "this is the diagonal of the Jacobian alone; raising one logit also lowers the other probabilities"
)
softmax_vjp_one_term = edit("softmax_vjp", "return v * softmax(z)").says(
    "the term that couples the classes is missing: v·p is not all"
)
softmax_vjp_without_factor = edit("softmax_vjp", {"return p * (v - (p * v)": "return (v - (p * v)"}).says(
    "the factor p in front is missing: ∂pᵢ/∂zⱼ contains pᵢ and pⱼ"
)
softmax_vjp_of_logits = edit("softmax_vjp", {"softmax(z)": "z"}).says(
    "z is taken for the probabilities; the softmax is missing"
)
softmax_vjp_sign = edit("softmax_vjp", {"v - ": "v + "}).says(
    "the sign between the two terms is wrong: off its diagonal the Jacobian is negative"
)
softmax_vjp_negated = edit("softmax_vjp", {"return p": "return -p"}).says(
    "both signs are the other way round: raising a logit raises its own probability"
)
softmax_vjp_whole_sum = edit("softmax_vjp", {"sum(dim=-1, keepdim=True)": "sum()"}).says(
    "the sum is over the whole array; each row has a sum of its own"
)
softmax_vjp_batch_axis = edit("softmax_vjp", {"-1, keepdim=True": "0"}).says(
    "the sum runs over the samples; each row is a function of its own"
)
softmax_vjp_without_keepdim = edit("softmax_vjp", {"dim=-1, keepdim=True": "dim=-1"}).says(
    "the rows' sums are lined up with the columns (keepdim=True?)"
)
softmax_vjp_sum_without_p = edit("softmax_vjp", {"(p * v)": "v"}).says(
    "the sum is over v alone; in the Jacobian each vᵢ meets its own pᵢ"
)

# --- log_softmax_vjp

log_softmax_vjp_sum_of_one = edit("log_softmax_vjp", {" * v.sum(dim=-1, keepdim=True)": ""}).says(
    "p is subtracted as it is, as if the upstream gradients of each row added up to 1"
)
log_softmax_vjp_sign = edit("log_softmax_vjp", {"v - ": "v + "}).says(
    "the sign between the two terms is wrong: off its diagonal the Jacobian is negative"
)
log_softmax_vjp_whole_sum = edit("log_softmax_vjp", {"sum(dim=-1, keepdim=True)": "sum()"}).says(
    "the sum is over the whole array; each row has a sum of its own"
)
log_softmax_vjp_without_keepdim = edit("log_softmax_vjp", {"dim=-1, keepdim=True": "dim=-1"}).says(
    "the rows' sums are lined up with the columns (keepdim=True?)"
)
log_softmax_vjp_elementwise = edit("log_softmax_vjp", {".sum(dim=-1, keepdim=True)": ""}).says(
    "each entry subtracts its own v·p alone; every upstream gradient of the row reaches every logit"
)
log_softmax_vjp_transposed = edit("log_softmax_vjp", {"softmax(z) * v.sum": "(softmax(z) * v).sum"}).says(
    "this is J·v; the product asked for is vᵀ·J, with the sum over the Jacobian's rows, and this J is not symmetric"
)
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

cross_entropy_sum = edit("cross_entropy", {"mean()": "sum()"}).says(
    "this is the sum over the samples; the loss is the mean"
)
cross_entropy_over_everything = edit("cross_entropy", {"mean()": "mean() / z.shape[1]"}).says(
    "the sum is divided by N·C; one term per sample has been added, so divide by N"
)
cross_entropy_sign = edit("cross_entropy", {"return -": "return "}).says(
    "the sign is wrong: the loss is the mean of −log p, which is never negative"
)
cross_entropy_without_log = edit("cross_entropy", {"log_softmax": "softmax"}).says(
    "the probability is there, but its logarithm is missing"
)
cross_entropy_of_logits = edit("cross_entropy", {"log_softmax(z)": "z"}).says(
    "the logit is taken for the log-probability; the softmax is missing"
)
cross_entropy_log_of_probability = edit(
    "cross_entropy", "return -torch.log(softmax(z)[torch.arange(len(y)), y]).mean()"
).says("a probability that has underflowed to 0 has the logarithm −inf: use log_softmax")
cross_entropy_epsilon = edit(
    "cross_entropy", "return -torch.log(softmax(z)[torch.arange(len(y)), y] + 1e-9).mean()"
).says("a small number is added inside the logarithm: small probabilities become larger; there is no bound here")
cross_entropy_overflow = edit(
    "cross_entropy", "return -(z[torch.arange(len(y)), y] - torch.log(torch.exp(z).sum(dim=1))).mean()"
).says("the exponential overflows for large logits: use log_softmax")
cross_entropy_quotient = edit(
    "cross_entropy", "return -(z[torch.arange(len(y)), y] / torch.log(torch.exp(z).sum(dim=1))).mean()"
).says("the logit is divided by the logarithm of the sum; log p is their difference")
cross_entropy_twice = edit("cross_entropy", {"(z)": "(softmax(z))"}).says("the softmax is taken twice")
cross_entropy_all_columns = edit("cross_entropy", {"torch.arange(len(y))": ":"}).says(
    "the columns of all labels are taken from every row, as by [:, y]; one entry per row is wanted"
)
cross_entropy_indices_exchanged = edit(
    "cross_entropy", {"[torch.arange(len(y)), y]": "[y, torch.arange(len(y))]"}
).says("the two indices are exchanged: the sample comes first, then its class")

# --- cross_entropy_grad

cross_entropy_grad_of_sum = edit("cross_entropy_grad", {"delta / len(y)": "delta"}).says("the mean's 1/N is missing")
cross_entropy_grad_over_everything = edit("cross_entropy_grad", {"delta / len(y)": "delta / z.numel()"}).says(
    "divided by N·C; the loss is a mean over N samples"
)
cross_entropy_grad_sign = edit("cross_entropy_grad", {"return delta": "return -delta"}).says(
    "the sign is wrong: raising the right class's logit lowers the loss"
)
cross_entropy_grad_without_labels = edit("cross_entropy_grad", "return softmax(z) / len(y)").says(
    "the labels do not take part: nothing is subtracted at the right class"
)
cross_entropy_grad_right_class_only = edit(
    "cross_entropy_grad",
    "rows, delta = torch.arange(len(y)), torch.zeros_like(z)\n"
    "delta[rows, y] = softmax(z)[rows, y] - 1\nreturn delta / len(y)",
).says("only the right class has a gradient; raising another class's logit raises the loss, too")
cross_entropy_grad_softmax_twice = edit("cross_entropy_grad", {"softmax(z)": "softmax(softmax(z))"}).says(
    "the softmax is taken twice"
)
cross_entropy_grad_of_logits = edit("cross_entropy_grad", {"softmax(z)": "z.clone()"}).says(
    "the labels are subtracted from the logits; the softmax is missing"
)
cross_entropy_grad_all_columns = edit("cross_entropy_grad", {"torch.arange(len(y))": ":"}).says(
    "1 is subtracted in every row at the columns of all labels, as by [:, y]; one entry per row is meant"
)
cross_entropy_grad_label_divided_twice = edit("cross_entropy_grad", {"1": "1 / len(y)"}).says(
    "at the right class 1/N comes in twice; subtract 1 there, then divide everything by N"
)
cross_entropy_grad_plus = edit("cross_entropy_grad", {"-= 1": "+= 1"}).says(
    "1 is added at the right class; it must be subtracted there"
)
cross_entropy_grad_extra_factor = edit(
    "cross_entropy_grad", {"return delta": "p = softmax(z)\nreturn delta * p * (1 - p)"}
).says("one factor p(1 − p) too many: it cancels against the slope of the logarithm")
