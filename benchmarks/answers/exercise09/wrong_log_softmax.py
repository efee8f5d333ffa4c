# %% log_softmax_of_probability
# log_softmax takes the logarithm of the softmax: -inf where a probability underflows to 0.
# named: log_softmax_of_probabilities
def log_softmax(z):
    return torch.log(softmax(z))

# %% log_softmax_bounded
# log_softmax keeps the probability above 1e-12 before the logarithm, so no value is below -27.6; there should be no bound.
# named: log_softmax_clamped
def log_softmax(z):
    return softmax(z).clamp(min=1e-12).log()

# %% log_softmax_max_lost
# log_softmax subtracts the maximum inside the exponentials but not from z outside, so it is too large by the row's maximum.
# named: log_softmax_maximum_lost
def log_softmax(z):
    m = z.amax(dim=-1, keepdim=True)
    return z - torch.log(torch.exp(z - m).sum(dim=-1, keepdim=True))

# %% log_softmax_overflows
# log_softmax does not subtract the maximum: the sum of exponentials is inf for large logits and 0 for very negative ones.
# named: log_softmax_overflow
def log_softmax(z):
    return z - torch.exp(z).sum(dim=-1, keepdim=True).log()

# %% log_softmax_negated
# log_softmax has the wrong sign: it returns the logarithm of the sum minus z.
# named: cross_entropy_sign
def log_softmax(z):
    s = z - z.amax(dim=-1, keepdim=True)
    return torch.log(torch.exp(s).sum(dim=-1, keepdim=True)) - s

# %% log_softmax_divides
# log_softmax divides by the logarithm of the sum where it must subtract it.
# named: log_softmax_quotient
def log_softmax(z):
    s = z - z.amax(dim=-1, keepdim=True)
    return s / torch.log(torch.exp(s).sum(dim=-1, keepdim=True))

# %% log_softmax_no_keepdim
# log_softmax sums without keepdim: right for 1-d inputs, silently wrong for square ones, an error for N != C.
# named: log_softmax_sum_without_keepdim
def log_softmax(z):
    s = z - z.amax(dim=-1, keepdim=True)
    log_total = torch.log(torch.exp(s).sum(dim=-1))
    return s - log_total

# %% log_softmax_has_history
# log_softmax turns requires_grad on for a copy of z, so the result has a history though the input has none.
# named: -
def log_softmax(z):
    s = z.detach().clone().requires_grad_(True)
    s = s - s.amax(dim=-1, keepdim=True)
    return s - s.exp().sum(dim=-1, keepdim=True).log()
