# %% lse_one_maximum
# One maximum for the whole tensor.
# named: lse_global_maximum
def log_sum_exp(z):
    if z.numel() == 0:
        return z.sum(-1)
    biggest = z.max()
    return biggest + (z - biggest).exp().sum(-1).log()

# %% lse_maximum_detached_outside
# Gradient of the added maximum cut, not of the subtracted one.
# like: layers
# named: lse_maximum_as_constant_outside, lse_one_maximum_as_constant_outside
def log_sum_exp(z):
    m = z.max(dim=-1).values
    s = torch.exp(z - m[..., None]).sum(-1)
    return m.detach() + torch.log(s)

# %% lse_in_place
# Subtracts the maximum in place from the caller's tensor.
# like: numpy_and_scatter
# named: lse_changes_z
def log_sum_exp(z):
    with torch.no_grad():
        m = z.amax(-1, keepdim=True)
        z -= m
    return torch.log(torch.exp(z).sum(-1)) + m.squeeze(-1)

# %% lse_clamped
# Clamps the logits to +-700 against overflow.
# like: loops
# named: lse_clamped, lse_clamped_early, lse_clamped_above, lse_clamped_late
def log_sum_exp(z):
    safe = torch.clamp(z, min=-700.0, max=700.0)
    return torch.log(torch.sum(torch.exp(safe), -1))

# %% lse_epsilon
# Small epsilon within the log.
# like: autograd_and_split
# named: lse_epsilon
def log_sum_exp(z):
    top = z.max(dim=-1, keepdim=True).values
    total = torch.exp(z - top).sum(dim=-1) + 1e-8
    return top[..., 0] + torch.log(total)

# %% lse_axis_one
# Sums along axis 1 always instead of the last.
# named: lse_axis_one
def log_sum_exp(z):
    ax = 1 if z.dim() > 1 else 0
    m = z.detach().amax(ax, keepdim=True)
    return ((z - m).exp().sum(ax, keepdim=True).log() + m).squeeze(ax)

# %% lse_absolute_maximum
# The maximum by its absolute value.
# like: loops
# named: lse_absolute_maximum
def log_sum_exp(z):
    m = z.detach().abs().amax(-1)
    return m + torch.log(torch.exp(z - m.unsqueeze(-1)).sum(-1))

# %% lse_maximum_lost
# Maximum not added back.
# like: layers
# named: lse_maximum_lost
def log_sum_exp(z):
    m = z.amax(dim=-1, keepdim=True)
    return torch.log(torch.exp(z - m).sum(dim=-1))

# %% lse_mean
# Mean in place of the sum.
# like: numpy_and_scatter
# named: lse_mean
def log_sum_exp(z):
    m = torch.amax(z, dim=-1, keepdim=True).detach()
    return (m + torch.log(torch.mean(torch.exp(z - m), dim=-1, keepdim=True))).squeeze(-1)

# %% lse_plain_formula
# No maximum.
# named: lse_overflow
def log_sum_exp(z):
    return z.exp().sum(-1).log()

# %% lse_maximum_is_enough
# The largest logit, as an approximation.
# named: lse_largest_only
def log_sum_exp(z):
    return z.max(dim=-1)[0]

# %% lse_float32_inside
# Computed in float32.
# named: -
def log_sum_exp(z):
    m = z.float().amax(dim=-1, keepdim=True)
    return (m[..., 0] + torch.log(torch.exp(z.float() - m).sum(dim=-1))).to(z.dtype)

# %% lse_kept_from_the_call_before
# The result is kept for the next call with this tensor.
# named: -
KNOWN = {}


def log_sum_exp(z):
    if id(z) not in KNOWN:
        m = z.detach().amax(dim=-1)
        KNOWN[id(z)] = (z, m + torch.exp(z - m[..., None]).sum(dim=-1).log())
    return KNOWN[id(z)][1]
