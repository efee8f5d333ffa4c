# %% ratio_of_the_kept
# Shares of the k variances' sum.
# named: ratio_of_kept
@torch.no_grad()
def explained_variance_ratio(X, k):
    _, _, variance = fit(X, k)
    return variance / variance.sum()

# %% ratio_not_squared
# Singular values, not squared.
# named: ratio_of_singular_values
@torch.no_grad()
def explained_variance_ratio(X, k):
    s = torch.linalg.svdvals(X - X.mean(dim=0))
    return s[:k] / s.sum()

# %% ratio_not_centred
# X not centred.
# named: ratio_not_centred
@torch.no_grad()
def explained_variance_ratio(X, k):
    s = torch.linalg.svdvals(X) ** 2
    return s[:k] / s.sum()

# %% ratio_cumulative
# Added up.
# named: ratio_cumulative
@torch.no_grad()
def explained_variance_ratio(X, k):
    s = torch.linalg.svdvals(X - X.mean(dim=0)) ** 2
    return (s / s.sum()).cumsum(0)[:k]

# %% ratio_total
# The sum of the shares.
# named: ratio_total
@torch.no_grad()
def explained_variance_ratio(X, k):
    s = torch.linalg.svdvals(X - X.mean(dim=0)) ** 2
    return s[:k].sum() / s.sum()

# %% ratio_smallest
# The first k of eigvalsh.
# like: covariance
# named: ratio_smallest
@torch.no_grad()
def explained_variance_ratio(X, k):
    Xc = X - X.mean(0)
    values = torch.linalg.eigvalsh(Xc.T @ Xc)
    return values[:k] / values.sum()

# %% ratio_rising
# The last k of eigvalsh, rising.
# like: covariance
# named: ratio_rising
@torch.no_grad()
def explained_variance_ratio(X, k):
    Xc = X - X.mean(0)
    values = torch.linalg.eigvalsh(Xc.T @ Xc)
    return values[-k:] / values.sum()

# %% ratio_all
# All shares, not k.
# named: ratio_of_all
@torch.no_grad()
def explained_variance_ratio(X, k):
    s = torch.linalg.svdvals(X - X.mean(dim=0)) ** 2
    return s / s.sum()

# %% ratio_two_divisors
# N − 1 above, N below.
# named: ratio_by_sum_over_n
@torch.no_grad()
def explained_variance_ratio(X, k):
    _, _, variance = fit(X, k)
    return variance / X.var(dim=0, unbiased=False).sum()

# %% ratio_percent
# Percent.
# named: ratio_percent
@torch.no_grad()
def explained_variance_ratio(X, k):
    s = torch.linalg.svdvals(X - X.mean(dim=0)) ** 2
    return 100 * s[:k] / s.sum()

# %% ratio_of_the_largest
# Divided by the largest variance.
# named: ratio_by_largest
@torch.no_grad()
def explained_variance_ratio(X, k):
    s = torch.linalg.svdvals(X - X.mean(dim=0)) ** 2
    return s[:k] / s.max()

# %% ratio_variance_of_all_numbers
# Divided by the variance of all numbers of X.
# named: ratio_by_variance_of_entries
@torch.no_grad()
def explained_variance_ratio(X, k):
    return fit(X, k)[2] / X.var()

# %% ratio_mean_variance
# Divided by the mean of the columns' variances.
# named: ratio_by_mean
@torch.no_grad()
def explained_variance_ratio(X, k):
    return fit(X, k)[2] / X.var(dim=0).mean()

# %% ratio_around_zero
# The whole variance is measured from 0.
# named: ratio_not_centred
@torch.no_grad()
def explained_variance_ratio(X, k):
    return fit(X, k)[2] * (len(X) - 1) / (X**2).sum()

# %% ratio_standardized
# Columns divided by their standard deviation.
# named: ratio_standardized
@torch.no_grad()
def explained_variance_ratio(X, k):
    Xc = (X - X.mean(0)) / X.std(0)
    s = torch.linalg.svdvals(Xc) ** 2
    return s[:k] / s.sum()

# %% ratio_list
# A list of numbers.
# named: -
@torch.no_grad()
def explained_variance_ratio(X, k):
    s = torch.linalg.svdvals(X - X.mean(dim=0)) ** 2
    return (s[:k] / s.sum()).tolist()

# %% ratio_of_the_columns
# The largest shares of the columns, not of the components.
# named: ratio_of_columns
@torch.no_grad()
def explained_variance_ratio(X, k):
    v = X.var(dim=0)
    return v.sort(descending=True).values[:k] / v.sum()

# %% ratio_mean_of_products
# E[xxᵀ] − μμᵀ.
# like: covariance
# named: ratio_mean_of_products
@torch.no_grad()
def explained_variance_ratio(X, k):
    mean = X.mean(0)
    values = torch.linalg.eigvalsh(X.T @ X / len(X) - torch.outer(mean, mean)).flip(0)
    return values[:k] / values.sum()

# %% ratio_mean_per_sample
# The mean over the numbers of each sample.
# named: ratio_of_samples
@torch.no_grad()
def explained_variance_ratio(X, k):
    s = torch.linalg.svdvals(X - X.mean(dim=1, keepdim=True)) ** 2
    return s[:k] / s.sum()
