# %% bce_only_first_term
# binary_cross_entropy leaves the second term (1 - y) log(1 - p) out.
# named: binary_one_term
def binary_cross_entropy(p, y):
    log_p = torch.clamp(torch.log(p), min=-100)
    return -(y * log_p).mean()

# %% bce_without_minus
# binary_cross_entropy lacks the minus sign, so that it is negative.
# named: binary_sign
def binary_cross_entropy(p, y):
    a = torch.log(p).clamp(min=-100)
    b = torch.log(1 - p).clamp(min=-100)
    return (y * a + (1 - y) * b).mean()

# %% bce_summed
# binary_cross_entropy is the sum over the samples and not the mean.
# named: binary_sum
def binary_cross_entropy(p, y):
    a = torch.log(p).clamp(min=-100)
    b = torch.log1p(-p).clamp(min=-100)
    return -torch.sum(y * a + (1 - y) * b)

# %% bce_no_bound
# binary_cross_entropy has no bound on the logarithms: probabilities of 0 and 1 give nan or inf, small ones less than -100.
# named: binary_without_bound
def binary_cross_entropy(p, y):
    return -(y * torch.log(p) + (1 - y) * torch.log(1 - p)).mean()

# %% bce_probabilities_clamped
# binary_cross_entropy keeps p between 1e-7 and 1 - 1e-7, where the logarithm is asked to have the bound -100.
# named: binary_clamped
def binary_cross_entropy(p, y):
    eps = 1e-7
    q = torch.clamp(p, eps, 1 - eps)
    return torch.mean(-y * torch.log(q) - (1 - y) * torch.log(1 - q))

# %% bce_eps_added
# binary_cross_entropy adds 1e-8 inside both logarithms, which changes all values a little and puts the bound at -18.4.
# named: binary_epsilon_larger, binary_epsilon
def binary_cross_entropy(p, y):
    eps = 1e-8
    return -(y * torch.log(p + eps) + (1 - y) * torch.log(1 - p + eps)).mean()

# %% bce_bound_after_product
# binary_cross_entropy bounds each product at -100 and not each logarithm: label 0.3 at p = 0 counts 100 for 30, and 0 * -inf is nan.
# named: binary_bounds_the_products, binary_bounds_the_loss
def binary_cross_entropy(p, y):
    first = (y * p.log()).clamp(min=-100)
    second = ((1 - y) * (1 - p).log()).clamp(min=-100)
    return -(first + second).mean()

# %% bce_bound_on_log_p_only
# binary_cross_entropy bounds only log p; for p = 1 the logarithm of 1 - p stays -inf.
# named: binary_bounds_log_p_only
def binary_cross_entropy(p, y):
    log_p = torch.log(p).clamp(min=-100)
    return -(y * log_p + (1 - y) * torch.log(1 - p)).mean()

# %% bce_hard_labels
# binary_cross_entropy rounds the labels to 0 or 1, so a label in between counts with only one of the two logarithms.
# named: binary_hard_labels
def binary_cross_entropy(p, y):
    losses = []
    for prob, label in zip(p, y):
        if label > 0.5:
            losses.append(-torch.log(prob).clamp(min=-100))
        else:
            losses.append(-torch.log1p(-prob).clamp(min=-100))
    return torch.stack(losses).mean()

# %% bce_log_base_two
# binary_cross_entropy takes the logarithm to base 2.
# named: -
def binary_cross_entropy(p, y):
    a = torch.log2(p).clamp(min=-100)
    b = torch.log2(1 - p).clamp(min=-100)
    return -(y * a + (1 - y) * b).mean()

# %% bce_bound_as_probability
# binary_cross_entropy clamps the probability at e**-100, a number that float32 holds only roughly, so the bound is -99.98 there.
# named: -
def binary_cross_entropy(p, y):
    tiny = float(torch.exp(torch.tensor(-100.0, dtype=torch.float64)))
    return -(y * torch.log(p.clamp(min=tiny)) + (1 - y) * torch.log((1 - p).clamp(min=tiny))).mean()

# %% bce_labels_swapped
# binary_cross_entropy gives the weight y to log(1 - p) and 1 - y to log p.
# named: binary_labels_exchanged
def binary_cross_entropy(p, y):
    log_p = torch.log(p).clamp(min=-100)
    log_not_p = torch.log(1 - p).clamp(min=-100)
    return -((1 - y) * log_p + y * log_not_p).mean()
