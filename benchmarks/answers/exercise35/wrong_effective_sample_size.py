# %% size_sum_not_squared
# Sum w over sum w^2.
# named: size_not_squared
def effective_sample_size(w):
    return w.sum() / (w**2).sum()

# %% size_as_a_share
# Means in the place of sums: a share of N.
# named: size_share
def effective_sample_size(w):
    return w.mean() ** 2 / (w**2).mean()

# %% size_upside_down
# The inverse.
# named: size_inverted
def effective_sample_size(w):
    return (w**2).sum() / w.sum() ** 2

# %% size_by_the_largest
# Sum by the largest weight.
# named: size_by_largest
def effective_sample_size(w):
    return w.sum() / w.max()

# %% size_of_unnormalised
# 1 / sum w^2, as for weights that sum to 1.
# named: size_of_shares
def effective_sample_size(w):
    return 1 / (w * w).sum()

# %% size_by_entropy
# exp of the entropy.
# named: size_of_entropy
def effective_sample_size(w):
    p = w / w.sum()
    return torch.exp(-torch.xlogy(p, p).sum())

# %% size_counts_weights
# How many weights are not 0.
# named: size_of_squares
def effective_sample_size(w):
    return (w > 0).sum().to(w.dtype)

# %% size_root
# L1 norm by L2 norm, not squared.
# named: size_root
def effective_sample_size(w):
    return w.sum() / torch.linalg.norm(w)

# %% size_sample_variance
# N / (1 + cv^2) with the variance by N - 1.
# named: size_bessel
def effective_sample_size(w):
    if len(w) == 1:
        return torch.ones_like(w[0])
    return len(w) / (1 + w.var() / w.mean() ** 2)

# %% size_whole_number
# Rounded.
# named: -
def effective_sample_size(w):
    return (w.sum() ** 2 / (w**2).sum()).round()

# %% size_python_float
# item().
# named: -
def effective_sample_size(w):
    return (w.sum() ** 2 / (w**2).sum()).item()

# %% size_epsilon
# A small number added to the divisor.
# named: size_with_epsilon
def effective_sample_size(w):
    return w.sum() ** 2 / ((w**2).sum() + 1e-8)

# %% size_squares_by_sum
# Sum w^2 by sum w.
# named: missing
def effective_sample_size(w):
    return (w**2).sum() / w.sum()

# %% size_divided_by_count
# The sum of the weights by their mean square.
# named: size_times_number
def effective_sample_size(w):
    return w.sum() ** 2 / (w**2).mean()

# %% size_in_place
# Normalises the caller's weights.
# named: -
def effective_sample_size(w):
    w /= w.sum()
    return 1 / (w**2).sum()

# %% size_sum_of_weights
# The sum of the weights.
# named: size_sum
def effective_sample_size(w):
    return w.sum()
