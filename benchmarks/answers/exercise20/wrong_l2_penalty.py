# %% penalty_not_halved
# lam in place of lam/2.
# named: l2_without_half
def l2_penalty(params, lam):
    total = torch.zeros((), dtype=params[0].dtype)
    for w in params:
        if w.dim() >= 2:
            total = total + (w**2).sum()
    return lam * total

# %% penalty_with_biases
# All parameters.
# like: norms
# named: l2_biases
def l2_penalty(params, lam):
    return lam / 2 * sum((w * w).sum() for w in params)

# %% penalty_matrices_only
# Only tensors with exactly two axes.
# named: l2_matrices
def l2_penalty(params, lam):
    total = torch.zeros((), dtype=params[0].dtype)
    for w in params:
        if w.dim() == 2:
            total = total + (w**2).sum()
    return lam / 2 * total

# %% penalty_norm
# The norm is not squared.
# like: norms
# named: l2_norm
def l2_penalty(params, lam):
    norms = [torch.linalg.norm(w.reshape(-1)) for w in params if w.dim() >= 2]
    return lam / 2 * sum(norms, torch.zeros_like(params[0].sum()))

# %% penalty_mean
# The mean of the squares.
# named: l2_mean
def l2_penalty(params, lam):
    total = torch.zeros((), dtype=params[0].dtype)
    for w in params:
        if w.dim() >= 2:
            total = total + (w**2).mean()
    return lam / 2 * total

# %% penalty_absolute
# Absolute values.
# like: bernoulli
# named: l2_absolute
def l2_penalty(params, lam):
    sums = [w.abs().sum() for w in params if w.ndim >= 2]
    return lam / 2 * sum(sums, params[0].new_zeros(()))

# %% penalty_without_history
# item() cuts the gradient.
# named: l2_detached
def l2_penalty(params, lam):
    total = 0.0
    for w in params:
        if w.dim() >= 2:
            total += (w**2).sum().item()
    return torch.tensor(lam / 2 * total, dtype=params[0].dtype)

# %% penalty_zero_is_an_int
# Without weights a Python number.
# like: einsum
# named: -
def l2_penalty(params, lam):
    return lam / 2 * sum(w.pow(2).sum() for w in params if w.dim() >= 2)

# %% penalty_float32_zero
# Without weights a float32.
# named: -
def l2_penalty(params, lam):
    squares = [(w**2).sum() for w in params if w.dim() >= 2]
    return lam / 2 * torch.stack(squares).sum() if squares else torch.tensor(0.0)

# %% penalty_square_of_the_sum
# The sum of the norms is squared.
# like: norms
# named: missing
def l2_penalty(params, lam):
    norms = [w.norm() for w in params if w.dim() >= 2]
    return lam / 2 * sum(norms, torch.zeros_like(params[0].sum())) ** 2

# %% penalty_one_axis
# Shape [1].
# named: -
def l2_penalty(params, lam):
    total = torch.zeros(1, dtype=params[0].dtype)
    for w in params:
        if w.dim() >= 2:
            total = total + (w**2).sum()
    return lam / 2 * total

# %% penalty_largest_axis
# The spectral norm of each matrix.
# like: numpy_inside
# named: -
def l2_penalty(params, lam):
    total = torch.zeros((), dtype=params[0].dtype)
    for w in params:
        if w.dim() >= 2:
            total = total + torch.linalg.matrix_norm(w.flatten(1), ord=2) ** 2
    return lam / 2 * total

# %% penalty_halved_gradient
# One of the two factors is detached.
# named: -
def l2_penalty(params, lam):
    total = torch.zeros((), dtype=params[0].dtype)
    for w in params:
        if w.dim() >= 2:
            total = total + (w * w.detach()).sum()
    return lam / 2 * total

# %% penalty_first_is_skipped
# The first parameter is taken as the start and never counted.
# like: classes
# named: -
def l2_penalty(params, lam):
    total = params[0].new_zeros(())
    for w in params[1:]:
        if w.dim() >= 2:
            total = total + (w**2).sum()
    return lam / 2 * total

# %% penalty_every_second
# Weights are taken to be every second one.
# named: -
def l2_penalty(params, lam):
    total = torch.zeros((), dtype=params[0].dtype)
    for w in params[::2]:
        total = total + (w**2).sum()
    return lam / 2 * total
